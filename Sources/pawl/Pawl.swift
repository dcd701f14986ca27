import ArgumentParser
import ByteStrings

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// The command for people: everything that is not git itself.
struct Pawl: ParsableCommand {
    static let version = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "pawl",
        abstract: "A git for shells in which coding agents work.",
        discussion: """
            Pawl stands in for git: it reads a command line as git would, works out what the command would do to \
            the repository and its remotes, asks a policy, and then runs the real git, or stops the command with a \
            reason and a safer way. This command looks after it: it starts agents with pawl in front of git, tries \
            command lines without running them, and shows what is on record.

            With --agent at its end, any of these commands prints a short text for an agent's instructions instead, \
            in Markdown: what is guarded in this directory, and what to do when something is refused.
            """,
        version: version,
        subcommands: [
            CheckCommand.self, UndoCommand.self, SnapshotsCommand.self, RunCommand.self, PolicyCommand.self,
            AuditCommand.self, InitCommand.self, DoctorCommand.self,
        ])

    /// Runs this process's command line and ends.
    static func start() -> Never {
        do {
            if let command = AgentText.requested(by: Words.ofThisProcess) {
                Output.text(AgentText.text(for: command, try Surroundings.current()))
                Process.end(0)
            }
            var command = try parseAsRoot()
            try command.run()
            Process.end(0)
        } catch let failure as Failure {
            Output.error(failure)
            Process.end(failure.status)
        } catch {
            exit(withError: error)
        }
    }
}

/// The process's end, under a name that ArgumentParser's `exit` does not hide.
enum Process {
    static func end(_ status: Int32) -> Never { exit(status) }
}
