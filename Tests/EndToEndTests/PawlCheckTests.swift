import Testing

@Suite("pawl check")
struct PawlCheckTests {
    @Test(
        "The exit status tells the decision",
        arguments: [
            (["push", "origin", "main:new"], 0), (["push", "--force", "origin", "main"], 77), (["status"], 0),
            (["git", "push", "--force-w", "origin", "main"], 77), (["push", "origin", ":main"], 77),
            (["push", "--dry-run", "-f"], 0), (["psuh"], 2), (["push", "--no-such-option"], 2),
            (["-c", "alias.p=push -f", "p"], 77), (["-C", "/", "push", "-f"], 0),
        ] as [([String], Int32)])
    func status(words: [String], expected: Int32) throws {
        try PawlWorld.with { world in
            let before = try world.remoteMain()
            #expect(try world.pawl(["check", "--"] + words).ending == .exit(expected))
            #expect(try world.remoteMain() == before)
            #expect(!world.scratch.exists("../capture/state/pawl"), "the dry run went on record")
        }
    }

    @Test(
        "Configuration that the protection rests on is on record, and refused by the strict policy",
        arguments: [
            (["config", "core.hooksPath", "/none"], 0, 77), (["config", "user.name", "X"], 0, 0),
            (["remote", "set-url", "--push", "origin", "../other.git"], 0, 77),
            (["remote", "add", "up", "../up.git"], 0, 0),
            (["remote", "add", "--mirror=push", "up", "../up.git"], 0, 77),
            (["config", "--global", "alias.st", "status"], 0, 0),
        ] as [([String], Int32, Int32)])
    func configuration(words: [String], byDefault: Int32, strict: Int32) throws {
        try PawlWorld.with { world in
            #expect(try world.pawl(["check", "--"] + words).ending == .exit(byDefault))
            let outcome = try world.pawl(["check", "--policy", "strict", "--"] + words)
            #expect(outcome.ending == .exit(strict))
            #expect(strict == 0 || outcome.text.contains("no-configuration"))
        }
    }

    @Test func namesEffectRuleAndPlace() throws {
        try PawlWorld.with { world in
            let outcome = try world.pawl(["check", "--", "push", "--force", "origin", "main"])
            #expect(outcome.text.hasPrefix("blocked: git push --force origin main\n"))
            #expect(outcome.text.contains("force-push refs/heads/main on origin, by --force"))
            #expect(outcome.text.contains("1 commit would be lost"))
            #expect(outcome.text.contains("no-force-push (policy default, built-in layer)"))
            #expect(outcome.text.contains("built-in:default:"))
            #expect(!outcome.text.contains("\u{1b}"), "colour in a pipe")
        }
    }

    @Test func printsOneObject() throws {
        try PawlWorld.with { world in
            let outcome = try world.pawl(["check", "--json", "--", "push", "--force"])
            let object = try jsonObject(outcome.text)
            #expect(object["decision"] as? String == "deny")
            #expect(object["rule"] as? String == "no-force-push")
            #expect(object["file"] as? String == "built-in:default")
            #expect(object["line"] is Int)
            #expect(object["understood"] as? Bool == true)
            #expect(outcome.text.split(separator: "\n").count == 1)
        }
    }

    @Test func anotherPolicyReplacesTheLayers() throws {
        try PawlWorld.with { world in
            try world.scratch.write(
                "[policy]\n\tname = own\n[rule \"nothing\"]\n\teffect = push\n\taction = deny\n", to: "clone/own")
            let words = ["--", "push", "origin", "main:new"]
            #expect(try world.pawl(["check", "--policy", "observe", "--", "push", "-f"]).ending == .exit(0))
            let own = try world.pawl(["check", "--policy", "own"] + words)
            #expect(own.ending == .exit(77))
            #expect(own.text.contains("\(world.clone)/own:3") || own.text.contains("\(world.clone)/own:5"))
            // The file is meant from here, the command from there.
            #expect(
                try world.pawl(["check", "--policy", "clone/own", "-C", "clone"] + words, in: world.scratch.root)
                    .ending == .exit(77))
            let missing = try world.pawl(["check", "--policy", "nonesuch"] + words)
            #expect(missing.ending == .exit(1))
            #expect(missing.errorText.contains("there is no policy 'nonesuch'"))
        }
    }

    @Test func manyLinesAtOnce() throws {
        try PawlWorld.with { world in
            let lines = "git status\n\n# a remark\ngit commit -m 'a b'\ngit log \"\ngit push && true\npush -f\n"
            let outcome = try world.pawl(["check", "--stdin"], input: lines)
            #expect(outcome.ending == .exit(77))
            let numbers = outcome.text.split(separator: "\n").map { $0.prefix { $0 != "(" } }
            #expect(
                numbers == [
                    "1: allowed: git status", "4: allowed: git commit -m 'a b'", "5: not understood: git log \" ",
                    "6: not understood: git push && true ", "7: blocked: git push -f ",
                ])
            #expect(try world.pawl(["check", "--stdin"], input: "status\nlog '").ending == .exit(2))
            #expect(try world.pawl(["check", "--stdin"], input: "status").ending == .exit(0))
            let json = try world.pawl(["check", "--stdin", "--json"], input: "status\n\npush -f\n")
            let objects = try json.text.split(separator: "\n").map(jsonObject)
            #expect(objects.map { $0["number"] as? Int } == [1, 3])
        }
    }

    @Test func bytesThatAreNotTextSurvive() throws {
        try PawlWorld.with { world in
            let words =
                ["check", "--json", "--", "push", "origin"].map { Array($0.utf8) } + [Array("+main:a".utf8) + [0xff]]
            let outcome = try world.scratch.run(
                world.pawl, words, in: world.clone, environment: world.environment)
            #expect(outcome.text.contains(#""ref":"refs/heads/a\udcff""#))
        }
    }

    @Test func aBrokenPolicyBlocksWhatHasEffects() throws {
        try PawlWorld.with { world in
            try world.scratch.write("[rule \"x\"]\n\teffekt = push\n", to: "clone/.pawl/policy")
            #expect(try world.pawl(["check", "--", "status"]).ending == .exit(0))
            let push = try world.pawl(["check", "--", "push"])
            #expect(push.ending == .exit(77))
            #expect(push.text.contains("\(world.clone)/.pawl/policy:2: "))
        }
    }

    @Test(arguments: [["check"], ["check", "push"], ["check", "--stdin", "--", "push"]])
    func misuse(arguments: [String]) throws {
        try PawlWorld.with { world in
            let outcome = try world.pawl(arguments)
            #expect(outcome.ending == .exit(64))
            #expect(outcome.text.isEmpty)
        }
    }
}
