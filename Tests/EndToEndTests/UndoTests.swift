import Foundation
import Testing

/// Losses through the front end, and the way back, on a repository full of unsaved work.
@Suite("Undo")
struct UndoTests {
    /// Commits that are pushed and not, branches, tags, two stash entries, and unsaved work of every kind: names with any
    /// bytes, links, executable, empty and binary files, staged and not, untracked and ignored.
    private static let busyRepository = #"""
        set -e
        git init -q --bare ../origin.git; git init -q .; git remote add origin ../origin.git
        printf '*.o\nbuild/\n' > .gitignore; printf 'one\n' > app; printf 'two\n' > 'a name'; mkdir dir; echo in > dir/in
        ln -s app link; printf '#!/bin/sh\n' > tool; chmod +x tool; printf '\000\001\377' > binary; : > empty
        git add .; git commit -q -m one; git push -q -u origin main; echo 2 > app; git commit -q -am two
        git branch topic; git checkout -q topic; echo t > t; git add t; git commit -q -m topic; git checkout -q main
        echo 3 > dir/in; git commit -q -am three; git tag -a -m own own "$(git commit-tree -m aside main^{tree})"
        echo stashed > app; git stash -q; echo again > app; git stash -q -u
        echo staged > app; echo also >> 'a name'; git add app 'a name'; echo and more >> 'a name'; echo edit >> dir/in
        printf '\002\000' > binary; rm link; ln -s dir link; chmod -x tool; rm empty
        printf 'new\n' > new; git add new; printf 'n\n' > "$(printf 'line\nbreak\351')"; mkdir -p loose/deep build
        printf 'l\n' > loose/deep/file; chmod 600 loose/deep/file; : > loose/empty; ln -s nowhere loose/dangling
        printf 'o\n' > build/out.o; printf 'o\n' > thing.o
        """#

    /// All that there is but pawl's own refs: files with their kind, mode and content, the index, refs, HEAD, stash.
    private static let state = #"""
        find . -name .git -prune -o -print0 | LC_ALL=C sort -z | while IFS= read -r -d '' f; do
            stat -c '%f' "$f" 2>/dev/null || stat -f '%p' "$f"; printf '%s\n' "$f"
            if [ -L "$f" ]; then readlink "$f"; elif [ -f "$f" ]; then git hash-object --no-filters -- "$f"; fi
        done
        git ls-files -s; git for-each-ref --exclude='refs/pawl/*' 2>/dev/null || git for-each-ref | grep -v refs/pawl/
        cat .git/HEAD; git stash list --format=%H
        """#

    private struct World {
        let scratch: Scratch

        func shell(_ line: String, guarded: Bool = true) throws -> Outcome {
            let path = guarded ? try scratch.guardedPath() : BuiltProducts.systemPath
            var environment = scratch.environment(path: path)
            environment["PAWL"] = BuiltProducts.pawl
            return try scratch.run("/bin/bash", ["-c", line], in: scratch.path("repo"), environment: environment)
        }

        func state() throws -> [Substring] {
            let told = try shell(UndoTests.state, guarded: false)
            #expect(told.succeeded, "\(told.errorText)")
            return told.text.split(separator: "\n", omittingEmptySubsequences: false)
        }

        /// Undoes until nothing is left to undo.
        func undoAll() throws -> Int {
            var count = 0
            while try shell("$PAWL undo").succeeded { count += 1 }
            #expect(try shell("$PAWL undo").errorText.contains("no snapshot that has not been undone"))
            return count
        }
    }

    private static func withBusyRepository(_ body: (World) throws -> Void) throws {
        try Scratch.with { scratch in
            let world = World(scratch: scratch)
            try FileManager.default.createDirectory(atPath: scratch.path("repo"), withIntermediateDirectories: true)
            let built = try world.shell(busyRepository, guarded: false)
            try #require(built.succeeded, "\(built.errorText)")
            try body(world)
        }
    }

    @Test func anAgentsBadHourIsUndoneToTheLastByte() throws {
        try Self.withBusyRepository { world in
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
        try Self.withBusyRepository { world in
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
        try Self.withBusyRepository { world in
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
        try Self.withBusyRepository { world in
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
        try Self.withBusyRepository { world in
            #expect(try world.shell("git reset -q --hard && echo newer > app").succeeded)
            let refused = try world.shell("$PAWL undo")
            #expect(refused.ending == .exit(1))
            #expect(refused.errorText.contains("app was changed since"))
            #expect(try world.shell("cat app").text == "newer\n")
            #expect(try world.shell("$PAWL undo --paths new && cat new").text.hasSuffix("new\n"))
        }
    }

    @Test(arguments: [
        ("git reset -q --hard", "discard uncommitted changes: a name, app, binary"),
        ("git clean -fd", "delete files that git does not track: "),
        ("git stash drop", "drop stash entries without applying them: stash@{0}; 1 commit would be lost ("),
        ("git commit --amend -m x", "drop commits from refs/heads/main; 1 commit would be lost ("),
    ])
    func underStrictNothingLocalIsLost(command: String, told: String) throws {
        try Self.withBusyRepository { world in
            let before = try world.state()
            let refused = try world.shell("PAWL_POLICY=strict \(command)")
            #expect(refused.ending == .exit(77))
            #expect(refused.errorText.contains("would   \(told)"), "\(refused.errorText)")
            #expect(refused.errorText.contains("  instead "))
            #expect(try world.state() == before)
        }
    }
}
