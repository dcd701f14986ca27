import ByteStrings
import Effects
import GitSyntax
import Platform
import Testing

@testable import GitEffects

/// What commands would do to local refs, foreseen in real repositories with a real remote beside them.
@Suite("Local history is foreseen by its state")
struct LocalRefsTests {
    /// main has one commit that is not on origin; topic two of its own, held by nothing else; merged has none.
    private static let history = """
        commit() { git commit -q --allow-empty -m "$1"; }
        git init -q --bare ../origin.git; git remote add origin ../origin.git
        commit one; commit two; git branch merged; git tag v1; git push -q -u origin main v1
        git branch shared; git push -q origin shared
        git checkout -q -b topic; commit t1; commit t2; git tag kept; git tag -d kept
        git checkout -q main; commit mine
        """

    struct Case: Sendable, CustomTestStringConvertible {
        var words: [ByteString]
        /// The effects as `kind ref`, a `!` behind those of published commits.
        var effects: [ByteString]
        var prepare = "true"
        /// What is on standard input.
        var input: ByteString?
        var version: GitVersion

        init(
            _ line: ByteString, _ effects: [ByteString] = [], prepare: String = "true", input: ByteString? = nil,
            version: GitVersion = GitVersion(2, 39, 5)
        ) {
            words = line.split(UInt8(ascii: " "))
            self.effects = effects
            self.prepare = prepare
            self.input = input
            self.version = version
        }

        var testDescription: String { words.joined(separator: " ").text }
    }

