import ArgumentParser
import ByteStrings
import PolicyEngine
import Setup

/// `pawl policy use`.
struct PolicyUseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "use", abstract: "Make a policy that of your user layer.",
        discussion: """
            Writes ~/.config/pawl/policy, which then includes the policy. A file that was written or edited by hand \
            is not touched without --force, and then a copy of it is kept.
            """)

    @Argument(help: ArgumentHelp("A policy's name or file.", valueName: "policy"))
    var policy: String

    @Flag(help: "Replace a file that was written by hand.")
    var force = false

    func run() throws {
        let surroundings = try Surroundings.current()
        let place = PolicyPlace(ByteString(policy), surroundings.installation)
        do {
            let change = try UserPolicy.use(
                place, replacing: force, surroundings.installation, surroundings.environment)
            Output.text(Self.text(change).map(Output.printable).joined(separator: "\n") + "\n")
        } catch {
            throw Self.explain(error)
        }
    }

    private static func text(_ change: UserPolicy.Change) -> [ByteString] {
        if change.isUnchanged {
            return ["The policy of your user layer is already " + change.after.name + " (" + change.file + ")."]
        }
        let before = change.before ?? "none, so that the built-in default held"
        var lines: [ByteString] = [
            "The policy of your user layer is now " + change.after.name + " (" + change.file + ").",
            "Before: " + before + ".",
        ]
        if !change.after.description.isEmpty { lines.append("Now:    " + change.after.description) }
        if let backup = change.backup { lines.append("The file that was there is kept as " + backup + ".") }
        lines.append("The other layers hold as before; `pawl policy show` shows them all.")
        return lines
    }

    private static func explain(_ failure: UserPolicy.Failure) -> Failure {
        switch failure {
        case .noHome: Failure("there is no place for your policy", remedy: "set HOME, or XDG_CONFIG_HOME")
        case .handWritten(let file):
            Failure(
                file + " was written by hand and is left alone",
                remedy: "add an [include] to it yourself, or use --force, which keeps a copy")
        case .includesItself(let file):
            Failure(file + " is your user layer already", remedy: "choose another file, or a name")
        case .policy(let error): Failure(error)
        case .system(let error): Failure(ByteString(error.description))
        }
    }
}
