import Foundation
import Testing

/// What git is told to run, and what happens in repositories beside this one, as far as the words tell.
@Suite("Gits within gits, and neighbours that are remotes")
struct NestedForesightTests {
    @Test func whatACommandIsToldToRunIsExaminedAsWell() throws {
        let cases: [(String, [String])] = [
            ("rebase -x true HEAD~1", ["run-nested", "rewrite-history"]),
            ("rebase -x 'git push -f origin main' HEAD~1", ["run-nested", "rewrite-history", "force-push"]),
            (
                "rebase -x 'make && sh -c \"git push origin :main\"' HEAD~1",
                ["run-nested", "rewrite-history", "delete-remote-ref"]
            ),
            ("bisect run git status", ["run-nested"]),
            ("bisect run git -C ../origin.git branch -D main", ["run-nested", "delete-remote-ref"]),
            ("difftool -y -x 'git commit --amend --no-edit' HEAD~1", ["run-nested", "rewrite-history"]),
            ("mergetool", ["run-nested"]),
            ("grep -O'git push -f' one", ["run-nested", "force-push"]),
            ("grep -O one", []),
        ]
        try PawlWorld.with { world in
            for (line, kinds) in cases {
                let found = try world.kinds(line)
                #expect(found == kinds, "\(line)")
            }
        }
    }

    @Test func submodulesAreExaminedEachForItself() throws {
        let cases: [(String, [String])] = [
            ("submodule foreach 'git push -f origin HEAD:main'", ["run-nested", "force-push"]),
            ("submodule foreach 'git reset --soft HEAD~1'", ["run-nested", "rewrite-history"]),
            ("submodule foreach 'git status'", ["run-nested"]),
        ]
        try PawlWorld.with { world in
            let made = try world.shell(
                """
                git -c protocol.file.allow=always submodule --quiet add ../origin.git lib &&
                git -C lib reset -q --hard HEAD~1 && git -C lib commit -q --allow-empty -m own
                """)
            #expect(made.succeeded, "\(made.errorText)")
            for (line, kinds) in cases {
                let found = try world.kinds(line)
                #expect(found == kinds, "\(line)")
            }
        }
    }

    /// Commits that only a submodule's detached HEAD has, and changes in it, where the superproject takes it along.
    @Test(arguments: [
        "git checkout -q -f --recurse-submodules two", "git switch -q -f --recurse-submodules two",
        "git reset -q --hard --recurse-submodules two", "git -c submodule.recurse=true checkout -q -f two",
        "git submodule update -q -f", "git -C sub stash -q && git checkout -q --recurse-submodules two",
    ])
    func submodulesThatAreTakenAlongAreKept(line: String) throws {
        let script = """
            set -e; git init -q ../lib; cd ../lib; for i in 1 2; do echo $i > f; git add f; git commit -q -m $i; done; cd ../repo
            git init -q .; git -c protocol.file.allow=always submodule --quiet add ../lib sub; git -C sub checkout -q HEAD~1
            git add .; git commit -q -m one; git checkout -q -b two; git -C sub checkout -q main; git add sub
            git commit -q -m two; git checkout -q main; git submodule -q update; cd sub; git checkout -q --detach
            git commit -q --allow-empty -m stranded; cd ..
            """
        try BusyRepository.with(script) { world in
            let state =
                "git log -1 --format=%s; git -C sub log -1 --format=%s; git -C sub status -s; cat sub/f; git status -s"
            let edit = line.contains("stash") ? "echo edit >> sub/f && git -C sub stash -q" : "echo edit >> sub/f"
            #expect(try world.shell(edit, guarded: false).succeeded)
            let before = try world.shell(state, guarded: false).text
            let moved = try world.shell(line.replacing("git -C sub stash -q && ", with: ""))
            #expect(moved.succeeded, "\(moved.errorText)")
            #expect(try world.shell(state, guarded: false).text != before)
            let forgotten = try world.shell(
                "cd sub && git reflog expire --expire=now --all && git stash clear && git gc -q --prune=now",
                guarded: false)
            #expect(forgotten.succeeded)
            _ = try world.shell("$PAWL undo; cd sub && $PAWL undo", guarded: false)
            #expect(try world.shell(state, guarded: false).text == before)
        }
    }

    @Test func aRepositoryWithFilesThatIsARemoteOfThisOneIsTreatedAsOne() throws {
        try PawlWorld.with { world in
            let before = try world.shell(
                "git clone -q ../origin.git ../mate; git -C ../mate commit -q --allow-empty -m own")
            #expect(before.succeeded, "\(before.errorText)")
            var found = try world.kinds("-C ../mate branch other")
            #expect(found == [])
            found = try world.kinds("-C ../mate reset -q --soft HEAD~1")
            #expect(found == ["rewrite-history"])
            let added = try world.shell("git remote add mate ../mate")
            #expect(added.succeeded)
            found = try world.kinds("-C ../mate reset -q --soft HEAD~1")
            #expect(found == ["force-push"])
            found = try world.kinds("--git-dir=../mate/.git update-ref -d refs/heads/main")
            #expect(found == ["delete-remote-ref"])
        }
    }
}

extension PawlWorld {
    /// The kinds of the effects that a command line is foreseen to have.
    fileprivate func kinds(_ line: String) throws -> [String] {
        let outcome = try shell("\"$PAWL\" check --json -- \(line)")
        let effects = try jsonObject(outcome.text)["effects"] as? [[String: Any]]
        return (effects ?? []).compactMap { $0["kind"] as? String }
    }
}
