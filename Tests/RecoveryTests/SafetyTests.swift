import ByteStrings
import Foundation
import Platform
import Recovery
import Testing

/// What snapshots and undo must not do.
@Suite struct SafetyTests {
    /// A reset --hard with a snapshot, then what `script` does.
    private func reset(_ script: String, complete: Bool = true, _ body: (Scratch, Recovery) throws -> Void) throws {
        try Scratch.with { scratch in
            try scratch.run("printf 'edited\\n' > a")
            let recovery = try scratch.recovery()
            let taken = try recovery.take(
                scratch.request {
                    $0.index = true
                    $0.files = ["a"]
                })
            try scratch.run("git reset -q --hard HEAD~1")
            if complete { try recovery.complete(taken) }
            try scratch.run(script)
            try body(scratch, recovery)
        }
    }

    private func conflicts(_ body: () throws -> Void) -> [Conflict] {
        do { try body() } catch RecoveryError.newerWork(let found) { return found } catch {}
        return []
    }

    @Test(arguments: [true, false])
    func newerFileIsNotOverwritten(complete: Bool) throws {
        try reset("printf 'newer\\n' > a", complete: complete) { scratch, recovery in
            let before = try scratch.state()
            #expect(conflicts { try recovery.undo(newID: "s2", time: 2) } == [.file("a")])
            #expect(try scratch.state() == before)
            #expect(try recovery.list().count == 1)
            try recovery.undo(overwriteNewer: true, newID: "s2", time: 2000)
            #expect(try scratch.run("cat a") == "edited")
            try recovery.undo("s2", newID: "s3", time: 3000)
            #expect(try scratch.run("cat a") == "newer")
        }
    }

    @Test func newerCommitIsNotLost() throws {
        try reset("git commit -q --allow-empty -m newer") { scratch, recovery in
            let before = try scratch.state()
            #expect(conflicts { try recovery.undo(newID: "s2", time: 2) } == [.ref("refs/heads/main")])
            #expect(try scratch.state() == before)
            try recovery.undo(paths: ["a"], newID: "s2", time: 2000)
            #expect(try scratch.run("cat a") == "edited")
            #expect(try scratch.run("git log -1 --format=%s") == "newer")
            #expect(try recovery.list().allSatisfy { !$0.isUndone })
        }
    }

    @Test func newlyStagedWorkIsNotLost() throws {
        try reset("printf 'n\\n' > n; git add n") { _, recovery in
            #expect(conflicts { try recovery.undo(newID: "s2", time: 2) } == [.index])
        }
    }

