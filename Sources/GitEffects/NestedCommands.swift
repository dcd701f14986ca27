import ByteStrings
import Effects
import GitSyntax

/// Foresees that git is told to run other commands, by words of the command line (each command's manual). Programs that
/// configuration names (editors, pagers, filters, drivers) are the user's own tools and none of this.
public enum NestedCommands {
    /// Options whose value is a program or a line of shell, by command.
    private static let options: [ByteString: [ByteString]] = [
        "archive": ["exec", "--exec"],
        "clone": ["upload-pack"],
        "daemon": ["--access-hook"],
        "difftool": ["extcmd"],
        "fetch": ["upload-pack"],
        "fetch-pack": ["exec", "upload-pack"],
        "filter-branch": [
            "commit-filter", "env-filter", "index-filter", "msg-filter", "parent-filter", "setup", "tag-name-filter",
            "tree-filter",
        ],
        "grep": ["open-files-in-pager"],
        "ls-remote": ["upload-pack"],
        "pull": ["upload-pack"],
        "rebase": ["exec"],
        "send-email": ["--cc-cmd", "--header-cmd", "--sendmail-cmd", "--to-cmd"],
    ]

    /// Operands that are the words of a command.
    private static let operands: [ByteString: @Sendable (ParsedArguments) -> [ByteString]] = [
        "bisect": { $0.subcommand == "run" ? $0.operands.map(\.value) : [] },
        "hook": { $0.subcommand == "run" ? ["hook"] + $0.operands.prefix(1).map(\.value) : [] },
        "merge-index": { $0.operands.prefix(1).map(\.value) },
        "remote-ext": { $0.operands.dropFirst().prefix(1).map(\.value) },
        "submodule": { $0.subcommand == "foreach" ? $0.operands.map(\.value) : [] },
        "submodule--helper": { $0.subcommand == "foreach" ? $0.operands.map(\.value) : [] },
    ]

    /// Commands that hand over to a program for whatever it does: tools with windows, and the ways to other systems.
    private static let handingOver: [ByteString: ByteString] = [
        "citool": "commits and pushes from a window", "daemon": "serves repositories to others",
        "difftool": "starts a diff tool",
        "gitk": "changes branches from a window", "gui": "commits and pushes from a window",
        "imap-send": "stores mail", "instaweb": "starts a web server", "mergetool": "starts a merge tool",
        "send-email": "sends mail",
    ]

    /// The strategies that git has itself (git-merge(1), "MERGE STRATEGIES"); another one is a program `git-merge-NAME`.
    private static let strategies: WordList = "octopus ort ours recursive resolve subtree"
    private static let merging: WordList = "cherry-pick merge pull rebase revert"

    /// Whether the words may ask for another command. Errs on the side of looking.
    static func concern(_ command: ByteString, _ interpretations: [ParsedArguments]) -> Bool {
        if operands[command] != nil || handingOver[command] != nil { return true }
        if merging.contains(command), interpretations.contains(where: { $0.mentions("strategy") }) { return true }
        guard let names = options[command] else { return false }
        return interpretations.contains { arguments in names.contains { arguments.mentions($0) } }
    }

    /// Whether a word of a command that otherwise only reads may name a program: `grep -O`, `archive --exec`.
    public static func mayBeNamed(by command: ByteString, _ words: [ByteString]) -> Bool {
        // The words first: the table is not even built for the many commands without such a word.
        words.contains { $0.hasPrefix("-O") || $0.hasPrefix("--op") || $0.hasPrefix("--ex") } && options[command] != nil
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
        var texts = (options[command] ?? []).flatMap { arguments.values($0) }
        if let words = operands[command]?(arguments), !words.isEmpty {
            texts.append(words.joined(separator: " "))
        }
        if merging.contains(command) {
            texts += arguments.values("strategy").filter { !strategies.contains($0) }.map { "git-merge-" + $0 }
        }
        if texts.isEmpty, let does = handingOver[command] { texts.append(command + ", which " + does) }
        return texts.filter { !$0.isEmpty }
    }
}
