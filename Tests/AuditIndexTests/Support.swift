import ByteStrings
import Effects
import Foundation
import Platform
import Testing

@testable import AuditIndex
@testable import AuditReview
@testable import Auditing

/// A log and its index in a folder of their own, gone when the body is done.
struct World {
    let folder: ByteString
    let log: AuditLog
    var indexPath: ByteString { Path.join(folder, "cache/index.sqlite") }

    static func with<Result>(_ body: (World) throws -> Result) throws -> Result {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("pawl-index-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: url) }
        let folder = ByteString(url.path)
        return try body(World(folder: folder, log: AuditLog(directory: Path.join(folder, "log"))))
    }

    /// The index as any command would have it: opened and up to date.
    func index() throws -> LogIndex {
        let index = try LogIndex(at: indexPath, of: log)
        try index.update()
        return index
    }

    func write(_ records: [Record]) throws {
        for record in records { _ = try log.append(record) }
    }

    /// What the log holds, read without the index.
    func records(_ filter: RecordFilter = RecordFilter()) throws -> [Record] {
        let all = try log.records().compactMap { entry -> Record? in
            guard case .record(let record) = entry, filter.includes(record) else { return nil }
            return record
        }
        return filter.limit.map { Array(all.suffix($0)) } ?? all
    }

    /// What the index finds, read from where it says.
    func found(_ index: LogIndex, _ filter: RecordFilter) throws -> [Record] {
        log.entries(at: try index.places(filter)).compactMap {
            if case .record(let record) = $0 { record } else { nil }
        }
    }
}

/// A small generator whose numbers depend on the seed alone.
struct Dice: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state
    }

    mutating func pick<Element>(_ elements: [Element]) -> Element? { elements.randomElement(using: &self) }

    mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }
}

/// Records as agents leave them, some odd: months apart, without agent or session, with bytes that are not UTF-8.
func someRecords(_ count: Int, _ dice: inout Dice) -> [Record] {
    var time = Timestamp(milliseconds: 1_769_900_000_000)
    return (0..<count).map { number in
        time.milliseconds += Int64.random(in: 1000..<40_000_000, using: &dice)
        var record = Record(time: time)
        if dice.chance(3) {
            record.notice = "something happened to the log"
            return record
        }
        record.agent = dice.pick(["ann", "bob", "codex-1", "codex-2", nil]) ?? nil
        record.session = dice.pick(["s-11111111", "s-22222222", "s-33333333", nil]) ?? nil
        record.repository = dice.pick(["/home/ann/shop", "/srv/git/shop.git", "/home/ann/tools", nil]) ?? nil
        record.command = dice.pick(["push", "status", "commit"])
        record.arguments = [
            "git", record.command ?? "", ByteString("word\(number % 7)%_\\"), ByteString([0xE4, 0x41]),
        ]
        record.decision = dice.pick([.allow, .allow, .snapshot, .deny]) ?? .allow
        record.ran = record.decision == .deny ? .no : .spawn
        if record.ran == .spawn { record.exit = dice.chance(20) ? 1 : 0 }
        if dice.chance(60) { record.effects = someEffects(&dice) }
        if !record.effects.isEmpty {
            record.rule = dice.pick(["no-force-push", "keep-work", nil]) ?? nil
            record.policy = Record.PolicySource(name: "default")
        }
        return record
    }
}

private func someEffects(_ dice: inout Dice) -> [Effect] {
    let branch = dice.pick(["main", "agent/one", "release/1"]) ?? "main"
    let ref = ByteString("refs/heads/\(branch)")
    let remote = Effect.RemoteRef(remote: "origin", url: "ssh://git@h/shop.git", ref: ref, lease: dice.chance(30))
    let lost = Effect.LostCommits(
        count: 2, first: [.init(id: "950e6b6", subject: ByteString("Subject \(dice.next() % 50)"), author: "Ada")])
    let choices = [
        Effect(.push, .remoteRef(remote)), Effect(.forcePush, .remoteRef(remote), lost: lost),
        Effect(.rewriteHistory, .localRef(ref), lost: lost, published: dice.chance(50)),
        Effect(.discardChanges, .files(paths: ["a/b.swift"], count: 1), certainty: .possible),
        Effect(.skipHooks, .named("pre-commit")),
    ]
    return choices.filter { _ in dice.chance(30) }
}

/// Filters of all sorts, alone and together.
func someFilter(_ records: [Record], _ dice: inout Dice) throws -> RecordFilter {
    var filter = RecordFilter()
    func names(_ texts: [ByteString]) throws -> [NamePattern] {
        guard let text = dice.pick(texts), dice.chance(35) else { return [] }
        return [try #require(NamePattern(text))]
    }
    filter.agents = try names(["ann", "codex-*", "-", "nobody"])
    filter.sessions = try names(["11111111", "s-22222222", "-", "s-*"])
    filter.repositories = try names(["shop", "/home/ann/*", "tools", "-"])
    filter.rules = try names(["no-force-push", "*", "-"])
    if dice.chance(30) { filter.decisions = Set([.allow, .deny].filter { _ in dice.chance(60) }) }
    if dice.chance(30) { filter.effects = Set(Effect.Kind.allCases.filter { _ in dice.chance(20) }) }
    if dice.chance(30) {
        filter.texts = [dice.pick(["word3", "%_", "SUBJECT 7", "950e6b6", "\\", "zzz", "main"]) ?? ""]
    }
    if dice.chance(15) { filter.onlyFailed = true }
    if dice.chance(30) { filter.since = dice.pick(records)?.time }
    if dice.chance(30) { filter.until = dice.pick(records)?.time }
    if dice.chance(30) { filter.limit = Int.random(in: 1..<40, using: &dice) }
    return filter
}

extension Statistics {
    /// Everything that is counted, for comparing.
    var all: String {
        func sorted<Key, Value>(_ counts: [Key: Value]) -> [String] { counts.map { "\($0.key): \($0.value)" }.sorted() }
        return [
            ["\(total) \(failed)"], sorted(days), sorted(decisions), sorted(effects), sorted(rules), sorted(agents),
            sorted(repositories), sorted(commands),
        ].map { $0.joined(separator: "; ") }.joined(separator: "\n")
    }
}
