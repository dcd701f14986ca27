import Testing

/// What becomes of snapshots: where they go, and when they go.
@Suite("Keeping snapshots")
struct SnapshotKeepingTests {
    private static func with(_ body: (BusyRepository) throws -> Void) throws {
        try BusyRepository.with { repository in
            #expect(try repository.shell("git reset -q --hard").succeeded)
            try body(repository)
        }
    }

    @Test(arguments: [
        "git clone -q --mirror . ../c", "git clone -q --bare . ../c", "git clone -q --no-local --mirror . ../c",
        "git init -q --bare ../c && git -C ../c fetch -q ../repo '+refs/*:refs/*'",
        "git init -q --bare ../c && git push -q --all ../c",
        "git bundle create -q ../b --all && git clone -q --mirror ../b ../c",
    ])
    func theyDoNotTravel(line: String) throws {
        try Self.with { repository in
            let gone = try repository.shell(line)
            #expect(gone.succeeded, "\(gone.errorText)")
            let there = try repository.shell("git -C ../c for-each-ref", guarded: false).text
            #expect(there.contains("refs/heads/main") && !there.contains("refs/pawl"), "\(there)")
        }
    }

    @Test func aRealGitAndAMirrorFromElsewhereDoNotTouchThem() throws {
        try Self.with { repository in
            let before = try repository.state()
            let told = try repository.shell(
                """
                git clone -q --mirror . ../c && git -C ../c for-each-ref refs/pawl
                git config receive.denyCurrentBranch ignore; git -C ../c push -q --mirror ../repo
                git pack-refs --all --prune; git repack -q -a -d; git gc -q --prune=now
                git for-each-ref refs/pawl | wc -l
                """, guarded: false)
            #expect(told.text.split(separator: "\n").last == "1", "\(told.text)\(told.errorText)")
            #expect(try repository.undoAll() == 1)
            #expect(try repository.state() != before)
        }
    }

    @Test func aCommandThatChangesNothingLeavesNone() throws {
        try BusyRepository.with { repository in
            // git refuses: the file is in the way of its own lock.
            let failed = try repository.shell("touch .git/index.lock; git reset -q --hard; rm .git/index.lock")
            #expect(failed.errorText.contains("index.lock"))
            #expect(try repository.shell("$PAWL snapshots").text == "no snapshots in this repository\n")
        }
    }

    @Test func ageAndBudgetAreKeptTo() throws {
        try BusyRepository.with { repository in
            let settings = "[include]\n\tpath = built-in:default\n[policy]\n\tkeepDays = 20\n\tkeepBytes = 100\n"
            try repository.scratch.write(settings, to: "home/.config/pawl/policy")
            // Snapshots of other times, as this version writes them: the manifest tells the time.
            let made = try repository.shell(
                #"""
                now=$(date +%s)
                for age in 30 10 5 0; do
                    t=$((now - age * 86400)); n=$(printf '%060d' $age)
                    m=$(printf 'pawl-snapshot 1\0command 1\0git x\0time 1\0%s\0file 5\0f\0regular\000644\00060\0%s\0' $t $n |
                        git hash-object -w --stdin)
                    f=$(git hash-object -w --stdin < /dev/null)
                    d=$(printf '100644 blob %s\t0\n' $f | git mktree)
                    tree=$(printf '100644 blob %s\tmanifest\n100644 blob %s\tafter\n040000 tree %s\tfiles\n' $m $m $d | git mktree)
                    \#(BuiltProducts.realGit) update-ref refs/pawl/snapshots/$age-x $(git commit-tree -m x $tree)
                done
                git reset -q --hard; $PAWL snapshots
                """#)
            let left = made.text.split(separator: "\n").map { $0.prefix { $0 != " " } }.filter { $0.hasSuffix("-x") }
            // That of thirty days is too old, and those of five and ten do not fit beside the newer ones, which stay.
            #expect(left == ["0-x"], "\(made.text)\(made.errorText)")
            #expect(made.text.split(separator: "\n").count == 2)
        }
    }

    @Test(arguments: ["snapshotBytes = 3", "snapshotFiles = 2"])
    func whatIsMoreThanTheLimitStopsTheCommand(limit: String) throws {
        try BusyRepository.with { repository in
            try repository.scratch.write(
                "[include]\n\tpath = built-in:default\n[policy]\n\t\(limit)\n", to: "home/.config/pawl/policy")
            let before = try repository.state()
            let refused = try repository.shell("git clean -q -fdx")
            #expect(refused.ending == .exit(77))
            #expect(refused.errorText.contains("would   lose what cannot be kept: a snapshot would hold"))
            #expect(refused.errorText.contains("snapshotBytes"), "\(refused.errorText)")
            #expect(try repository.state() == before)
        }
    }

    @Test func reflogsAndObjectsThatGoAreKeptWhereAPolicySaysSo() throws {
        try BusyRepository.with { repository in
            let rule = "[rule \"keep-recovery\"]\n\teffect = destroy-recovery\n\taction = snapshot\n"
            try repository.scratch.write(
                "[include]\n\tpath = built-in:default\n" + rule, to: "home/.config/pawl/policy")
            let question = """
                git reflog --format=%H:%gs; git reflog --format=%H main; git stash list --format=%H
                git cat-file -e "$(cat ../dangling)" && echo there; git cat-file -p "$(cat ../loose)"
                """
            let before = try repository.shell(
                """
                git commit-tree -m dangling 'main^{tree}' > ../dangling; echo loose | git hash-object -w --stdin > ../loose
                \(question)
                """, guarded: false)
            let gone = try repository.shell(
                "git reflog expire --expire=now --all && git reflog expire --expire=now --expire-unreachable=now --all "
                    + "&& git gc -q --prune=now")
            #expect(gone.succeeded, "\(gone.errorText)")
            #expect(try repository.shell(question, guarded: false).text.contains("there\nloose\n"))
            #expect(try repository.undoAll() > 0)
            let after = try repository.shell(question, guarded: false)
            #expect(after.text == before.text, "\(after.errorText)")
        }
    }
}
