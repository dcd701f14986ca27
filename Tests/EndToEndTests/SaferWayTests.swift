import Testing

/// The `instead` line of a refusal does what it says: run as it stands, it brings what was to be pushed to the remote
/// without overwriting anything, and leaves the other branches alone.
@Suite("The safer way")
struct SaferWayTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        /// Shell lines that prepare the clone with the real git. The remote's main is one commit ahead there.
        var setup = ":"
        var push: String
        /// The branch that has to stay where it is.
        var untouched = "bystander"
        /// Whether the remote's main ends as a child of the commit that it had.
        var reachesRemote = true

        var testDescription: String { name }
    }

    static let cases = [
        Case(name: "the branch that is checked out", push: "git push -f origin main"),
        Case(
            name: "a branch that is not checked out", setup: "git switch -q -c elsewhere HEAD~1",
            push: "git push -f origin main", untouched: "elsewhere"),
        Case(
            name: "another branch to main",
            setup: "git branch work; git switch -q -c elsewhere HEAD~1; git branch -q -f main origin/main",
            push: "git push -f origin work:main", untouched: "elsewhere"),
        Case(
            name: "a commit without a branch", setup: "git commit -q --allow-empty -m 'not yet'",
            push: "git push -f origin HEAD~1:main", untouched: "main"),
        Case(name: "a detached HEAD", setup: "git checkout -q --detach", push: "git push -f origin HEAD:main"),
        Case(
            name: "nothing of its own", setup: "git reset -q --hard HEAD~1", push: "git push -f origin main",
            reachesRemote: false),
    ]

    @Test(arguments: cases)
    func saferWay(_ example: Case) throws {
        try PawlWorld.with { world in
            let prepared = try world.shell(
                "set -e; git fetch -q; git branch bystander; \(example.setup); git rev-parse \(example.untouched)")
            #expect(prepared.succeeded, "\(prepared.errorText)")
            let before = try world.remoteMain()
            let refused = try world.shell("\"$PAWL\" run -- \(example.push)")
            #expect(refused.ending == .exit(77))
            let lines = refused.errorText.split(separator: "\n")
            let instead = try #require(lines.first { $0.hasPrefix("  instead ") }?.dropFirst("  instead ".count))
            let done = try world.shell(String(instead))
            #expect(done.succeeded, "\(instead)\n\(done.errorText)")
            let after = try world.shell("git -C ../origin.git rev-parse main~1").text
            #expect((after == before) == example.reachesRemote, "\(instead)\n\(done.errorText)")
            #expect(try world.shell("git rev-parse \(example.untouched)").text == prepared.text, "\(instead)")
        }
    }

    @Test("A deletion names as lost only what the remote's default branch has not")
    func deletion() throws {
        try PawlWorld.with { world in
            _ = try world.shell(
                """
                git push -q origin origin/main~1:refs/heads/merged HEAD:refs/heads/own
                git remote set-head origin main
                """)
            let merged = try world.shell("\"$PAWL\" run -- git push origin :merged")
            #expect(merged.errorText.contains("would   delete refs/heads/merged on origin\n"))
            let own = try world.shell("\"$PAWL\" run -- git push origin :own")
            #expect(own.errorText.contains("1 commit would be lost"))
        }
    }

    @Test("With PAWL_FORMAT=json a policy that cannot be read is told as JSON too")
    func brokenPolicyAsJSON() throws {
        try PawlWorld.with { world in
            let refused = try world.shell(
                """
                mkdir .pawl; echo '[nonsense' > .pawl/policy
                PAWL_FORMAT=json "$PAWL" run -- git push origin HEAD:new
                """)
            #expect(refused.ending == .exit(77))
            let object = try jsonObject(refused.errorText)
            #expect(object["decision"] as? String == "deny")
            #expect((object["reason"] as? String)?.contains(".pawl/policy:1: ") == true)
        }
    }
}
