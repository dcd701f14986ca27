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
        // One look at the folder for all names in it; each linked work tree has a branch, which no other one may take.
        let names = Set(Workbench.inProgress + leftovers + locks + ["worktrees"])
        var isClear = true
        let isRead = File.eachEntry(bench.place.gitDirectory) { name, _ in if names.contains(name) { isClear = false } }
        guard isRead, isClear else { throw Leave() }
        for hook in hooks where File.linkStatus(bench.file("hooks/" + hook)) != nil { throw Leave() }
        try checkIgnores(bench)
    }

    /// Fails where git warns of an ignore file that it cannot read (gitignore(5)): those that are not in the work tree.
    private static func checkIgnores(_ bench: Workbench) throws(Leave) {
        var files = [Path.join(bench.place.common, "info/exclude")]
        let home = bench.request.environment["HOME"] ?? ""
        if let set = bench.settings.last("core.excludesfile") {
            guard let file = set.dropping(prefix: "~/").map({ home + "/" + $0 }) ?? (Path.isAbsolute(set) ? set : nil)
            else { throw Leave() }
            files.append(file)
        } else {
            let folder = bench.request.environment["XDG_CONFIG_HOME"] ?? ""
            files.append((folder.isEmpty ? home + "/.config" : folder) + "/git/ignore")
        }
        for file in files {
            guard let status = File.linkStatus(file) else { continue }
            guard status.kind == .regular, File.mayRead(file) else { throw Leave() }
        }
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
