import Testing

/// Snapshots and undos that fail or are killed, and several at once.
@Suite("Faults")
struct FaultTests {
    private static let leftovers = """
        find .git -name '*.lock' -o -name 'tmp_*' -o -name 'fast_import_crash*' -o -name 'pawl-draft*' -o -name 'pawl-index*'
        """

    @Test func aFullDiskStopsTheCommandAndNothingIsLeft() throws {
        try BusyRepository.with { repository in
            // A limit on the size of files stands for a full disk: git is killed in the middle of its pack.
            let filled = "mkdir junk; for i in $(seq 150); do head -c 2000 /dev/urandom > junk/$i; done"
            #expect(try repository.shell(filled).succeeded)
            let before = try repository.state()
            let refused = try repository.shell("ulimit -f 64; git clean -q -fdx")
            #expect(refused.ending == .exit(77))
            #expect(refused.errorText.contains("would   lose what cannot be kept: git fast-import failed"))
            #expect(try repository.state() == before)
            #expect(try repository.shell(Self.leftovers).text.isEmpty)
            #expect(try repository.shell("git for-each-ref refs/pawl").text.isEmpty)
        }
    }

    /// The same for a snapshot that is small enough to be written in process.
    @Test func aSmallSnapshotThatCannotBeWrittenStopsTheCommandAsWell() throws {
        try BusyRepository.with { repository in
            #expect(try repository.shell("head -c 9000 /dev/urandom > noise", guarded: false).succeeded)
            let before = try repository.state()
            let refused = try repository.shell("ulimit -f 4; git clean -q -fdx")
            #expect(refused.ending == .exit(77), "\(refused.ending) \(refused.errorText)")
            #expect(refused.errorText.contains("would   lose what cannot be kept: "))
            #expect(try repository.state() == before)
            #expect(try repository.shell(Self.leftovers).text.isEmpty)
            #expect(try repository.shell("git for-each-ref refs/pawl").text.isEmpty)
        }
    }

    /// Neither the front end nor a git that it starts has room for the file, and it is kept and brought back all the same.
    @Test(.enabled(if: FaultTests.limitsMemory)) func whatIsLargerThanMemoryIsKept() throws {
        try BusyRepository.with { repository in
            let large = "head -c 3000000 /dev/urandom > large && truncate -s 400000000 large && echo end >> large"
            let sum = try repository.shell("\(large) && sha256sum large", guarded: false).text
            let kept = try repository.shell("ulimit -v 300000; git clean -q -fd && ls")
            #expect(kept.succeeded && !kept.text.contains("large"), "\(kept.errorText)")
            let undone = try repository.shell("ulimit -v 300000; $PAWL undo")
            #expect(undone.succeeded, "\(undone.errorText)")
            #expect(try repository.shell("sha256sum large", guarded: false).text == sum)
        }
    }

    #if os(Linux)
    private static let limitsMemory = true
    #else
    private static let limitsMemory = false
    #endif

    /// The front end is killed at some moment of the snapshot or the command, by itself or with all that it started.
    @Test func whatKillsACommandLosesNothing() throws {
        try BusyRepository.with { repository in
            let before = try repository.state()
            for (number, delay) in [0.0, 0.01, 0.02, 0.04, 0.08, 0.16, 0.3].enumerated() {
                let target = number.isMultiple(of: 2) ? "-$p" : "$p"
                let killed = try repository.shell(
                    "set -m; git clean -q -fdx & p=$!; sleep \(delay); kill -9 -- \(target) 2> ../told; wait $p; sleep 0.2"
                )
                #expect(killed.ending != .exit(77), "\(killed.errorText)")
                _ = try repository.shell("$PAWL undo")
                #expect(try repository.state() == before)
                #expect(try repository.shell("git fsck --no-dangling && git status -s").succeeded)
            }
        }
    }

    @Test func aKilledUndoIsRepeated() throws {
        try BusyRepository.with { repository in
            let before = try repository.state()
            for delay in [0.01, 0.03, 0.06, 0.1, 0.15, 0.25] {
                #expect(try repository.shell("git reset -q --hard HEAD~1").succeeded)
                _ = try repository.shell(
                    "set -m; $PAWL undo > ../told & p=$!; sleep \(delay); kill -9 -- -$p 2> ../told; wait $p; sleep 0.1"
                )
                _ = try repository.shell("$PAWL undo")
                #expect(try repository.state() == before)
                #expect(try repository.shell(Self.leftovers).text.isEmpty)
            }
        }
    }

    @Test func whatGitCannotDoStopsAnUndoBeforeItBegins() throws {
        try BusyRepository.with { repository in
            #expect(try repository.shell("git reset -q --hard HEAD~1").succeeded)
            let before = try repository.state()
            for block in ["touch .git/index.lock", "touch .git/refs/heads/main.lock"] {
                let failed = try repository.shell("\(block) && $PAWL undo")
                #expect(failed.ending == .exit(1) && failed.errorText.contains(".lock"), "\(failed.errorText)")
                #expect(try repository.shell("rm -f .git/index.lock .git/refs/heads/main.lock").succeeded)
                #expect(try repository.state() == before)
            }
            #expect(try repository.undoAll() == 1)
        }
    }

    @Test func agentsDoNotDisturbEachOther() throws {
        try BusyRepository.with { repository in
            let told = try repository.shell(
                """
                for i in 1 2 3 4 5; do
                    git worktree add -q ../w$i -b w$i && echo mine $i > ../w$i/app && echo new $i > ../w$i/n
                done
                for i in 1 2 3 4 5; do (cd ../w$i && git reset -q --hard && git clean -qfd) & done; wait
                cat ../w?/app; $PAWL snapshots | wc -l
                for id in $($PAWL snapshots | cut -d' ' -f1); do $PAWL undo $id > ../told.$id & done; wait
                cat ../w?/app ../w?/n
                """)
            let kept = (1...5).map { "mine \($0)" } + (1...5).map { "new \($0)" }
            let lost = [String](repeating: "2", count: 5) + ["10"]
            #expect(told.text.split(separator: "\n").map(String.init) == lost + kept, "\(told.errorText)")
        }
    }
}
