import ByteStrings
import Effects

/// What is known of `git-NAME` programs that can change a remote or history by themselves: from their manuals.
public enum KnownPrograms {
    private struct Row {
        var name: ByteString
        /// The first words that make it do so; empty for any.
        var subcommands: [ByteString]
        var kinds: [Effect.Kind]
        var does: ByteString
        /// Whether it keeps to commits that nobody else has, by itself or by what it is for.
        var sparesPublished = false
    }

    private static let rows: [Row] = [
        Row(
            name: "absorb", subcommands: [], kinds: [.rewriteHistory], does: "folds changes into earlier commits",
            sparesPublished: true),
        Row(
            name: "annex", subcommands: ["assist", "push", "sync"], kinds: [.push],
            does: "pushes the git-annex and synced branches"),
        Row(name: "branchless", subcommands: ["submit"], kinds: [.forcePush], does: "pushes with a lease"),
        Row(
            name: "branchless",
            subcommands: ["amend", "hide", "move", "record", "restack", "reword", "split", "sync", "undo"],
            kinds: [.rewriteHistory], does: "makes commits anew", sparesPublished: true),
        Row(
            name: "delete-branch", subcommands: [], kinds: [.deleteRemoteRef],
            does: "deletes a branch here and on its remote (git-extras)"),
        Row(
            name: "delete-tag", subcommands: [], kinds: [.deleteRemoteRef],
            does: "deletes a tag here and on its remote (git-extras)"),
        Row(
            name: "filter-repo", subcommands: [], kinds: [.rewriteHistory, .destroyRecovery],
            does: "makes all history anew, and has reflogs and old objects removed"),
        Row(
            name: "flow", subcommands: ["feature", "hotfix", "release", "bugfix", "support"], kinds: [.push],
            does: "publishes branches and removes finished ones"),
        Row(name: "lfs", subcommands: ["migrate"], kinds: [.rewriteHistory], does: "makes history anew"),
        Row(name: "lfs", subcommands: ["push"], kinds: [], does: "uploads large files, moves no refs"),
        Row(
            name: "machete", subcommands: ["github", "gitlab", "traverse"], kinds: [.forcePush, .rewriteHistory],
            does: "rebases, and pushes with a lease"),
        Row(
            name: "machete", subcommands: ["advance", "reapply", "slide-out", "squash", "update"],
            kinds: [.rewriteHistory], does: "makes commits anew"),
        Row(
            name: "obliterate", subcommands: [], kinds: [.rewriteHistory],
            does: "removes files from all history (git-extras)"),
        Row(
            name: "p4", subcommands: ["rebase", "submit"], kinds: [.rewriteHistory],
            does: "submits commits to a Perforce server and makes them anew here", sparesPublished: true),
        Row(name: "submit", subcommands: [], kinds: [.forcePush], does: "pushes with a lease (git-branchless)"),
        Row(name: "subtree", subcommands: ["push"], kinds: [.push], does: "pushes a split history, never with force"),
        Row(
            name: "svn", subcommands: ["commit-diff", "dcommit", "rebase", "reset", "set-tree"],
            kinds: [.rewriteHistory], does: "sends commits to a Subversion server or makes them anew here",
            sparesPublished: true),
        Row(
            name: "town", subcommands: ["propose", "ship", "sync"], kinds: [.forcePush, .rewriteHistory],
            does: "rebases, and pushes with a lease"),
    ]

    /// Words with which such programs only tell something.
    private static let asking: Set<ByteString> = ["--analyze", "--dry-run", "--help", "--version", "-h", "info"]

    /// The effects of running such a program: that it is unknown, with what is known of it.
    public static func effects(of name: ByteString, _ words: [ByteString]) -> [Effect] {
        let subcommand = words.first { !$0.hasPrefix("-") }
        let row =
            words.contains(where: asking.contains)
            ? nil
            : rows.first { row in
                row.name == name && (row.subcommands.isEmpty || subcommand.map(row.subcommands.contains) == true)
            }
        let label = row.map { row in
            "git " + name + (subcommand.map { " " + $0 } ?? "") + " (" + row.does + ")"
        }
        let unknown = Effect(.runUnknown, .named(label ?? "git " + name))
        return [unknown] + (row.map { row in row.kinds.map { effect($0, row) } } ?? [])
    }

    private static func effect(_ kind: Effect.Kind, _ row: Row) -> Effect {
        let program = "git " + row.name
        return switch kind {
        case .rewriteHistory:
            Effect(
                kind, .localRef("refs/heads/*"), certainty: .possible, published: row.sparesPublished ? false : nil,
                safer: "the same in a clone of its own")
        case .destroyRecovery:
            Effect(
                kind, .named("reflogs and unreachable objects (" + program + ")"),
                safer: "the same in a clone of its own")
        default:
            Effect(
                kind,
                .remoteRef(
                    Effect.RemoteRef(
                        remote: "any remote", url: nil, ref: "refs/heads/*",
                        forcedBy: kind == .push ? nil : .option(program))),
                certainty: .possible, safer: kind == .push ? nil : "git push of each branch, without force")
        }
    }

    /// Whether a program that comes with git is one of these, and not foreseen by its words.
    public static func holds(_ name: ByteString) -> Bool { rows.contains { $0.name == name } }
}
