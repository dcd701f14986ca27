import ArgumentParser
import ByteStrings
import Guard
import Platform
import PolicyEngine
import Setup

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// `pawl check`: the dry run.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Say what a git command line would do, and what the policy says to that.",
        usage: """
            pawl check [--policy <policy>] [-C <folder>] [--json] -- <git command line>
            pawl check [--policy <policy>] [-C <folder>] [--json] --stdin
            """,
        discussion: """
            Nothing is run and nothing goes on record. Shown are the decision, every effect, and the rule that \
            decided with the file and line where it stands.

            Exit status: 0 the command would run, 3 it would run with a recovery point taken first, 77 it would be \
            blocked, 2 it was not understood, which git would refuse. With --stdin the gravest of all lines: 77, \
            then 2, then 3. 1 and 64 are errors of pawl check itself.
            """)

    @Option(help: ArgumentHelp("Ask this policy instead of those that hold here.", valueName: "policy"))
    var policy: String?

    @Option(name: .customShort("C"), help: ArgumentHelp("Check as if started in this folder.", valueName: "folder"))
    var folder: String?

    @Flag(help: "Print one JSON object for each command line.")
    var json = false

    @Flag(help: "Read command lines from standard input, one a line, quoted as for a shell.")
    var stdin = false

    @Argument(parsing: .postTerminator, help: ArgumentHelp("The command line.", valueName: "git command line"))
    var words: [String] = []

    func validate() throws {
        if stdin && !words.isEmpty {
            throw ValidationError("With --stdin the command lines come from standard input, not from behind `--`.")
        }
        if !stdin && words.isEmpty {
            throw ValidationError("Give a git command line behind `--`: pawl check -- push --force origin main")
        }
    }

    func run() throws {
        let surroundings = try Surroundings.current()
        var examiner = Examiner(
            installation: surroundings.installation, git: try surroundings.realGit(),
            environment: surroundings.environment)
        // A relative policy file is meant from here, whatever -C says.
        if let policy { examiner.trialPolicy = try trial(ByteString(policy), surroundings) }
        if let folder, chdir(folder) != 0 {
            let error = SystemError(operation: "enter", path: ByteString(folder))
            throw Failure(ByteString(error.description), remedy: "Give -C a folder that exists.")
        }
        let report = CheckReport(style: Style(surroundings.environment))
        if stdin {
            throw ExitCode(try checkLines(examiner, report))
        }
        let outcome = try CheckOutcome(checking: Words.afterTerminator, examiner)
        if json {
            Output.json(outcome.json())
        } else {
            Output.text(report.full(outcome))
        }
        throw ExitCode(outcome.status)
    }

    private func trial(_ name: ByteString, _ surroundings: Surroundings) throws(Failure) -> PolicyStack {
        let place = PolicyPlace(name, surroundings.installation)
        do {
            let policy = try place.load(surroundings.installation, surroundings.environment)
            return PolicyStack(layers: [LayeredPolicy(layer: .session, policy: policy)])
        } catch {
            throw Failure(error)
        }
    }

    private func checkLines(_ examiner: Examiner, _ report: CheckReport) throws -> Int32 {
        var gravest = CheckOutcome.Gravity.allowed
        var lines = StandardInputLines()
        var number = 0
        while let line = lines.next() {
            number += 1
            if line.trimmed.isEmpty || line.trimmed.hasPrefix("#") { continue }
            let outcome = try CheckOutcome(checkingLine: line, examiner)
            gravest = max(gravest, outcome.gravity)
            if json {
                Output.json(outcome.json(line: number))
            } else {
                Output.line(report.short(outcome, line: number))
            }
        }
        return gravest.status
    }
}

/// The lines of standard input, each as soon as it is there.
private struct StandardInputLines {
    private var pending: [UInt8] = []
    private var isAtEnd = false

    mutating func next() -> ByteString? {
        while true {
            if let end = pending.firstIndex(of: UInt8(ascii: "\n")) {
                let line = ByteString(pending[..<end])
                pending.removeFirst(end + 1)
                return line
            }
            if isAtEnd {
                defer { pending = [] }
                return pending.isEmpty ? nil : ByteString(pending)
            }
            fill()
        }
    }

    private mutating func fill() {
        var buffer = [UInt8](repeating: 0, count: 65536)
        let size = buffer.count
        let got = buffer.withUnsafeMutableBytes { read(STDIN_FILENO, $0.baseAddress, size) }
        if got > 0 {
            pending += buffer[..<got]
        } else if got == 0 || errno != EINTR {
            isAtEnd = true
        }
    }
}
