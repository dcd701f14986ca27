import ByteStrings
import Foundation
import Platform
import Recovery
import Testing

/// A command loses something; undo brings it back, and undo of the undo takes it away again.
@Suite struct CycleTests {
    static let edits = """
        printf 'edited\\n' > a; printf 'staged\\n' > b; printf 'new\\n' > new; git add b new; printf 'later\\n' > b
        """

    @Test(arguments: ["sha1", "sha256"], [true, false])
    func hardResetOverEdits(format: String, complete: Bool) throws {
        try Scratch.with(format: format) { scratch in
            try scratch.run(Self.edits)
            try scratch.cycle("git reset -q --hard HEAD~1", logs: false, complete: complete) {
                $0.index = true
                $0.files = ["a", "b", "new"]
            }
        }
    }

    @Test func forcedCheckoutOfAnotherBranch() throws {
        try Scratch.with { scratch in
            try scratch.run(Self.edits)
            try scratch.cycle("git checkout -q -f side") {
                $0.index = true
                $0.files = ["a", "b", "new"]
            }
        }
    }

    @Test(arguments: [true, false])
    func cleanOfEverything(complete: Bool) throws {
        try Scratch.with { scratch in
            try scratch.run(
                #"""
                mkdir -p u/x/empty; printf 'u\n' > u/x/f; chmod 755 u/x/f; : > u/nothing; ln -s nowhere u/link
                printf '\000\377\n' > bin.log; printf 'n\n' > "$(printf 'w\377\nx')"; chmod 600 bin.log; chmod 750 u
                git init -q u/nested; printf 'in\n' > u/nested/in; git -C u/nested add in; git -C u/nested commit -qm in
                """#)
            try scratch.cycle("git clean -q -ffdx", complete: complete) {
                $0.files = ["u", "bin.log", ByteString(Array("w".utf8) + [0xff, 0x0a] + Array("x".utf8))]
            }
        }
    }

    @Test func deletedBranchWithItsReflog() throws {
        try Scratch.with { scratch in
            try scratch.run("git checkout -q -b gone; git commit -q --allow-empty -m lost; git checkout -q main")
            try scratch.cycle("git branch -q -D gone") { $0.refs = ["refs/heads/gone"] }
        }
    }

    @Test func branchMovedOntoAnother() throws {
        try Scratch.with { scratch in
            try scratch.run("git checkout -q side; git commit -q --allow-empty -m lost; git checkout -q main")
            try scratch.cycle("git branch -M main side") { $0.refs = ["refs/heads/main", "refs/heads/side"] }
        }
    }

    @Test func deletedAnnotatedTag() throws {
        try Scratch.with { scratch in
            try scratch.run("git tag -a -m inner t; git tag -a -m outer t2 t; git tag b $(git rev-parse HEAD:a)")
            try scratch.cycle("git tag -d t t2 b") { $0.allRefs = true }
        }
    }

    @Test(arguments: ["git stash drop -q", "git stash drop -q stash@{1}", "git stash clear", "git stash push -q"])
    func stashes(command: String) throws {
        try Scratch.with { scratch in
            try scratch.run(
                """
                for i in 1 2 3; do printf "$i\\n" > a; git stash push -q -m "number $i"; done; printf 'left\\n' > a
                """)
            try scratch.cycle(command) {
                $0.refs = ["refs/stash"]
                $0.index = true
                $0.files = ["a"]
            }
        }
    }

    @Test func amendedCommit() throws {
        try Scratch.with { scratch in
            try scratch.run("printf 'more\\n' > b; git add b")
            try scratch.cycle("git commit -q --amend -m other", logs: false) { $0.index = true }
        }
    }

    @Test func linkedWorkTree() throws {
        try Scratch.with { scratch in
            try scratch.run("git worktree add -q ../linked side")
            let linked = scratch.folder + "/linked"
            try scratch.run("printf 'x\\n' > a; printf 'y\\n' > y; git add y", in: linked)
            try scratch.cycle("git checkout -q -f --detach main", workTree: linked) {
                $0.index = true
                $0.files = ["a", "y"]
            }
        }
    }

    @Test func stageOfOneFile() throws {
        try Scratch.with { scratch in
            try scratch.run("printf 'v1\\n' > a; git add a; printf 'v2\\n' > a")
            try scratch.cycle("git add a") {
                $0.index = true
                $0.files = ["a"]
            }
        }
    }

    @Test func splitIndex() throws {
        try Scratch.with { scratch in
            try scratch.run("git update-index --split-index")
            try scratch.run(Self.edits)
            try scratch.cycle(
                "git reset -q --hard HEAD~1; git update-index --no-split-index; rm -f .git/sharedindex.*", logs: false
            ) {
                $0.index = true
                $0.files = ["a", "b", "new"]
            }
        }
    }

    @Test func manyRefs() throws {
        try Scratch.with { scratch in
            try scratch.run("for i in $(seq 300); do echo create refs/heads/b$i HEAD; done | git update-ref --stdin")
            try scratch.cycle("git branch -q -D b1 b2; git branch more", logs: false) { $0.allRefs = true }
        }
    }
}
