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
