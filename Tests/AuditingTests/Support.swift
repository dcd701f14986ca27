import ByteStrings
import Effects
import Foundation
import Platform
import Testing

@testable import Auditing

/// A folder that is there for the length of a test.
func withScratch<Result>(_ body: (ByteString) throws -> Result) throws -> Result {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("pawl-audit-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: url) }
    return try body(ByteString(url.path))
}

/// As `withScratch`, for tests that start processes.
func withScratch<Result>(_ body: (ByteString) async throws -> Result) async throws -> Result {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("pawl-audit-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: url) }
    return try await body(ByteString(url.path))
}

/// 12:00 on the first of a month.
func noon(_ month: String) throws -> Timestamp {
    try #require(Timestamp(ByteString("\(month)-01T12:00:00.000Z")))
}

func record(_ words: ByteString..., time: Timestamp = .now) -> Record {
    var record = Record(time: time)
    record.arguments = ["git"] + words
    return record
}

extension AuditLog {
    /// All entries, oldest first.
    func entries() throws -> [Entry] { Array(try records()) }

    func intactRecords() throws -> [Record] {
        try entries().compactMap { if case .record(let record) = $0 { record } else { nil } }
    }

    /// How many records there are, if the chain holds.
    func wholeCount() throws -> Int? {
        let result = try verify()
        return result.problem == nil ? result.count : nil
    }

    /// A check against a hash that somebody kept.
    func verify(expecting hash: ByteString) throws -> Verification {
        try verify(against: [KnownHead(hash: hash, source: "a note")])
    }

    func path(_ name: ByteString) -> ByteString { Path.join(directory, name) }

    /// The path of the newest file.
    func newestFile() throws -> ByteString { folder.place(of: try #require(try folder.files().last)) }

    /// The names in the folder that belong to the log, as they lie there.
    func fileNames() throws -> [ByteString] { try folder.files().map { Path.name(folder.place(of: $0)) } }
}

func contents(_ path: ByteString) throws -> [UInt8] { try File.read(path).bytes }

func replaceContents(_ path: ByteString, _ bytes: some Sequence<UInt8>) throws {
    try Data(Array(bytes)).write(to: URL(fileURLWithPath: path.text))
}

/// Every field of a record in use.
func fullRecord() throws -> Record {
    var record = Record(time: Timestamp(milliseconds: 1_770_000_000_123))
    record.dropped = [Record.DroppedFile(name: "2026-01.jsonl", last: 17, hash: "abcd")]
    record.session = "s-1"
    record.agent = "some agent"
    record.process = 4711
    record.parents = [
        Record.ParentProcess(process: 4700, executable: "/bin/sh"),
        Record.ParentProcess(process: 12, executable: nil),
    ]
    record.directory = "/home/dev/naïve \"dir\"\n"
    record.repository = "/home/dev/repo/.git"
    record.remote = "origin"
    record.arguments = ["git", "pf", ByteString([0x66, 0xFF, 0x80, 0xC3]), ""]
    record.command = "push"
    record.expansion = ["push", "--force"]
    record.effects = Effect.samples
    record.decision = .deny
    record.rule = "no-force-push"
    record.policy = Record.PolicySource(
        name: "default", digest: "abc", layer: "user", file: "/home/u/.config/pawl/policy", line: 12)
    record.stopped = "a reason"
    record.ran = .spawn
    record.exit = 1
    record.signal = 9
    record.milliseconds = 250
    record.head = Record.Head(before: "1111", after: nil)
    record.movedRefs = [
        Record.MovedRef(ref: "refs/heads/main", old: "1111", new: "2222"),
        Record.MovedRef(ref: "refs/heads/new", old: nil, new: "3333"),
    ]
    record.snapshot = "20260131-1"
    record.undo = Record.Undo(snapshot: "20260130-7")
    record.undo?.isPartial = true
    record.undo?.movedHead = true
    record.undo?.restoredIndex = true
    record.undo?.files = Record.Undo.Files(paths: ["a", ByteString([0xE4, 0x2F])], count: 1200)
    record.undo?.left = Record.Undo.Files(["b"])
    record.undo?.remoteRefs = [Record.MovedRef(ref: "refs/heads/main", old: "1111", new: nil)]
    record.omitted = Record.Omitted(argumentBytes: 12, effects: 1, refs: 2)
    return record
}

extension Effect {
    /// All kinds with all kinds of target, force and certainty.
    static var samples: [Effect] {
        let forces: [Force?] = [
            nil, .option("--force"), .refspec("+main:main"), .configuration("remote.o.push=+a:b"),
            .overlay("refs/replace"),
        ]
        var targets: [Target] = forces.map {
            .remoteRef(
                RemoteRef(remote: "origin", url: "ssh://git@h/r", ref: "refs/heads/*", forcedBy: $0, lease: true))
        }
        targets += [
            .remoteRef(RemoteRef(remote: "../there", url: nil, ref: "refs/tags/v1")), .localRef("refs/heads/main"),
            .files(paths: ["a b", ByteString([0xE4, 0x2F])], count: 12), .files(paths: [], count: 0),
            .named("core.hooksPath"), .named(""),
        ]
        var samples: [Effect] = []
        for kind in Kind.allCases {
            for target in targets { samples.append(Effect(kind, target)) }
        }
        samples.append(
            Effect(
                .rewriteHistory, .localRef("refs/heads/x"), certainty: .possible,
                lost: LostCommits(count: 3, first: [Commit(id: "aa", subject: "s", author: "A <a@b>")]),
                published: true))
        samples.append(
            Effect(.deleteBranch, .localRef("refs/heads/x"), lost: LostCommits(count: 0, first: []), published: false))
        return samples
    }
}
