import ByteStrings
import Effects

/// What is known of `git-NAME` programs that are not git's own and can change a remote: from their manuals.
public enum KnownPrograms {
    private struct Row {
        var name: ByteString
        /// The first words that make it change a remote; empty for any.
        var subcommands: [ByteString]
        var kinds: [Effect.Kind]
        var does: ByteString
    }

    private static let rows: [Row] = [
        Row(
            name: "annex", subcommands: ["assist", "push", "sync"], kinds: [.push],
            does: "pushes the git-annex and synced branches"),
        Row(name: "branchless", subcommands: ["submit"], kinds: [.forcePush], does: "pushes with a lease"),
        Row(
            name: "flow", subcommands: ["feature", "hotfix", "release", "bugfix", "support"], kinds: [.push],
            does: "publishes branches and removes finished ones"),
        Row(name: "lfs", subcommands: ["push"], kinds: [], does: "uploads large files, moves no refs"),
        Row(
            name: "machete", subcommands: ["github", "gitlab", "traverse"], kinds: [.forcePush],
            does: "pushes with a lease"),
        Row(name: "p4", subcommands: ["submit"], kinds: [], does: "submits commits to a Perforce server"),
        Row(name: "submit", subcommands: [], kinds: [.forcePush], does: "pushes with a lease (git-branchless)"),
        Row(name: "subtree", subcommands: ["push"], kinds: [.push], does: "pushes a split history, never with force"),
        Row(
            name: "svn", subcommands: ["dcommit"], kinds: [],
            does: "sends commits to a Subversion server and rewrites them here"),
        Row(name: "town", subcommands: ["propose", "ship", "sync"], kinds: [.forcePush], does: "pushes with a lease"),
    ]

    /// The effects of running such a program: that it is unknown, with what is known of it.
    public static func effects(of name: ByteString, _ words: [ByteString]) -> [Effect] {
        let subcommand = words.first { !$0.hasPrefix("-") }
        let row = rows.first { row in
            row.name == name && (row.subcommands.isEmpty || subcommand.map(row.subcommands.contains) == true)
        }
        let label = row.map { row in
            "git " + name + (subcommand.map { " " + $0 } ?? "") + " (" + row.does + ")"
        }
        let unknown = Effect(.runUnknown, .named(label ?? "git " + name))
        let known = (row?.kinds ?? []).map { kind in
            Effect(
                kind,
                .remoteRef(
                    Effect.RemoteRef(
                        remote: "any remote", url: nil, ref: "refs/heads/*",
                        forcedBy: kind == .push ? nil : .option("git " + name))),
                certainty: .possible, safer: kind == .push ? nil : "git push of each branch, without force")
        }
        return [unknown] + known
    }
}
