import Testing

/// A hook sees what it would see without Pawl: arguments, standard input, environment, folder.
@Suite("Hooks and other children of git")
struct HookTests {
    /// Variables by which Pawl may be known to what git starts: its own, all named PAWL_*.
    /// Everything else has to be equal, PATH included apart from the front end's folder, and from how often git has put
    /// its own folder there: once for each git in a row, and Pawl saves one where it expands an alias itself.
    static let hook = """
        #!/bin/sh
        { echo "== $0 $*"; pwd; env | grep -v '^PAWL_' | sed "s#$FRONT:##" | sed -E 's#([^:=]+):\\1(:|$)#\\1\\2#' | sort
          case $0 in *pre-push|*pre-receive|*post-receive|*post-rewrite|*reference-transaction) cat;; esac
        } | sed -E 's/next-index-[0-9]+/next-index-PID/; s#quarantine-[A-Za-z0-9]+|incoming-[A-Za-z0-9]+#QUARANTINE#g; /^(_|SHLVL|FRONT|OLDPWD)=/d' >> "$HOME/../tmp/seen"
        """

    @Test(
        "A hook sees the same with and without Pawl",
        arguments: [
            "git commit -q -m x", "git commit -q -a -m x", "git commit -q -m x README", "git push -q origin topic",
            "git push -q ../origin.git topic:refs/heads/url", "git checkout -q topic", "git -C src commit -q -m x",
            "git stash -q; git merge -q merged; git merge -q --no-edit topic",
            "git stash -q; git rebase -q origin/main",
            "git -c user.name=Z commit -q -m x", "git ci -m x", "git shell-ci", "git fetch -q", "git tag hooked",
            "git branch -d merged", "git stash -q; git pull -q --rebase",
            "GIT_DIR=.git GIT_WORK_TREE=. git commit -q -m x",
            "git worktree add -q ../tree", "git commit -q --amend --no-edit --dry-run",
        ])
    func hookSeesTheSame(line: String) throws {
        try Scratch.with { scratch in
            let hooks = """
                git config core.hooksPath "$HOME/hooks"; git config alias.ci 'commit -q'; git config alias.shell-ci '!git commit -q -m shell'
                cp -R "$HOME/hooks/." ../origin.git/hooks 2>/dev/null || cp -R "$HOME/hooks" ../origin.git/hooks
                """
            let names = [
                "pre-commit", "prepare-commit-msg", "commit-msg", "post-commit", "pre-push", "post-checkout",
                "pre-rebase",
                "post-merge", "post-rewrite", "pre-receive", "update", "post-receive", "post-update",
                "pre-merge-commit",
                "reference-transaction",
            ]
            for name in names { try scratch.write(Self.hook, to: "home/hooks/\(name)", executable: true) }
            let twin = try Twin(scratch, Twin.ordinaryRepository + hooks)
            let front = try scratch.frontEndFolder()
            let (real, guarded) = try twin.lives { environment in
                try scratch.shell(
                    line, in: scratch.path("repo"), environment: environment.merging(["FRONT": front]) { $1 })
            }
            #expect(real.files["tmp/seen"] != nil || !real.outcome.succeeded || line.contains("dry-run"))
            #expect(
                real.files["tmp/seen"] == guarded.files["tmp/seen"],
                "--- real\n\(text(real))--- seen\n\(text(guarded))")
            Twin.expectSame(real, guarded, line)
        }
    }

    private func text(_ life: Twin.Life) -> String { String(decoding: life.files["tmp/seen"] ?? [], as: UTF8.self) }

    @Test(
        "What git starts ends git as ever",
        arguments: [
            "exit 3", "kill -TERM $$", "kill -KILL $$", "exit 0", "echo out; echo err >&2", "kill -TERM $PPID; sleep 1",
            "kill -INT $PPID; sleep 1", "cat", "exec git log -1 --format=%s", "cd /; exit 1",
        ])
    func hookEndsTheSame(body: String) throws {
        try Scratch.with { scratch in
            try scratch.write("#!/bin/sh\n\(body)\n", to: "home/hooks/pre-commit", executable: true)
            let twin = try Twin(scratch, Twin.ordinaryRepository + "git config core.hooksPath \"$HOME/hooks\"\n")
            let (real, guarded) = try twin.lives { environment in
                try scratch.run(
                    "/usr/bin/env", ["git", "commit", "-m", "x"], in: scratch.path("repo"), environment: environment)
            }
            Twin.expectSame(real, guarded, body)
        }
    }

    @Test(
        "The exit status of an alias or external command is its own",
        arguments: [
            ["-c", "alias.x=!exit 7", "x"], ["-c", "alias.x=!kill -TERM $$", "x"], ["-c", "alias.x=!kill -9 $$", "x"],
            ["-c", "alias.x=!echo \"$@\"", "x", "a b", ""], ["ext", "one", "two"], ["ext", "die"],
            ["-C", "src", "ext"],
        ])
    func aliasesAndExternals(arguments: [String]) throws {
        try Scratch.with { scratch in
            try scratch.write(
                "#!/bin/sh\n[ \"$1\" = die ] && kill -TERM $$\necho \"ext $# $* $GIT_PREFIX $(pwd)\"\nexit 5\n",
                to: "home/bin/git-ext", executable: true)
            let twin = try Twin(scratch)
            let (real, guarded) = try twin.lives { environment in
                let search = (environment["PATH"] ?? "") + ":" + scratch.path("home/bin")
                return try scratch.run(
                    "/usr/bin/env", ["git"] + arguments, in: scratch.path("repo"),
                    environment: environment.merging(["PATH": search]) { $1 })
            }
            Twin.expectSame(real, guarded, arguments.joined(separator: " "))
        }
    }
}
