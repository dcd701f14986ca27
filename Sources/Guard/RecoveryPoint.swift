import Auditing
import ByteStrings
import Effects
import GitEffects
import GitSyntax
import Libgit2
import Platform
import PolicyEngine
import Recovery

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// The snapshot before a command that the policies answer with one, and its completion after the command.
public struct RecoveryPoint {
    let id: ByteString
    private let recovery: Recovery
    private let taken: Recovery.Taken
    private let retention: Retention
    /// Those of other repositories that the command runs in.
    private var others: [RecoveryPoint] = []

    private init(_ request: SnapshotRequest, _ recovery: Recovery, _ settings: SnapshotSettings) throws {
        var request = request
        let standard = SnapshotLimit()
        request.limit = SnapshotLimit(
            bytes: settings.bytes ?? standard.bytes, files: settings.files.map { Int(clamping: $0) } ?? standard.files)
        id = request.id
        self.recovery = recovery
        taken = try recovery.take(request)
        let days = min(settings.keptDays ?? 0, 100_000)
        retention = Retention(seconds: days * 86_400, bytes: settings.keptBytes ?? .max)
    }

    /// The recovery of the repository that a setting means; nil outside a repository. libgit2 does not know of
    /// `--work-tree` and its kin: there the real git is asked for the places.
    public static func recovery(_ setting: Setting) throws(SystemError) -> Recovery? {
        guard let facts = try FactsOpener.open(setting) else { return nil }
        // An undo is asked for without the words and the environment of the command.
        let isGiven = setting.namesWorkTree || setting.gitDirectory != nil
        return Recovery(
            Place(
                gitDirectory: facts.gitDirectory, commonDirectory: facts.commonDirectory, workTree: facts.workTree,
                givenTop: isGiven ? facts.workTree : nil, isPlain: facts is LibraryFacts,
                terminalPrompt: setting.environment["GIT_TERMINAL_PROMPT"],
                question: { setting.question($0) }))
    }

