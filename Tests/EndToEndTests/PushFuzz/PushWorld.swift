import Foundation

/// A clone and three bare remotes that share one set of commits, so that any ref of any of them can be set to any
/// commit by writing a file. Built once; every case runs in a copy.
///
///     a - b - c - e          c is what has been pushed; e is new here
///          \   \- r - f      r and f are known to the remotes only
///           \- d             d has diverged from c
final class PushWorld {
    let scratch: Scratch
    private let template: String
    /// Object names by the words of the script: a … f, r, the tag objects ta (of c), tb (of c too), td (of d), and g,
    /// which is d grafted onto c.
    private(set) var objects: [String: String] = [:]
    private var ancestry: [String: Bool] = [:]

    /// The repositories whose refs count as a remote's, by their folders; `work` for pushes to itself.
    static let repositories = ["origin.git", "backup.git", "other.git", "modules.git", "work"]

    init(_ scratch: Scratch) throws {
        self.scratch = scratch
        template = "\(scratch.capture)/template"
        let built = try scratch.shell("set -e\n" + Self.script, environment: plainEnvironment())
        guard built.succeeded else { throw CorpusRun.Missing(description: "set-up: \(built.errorText)") }
        for line in built.text.split(separator: "\n") {
            let words = line.split(separator: " ").map(String.init)
            if words.count == 2 { objects[words[0]] = words[1] }
        }
        try FileManager.default.moveItem(atPath: scratch.path("world"), toPath: template)
    }

    func plainEnvironment() -> [String: String] { scratch.environment(path: BuiltProducts.systemPath) }

    var work: String { scratch.path("world/work") }

    /// A text with the objects' own letters in place of their names.
    func readable(_ text: String) -> String {
        objects.reduce(text) { $0.replacingOccurrences(of: $1.value, with: $1.key) }
    }

    /// Makes the world anew, as the case has it.
    func restore(_ scenario: PushCase) throws {
        var script = "rm -rf world && cp -R '\(template)' world && cd world\n"
        for (file, content) in scenario.files.sorted(by: { $0.key < $1.key }) {
            script += "mkdir -p \"$(dirname '\(file)')\" && cat > '\(file)' <<'END-OF-FILE'\n\(content)\nEND-OF-FILE\n"
        }
        script += "cat >> work/.git/config <<'END-OF-FILE'\n\(scenario.configuration.joined(separator: "\n"))\n"
        script += "END-OF-FILE\n"
        let restored = try scratch.shell(script, environment: plainEnvironment())
        guard restored.succeeded else { throw CorpusRun.Missing(description: restored.errorText) }
    }

    /// Every ref of every repository, as `origin.git refs/heads/main`.
    func references() throws -> [String: String] {
        let script = Self.repositories.map {
            "git --git-dir=\($0 == "work" ? "work/.git" : $0) for-each-ref --format='\($0) %(refname) %(objectname)'"
        }.joined(separator: "\n")
        let listing = try scratch.shell(script, in: scratch.path("world"), environment: plainEnvironment())
        var references: [String: String] = [:]
        for line in listing.text.split(separator: "\n") {
            let words = line.split(separator: " ").map(String.init)
            // What a push notes down here about a remote is no effect on a remote; `br` is noted in a branch.
            let isNote = words[0] == "work" && (words[1].hasPrefix("refs/remotes/") || words[1] == "refs/heads/br")
            if words.count == 3, !isNote {
                references["\(words[0]) \(words[1])"] = words[2]
            }
        }
        return references
    }

    /// Whether everything that `old` holds is in `new` as well. Tag objects count themselves where another one takes
    /// their place. A commit that takes the place of a tag object outside `refs/tags/` is only told from a plain
    /// step forward by asking the remote, and loses no commit: that is let through.
    func keeps(_ old: String, in new: String) throws -> Bool {
        if old == new { return true }
        let tags = ["ta", "tb", "td"].compactMap { objects[$0] }
        if tags.contains(old), tags.contains(new) { return false }
        let key = "\(old) \(new)"
        if let known = ancestry[key] { return known }
        let asked = try scratch.run(
            BuiltProducts.realGit, ["--git-dir=\(template)/origin.git", "merge-base", "--is-ancestor", old, new],
            environment: plainEnvironment())
        ancestry[key] = asked.succeeded
        return asked.succeeded
    }

    private static let script = #"""
        n=0
        c() {
            n=$((n+1)); git commit -q --allow-empty -m "$1"
            eval "$1=$(git rev-parse HEAD)"; echo "$1 $(git rev-parse HEAD)"
        }
        export GIT_COMMITTER_DATE="@1790000000 +0000" GIT_AUTHOR_DATE="@1790000000 +0000"
        mkdir world; cd world
        git init -q --template= all; cd all
        echo one > file; git add file
        c a; c b; c c; c e
        git checkout -q --detach $b; c d
        git checkout -q --detach $c; c r; c f
        git tag -a ta -m ta $c; git tag -a tb -m tb $c; git tag -a td -m td $d
        for t in ta tb td; do echo $t $(git rev-parse $t); done
        echo g $(git commit-tree -p $c -m d "$c^{tree}")
        git update-ref refs/keep/g $(git commit-tree -p $c -m d "$c^{tree}")
        git update-ref refs/heads/main $e; git update-ref refs/keep/d $d; git update-ref refs/keep/f $f
        git checkout -q main
        cd ..
        for r in origin backup other modules; do
            git init -q --bare --template= $r.git
            git --git-dir=$r.git fetch -q ./all '+refs/*:refs/keep/*'
            git --git-dir=$r.git for-each-ref --format='delete %(refname)' | git --git-dir=$r.git update-ref --stdin
            git --git-dir=$r.git config receive.denyDeleteCurrent ignore
            git --git-dir=$r.git config gc.auto 0
            git --git-dir=$r.git config receive.autogc false
        done
        git init -q --template= work; cd work
        git fetch -q ../all refs/heads/main refs/keep/d refs/keep/g ta tb td
        git checkout -q -B main $e
        git config remote.origin.url ../origin.git
        git config remote.backup.url ../backup.git
        git config gc.auto 0
        git tag -d ta tb td >/dev/null 2>&1 || true
        cd ..; rm -rf all

        """#
}