    @Test func limitsHoldBeforeAnythingIsWritten() throws {
        try Scratch.with { scratch in
            let recovery = try scratch.recovery()
            let count = try scratch.run("git count-objects -v")
            for limit in [SnapshotLimit(bytes: 3), SnapshotLimit(files: 1)] {
                #expect(throws: RecoveryError.self) {
                    try recovery.take(
                        scratch.request {
                            $0.files = ["a", "b"]
                            $0.limit = limit
                        })
                }
            }
            #expect(try scratch.run("git count-objects -v") == count)
            #expect(try recovery.list().isEmpty)
        }
    }

    @Test func readOnlyObjectStore() throws {
        try Scratch.with { scratch in
            // Root writes everywhere, so git runs as nobody then.
            let own = try scratch.recovery().place
            let drop: [ByteString] = [
                "setpriv", "--reuid=65534", "--clear-groups", "/usr/bin/git", "-c", "safe.directory=*",
            ]
            let place = Place(
                gitDirectory: own.gitDirectory, commonDirectory: own.commonDirectory, workTree: own.workTree
            ) { words in
                var program = own.question(words)
                if getuid() == 0 {
                    program.executable = "/usr/bin/setpriv"
                    program.arguments = drop + program.arguments.dropFirst()
                }
                return program
            }
            try scratch.run("chmod 755 ..; chmod -R a-w .git/objects")
            defer { _ = try? scratch.run("chmod -R u+w .git/objects") }
            let before = try scratch.state()
            #expect(try Recovery(place).list().isEmpty)
            #expect(throws: RecoveryError.self) { try Recovery(place).take(scratch.request { $0.files = ["a"] }) }
            #expect(try scratch.state() == before)
            #expect(try scratch.run("ls .git").contains("fast_import_crash") == false)
            #expect(try scratch.run("git for-each-ref refs/pawl").isEmpty)
        }
    }

    @Test func lockedIndexStopsAnUndoBeforeItBegins() throws {
        try reset("touch .git/index.lock") { scratch, recovery in
            let before = try scratch.state()
            #expect(throws: RecoveryError.self) { try recovery.undo(newID: "s2", time: 2000) }
            #expect(try scratch.state() == before)
            #expect(try recovery.list().map(\.id) == ["s1"])
            try scratch.run("rm .git/index.lock")
            try recovery.undo(newID: "s2", time: 2000)
            #expect(try scratch.run("cat a") == "edited")
        }
    }

    /// Git's plumbing and what is done in process make the very same commit, of loose and packed refs, symbolic and missing
    /// ones, tags, reflogs, staged work, an operation under way, files of every kind and size.
    @Test(arguments: ["", "git pack-refs --all; git gc -q", "git checkout -q --detach", "git merge -q clash || true"])
    func inProcessAndByGitTheSameIsKept(script: String) throws {
        try Scratch.with { scratch in
            try scratch.run(
                """
                git tag -am note tagged; git symbolic-ref refs/heads/alias refs/heads/side; git stash -q || true
                git checkout -q -b clash HEAD~1; printf 'clash\n' > a; git commit -qam clash; git checkout -q main
                \(script)
                printf 's\n' > c; git add c; printf 'x\n' > new; ln -s nowhere link; mkdir -p u/v; : > u/empty; chmod +x b
                head -c 2500000 /dev/urandom > u/large; mkfifo u/pipe; printf '%s' "$(seq 300)" > u/v/text
                """)
            func take(_ id: ByteString, plain: Bool) throws {
                try scratch.recovery(plain: plain).take(
                    scratch.request(id) {
                        $0.index = true
                        $0.refs = [
                            "refs/heads/side", "refs/heads/alias", "refs/heads/none", "refs/tags/tagged", "refs/stash",
                        ]
                        $0.files = ["a", "b", "c", "new", "link", "u", "gone", "d"]
                    })
            }
            try take("plain", plain: true)
            try take("git", plain: false)
            let names = try scratch.run("git rev-parse refs/pawl/snapshots/plain refs/pawl/snapshots/git")
            let kept = try scratch.run("git ls-tree -r refs/pawl/snapshots/plain; git fsck --strict").text
            #expect(Set(names.split(0x0a)).count == 1, "\(kept)")
            #expect(kept.contains("files/") && kept.contains("index") && kept.contains("tags/0"))
            #expect(throws: RecoveryError.self) { try take("plain", plain: true) }
            try scratch.run("git pack-refs --all")
            #expect(throws: RecoveryError.self) { try take("git", plain: true) }
        }
    }

    @Test func linksAreNotWrittenThrough() throws {
        try Scratch.with { scratch in
            let recovery = try scratch.recovery()
            try scratch.run("mkdir -p u ../outside; printf 'u\\n' > u/f")
            try recovery.take(scratch.request { $0.files = ["u"] })
            try scratch.run("rm -r u; ln -s ../outside u")
            #expect(conflicts { try recovery.undo(newID: "s2", time: 2000) } == [.file("u")])
            try recovery.undo(overwriteNewer: true, newID: "s3", time: 3000)
            #expect(try scratch.run("ls ../outside; cat u/f; [ ! -L u ]") == "u")
            try recovery.undo("s3", newID: "s4", time: 4000)
            #expect(try scratch.run("readlink u; ls ../outside") == "../outside")
        }
    }

    @Test func tornStreamStoresNothing() throws {
        try Scratch.with { scratch in
            let before = try scratch.state()
            let recovery = try scratch.recovery()
            _ = try? scratch.run(
                """
                printf 'commit refs/pawl/snapshots/s0\\ncommitter P <p> 1 +0000\\ndata 1\\nx\\nM 100644 inline manifest\\n'\\
                'data 999\\nabc' | git fast-import --quiet --done --date-format=raw
                """)
            #expect(try scratch.run("ls .git").contains("fast_import_crash"))
            #expect(try recovery.list().isEmpty)
            #expect(try scratch.state() == before)
            try scratch.run("git fsck --strict")
            try recovery.take(scratch.request { $0.files = ["a"] })
            #expect(try scratch.run("ls .git").contains("fast_import_crash") == false)
            #expect(try recovery.list().map(\.id) == ["s1"])
        }
    }

    @Test(arguments: [
        "head -c 300 | /usr/bin/git \"$@\"", "exec /usr/bin/git \"$@\" < /dev/null", "kill -9 $$",
    ])
    func brokenImportLeavesTheRepositoryAsItWas(script: String) throws {
        try Scratch.with { scratch in
            let own = try scratch.recovery().place
            let place = Place(
                gitDirectory: own.gitDirectory, commonDirectory: own.commonDirectory, workTree: own.workTree
            ) { words in
                var program = own.question(words)
                if words.contains("fast-import") {
                    program.executable = "/bin/sh"
                    program.arguments = ["sh", "-c", ByteString(script), "git"] + program.arguments.dropFirst()
                }
                return program
            }
            let before = try scratch.state()
            #expect(throws: RecoveryError.self) { try Recovery(place).take(scratch.request { $0.files = ["a"] }) }
            #expect(try scratch.state() == before)
            #expect(try scratch.run("git for-each-ref refs/pawl").isEmpty)
            try scratch.run("git fsck --strict")
            #expect(try scratch.run("ls .git").contains("fast_import_crash") == false)
        }
    }

    @Test func pruningKeepsTheNewest() throws {
        try Scratch.with { scratch in
            let recovery = try scratch.recovery()
            for number in 1...3 {
                try recovery.take(
                    scratch.request("s\(number)", time: Int64(number * 100)) { $0.files = ["a", "none"] })
            }
            #expect(try recovery.size() == 18)
            #expect(throws: RecoveryError.self) { try recovery.take(scratch.request("s1") { _ in }) }
            #expect(try recovery.prune(olderThan: 150, keepingBytes: nil) == ["s1"])
            #expect(try recovery.prune(olderThan: nil, keepingBytes: 0) == ["s2"])
            #expect(try recovery.list().map(\.id) == ["s3"])
            #expect(try recovery.show("s3").files.map(\.state.kind) == [.regular, .absent])
        }
    }
}
