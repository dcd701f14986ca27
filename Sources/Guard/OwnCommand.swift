import Auditing
import ByteStrings
import Effects
import Platform
import PolicyEngine
import Recovery

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// A command of Pawl's own that changes a repository, put on record like those of git: who, when, what moved.
public struct OwnCommand {
    private let recovery: Recovery
    private let environment: Environment
    private let installation: Installation
    private let warn: (ByteString) -> Void
    private let recorder: Recorder
    private let started: Timestamp
    private var record: Record

    /// - Parameters:
    ///   - name: as the record has it: `pawl undo`.
    ///   - arguments: the words of this process, without its name.
    ///   - warn: gets a line for each thing that went wrong with the record.
    public init(
        _ name: ByteString, _ arguments: [ByteString], _ recovery: Recovery, _ installation: Installation,
        _ environment: Environment, at time: Timestamp, warn: @escaping (ByteString) -> Void
    ) {
        self.recovery = recovery
        self.environment = environment
        self.installation = installation
        self.warn = warn
        recorder = Recorder(environment)
        started = time
        record = recorder.begin(["pawl"] + arguments, at: time)
        record.command = name
        // No policy is asked: what is brought back is never less than what is there.
        record.decision = nil
        record.parents = Ancestry.ofThisProcess()
    }

    /// The log cannot be written, and a policy wants everything on record.
    public struct Unrecorded: Error, CustomStringConvertible {
        public let reason: AuditError
        public var description: String { "\(Messages.unrecorded(reason).reason)" }
        public var remedy: ByteString { ByteString(reason.remedy) }
    }

    /// Brings back what a snapshot holds, as `Recovery.undo` does.
    public mutating func undo(
        _ id: ByteString?, paths: [ByteString]?, overwriteNewer: Bool
    ) throws -> UndoOutcome {
        try prepare()
        let newID = RecoveryPoint.name(at: started)
        // Where it happens is known only once the snapshot is found.
        let home = try? recovery.home(of: id)
        let place = (home?.recovery ?? recovery).place
        var told = Record.Undo(snapshot: home?.id ?? id)
        told.isPartial = paths != nil
        let before = begin(place)
        do {
            let outcome = try recovery.undo(
                id, paths: paths, overwriteNewer: overwriteNewer, newID: newID, time: started.milliseconds / 1000)
            told.snapshot = outcome.id
            told.movedHead = outcome.movedHead
            told.restoredIndex = outcome.restoredIndex
            told.files = Record.Undo.Files(outcome.files)
            told.left = Record.Undo.Files(outcome.left)
            if let remote = outcome.remote { describe(remote, in: &told) }
            record.undo = told
            record.snapshot = outcome.snapshot
            finish(place, before) { !$0.hasPrefix(Recovery.prefix) }
            return outcome
        } catch {
            // Midway, something has changed all the same.
            if case .stopped(let snapshot, _) = error { record.snapshot = snapshot }
            if told.snapshot != nil { record.undo = told }
            fail(error, place, before) { !$0.hasPrefix(Recovery.prefix) }
            throw error
        }
    }

    /// Gives up snapshots, as `Recovery.prune` does.
    public mutating func prune(olderThan time: Int64?, keepingBytes limit: Int64?) throws -> [ByteString] {
        try prepare()
        let before = begin(recovery.place)
        do {
            let gone = try recovery.prune(olderThan: time, keepingBytes: limit)
            finish(recovery.place, before) { _ in true }
            return gone
        } catch {
            fail(error, recovery.place, before) { _ in true }
            throw error
        }
    }

    /// What a policy that cannot be read says about records is not known: the stricter is assumed.
    private func prepare() throws(Unrecorded) {
        let stack = try? PolicyStack.load(
            environment: environment, workTree: recovery.place.workTree, policyFolder: installation.policyFolder)
        guard stack?.recordRequired ?? true else { return }
        do { try recorder.check() } catch { throw Unrecorded(reason: error) }
    }

    private mutating func begin(_ place: Place) -> RefState {
        record.repository = place.workTree ?? place.gitDirectory
        return RefState(GitDirectory(place), withRemotes: true)
    }

    private mutating func describe(_ remote: SavedRemote, in undo: inout Record.Undo) {
        record.remote = remote.repository
        undo.remoteRefs = remote.refs.map {
            Record.MovedRef(ref: $0.name, old: $0.before?.hex, new: $0.after?.hex)
        }
        // Each only from the value that the push has left it at.
        record.effects = remote.refs.map { ref in
            let kind: Effect.Kind = ref.after == nil ? .deleteRemoteRef : ref.before == nil ? .push : .forcePush
            let target = Effect.RemoteRef(
                remote: remote.repository, url: nil, ref: ref.name, forcedBy: .option("pawl undo"), lease: true)
            return Effect(kind, .remoteRef(target))
        }
    }

    private mutating func fail(
        _ error: RecoveryError, _ place: Place, _ before: RefState, showing isShown: (ByteString) -> Bool
    ) {
        record.stopped = ByteString("\(error)")
        record.exit = 1
        finish(place, before, showing: isShown)
    }

    private mutating func finish(_ place: Place, _ before: RefState, showing isShown: (ByteString) -> Bool) {
        let after = RefState(GitDirectory(place), withRemotes: true)
        record.head = Record.Head(before: before.headTarget, after: after.headTarget)
        record.movedRefs = after.moved(since: before).filter { isShown($0.ref) }
        record.ran = .native
        if record.exit == nil { record.exit = 0 }
        record.milliseconds = Int(Timestamp.now.milliseconds - started.milliseconds)
        do {
            _ = try recorder.append(record, warn: warn)
        } catch {
            warn(Messages.notRecorded(error))
        }
    }
}
