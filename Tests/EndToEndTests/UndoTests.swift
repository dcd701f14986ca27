import Foundation
import Testing

/// Losses through the front end, and the way back, on a repository full of unsaved work.
@Suite("Undo")
struct UndoTests {
    @Test func anAgentsBadHourIsUndoneToTheLastByte() throws {
        try BusyRepository.with { world in
            let before = try world.state()
            let hour = [
                "git commit -q --amend -m better", "git rebase -q --autostash -f HEAD~2", "git checkout -q .",
                "git reset -q --hard HEAD~1", "git clean -qfdx", "git stash drop -q", "git branch -q -D topic",
                "git tag -d own",
            ]
            for command in hour {
                let outcome = try world.shell(command)
                #expect(outcome.succeeded, "\(command): \(outcome.errorText)")
            }
            let collected = try world.shell("git gc -q --prune=now")
            #expect(collected.ending == .exit(77))
            #expect(try world.state() != before)
            #expect(try world.undoAll() == hour.count)
            #expect(try world.state() == before)
        }
    }

    @Test func snapshotsSurviveGarbageCollection() throws {
        try BusyRepository.with { world in
            let before = try world.state()
            #expect(try world.shell("git clean -qfdx; git reset -q --hard HEAD~1; git stash clear").succeeded)
            let collected = try world.shell(
                "git reflog expire --expire=now --expire-unreachable=now --all && git gc -q --prune=now && git prune",
                guarded: false)
            #expect(collected.succeeded, "\(collected.errorText)")
            #expect(try world.undoAll() == 3)
            #expect(try world.state() == before)
        }
    }

    @Test(arguments: [
        "git log --all --format=%H", "git rev-list --all", "git bundle create -q ../b --all && git ls-remote ../b",
        "git push -q ../new 'refs/*:refs/*' && git ls-remote ../new", "git push -q new && git ls-remote ../new",
        "git clone -q . ../c && git -C ../c for-each-ref",
    ])
    func snapshotsDoNotTravel(line: String) throws {
        try BusyRepository.with { world in
            #expect(try world.shell("git init -q --bare ../new && git remote add new ../new").succeeded)
            #expect(try world.shell("git config remote.new.push 'refs/*:refs/*'; git reset -q --hard").succeeded)
            let snapshot = try world.shell("git for-each-ref --format='%(objectname)' refs/pawl/snapshots").text
            #expect(snapshot.count == 41)
            let seen = try world.shell(line)
            #expect(seen.succeeded && !seen.text.isEmpty, "\(seen.errorText)")
            #expect(!seen.text.contains(snapshot.prefix(40)) && !seen.text.contains("refs/pawl"))
        }
    }

    @Test func aSnapshotTellsWhatIsInItAndWhatIsDifferentNow() throws {
        try BusyRepository.with { world in
            #expect(try world.shell("git reset -q --hard HEAD~1").succeeded)
            let id = try world.shell("$PAWL snapshots").text.prefix { $0 != " " }
            let shown = try world.shell("$PAWL snapshots show \(id)").text
            #expect(shown.contains("before    git reset -q --hard 'HEAD~1'\n") && shown.contains(" new\n"), "\(shown)")
            let diff = try world.shell("$PAWL snapshots diff --exit-code")
            #expect(diff.ending == .exit(1))
            for line in ["refs/heads/main", "index     is another", "gone      new", "changed   app", "-staged", "+2"] {
                #expect(diff.text.contains(line), "\(line) in\n\(diff.text)")
            }
            #expect(try world.shell("$PAWL snapshots size").text.contains(" in all\n"))
            #expect(try world.shell("$PAWL undo && $PAWL snapshots diff --exit-code \(id)").succeeded)
        }
    }

    @Test func newerWorkIsNotOverwritten() throws {
        try BusyRepository.with { world in
            #expect(try world.shell("git reset -q --hard && echo newer > app").succeeded)
            let refused = try world.shell("$PAWL undo")
            #expect(refused.ending == .exit(1))
            #expect(refused.errorText.contains("app was changed since"))
            #expect(try world.shell("cat app").text == "newer\n")
            #expect(try world.shell("$PAWL undo --paths new && cat new").text.hasSuffix("new\n"))
        }
    }

    @Test func whatCameLaterIsInNobodysWay() throws {
        try BusyRepository.with { world in
            let old = try world.shell("git rev-parse topic; git stash list --format=%H").text
            #expect(try world.shell("git branch -q -D topic && git stash drop -q && git stash drop -q").succeeded)
            // A commit, other staged work, another branch: none of it is the deletion's.
            let later = try world.shell(
                "git commit -q -m later && echo s > s && git add s && echo t > dir/in && git checkout -q -b new && git rev-parse new"
            )
            #expect(later.succeeded, "\(later.errorText)")
            #expect(try world.undoAll() == 3)
            #expect(try world.shell("git rev-parse topic; git stash list --format=%H").text == old)
            #expect(try world.shell("git rev-parse HEAD main; cat dir/in s").text.hasPrefix(later.text + later.text))
            #expect(try world.shell("git symbolic-ref HEAD; cat dir/in s").text == "refs/heads/new\nt\ns\n")
        }
    }

    @Test func singleFilesComeBackByTheirPathsFromHere() throws {
        try BusyRepository.with { world in
            let clean = try world.shell(#"git reset -q --hard HEAD~1 && git clean -fdq && $PAWL undo --paths loose"#)
            #expect(clean.succeeded, "\(clean.errorText)")
            #expect(try world.shell("cat loose/deep/file").text == "l\n")
            let weird = try world.shell(
                #"cd loose; $PAWL undo --paths deep "../$(printf 'line\nbreak\351')" && ls ..|wc -l"#)
            #expect(weird.succeeded, "\(weird.errorText)")
            #expect(try world.shell(#"cat "$(printf 'line\nbreak\351')""#).text == "n\n")
            // Of the reset: a file with edits, and one without any that it took back to an older commit.
            let reset = try world.shell("$PAWL snapshots").text.split(separator: "\n").first { $0.contains("reset") }
            let id = reset?.prefix { $0 != " " } ?? ""
            #expect(try world.shell("cd dir && $PAWL undo \(id) --paths in && cat in").text.hasSuffix("3\nedit\n"))
            #expect(try world.shell("git log -1 --format=%s").text == "two\n")
            let stranger = try world.shell("$PAWL undo \(id) --paths nowhere")
            #expect(stranger.ending == .exit(1) && stranger.errorText.contains("does not hold nowhere"))
        }
    }

    @Test(arguments: [
        ("git reset -q --hard", "discard uncommitted changes: a name, app, binary"),
        ("git clean -fd", "delete files that git does not track: "),
        ("git stash drop", "drop stash entries without applying them: stash@{0}; 1 entry would be lost ("),
        ("git commit --amend -m x", "drop commits from refs/heads/main; 1 commit would be lost ("),
    ])
    func underStrictNothingLocalIsLost(command: String, told: String) throws {
        try BusyRepository.with { world in
            let before = try world.state()
            let refused = try world.shell("PAWL_POLICY=strict \(command)")
            #expect(refused.ending == .exit(77))
            #expect(refused.errorText.contains("would   \(told)"), "\(refused.errorText)")
            #expect(refused.errorText.contains("  instead "))
            #expect(try world.state() == before)
        }
    }
}
