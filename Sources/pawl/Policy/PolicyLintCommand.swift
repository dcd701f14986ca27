import ArgumentParser
import ByteStrings
import Platform
import PolicyEngine
import Setup

/// `pawl policy lint`.
struct PolicyLintCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lint", abstract: "Check policy files.",
        discussion: """
            Errors and warnings are printed as FILE:LINE: TEXT. Warnings are about rules that can never decide \
            anything. Exit status 0 if all files can be used, 1 otherwise.
            """)

    @Argument(help: ArgumentHelp("Policy files, or names of policies.", valueName: "file"))
    var files: [String]

    func run() throws {
        let surroundings = try Surroundings.current()
        var errors = 0
        for file in files.map({ ByteString($0) }) {
            do {
                let policy = try load(file, surroundings)
                let warnings = PolicyLint.warnings(policy)
                for warning in warnings {
                    Output.line(Output.printable(ByteString("\(warning.location): warning: \(Self.explain(warning))")))
                }
                let rules = policy.rules.count
                Output.line(
                    Output.printable(file) + ByteString(": ok, \(rules) rule\(rules == 1 ? "" : "s")")
                        + (warnings.isEmpty ? "" : ByteString(", \(warnings.count) of them without use")))
            } catch {
                errors += 1
                let place = error.line.map { "\(error.file):\($0)" } ?? "\(error.file)"
                Output.line(Output.printable(ByteString("\(place): error: \(error.message)")))
            }
        }
        if errors > 0 { throw ExitCode(1) }
    }

    /// A file is meant before a name here: the file is what is being written.
    private func load(_ file: ByteString, _ surroundings: Surroundings) throws(PolicyError) -> Policy {
        if File.exists(file) { return try Policy.load(file: file, home: surroundings.environment["HOME"]) }
        return try PolicyPlace(file, surroundings.installation)
            .load(surroundings.installation, surroundings.environment)
    }

    private static func explain(_ warning: PolicyWarning) -> String {
        switch warning.problem {
        case .overridden(let other):
            "the rule '\(warning.rule)' never decides: '\(other)' stands later and matches as well"
        case .needsRemote(let key):
            "the rule '\(warning.rule)' never matches: '\(key)' is about remotes, and none of its effects is"
        }
    }
}