    /// A name that sorts by time: `20261124-093015-250-4711`, with the process at its end.
    public static func name(at time: Timestamp) -> ByteString {
        let digits = time.text.bytes.filter { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        let date = ByteString(digits.prefix(8))
        let clock = ByteString(digits.dropFirst(8).prefix(6))
        return date + "-" + clock + "-" + ByteString(digits.dropFirst(14).prefix(3)) + ByteString("-\(getpid())")
    }

    /// Keeps what the effects would lose, here and in other repositories that the command runs in. nil where none of them
    /// is about what a repository keeps.
    static func take(before evaluation: Evaluation, at time: Timestamp) throws -> RecoveryPoint? {
        guard !evaluation.elsewhere.isEmpty else { return try takeHere(before: evaluation, at: time) }
        var points = try evaluation.elsewhere.compactMap { try takeHere(before: $0, at: time) }
        let actsHere = !evaluation.command.hasPrefix("submodule") && evaluation.command != "for-each-repo"
        if actsHere || !evaluation.filesToKeep.isEmpty, let own = try takeHere(before: evaluation, at: time) {
            points.insert(own, at: 0)
        }
        guard var first = points.first else { return nil }
        points.removeFirst()
        first.others = points
        return first
    }

    /// Keeps what a push is about to replace or remove on a remote. nil where that is nothing.
    static func take(before push: PinnedPush, _ evaluation: Evaluation, at time: Timestamp) throws -> RecoveryPoint? {
        guard !push.replaced.isEmpty else { return nil }
        guard let recovery = try recovery(evaluation.setting) else { throw NowhereToKeep() }
        var request = SnapshotRequest(
            id: name(at: time), command: Messages.commandLine(evaluation.shown.arguments),
            time: time.milliseconds / 1000)
        request.remote = SavedRemote(
            repository: Redaction.redact(url: push.remote),
            refs: push.replaced.map { SavedRemote.Ref(name: $0.name, before: $0.old, after: $0.new) })
        request.remoteURL = push.url
        return try RecoveryPoint(request, recovery, evaluation.snapshotSettings)
    }

    private static func takeHere(before evaluation: Evaluation, at time: Timestamp) throws -> RecoveryPoint? {
        var request = SnapshotRequest(
            id: name(at: time), command: Messages.commandLine(evaluation.shown.arguments),
            time: time.milliseconds / 1000)
        for effect in evaluation.effects { request.add(effect, of: evaluation.command) }
        // A fetch that overwrites refs by patterns makes and removes others as well.
        if ["fetch", "pull", "remote"].contains(evaluation.command), !request.refs.isEmpty { request.allRefs = true }
        request.files = evaluation.filesToKeep
        guard request.holdsAnything else { return nil }
        guard let recovery = try recovery(evaluation.setting) else {
            if request.files.isEmpty { return nil }
            throw NowhereToKeep()
        }
        try request.fit(evaluation.setting)
        return try RecoveryPoint(request, recovery, evaluation.snapshotSettings)
    }

    /// Notes what the command has left, so that newer work can be told from it. Without that an undo is more careful.
    /// Returns the snapshot's name; nil where the command has changed nothing, and nothing is kept.
    func complete(now: Timestamp) -> ByteString? {
        let isKept = (try? recovery.complete(taken)) ?? true
        if isKept { try? recovery.tidy(retention, now: now.milliseconds / 1000) }
        return others.reduce(isKept ? id : nil) { kept, other in
            let name = other.complete(now: now)
            return kept ?? name
        }
    }
}

extension Evaluation {
    fileprivate var snapshotSettings: SnapshotSettings { policies?.snapshotSettings ?? .standard }
}

/// Files would be lost that no repository is around for to keep them.
struct NowhereToKeep: Error, CustomStringConvertible {
    var description: String { "there is no repository here to keep it in" }
}

extension SnapshotRequest {
    /// An undo is asked for without the environment of the command: an index that it names is kept by its absolute path,
    /// as a plain file.
    fileprivate mutating func fit(_ setting: Setting) throws(SystemError) {
        guard index, setting.environment["GIT_INDEX_FILE"] != nil else { return }
        index = false
        let answer = try setting.question(["rev-parse", "--path-format=absolute", "--git-path", "index"]).capture()
        if answer.ending.succeeded { files.append(answer.output.dropping(suffix: "\n") ?? answer.output) }
    }

    /// Commands that delete files and leave HEAD and index as they are: a snapshot without these stands in the way of
    /// less that comes later. Others put files of another commit in their place.
    private static let onlyDeleting: WordList = "clean submodule worktree"

    /// Commands that move more refs than those that lose something by it.
    private static let movingMany: Set<ByteString> = ["fetch", "pull", "remote"]

    fileprivate mutating func add(_ effect: Effect, of command: ByteString) {
        switch (effect.kind, effect.target) {
        case (.dropStash, _): refs.append("refs/stash")
        case (.rewriteHistory, .localRef(let name)), (.deleteBranch, .localRef(let name)),
            (.moveTag, .localRef(let name)), (.deleteTag, .localRef(let name)):
            if name.contains(UInt8(ascii: "*")) {
                allRefs = true
            } else if name.hasPrefix("worktrees/") {
                // Its file comes back with its folder; the commits have to be there then.
                objects += (effect.lost?.first ?? []).prefix(1).compactMap { ObjectName(hex: $0.id) }
            } else {
                refs.append(name)
            }
            // The command may move HEAD, index and work tree along.
            if effect.kind == .rewriteHistory { index = true }
            // They move others along, which nothing is lost with.
            if Self.movingMany.contains(command) { allRefs = true }
        case (.discardChanges, _): index = true
        case (.deleteUntracked, _):
            let isReading = CommandTable.entry(named: command)?.nature == .readOnly
            if !isReading && !Self.onlyDeleting.contains(command) { index = true }
        case (.destroyRecovery, _):
            allRefs = true
            allRecovery = true
        default: break
        }
    }

    fileprivate var holdsAnything: Bool { allRefs || index || !refs.isEmpty || !files.isEmpty }
}
