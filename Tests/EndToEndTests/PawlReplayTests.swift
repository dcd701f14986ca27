import Testing

/// `pawl audit replay`: what another policy would have decided.
@Suite("pawl audit, replaying")
struct PawlReplayTests {
    @Test func replayAsksAnotherPolicy() throws {
        try PawlWorld.withRecords { world in
            let text = try world.pawl(["audit", "replay", "--policy", "observe"]).text
            #expect(text.contains("policy observe (built-in:observe), asked about 6 records"))
            #expect(text.contains("2  would be decided otherwise"))
            #expect(text.contains("blocked (no-force-push) -> allowed"))
            let strict = try world.pawl(["audit", "replay", "--policy", "strict", "--json"]).text
                .split(separator: "\n").map { try jsonObject($0) }
            #expect(strict.first?["changed"] as? Int == 1)
            #expect(strict.last?["seq"] as? Int == 6)
            #expect((strict.last?["would"] as? [String: Any])?["rule"] as? String == "unpublished-history")
            let same = try world.pawl(["audit", "replay", "--policy", "default", "--json"]).text
            #expect(try jsonObject(same.split(separator: "\n")[0])["changed"] as? Int == 0)
            let missing = try world.pawl(["audit", "replay", "--policy", "no-such"])
            #expect(missing.ending == .exit(1))
        }
    }

    /// Rules on everything that a rule can ask for.
    private static let askingForAll = """
        [policy]
        \tname = all
        \tprotected = main
        [rule "agent"]
        \teffect = push
        \tagent = a*
        \taction = snapshot
        [rule "remote"]
        \teffect = force-push
        \tremote = */origin.git
        \taction = snapshot
        [rule "lease"]
        \teffect = force-push
        \tlease = true
        \tref = main
        \taction = allow
        [rule "published"]
        \teffect = rewrite-history
        \tpublished = false
        \trepository = */clone
        \taction = deny
        [rule "protected"]
        \teffect = delete-remote-ref
        \tprotected = false
        \taction = snapshot
        [rule "certain"]
        \teffect = discard-changes
        \tcertainty = certain
        \taction = deny
        """

    /// What was foreseen is on record so completely that asking again comes to what the dry run said in the repository.
    @Test(arguments: ["default", "strict", "remote-only", "read-only", "observe", "./all"])
    func replayDecidesAsTheDryRunDid(policy: String) throws {
        try PawlWorld.with { world in
            try world.scratch.write(Self.askingForAll, to: "clone/all")
            let commands = [
                "git push -q -f", "git push -q --force-with-lease", "git push -q origin HEAD:refs/heads/new",
                "git push -q origin --delete new", "git commit -q --allow-empty --amend -m other",
                "git reset -q --hard HEAD~1", "git branch side", "git branch -D side", "git tag -f one HEAD",
                "git tag -d one", "git clean -fdn", "git commit -q --allow-empty --no-verify -m x", "git status -s",
                "git gc -q --prune=now", "git rm -q -f kept", "git config core.hooksPath none",
            ]
            try world.scratch.write("kept\n", to: "clone/kept")
            #expect(try world.shell("git add kept; git commit -q -m kept; git tag one").succeeded)
            var expected: [String] = []
            for command in commands {
                let words = command.split(separator: " ").dropFirst().map(String.init)
                let checked = try world.pawl(
                    ["check", "--policy", policy, "--json", "--"] + words, ["PAWL_AGENT": "ann"])
                let dry = try jsonObject(checked.text)
                let rule = (dry["effects"] as? [Any])?.isEmpty == false ? dry["rule"] as? String : nil
                expected.append("\(dry["decision"] as? String ?? "?") \(rule ?? "-")")
                _ = try world.pawl(["run", "--agent", "ann", "--"] + ["git"] + words)
            }
            let replayed = try world.pawl(["audit", "replay", "--policy", policy, "--json"]).text
                .split(separator: "\n").map { try jsonObject($0) }
            let records = try world.pawl(["audit", "--json"]).text.split(separator: "\n").map { try jsonObject($0) }
            try #require(records.count == commands.count)
            var changed: [Int: [String: Any]] = [:]
            for line in replayed.dropFirst() {
                if let number = line["seq"] as? Int { changed[number] = line["would"] as? [String: Any] }
            }
            #expect(replayed.first?["unknown"] as? Int == 0)
            for (index, record) in records.enumerated() {
                let would = changed[index + 1]
                let decision = would?["decision"] as? String ?? record["decision"] as? String ?? "?"
                #expect(expected[index].hasPrefix(decision + " "), "\(commands[index]): \(expected[index])")
                if let would {
                    #expect(expected[index] == "\(decision) \(would["rule"] as? String ?? "-")", "\(commands[index])")
                }
            }
        }
    }

    @Test func whatNoRuleStoppedIsNotReplayed() throws {
        try PawlWorld.with { world in
            try world.scratch.write("[policy]\n\tnonsense = 1\n", to: "clone/.pawl/policy")
            let run = try world.pawl(["run", "--", "git", "push", "-q", "-f"])
            #expect(run.ending == .exit(77))
            let record = try jsonObject(try world.pawl(["audit", "show", "1", "--json"]).text)
            #expect((record["stopped"] as? String)?.contains(".pawl/policy") == true)
            let counts = try jsonObject(
                try world.pawl(["audit", "replay", "--policy", "observe", "--json"]).text)
            #expect(counts["unknown"] as? Int == 1)
        }
    }
}
