import ByteStrings
import GitSyntax

/// A shorter form of what a command prints: the words that make git print less, and what shortens the rest.
public struct CompactForm: Equatable, Sendable {
    /// Global options that stand before the command.
    public var globals: [ByteString]
    /// Options that stand right behind the command, so that those of the user win.
    public var words: [ByteString]
    public var shortener: Shortener

    public enum Shortener: Equatable, Sendable {
        /// git's own short form will do.
        case none
        /// Patches, alone or behind the commits they belong to.
        case patches
        /// What `commit` says of what it made.
        case commit
        /// What `push --porcelain` says of each ref.
        case push
    }

    /// The compact form of a command line; nil where its words ask for a form of their own, or for anything that the
    /// table does not name: that stays exactly git's.
    public static func of(_ command: ByteString, _ interpretations: [ParsedArguments]) -> CompactForm? {
        guard let row = rows.first(where: { $0.command == command }), !interpretations.isEmpty else { return nil }
        let isAccepted = interpretations.allSatisfy { arguments in
            arguments.options.allSatisfy { row.accepts($0.name) }
        }
        return isAccepted ? row.form : nil
    }

    /// Whether a command has a compact form at all.
    public static func exists(for command: ByteString) -> Bool { commands.contains(command) }

    /// The commands of the table: every command asks, and few need the table itself.
    static let commands: WordList = "commit diff log push show status"
    static var tabled: [ByteString] { rows.map(\.command) }
}

extension CompactForm {
    /// A command that has a compact form.
    private struct Row: Sendable {
        var command: ByteString
        var form: CompactForm
        /// The options that keep it: they choose what is shown or done, not in which form (git's manual of the command).
        var options: Set<ByteString>

        func accepts(_ option: ByteString) -> Bool { options.contains(option) }
    }

    /// Which commits are shown (git-log(1), "Commit Limiting"). Those without a value are in no table of options.
    private static let limiting: Set<ByteString> = [
        "--all", "--branches", "--first-parent", "--merges", "--no-merges", "--remotes", "--reverse", "--tags", "-G",
        "-NUMBER", "-S", "-n", "after", "author", "before", "committer", "follow", "grep", "max-count", "since", "skip",
        "until",
    ]

    /// Which changes are shown, and how much of them (git-diff(1)).
    private static let comparing: Set<ByteString> = [
        "--cached", "--diff-filter", "--merge-base", "--staged", "-u", "exit-code", "find-copies", "find-renames",
        "ignore-all-space", "ignore-space-change", "name-only", "name-status", "no-renames", "numstat", "patch",
        "relative", "shortstat", "stat", "unified",
    ]

    /// Patches of one form whatever the configuration says, and with one line of context. (`--unified` would ask for a
    /// patch where none is wanted.)
    private static let patchWords: [ByteString] = ["--src-prefix=a/", "--dst-prefix=b/", "--no-color"]
    private static let patchGlobals: [ByteString] = ["-c", "diff.context=1", "-c", "diff.suppressBlankEmpty=false"]

    private static let commitWords: [ByteString] = [
        "--no-show-signature", "--date=format:%Y-%m-%d %H:%M", "--pretty=tformat:%h %ad %an: %s%w(0,1,1)%+b",
    ]

    private static let rows: [Row] = [
        Row(
            command: "commit",
            form: CompactForm(globals: ["-c", "advice.statusHints=false"], words: [], shortener: .commit),
            options: [
                "all", "allow-empty", "allow-empty-message", "amend", "author", "cleanup", "date", "edit", "file",
                "fixup", "gpg-sign", "include", "message", "no-verify", "only", "reedit-message",
                "reset-author", "reuse-message", "signoff", "squash", "template", "trailer",
            ]),
        Row(
            command: "diff",
            form: CompactForm(globals: patchGlobals, words: patchWords, shortener: .patches), options: comparing),
        Row(
            command: "log",
            form: CompactForm(globals: patchGlobals, words: commitWords + patchWords, shortener: .patches),
            options: limiting.union(comparing)),
        Row(
            command: "push",
            form: CompactForm(
                globals: ["-c", "advice.pushUpdateRejected=false"], words: ["--porcelain"], shortener: .push),
            options: [
                "all", "atomic", "delete", "dry-run", "follow-tags", "force", "force-if-includes", "force-with-lease",
                "ipv4", "ipv6", "mirror", "no-verify", "prune", "push-option", "receive-pack", "recurse-submodules",
                "repo", "set-upstream", "signed", "tags", "thin",
            ]),
        Row(
            command: "show",
            form: CompactForm(globals: patchGlobals, words: commitWords + patchWords, shortener: .patches),
            options: limiting.union(comparing)),
        Row(
            command: "status",
            form: CompactForm(globals: [], words: ["--short", "--branch"], shortener: .none),
            options: ["ahead-behind", "find-renames", "ignored", "no-renames", "untracked-files"]),
    ]
}
