import Testing

@Suite("pawl audit and the rest")
struct PawlAuditTests {
    @Test func listsShowsAndVerifies() throws {
        try PawlWorld.with { world in
            #expect(try world.pawl(["audit"]).text.hasPrefix("Nothing is on record"))
            let commands = "git status -s; git push -q -f; git tag x; exit 0"
            #expect(try world.pawl(["run", "--agent", "ann", "--", "sh", "-c", commands]).succeeded)
            let rows = try world.pawl(["audit", "list"]).text.split(separator: "\n").map {
                $0.split(separator: " ").map(String.init)
            }
            #expect(rows.count == 4)
            #expect(rows[0].first == "RECORD")
            #expect(rows[2].first == "2")
            #expect(
                Array(rows[2].dropFirst(3)) == ["ann", "clone", "blocked", "no-force-push", "git", "push", "-q", "-f"])
            #expect(try world.pawl(["audit", "--limit", "1"]).text.contains("git tag x"))

            let shown = try world.pawl(["audit", "show", "3"]).text
            #expect(shown.contains("moved       refs/tags/x none -> "))
            #expect(shown.contains("by the real git, exit status 0"))
            #expect(
                try jsonObject(try world.pawl(["audit", "show", "2", "--json"]).text)["decision"] as? String == "deny")
            #expect(try world.pawl(["audit", "show", "9"]).ending == .exit(1))

            let verified = try world.pawl(["audit", "verify"])
            #expect(verified.text.hasPrefix("3 records intact\nhead: record 3, "))
            let hash = verified.text.split(separator: " ").last.map { $0.trimmingPrefix(" ") } ?? ""
            let trimmed = String(hash.filter { !$0.isNewline })
            #expect(try world.pawl(["audit", "verify", "--against", trimmed]).succeeded)
            #expect(
                try world.pawl(["audit", "verify", "--against", String(repeating: "a", count: 64)]).ending == .exit(1))

            #expect(try world.shell("sed -i.old 2s/push/pull/ $XDG_STATE_HOME/pawl/audit/*.jsonl").succeeded)
            let broken = try world.pawl(["audit", "verify"])
            #expect(broken.ending == .exit(1))
            #expect(broken.errorText.contains(".jsonl:2: record 2 was changed: the hash does not fit"))
            #expect(try world.pawl(["audit"]).ending == .exit(1))
        }
    }

    @Test func namesCannotSteerATerminal() throws {
        try PawlWorld.with { world in
            _ = try world.pawl(["run", "--", "git", "log", "\u{1b}[2J"])
            let text = try world.pawl(["audit"]).text
            #expect(text.contains(#"\x1b[2J"#))
            #expect(!text.contains("\u{1b}"))
        }
    }

    @Test(arguments: [[], ["check"], ["run"], ["policy", "use"], ["audit", "show"], ["init"], ["doctor"]])
    func everyCommandTellsAgents(command: [String]) throws {
        try PawlWorld.with { world in
            let outcome = try world.pawl(command + ["--agent"])
            #expect(outcome.succeeded)
            #expect(outcome.text.hasPrefix("# git is guarded here by pawl\n"))
            #expect(outcome.text.contains("- force-push (rule `no-force-push`, policy default)"))
            #expect(
                outcome.text.contains("- rewrite-history: published commits (rule `published-history`, policy default)")
            )
        }
    }

    @Test func versionAndHelp() throws {
        try PawlWorld.with { world in
            #expect(try world.pawl(["--version"]).text == "0.1.0\n")
            let help = try world.pawl([])
            #expect(help.succeeded)
            for name in ["check", "run", "policy", "audit", "init", "doctor"] {
                #expect(help.text.contains("  \(name) "))
            }
            for shell in ["bash", "zsh", "fish"] {
                #expect(try world.pawl(["--generate-completion-script", shell]).text.contains("pawl"))
            }
        }
    }
}
