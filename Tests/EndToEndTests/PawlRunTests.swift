import Testing

@Suite("pawl run")
struct PawlRunTests {
    @Test func theFrontEndComesFirstAndTheSessionIsOnRecord() throws {
        try PawlWorld.with { world in
            let before = try world.remoteMain()
            let outcome = try world.pawl(
                ["run", "--agent", "tester", "--", "sh", "-c", "echo $PAWL_SESSION; git push -q --force origin main"])
            #expect(outcome.ending == .exit(77))
            #expect(outcome.errorText.hasPrefix("pawl: blocked: git push -q --force origin main\n"))
            #expect(try world.remoteMain() == before)
            let record = try jsonObject(try world.pawl(["audit", "--json"]).text)
            #expect(record["agent"] as? String == "tester")
            #expect((record["session"] as? String).map { "\($0)\n" } == outcome.text)
        }
    }

    @Test func eachSessionHasItsOwnId() throws {
        try PawlWorld.with { world in
            let line = ["run", "--", "sh", "-c", "echo $PAWL_SESSION"]
            let first = try world.pawl(line).text
            #expect(first.count > 20)
            #expect(try world.pawl(line).text != first)
        }
    }

    @Test func thePolicyTightensTheSession() throws {
        try PawlWorld.with { world in
            let strict = ["run", "--policy", "strict", "--", "git", "push", "-q", "origin", "main:main"]
            #expect(try world.pawl(strict).ending == .exit(77))
            let observe = ["run", "--policy", "observe", "--", "git", "push", "-q", "-f"]
            #expect(try world.pawl(observe).ending == .exit(77), "a session loosened what holds")
            try world.scratch.write("[policy]\n\tname = x\n", to: "clone/mine")
            let show = ["run", "--policy", "mine", "--", "sh", "-c", "cd /; echo $PAWL_POLICY"]
            #expect(try world.pawl(show).text == "\(world.clone)/mine\n")
            try world.scratch.write("[policy]\n\tnames = x\n", to: "clone/mine")
            let broken = try world.pawl(show)
            #expect(broken.ending == .exit(1))
            #expect(broken.errorText.contains("\(world.clone)/mine:2: "))
        }
    }

    @Test(
        arguments: [
            (["sh", "-c", "exit 7"], 7), (["nonesuch"], 127), (["./nonesuch"], 127), (["/"], 126),
            (["./plain"], 126), (["./script", "3"], 3),
        ] as [([String], Int32)])
    func endsAsAShellWould(command: [String], status: Int32) throws {
        try PawlWorld.with { world in
            try world.scratch.write("text", to: "clone/plain")
            try world.scratch.write("exit $1\n", to: "clone/script", executable: true)
            #expect(try world.pawl(["run", "--"] + command).ending == .exit(status))
        }
    }
}
