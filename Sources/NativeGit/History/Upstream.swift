import ByteStrings
import Libgit2
import Platform

/// The remote-tracking branch that a branch is compared with (git-config(1), `branch.<name>.merge`).
struct Upstream {
    /// `origin/main`.
    var shortName: ByteString
    /// nil where there is no such ref.
    var tip: ObjectID?

    /// nil where the branch has none. Fails where it is set up in an unusual way.
    init?(of branch: ByteString, _ bench: Workbench) throws(Leave) {
        let key: ByteString = "branch." + branch + "."
        let remotes = bench.settings.all.filter { $0.key == key + "remote" }
        let merges = bench.settings.all.filter { $0.key == key + "merge" }
        if remotes.isEmpty && merges.isEmpty { return nil }
        guard remotes.count == 1, merges.count == 1, let remote = remotes[0].value,
            let merged = merges[0].value?.dropping(prefix: "refs/heads/"), Revision.isPlain(remote),
            Revision.isPlain(merged), !remote.contains(UInt8(ascii: "/"))
        else { throw Leave() }
        let fetches = bench.settings.all.filter { $0.key == "remote." + remote + ".fetch" }
        guard fetches.count == 1, fetches[0].value == "+refs/heads/*:refs/remotes/" + remote + "/*" else {
            throw Leave()
        }
        shortName = remote + "/" + merged
        // What stands before remote-tracking branches in the order of preference.
        for rival in [shortName, "refs/" + shortName, "refs/tags/" + shortName, "refs/heads/" + shortName] {
            // The first one is a file in the git directory itself.
            if rival == shortName ? File.exists(bench.file(rival)) : try bench.refs.target(of: rival) != nil {
                throw Leave()
            }
        }
        tip = try bench.refs.target(of: "refs/remotes/" + shortName)
    }

    /// How many commits each of two tips has that the other has not. Fails beyond a bound: git has commit-graphs.
    static func distance(_ ours: ObjectID, _ theirs: ObjectID, _ bench: Workbench) throws(Leave) -> (Int, Int) {
        if ours == theirs { return (0, 0) }
        try bench.requirePlainHistory()
        // git asks for them by name, and warns where a ref is called so.
        for tip in [ours, theirs] { try Revision(bench: bench).requireNoRef(called: tip) }
        // Commits by date, the youngest first, each marked with the sides that reach it (git's `paint_down_to_common`).
        var marks: [ObjectID: UInt8] = [ours: 1, theirs: 2]
        var queue = try CommitQueue(bench, [ours, theirs])
        var walked = 0
        while queue.commits.contains(where: { marks[$0.name] != 3 }), let commit = queue.pop() {
            walked += 1
            guard walked < 500 else { throw Leave() }
            let mark = marks[commit.name] ?? 0
            for parent in commit.parents {
                let before = marks[parent] ?? 0
                if before | mark == before { continue }
                marks[parent] = before | mark
                try queue.add(parent)
            }
        }
        return (marks.values.count { $0 == 1 }, marks.values.count { $0 == 2 })
    }
}
