import Auditing
import ByteStrings
import Effects
import GitEffects
import Platform
import PolicyEngine

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// Puts commands on record.
struct Recorder {
    let log: Result<AuditLog, AuditError>
    private let environment: Environment

    init(_ environment: Environment) {
        self.environment = environment
        do {
            log = .success(AuditLog(directory: try AuditLog.directory(for: environment)))
        } catch {
            log = .failure(error)
        }
    }

    /// A record with all that is known before the command runs.
    func begin(_ arguments: [ByteString], at time: Timestamp) -> Record {
        Record(
            time: time, session: environment["PAWL_SESSION"], agent: environment["PAWL_AGENT"],
            process: Int(getpid()), directory: Path.workingDirectory, arguments: arguments)
    }

    /// Fills in what was foreseen and decided.
    func describe(_ evaluation: Evaluation, in record: inout Record) {
        record.command = evaluation.command
        record.expansion = evaluation.expansion ?? []
        record.repository = evaluation.place?.name
        record.effects = evaluation.effects
        record.remote =
            evaluation.effects.lazy.compactMap { effect -> ByteString? in
                if case .remoteRef(let reference) = effect.target { return reference.remote }
                return nil
            }.first
        record.decision = evaluation.action.recorded
        if let verdict = evaluation.decision?.deciding { record.decide(verdict) }
    }

    /// Who did it: the whole chain of processes where something may come of the command, else the nearest.
    func trace(_ evaluation: Evaluation, in record: inout Record) {
        let isIdle = evaluation.isReplaced && evaluation.effects.isEmpty
        record.parents = isIdle ? Ancestry.ofThisProcess(limit: 1) : Ancestry.ofThisProcess()
    }

    /// Appends; fails with what kept the record from being written. What the log needs besides is done then; `warn`
    /// gets a line for each thing that failed.
    func append(_ record: Record, warn: (ByteString) -> Void) throws(AuditError) -> Int {
        let log = try log.get()
        let receipt = try log.append(record)
        LogUpkeep(after: receipt, log, environment)?.perform().forEach(warn)
        return receipt.sequence
    }

    /// Goes through the motions of appending, so that the append itself takes less time.
    func rehearse(_ record: Record) { try? log.get().rehearse(record) }

    /// Whether a record could be written now, without writing one.
    func check() throws(AuditError) {
        try log.get().checkWritable()
    }
}

extension Action {
    var recorded: Record.Decision {
        switch self {
        case .allow: .allow
        case .snapshot: .snapshot
        case .deny: .deny
        }
    }
}

extension Record {
    fileprivate mutating func decide(_ verdict: Verdict) {
        rule = verdict.rule?.name
        policy = PolicySource(
            name: verdict.policyName, digest: verdict.policyDigest, layer: verdict.layer.word,
            file: verdict.rule?.location.file, line: verdict.rule?.location.line)
    }
}
