import Testing

@Suite("pawl policy")
struct PawlPolicyTests {
    private static let file = "config/pawl/policy"

    @Test func listsWhatIsInForce() throws {
        try PawlWorld.with { world in
            let list = try world.pawl(["policy", "list"]).text
            for name in ["default", "remote-only", "strict", "read-only", "observe"] {
                #expect(list.contains("  \(name) "))
            }
            #expect(list.contains("built-in     default (built-in:default)\n"))
            #expect(list.contains("user         none"))
        }
    }

    @Test func useWritesAFileThatUseMayReplace() throws {
        try PawlWorld.with { world in
            let first = try world.pawl(["policy", "use", "strict"])
            #expect(first.succeeded)
            #expect(first.text.contains("is now strict"))
            #expect(try world.pawl(["check", "--", "push", "origin", "main:main"]).ending == .exit(77))
            let second = try world.pawl(["policy", "use", "observe"])
            #expect(second.text.contains("Before: strict."))
            #expect(try world.pawl(["policy", "use", "observe"]).text.contains("already observe"))
            #expect(try world.pawl(["check", "--", "push", "-f"]).ending == .exit(0))
            #expect(!world.scratch.exists(Self.file + ".backup"))
        }
    }

    @Test func useLeavesAloneWhatWasWrittenByHand() throws {
        try PawlWorld.with { world in
            let own = "[include]\n\tpath = built-in:strict\n# mine\n"
            try world.scratch.write(own, to: Self.file)
            let refused = try world.pawl(["policy", "use", "default"])
            #expect(refused.ending == .exit(1))
            #expect(refused.errorText.contains("written by hand"))
            #expect(String(decoding: readBytes(world.scratch.path(Self.file)), as: UTF8.self) == own)
            #expect(try world.pawl(["policy", "use", "--force", "default"]).succeeded)
            #expect(String(decoding: readBytes(world.scratch.path(Self.file + ".backup")), as: UTF8.self) == own)
        }
    }

    @Test func useRefusesWhatCannotBeUsed() throws {
        try PawlWorld.with { world in
            try world.scratch.write("[rule \"x\"]\n", to: "clone/bad \"policy\"")
            for name in ["nonesuch", "./bad \"policy\""] {
                #expect(try world.pawl(["policy", "use", name]).ending == .exit(1))
            }
            #expect(!world.scratch.exists(Self.file))
            try world.scratch.write("[policy]\n\tname = odd\n", to: "clone/bad \"policy\"")
            #expect(try world.pawl(["policy", "use", "./bad \"policy\""]).succeeded)
            #expect(try world.pawl(["policy", "list"]).text.contains("user         odd"))
            let itself = try world.pawl(["policy", "use", world.scratch.path(Self.file)])
            #expect(itself.errorText.contains("is your user layer already"))
        }
    }

    @Test func lintTellsFileAndLine() throws {
        try PawlWorld.with { world in
            try world.scratch.write("[rule \"x\"]\n\teffekt = push\n", to: "clone/bad")
            try world.scratch.write(
                """
                [rule "early"]
                \teffect = force-push
                \taction = deny
                [rule "late"]
                \teffect = force-push
                \teffect = push
                \taction = allow
                [rule "local"]
                \teffect = drop-stash
                \tremote = origin
                \taction = deny

                """, to: "clone/idle")
            let outcome = try world.pawl(["policy", "lint", "bad", "idle", "strict"])
            #expect(outcome.ending == .exit(1))
            #expect(outcome.text.contains("bad:2: error: there is no key 'effekt'"))
            #expect(outcome.text.contains("idle:3: warning: the rule 'early' never decides: 'late' stands later"))
            #expect(outcome.text.contains("idle:11: warning: the rule 'local' never matches"))
            #expect(outcome.text.contains("strict: ok"))
            #expect(try world.pawl(["policy", "lint", "idle"]).succeeded)
        }
    }

    @Test(arguments: ["default", "remote-only", "strict", "read-only", "observe"])
    func shippedPoliciesHaveNoIdleRules(name: String) throws {
        try PawlWorld.with { world in
            let outcome = try world.pawl(["policy", "lint", name])
            #expect(outcome.succeeded)
            #expect(!outcome.text.contains("warning"))
        }
    }

    @Test func showTellsLayersAndFailsOverABrokenOne() throws {
        try PawlWorld.with { world in
            try world.scratch.write("[include]\n\tpath = built-in:strict\n", to: Self.file)
            let shown = try world.pawl(["policy", "show"])
            #expect(shown.succeeded)
            #expect(shown.text.contains("user layer: "))
            #expect(shown.text.contains("deny      no-skipped-hooks  (built-in:strict:"))
            #expect(!shown.text.contains("built-in layer"))
            try world.scratch.write("[polcy]\n", to: "clone/.pawl/policy")
            let broken = try world.pawl(["policy", "show"])
            #expect(broken.ending == .exit(1))
            #expect(broken.errorText.contains("\(world.clone)/.pawl/policy:1: "))
        }
    }
}
