import ArgumentParser
import Auditing
import ByteStrings

/// `pawl audit`: what is on record.
struct AuditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Show what is on record, and check that it is whole.",
        discussion: """
            Every git command that came through pawl is on record, allowed ones too: who ran it where, what it would \
            do, what was decided by which rule, and how it ended. The log is in ~/.local/state/pawl/audit.
            """,
        subcommands: [
            AuditListCommand.self, AuditShowCommand.self, AuditStatsCommand.self, AuditSessionsCommand.self,
            AuditFollowCommand.self, AuditReplayCommand.self, AuditExportCommand.self, AuditReportCommand.self,
            AuditVerifyCommand.self, AuditAnchorCommand.self, AuditArchiveCommand.self, AuditPruneCommand.self,
            AuditIndexCommand.self,
        ],
        defaultSubcommand: AuditListCommand.self)
}

extension AuditLog {
    /// The log of the user of this process.
    static func mine() throws(Failure) -> AuditLog {
        let surroundings = try Surroundings.current()
        return try reading { () throws(AuditError) in
            AuditLog(directory: try AuditLog.directory(for: surroundings.environment))
        }
    }

    /// Turns what keeps the log from being read into words.
    static func reading<Result>(_ body: () throws(AuditError) -> Result) throws(Failure) -> Result {
        do {
            return try body()
        } catch {
            throw Failure(ByteString(error.description), remedy: ByteString(error.remedy))
        }
    }
}
