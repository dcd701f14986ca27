import ByteStrings
import Effects
import GitSyntax

/// Foresees that git is told to run other commands, by words of the command line (each command's manual). Programs that
/// configuration names (editors, pagers, filters, drivers) are the user's own tools and none of this.
public enum NestedCommands {
    /// Options whose value is a program or a line of shell, by command.
    private static func options(_ command: ByteString) -> [ByteString] {
        switch command {
        case "archive": ["exec", "--exec"]
        case "clone", "fetch", "ls-remote", "pull": ["upload-pack"]
        case "daemon": ["--access-hook"]
        case "difftool": ["extcmd"]
        case "fetch-pack": ["exec", "upload-pack"]
        case "filter-branch":
            [
                "commit-filter", "env-filter", "index-filter", "msg-filter", "parent-filter", "setup",
                "tag-name-filter", "tree-filter",
            ]
        case "grep": ["open-files-in-pager"]
        case "rebase": ["exec"]
        case "send-email": ["--cc-cmd", "--header-cmd", "--sendmail-cmd", "--to-cmd"]
        default: []
        }
    }

    /// Operands that are the words of a command, for the commands that have any.
    private static func operands(_ command: ByteString) -> ((ParsedArguments) -> [ByteString])? {
        switch command {
        case "bisect": { $0.subcommand == "run" ? $0.operands.map(\.value) : [] }
        case "hook": { $0.subcommand == "run" ? ["hook"] + $0.operands.prefix(1).map(\.value) : [] }
        case "merge-index": { $0.operands.prefix(1).map(\.value) }
        case "remote-ext": { $0.operands.dropFirst().prefix(1).map(\.value) }
        case "submodule", "submodule--helper":
            { $0.subcommand == "foreach" ? $0.operands.map(\.value) : [] }
        default: nil
        }
    }

    /// What a command does that hands over to a program for whatever that does: tools with windows, and the ways to other
    /// systems.
    private static func handingOver(_ command: ByteString) -> ByteString? {
        switch command {
        case "citool", "gui": "commits and pushes from a window"
        case "daemon": "serves repositories to others"
        case "difftool": "starts a diff tool"
        case "gitk": "changes branches from a window"
        case "imap-send": "stores mail"
        case "instaweb": "starts a web server"
        case "mergetool": "starts a merge tool"
        case "send-email": "sends mail"
        default: nil
        }
    }

    /// The strategies that git has itself (git-merge(1), "MERGE STRATEGIES"); another one is a program `git-merge-NAME`.
    private static let strategies: WordList = "octopus ort ours recursive resolve subtree"
    private static let merging: WordList = "cherry-pick merge pull rebase revert"

    /// Whether the words may ask for another command. Errs on the side of looking.
    static func concern(_ command: ByteString, _ interpretations: [ParsedArguments]) -> Bool {
        if operands(command) != nil || handingOver(command) != nil { return true }
        if merging.contains(command), interpretations.contains(where: { $0.mentions("strategy") }) { return true }
        let names = options(command)
        return interpretations.contains { arguments in names.contains { arguments.mentions($0) } }
    }

    /// Whether a word of a command that otherwise only reads may name a program: `grep -O`, `archive --exec`.
    public static func mayBeNamed(by command: ByteString, _ words: [ByteString]) -> Bool {
        words.contains { $0.hasPrefix("-O") || $0.hasPrefix("--op") || $0.hasPrefix("--ex") }
            && !options(command).isEmpty
    }

    /// The texts that a command would run, each once.
    public static func effects(of command: UnderstoodCommand, _ configuration: Configuration? = nil) -> [Effect] {
        var seen: Set<ByteString> = []
        var texts = command.interpretations.flatMap { Self.texts(command.name, $0) }
        if command.name == "submodule", command.interpretations.contains(where: { $0.subcommand == "update" }) {
            // `submodule.NAME.update = !COMMAND` (git-config(1)).
            texts +=
                configuration?.entries.compactMap { entry in
                    guard entry.key.hasPrefix("submodule."), entry.key.hasSuffix(".update") else { return nil }
                    return entry.value?.dropping(prefix: "!")
                } ?? []
        }
        return
            texts
            .filter { seen.insert($0).inserted }
            .map { Effect(.runNested, .named($0)) }
    }

    private static func texts(_ command: ByteString, _ arguments: ParsedArguments) -> [ByteString] {
        var texts = options(command).flatMap { arguments.values($0) }
        if let words = operands(command)?(arguments), !words.isEmpty {
            texts.append(words.joined(separator: " "))
        }
        if merging.contains(command) {
            texts += arguments.values("strategy").filter { !strategies.contains($0) }.map { "git-merge-" + $0 }
        }
        if texts.isEmpty, let does = handingOver(command) { texts.append(command + ", which " + does) }
        return texts.filter { !$0.isEmpty }
    }
}
