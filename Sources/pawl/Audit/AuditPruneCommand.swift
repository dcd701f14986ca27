import ArgumentParser
import Auditing
import ByteStrings
import PolicyEngine

/// `pawl audit prune`.
struct AuditPruneCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prune", abstract: "Drop records that are older than the policy keeps them.",
        discussion: """
            How long records are kept is said by retain in [audit] of the system's or the user's policy, the longer of \
            the two; without it nothing is ever dropped. Whole files go, the oldest first, and only those in which \
            every record is old. A notice in the log says what was dropped, so that the chain can still be checked.
            """)

    @Flag(name: .customLong("dry-run"), help: "Only say what would be dropped.")
    var isDryRun = false

    func run() throws {
        let log = try AuditLog.mine()
        let settings = try Surroundings.current().auditSettings()
        guard let retention = settings.retention else {
            throw Failure(
                "no policy says how long records are kept",
                remedy: "write retain = 400d below [audit] in /etc/pawl/policy or ~/.config/pawl/policy")
        }
        guard case .days(let days) = retention else {
            Output.line("nothing to drop: records are kept forever")
            return
        }
        let reason = "retain = " + retention.word
        let drop = try AuditLog.reading { () throws(AuditError) -> AuditLog.Drop? in
            guard let limit = try log.retentionLimit(days: days) else { return nil }
            return isDryRun ? try log.droppable(before: limit) : try log.drop(before: limit, reason: reason)
        }
        guard let drop, let last = drop.files.last?.last else {
            Output.line("nothing to drop: no file has only records older than \(days) days")
            return
        }
        for file in drop.files { Output.line((isDryRun ? "would drop " : "dropped ") + file.name) }
        Output.line(ByteString("records \(drop.first) to \(last)"))
        if let notice = drop.notice { Output.line(ByteString("record \(notice.sequence) says so")) }
    }
}
