import Testing

/// A bare repository that somebody works in is that person's own; one that others push to is a remote, whatever work tree
/// it is given.
@Suite("Bare repositories with a work tree")
struct BareRepositoryTests {
    /// The files of a home directory, and a bare clone with linked work trees: two ways to work in a bare repository.
    private static let own = #"""
        set -e
        git init -q --bare "$HOME/.dots"; export GIT_DIR=$HOME/.dots GIT_WORK_TREE=$HOME
        cd "$HOME"; echo 1 > a; mkdir d; echo 1 > d/b; git add a d; git commit -q -m one; git checkout -q -b work
        echo 2 > a; git commit -q -a -m two; echo 3 > a; git commit -q -a -m three; git branch old HEAD~1
        unset GIT_DIR GIT_WORK_TREE; cd - > /dev/null
        git init -q ../source; git -C ../source commit -q --allow-empty -m one
        git -C ../source commit -q --allow-empty -m two
        git clone -q --bare ../source ../clone.git; git -C ../clone.git worktree add -q ../linked -b work
        cd ../linked; echo 1 > a; git add a; git commit -q -m three; echo 2 > a; git commit -q -a -m four
        git branch old; git reset -q --hard HEAD~1
        """#

    @Test(arguments: [
        #"git --git-dir="$HOME/.dots" --work-tree="$HOME" commit -q --amend -m x"#,
        #"git --git-dir="$HOME/.dots" --work-tree="$HOME" reset -q --hard HEAD~1"#,
        #"cd / && GIT_DIR=$HOME/.dots GIT_WORK_TREE=$HOME git checkout -q -B work main"#,
        #"cd "$HOME/.dots" && git --work-tree="$HOME" branch -q -f old main"#,
        #"cd "$HOME/.dots" && git --work-tree="$HOME" update-ref refs/heads/work main"#,
        "git -C ../linked commit -q --amend -m x", "cd ../linked && git reset -q --hard HEAD~1",
        "cd ../linked && GIT_COMMITTER_DATE='2030-01-01 00:00:00 +0000' git rebase -q -f HEAD~1",
        "cd ../linked && git checkout -q a && git branch -q -D old",
    ])
    func workInOnesOwnIsLocalAndUndone(line: String) throws {
        try BusyRepository.with(Self.own) { world in
            let state = #"""
                for r in "$HOME/.dots" ../clone.git; do
                    git -C $r for-each-ref --format='%(refname) %(objectname)' refs/heads refs/tags refs/stash
                done
                cat "$HOME/a" "$HOME/d/b" ../linked/a; git --git-dir="$HOME/.dots" --work-tree="$HOME" status -s -uno
                git -C ../linked status -s
                """#
            #expect(try world.shell("echo edit >> $HOME/d/b; echo edit >> ../linked/a", guarded: false).succeeded)
            if line.contains("rebase") { _ = try world.shell("git -C ../linked checkout -q a", guarded: false) }
            let before = try world.shell(state, guarded: false).text
            let done = try world.shell(line)
            #expect(done.succeeded, "\(done.errorText)")
            #expect(try world.shell(state, guarded: false).text != before)
            // Neither the words nor the environment of the command are said again.
            let undone = try world.shell(
                "cd \(line.contains("linked") ? "../linked" : "$HOME/.dots") && while $PAWL undo; do :; done",
                guarded: false)
            #expect(try world.shell(state, guarded: false).text == before, "\(undone.errorText)")
        }
    }

    private static let remote = """
        set -e
        git init -q .; for n in one two three; do git commit -q --allow-empty -m $n; done; git tag v1; git branch topic
        git init -q --bare ../origin.git; git push -q ../origin.git main topic v1; mkdir ../empty
        git clone -q --bare . ../copy.git
        """

    /// Each in a folder that is no clone of it. The last ones add what a repository has that somebody works in.
    @Test(arguments: [
        "git --git-dir=../origin.git --work-tree=. commit -q --allow-empty --amend -m x",
        "git --git-dir=../origin.git --work-tree=. reset -q --hard HEAD~1",
        "GIT_DIR=../origin.git GIT_WORK_TREE=. git update-ref refs/heads/main main~1",
        "git --git-dir=../origin.git --work-tree=. branch -q -D topic",
        "git --git-dir=../origin.git --work-tree=. tag -d v1",
        "git -C ../origin.git worktree add -q ../wt topic && cd ../wt && git reset -q --hard HEAD~1",
        "git -C ../copy.git worktree add -q ../wt topic && cd ../wt && git reset -q --hard HEAD~1",
        "git --git-dir=../copy.git --work-tree=. checkout -q -B main main~1",
        """
        export GIT_DIR=../origin.git GIT_WORK_TREE=.; git config status.showUntrackedFiles no; echo f > f; git add f
        git commit -q -m f && git reset -q --hard HEAD~1
        """,
        """
        export GIT_DIR=../copy.git GIT_WORK_TREE=.; git commit -q --allow-empty -m f && git commit -q --allow-empty -m g
        git reset -q --hard HEAD~3
        """,
        """
        export GIT_DIR=../origin.git GIT_WORK_TREE=.; git config core.logAllRefUpdates true; git branch new main
        (unset GIT_DIR GIT_WORK_TREE; cd ../repo; git checkout -q -b n; git commit -q --allow-empty -m others
        git push -q ../origin.git n:new); git branch -q -f new main
        """,
        "export GIT_DIR=../origin.git; git config core.bare false; git reset -q --hard HEAD~1",
        "cd ../origin.git; git config core.bare false; git update-ref refs/heads/main main~1",
        """
        export GIT_DIR=../origin.git GIT_WORK_TREE=.; git branch new main; git config receive.denyDeletes false
        git branch -q -D new
        """,
    ])
    func aRemoteStaysOneWhateverWorkTreeItIsGiven(line: String) throws {
        try BusyRepository.with(Self.remote) { world in
            let refused = try world.shell("cd ../empty; \(line)")
            #expect(refused.ending == .exit(77) && refused.errorText.contains(" on ."), "\(refused)")
            let lost = "git -C ../origin.git branch --contains v1; git -C ../copy.git branch --contains v1"
            let branches = try world.shell(lost, guarded: false).text
            #expect(branches.split(separator: "\n").filter { $0.hasSuffix("main") || $0.hasSuffix("topic") }.count == 4)
        }
    }

    @Test func aRemoteOfTheGivenWorkTreeStaysOne() throws {
        try BusyRepository.with(Self.own) { world in
            // The same repository, own by all that it tells, but that another one has it as its remote.
            #expect(try world.shell("git init -q .; git remote add origin $HOME/.dots", guarded: false).succeeded)
            for way in [
                "cd / && git --git-dir=$HOME/.dots --work-tree=$OLDPWD", "git --git-dir=$HOME/.dots --work-tree=/",
            ] {
                let refused = try world.shell(way + " branch -f old main")
                #expect(refused.ending == .exit(77), "\(refused.errorText)")
            }
        }
    }
}
