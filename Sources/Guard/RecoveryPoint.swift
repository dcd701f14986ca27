import Auditing
import ByteStrings
import Effects
import GitEffects
import GitSyntax
import Platform
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
    /// Those of other repositories that the command runs in.
    private var others: [RecoveryPoint] = []

    private init(id: ByteString, recovery: Recovery, taken: Recovery.Taken) {
        self.id = id
        self.recovery = recovery
        self.taken = taken
    }

    /// The recovery of the repository that a setting means; nil outside a repository. libgit2 does not know of
    /// `--work-tree` and its kin: there the real git is asked for the places.
    public static func recovery(_ setting: Setting) throws(SystemError) -> Recovery? {
        let opened = try setting.namesWorkTree ? PlumbingFacts(setting) : FactsOpener.open(setting)
        guard let facts = opened else { return nil }
        return Recovery(
            Place(
                gitDirectory: facts.gitDirectory, commonDirectory: facts.commonDirectory, workTree: facts.workTree,
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
        guard var first = points.first else { return nil }
        points.removeFirst()
        first.others = points
        return first
    }

    private static func takeHere(before evaluation: Evaluation, at time: Timestamp) throws -> RecoveryPoint? {
        var request = SnapshotRequest(
            id: name(at: time), command: Messages.commandLine(evaluation.shown.arguments),
            time: time.milliseconds / 1000)
        for effect in evaluation.effects { request.add(effect, of: evaluation.command) }
        request.files = evaluation.filesToKeep
        guard request.holdsAnything else { return nil }
        guard let recovery = try recovery(evaluation.setting) else {
            if request.files.isEmpty { return nil }
            throw NowhereToKeep()
        }
        try request.fit(evaluation.setting, recovery.place)
        let taken = try recovery.take(request)
        return RecoveryPoint(id: request.id, recovery: recovery, taken: taken)
    }

    /// Notes what the command has left, so that newer work can be told from it. Without that an undo is more careful.
    func complete() {
        try? recovery.complete(taken)
        for other in others { other.complete() }
    }
}

/// Files would be lost that no repository is around for to keep them.
struct NowhereToKeep: Error, CustomStringConvertible {
    var description: String { "there is no repository here to keep it in" }
}

extension SnapshotRequest {
    /// An undo is asked for without the words and the environment of the command: a work tree or an index that they
    /// name is kept by its absolute paths, as plain files.
    fileprivate mutating func fit(_ setting: Setting, _ place: Place) throws(SystemError) {
        if setting.namesWorkTree, let workTree = place.workTree {
            files = files.map { Path.join(workTree, $0) }
        }
        guard index, setting.environment["GIT_INDEX_FILE"] != nil else { return }
        index = false
        let answer = try setting.question(["rev-parse", "--path-format=absolute", "--git-path", "index"]).capture()
        if answer.ending.succeeded { files.append(answer.output.dropping(suffix: "\n") ?? answer.output) }
    }

    /// Commands that delete files and leave HEAD and index as they are: a snapshot without these stands in the way of
    /// less that comes later. Others put files of another commit in their place.
    private static let onlyDeleting: Set<ByteString> = ["clean", "submodule", "worktree"]

    fileprivate mutating func add(_ effect: Effect, of command: ByteString) {
        switch (effect.kind, effect.target) {
        case (.dropStash, _): refs.append("refs/stash")
        case (.rewriteHistory, .localRef(let name)), (.deleteBranch, .localRef(let name)),
            (.moveTag, .localRef(let name)), (.deleteTag, .localRef(let name)):
            if name.contains(UInt8(ascii: "*")) { allRefs = true } else { refs.append(name) }
            // The command may move HEAD, index and work tree along.
            if effect.kind == .rewriteHistory { index = true }
        case (.discardChanges, _): index = true
        case (.deleteUntracked, _):
            let isReading = CommandTable.entry(named: command)?.nature == .readOnly
            if !isReading && !Self.onlyDeleting.contains(command) { index = true }
        default: break
        }
    }

    fileprivate var holdsAnything: Bool { allRefs || index || !refs.isEmpty || !files.isEmpty }
}