    private static let cases: [Case] = [
        Case("commit --amend -m x", ["rewrite-history refs/heads/main"]),
        Case("commit --amend --dry-run"),
        Case("commit -m x"),
        Case("commit --amend", ["rewrite-history refs/heads/main!"], prepare: "git push -q origin main"),
        Case("reset --hard HEAD"),
        Case("reset --soft HEAD~1", ["rewrite-history refs/heads/main"]),
        Case("reset --hard HEAD~2", ["rewrite-history refs/heads/main!"]),
        Case("reset origin/main", ["rewrite-history refs/heads/main"]),
        Case("reset HEAD~1 -- file"),
        Case("rebase origin/main"),
        Case("rebase topic", ["rewrite-history refs/heads/main"]),
        Case("rebase --root", ["rewrite-history refs/heads/main!"]),
        Case("rebase -i HEAD~1", ["rewrite-history refs/heads/main"]),
        Case("rebase main merged"),
        Case("rebase --abort"),
        Case("branch -D merged"),
        Case("branch -D shared"),
        Case("branch -D topic", ["delete-branch refs/heads/topic"]),
        Case("branch -D topic", prepare: "git push -q origin topic"),
        Case("branch -D topic", prepare: "git branch same topic"),
        Case("branch -D none"),
        Case("branch new"),
        Case("branch -f merged main"),
        Case("branch -f topic main", ["rewrite-history refs/heads/topic"]),
        Case("branch -m topic other"),
        Case("branch -M main topic", ["rewrite-history refs/heads/topic"]),
        Case("checkout -B topic", ["rewrite-history refs/heads/topic"]),
        Case("checkout -B topic topic"),
        Case("switch -C fresh"),
        Case("tag -d v1", ["delete-tag refs/tags/v1!"]),
        Case("tag -f v1", ["move-tag refs/tags/v1!"]),
        Case("tag -f v1 v1"),
        Case("tag -d own", ["delete-tag refs/tags/own"], prepare: "git tag own"),
        Case("update-ref refs/heads/topic main", ["rewrite-history refs/heads/topic"]),
        Case("update-ref refs/heads/merged main"),
        Case("update-ref refs/heads/new main"),
        Case("update-ref -d refs/heads/topic", ["delete-branch refs/heads/topic"]),
        Case(
            "update-ref refs/heads/al main", ["rewrite-history refs/heads/topic"],
            prepare: "git symbolic-ref refs/heads/al refs/heads/topic"),
        Case("symbolic-ref HEAD refs/heads/topic"),
        Case("replace HEAD HEAD~1", ["rewrite-history refs/replace/*!"]),
        Case("stash drop"),
        Case("stash clear", ["drop-stash all entries"], prepare: "echo x > f; git add f; git stash -q"),
        Case("stash drop", ["drop-stash stash@{0}"], prepare: "echo x > f; git add f; git stash -q"),
        Case("stash drop 0", prepare: "echo x > f; git add f; git stash -q; git branch held stash"),
        Case("stash drop 3", prepare: "echo x > f; git add f; git stash -q"),
        Case("cherry-pick --abort"),
        Case(
            "cherry-pick --abort", ["rewrite-history refs/heads/main"],
            prepare: picking + "cherry-pick first t2 2>/dev/null"),
        Case("cherry-pick --abort", prepare: picking + "cherry-pick t2 2>/dev/null"),
        Case(
            "revert --abort", ["rewrite-history refs/heads/main"],
            prepare: picking + "revert --no-edit main t2 2>/dev/null"),
        Case("am --abort", ["rewrite-history refs/heads/main"], prepare: mailing),
        Case("fetch origin"),
        Case("fetch origin +shared:topic", ["rewrite-history refs/heads/topic"]),
        Case("fetch origin shared:topic"),
        Case("fetch origin +main:merged"),
        Case("fetch --dry-run origin +shared:topic"),
        // Of what is not here yet both ends are looked at.
        Case("fetch origin +new:main", prepare: aheadOfHere),
        Case("fetch origin +new:topic", ["rewrite-history refs/heads/topic"], prepare: aheadOfHere),
        Case("fetch --tags --force"),
        Case(
            "fetch --tags --force", ["move-tag refs/tags/v1!"],
            prepare: "git -C ../origin.git tag -f v1 v1~1 >/dev/null"),
        Case("fetch --depth=1", ["rewrite-history refs/*!"]),
        // The other side has not moved: nothing is made anew.
        Case("pull --rebase"),
        Case("pull --rebase", ["rewrite-history refs/heads/main"], prepare: moved),
        Case("pull", ["rewrite-history refs/heads/main"], prepare: moved + "; git config pull.rebase true"),
        Case("pull --rebase origin main", ["rewrite-history refs/heads/main"], prepare: moved),
        Case("pull --rebase", prepare: "git push -q origin main"),
        Case("rebase", ["rewrite-history refs/heads/main"], prepare: rewound),
        Case("rebase --no-fork-point", prepare: rewound),
        Case("rebase origin/main", prepare: rewound),
        Case("pull --rebase", ["rewrite-history refs/heads/main"], prepare: rewound),
        Case("checkout main", ["rewrite-history HEAD"], prepare: lone),
        Case("checkout -", ["rewrite-history HEAD"], prepare: lone),
        Case("switch -q topic", ["rewrite-history HEAD"], prepare: lone),
        Case("checkout -b kept", prepare: lone),
        Case("checkout -- .", prepare: lone),
        Case("switch --orphan none", ["rewrite-history HEAD"], prepare: lone),
        Case("symbolic-ref HEAD refs/heads/main", ["rewrite-history HEAD"], prepare: lone),
        Case("checkout main", prepare: lone + "; git branch held"),
        Case("checkout main", prepare: "git checkout -q --detach"),
        Case("worktree remove ../linked", ["rewrite-history worktrees/linked/HEAD"], prepare: linked),
        Case("worktree remove ../linked", prepare: linked + "; git -C ../linked branch held"),
        Case("worktree prune", prepare: linked),
        Case("worktree prune", ["rewrite-history worktrees/linked/HEAD"], prepare: linked + "; rm -r ../linked"),
        Case("worktree prune -n", prepare: linked + "; rm -r ../linked"),
        Case("update-ref -d refs/kept/x", ["rewrite-history refs/kept/x"], prepare: kept),
        Case("update-ref -d refs/kept/x", prepare: kept + "; git branch held refs/kept/x"),
        Case("fast-import --quiet", ["rewrite-history refs/*"]),
        Case("fast-import --quiet", input: "reset refs/heads/topic\nfrom refs/heads/main^0\n"),
        Case(
            "fast-import --quiet --force", ["rewrite-history refs/heads/topic!"],
            input: "reset refs/heads/topic\nfrom refs/heads/main^0\n"),
        Case(
            "fast-import --quiet", ["rewrite-history refs/heads/topic!"],
            input: "feature force\ncommit refs/heads/topic\ncommitter A <a@example.com> 1 +0000\ndata 1\nx\n"),
        Case(
            "fast-import --quiet", ["delete-branch refs/heads/topic"],
            input: "blob\ndata 19\nreset refs/heads/s\n\nreset refs/heads/topic\nfrom "
                + ByteString(String(repeating: "0", count: 40)) + "\n"),
        Case("fast-import --quiet", ["move-tag refs/tags/v1!"], input: "tag v1\nfrom refs/heads/main^0\ndata 0\n"),
        Case(
            "update-ref --stdin", ["rewrite-history refs/heads/topic"],
            input: "start\nsymref-update refs/heads/topic refs/heads/main\ncommit\n"),
        Case("update-ref --stdin", input: "symref-create refs/heads/new refs/heads/main\n"),
        Case("history reword topic~1", ["rewrite-history refs/heads/topic"], version: GitVersion(2, 56, 0)),
        Case(
            "history drop v1",
            [
                "rewrite-history refs/heads/main!", "rewrite-history refs/heads/merged!",
                "rewrite-history refs/heads/shared!", "rewrite-history refs/heads/topic!",
            ], version: GitVersion(2, 56, 0)),
        Case("history reword --dry-run v1", version: GitVersion(2, 56, 0)),
        Case("replay --onto main topic", ["rewrite-history refs/heads/*"], version: GitVersion(2, 55, 0)),
        Case("replay --ref-action=print --onto main topic", version: GitVersion(2, 55, 0)),
        Case("refs delete refs/heads/topic", ["delete-branch refs/heads/topic"], version: GitVersion(2, 56, 0)),
        Case("refs update refs/heads/topic main", ["rewrite-history refs/heads/topic"], version: GitVersion(2, 56, 0)),
        Case("refs migrate --ref-format=reftable", version: GitVersion(2, 55, 0)),
        Case(
            "refs migrate --ref-format=reftable --no-reflog",
            ["destroy-recovery all reflogs (refs migrate --no-reflog)"], version: GitVersion(2, 55, 0)),
        Case("stash pop", prepare: "echo x > f; git add f; git stash -q"),
        Case("stash pop", ["drop-stash stash@{0}"], prepare: "echo x > f; git add f; echo y > f; git stash -q"),
        Case("stash pop --index", prepare: "echo x > f; git add f; echo y > f; git stash -q"),
        Case("pull"),
        Case("gc"),
        Case("gc --prune=now", ["destroy-recovery unreachable objects (--prune=now)"]),
        Case("gc --prune=3.weeks.ago"),
        Case("reflog expire --all"),
        Case("reflog expire --expire=now --all", ["destroy-recovery reflog entries (--expire=now)"]),
        Case("prune", prepare: "git reflog expire --expire=now --all; git gc -q --prune=now"),
        Case("repack -ad"),
        Case(
            "repack -ad", ["destroy-recovery unreachable objects in packs (repack -a -d)"], prepare: "git repack -q"),
        Case("repack -Ad"),
        Case(
            "commit -m x", ["destroy-recovery unreachable objects (gc.pruneexpire=now)"],
            prepare: "git config gc.pruneExpire now"),
    ]

