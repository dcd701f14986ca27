import ByteStrings
import Platform

/// What has to hold of a repository before a branch is switched in it. Everything else is the real git's.
enum SwitchGround {
    /// Hooks that would be told (githooks(5)). Of one that cannot be run git gives advice.
    private static let hooks: [ByteString] = ["post-checkout", "post-index-change", "reference-transaction"]

    /// What git removes, or makes use of, when a branch is left (git's `remove_branch_state`).
    private static let leftovers: [ByteString] = [
        "AUTO_MERGE", "MERGE_AUTOSTASH", "MERGE_MODE", "MERGE_MSG", "MERGE_RR", "SQUASH_MSG",
    ]

    /// Locks of files that will be written (gitrepository-layout(5)).
    private static let locks: [ByteString] = ["index.lock", "HEAD.lock"]

    static func check(_ bench: Workbench) throws(Leave) {
        try bench.requireNothingInProgress()
        for name in leftovers + locks where File.linkStatus(bench.file(name)) != nil { throw Leave() }
        for hook in hooks where File.linkStatus(bench.file("hooks/" + hook)) != nil { throw Leave() }
        // Each linked work tree has a branch, which no other one may take.
        if File.exists(bench.file("worktrees")) { throw Leave() }
    }

    /// Fails where a new branch might be set up to track another (git-branch(1), `--track`): where a remote's branches
    /// are fetched to anywhere but remote-tracking ones, or remotes are kept as files.
    static func checkTracking(_ bench: Workbench) throws(Leave) {
        for folder in ["remotes", "branches"] as [ByteString] {
            guard File.list(Path.join(bench.place.common, folder))?.isEmpty != false else { throw Leave() }
        }
        for setting in bench.settings.all where setting.key.hasPrefix("remote.") && setting.key.hasSuffix(".fetch") {
            guard let value = setting.value, let (_, place) = value.split(atFirst: UInt8(ascii: ":")),
                place.hasPrefix("refs/remotes/")
            else { throw Leave() }
        }
    }
}
