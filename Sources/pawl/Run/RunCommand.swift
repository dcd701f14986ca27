import ArgumentParser
import ByteStrings
import Guard
import Setup

/// `pawl run`: a command with Pawl in front of git.
struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Start an agent, or any command, with pawl in front of git.",
        usage: "pawl run [--policy <policy>] [--agent <name>] -- <command> ...",
        discussion: """
            The command finds the front end first on PATH and a session id in PAWL_SESSION, which goes into every \
            record. A policy given here can only tighten what holds anyway.

            The exit status is the command's; 127 if it is not found, 126 if it cannot be started.
            """)

    @Option(help: ArgumentHelp("A policy for this session, besides those that hold anyway.", valueName: "policy"))
    var policy: String?

    @Option(help: ArgumentHelp("Who it is, for the record and for rules.", valueName: "name"))
    var agent: String?

    @Argument(parsing: .postTerminator, help: "The command and its arguments.")
    var command: [String] = []

    func validate() throws {
        if command.isEmpty { throw ValidationError("Give a command behind `--`: pawl run -- bash") }
    }

    func run() throws {
        let surroundings = try Surroundings.current()
        do {
            let session = try Session(
                agent: agent.map { ByteString($0) }, policy: policy.map { ByteString($0) },
                surroundings.installation, surroundings.environment)
            try session.start(Words.afterTerminator)
        } catch {
            throw Self.explain(error)
        }
    }

    private static func explain(_ failure: Session.Failure) -> Failure {
        switch failure {
        case .noFrontEnd(let path):
            Failure("there is no front end at " + path, remedy: "run install.sh again", status: 69)
        case .policy(let error): Failure(error)
        case .notFound(let command): Failure(command + ": command not found", status: 127)
        case .notExecutable(let path, let reason):
            Failure(path + ByteString(": cannot be started: \(reason)"), status: 126)
        }
    }
}