    /// The branch on the remote has gone on.
    private static let moved =
        "git push -q origin topic:refs/heads/other; git -C ../origin.git update-ref refs/heads/main refs/heads/other"
    /// The branch on the remote has lost a commit that was on it and is still on this side.
    private static let rewound = """
        git push -q origin main; git -C ../origin.git update-ref refs/heads/main main~1; git fetch -q; commit more
        """
    /// A branch on the remote that goes on from main with a commit that is not here.
    private static let aheadOfHere = """
        git push -q origin main:refs/heads/new; git update-ref -d refs/remotes/origin/new
        git clone -q -b new ../origin.git ../other; cd ../other; commit there; git push -q; cd ../work; git switch -q -c here
        """
    private static let lone = "git checkout -q --detach; commit lone"
    private static let linked =
        "git worktree add -q --detach ../linked 2>/dev/null; git -C ../linked commit -q --allow-empty -m alone"
    private static let kept = "git update-ref refs/kept/x $(git commit-tree -m aside HEAD^{tree})"

    /// Of the branches `first` and `t2`, the first can be picked on main and the second is in conflict.
    private static let picking = """
        echo a > f; git add f; git commit -q -m a; git checkout -q -b t2; echo t > f; git commit -q -am t
        git checkout -q main; echo m > f; git commit -q -am m
        git checkout -q -b first; echo o > o; git add o; git commit -q -m o; git checkout -q main
        ! git -c advice.mergeConflict=false
        """ + " "
    private static let mailing = """
        echo a > f; git add f; git commit -q -m a; git checkout -q -b mails; echo o > o; git add o; git commit -q -m o
        echo t > f; git commit -q -am t; git format-patch -q -2 --stdout > ../mails
        git checkout -q main; echo m > f; git commit -q -am m; ! git am -q ../mails >/dev/null 2>&1
        """

    @Test(arguments: cases)
    func theStateDecides(row: Case) throws {
        try ScratchRepository.with(Self.history + "\n" + row.prepare) { scratch in
            let name = try #require(row.words.first)
            let command = UnderstoodCommand(
                name: name, words: Array(row.words.dropFirst()),
                interpretations: OptionParser.interpretations(
                    of: Array(row.words.dropFirst()), for: name, version: row.version
                ).compactMap { try? $0.get() }, input: row.input)
            try #require(!command.interpretations.isEmpty)
            let foresight = try Foreseer(scratch.setting()).foresee(command) { _ in false }
            #expect(foresight.effects.map(Self.described) == row.effects)
        }
    }

    @Test func withoutARemoteTheProtectedBranchesArePublished() throws {
        try ScratchRepository.with("git commit -q --allow-empty -m one; git commit -q --allow-empty -m two") {
            scratch in
            let command = UnderstoodCommand(
                name: "reset", words: ["--soft", "HEAD~1"],
                interpretations: [
                    try OptionParser.parse(["--soft", "HEAD~1"], of: "reset", version: GitVersion(2, 39, 5))
                ])
            for (isProtected, published) in [(true, true), (false, false)] {
                let foresight = try Foreseer(scratch.setting()).foresee(command) { _ in isProtected }
                #expect(foresight.effects.map(\.published) == [published])
            }
        }
    }

    private static func described(_ effect: Effect) -> ByteString {
        let target: ByteString =
            switch effect.target {
            case .localRef(let name): name.hasPrefix("refs/replace/") ? "refs/replace/*" : name
            case .named(let name): name
            default: "?"
            }
        return ByteString(effect.kind.rawValue) + " " + target + (effect.published == true ? "!" : "")
    }
}
