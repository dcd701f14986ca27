import Foundation
import Testing

/// `pawl audit` as a person uses it, on records that real commands left.
@Suite("pawl audit, reviewing")
struct PawlReviewTests {
    /// Two sessions: ann reads, is refused and tags; bob amends.
    private func withRecords(_ body: (PawlWorld) throws -> Void) throws {
        try PawlWorld.with { world in
            let ann = "git status -s; git push -q -f; git tag x; git log zzz 2>/dev/null; exit 0"
            #expect(try world.pawl(["run", "--agent", "ann", "--", "sh", "-c", ann]).succeeded)
            let bob = "git commit -q --allow-empty -m 'prices in euro'; git commit -q --amend --allow-empty -m other"
            #expect(try world.pawl(["run", "--agent", "bob", "--", "sh", "-c", bob]).succeeded)
            try body(world)
        }
    }

    private func numbers(_ world: PawlWorld, _ arguments: String...) throws -> [Int] {
        let outcome = try world.pawl(["audit"] + arguments + ["--json"])
        #expect(outcome.succeeded, "\(outcome.errorText)")
        return try outcome.text.split(separator: "\n").compactMap { try jsonObject($0)["seq"] as? Int }
    }

    @Test func filtersCombine() throws {
        try withRecords { world in
            let all = try numbers(world)
            #expect(all == [1, 2, 3, 4, 5, 6])
            #expect(try numbers(world, "--agent", "ann") == [1, 2, 3, 4])
            #expect(try numbers(world, "--agent", "b*", "--agent", "zoe") == [5, 6])
            #expect(try numbers(world, "--decision", "blocked") == [2])
            #expect(try numbers(world, "--effect", "force-push", "--agent", "bob") == [])
            #expect(try numbers(world, "--grep", "EURO") == [5, 6])
            #expect(try numbers(world, "--repo", "clone", "--limit", "2") == [5, 6])
            #expect(try numbers(world, "--on", "today", "--rule", "no-*") == [2])
            #expect(try numbers(world, "--until", "yesterday") == [])
            #expect(try numbers(world, "--since", "1h", "--decision", "snapshot") == [6])
            #expect(try numbers(world, "list", "--grep", "push") == [2])
            #expect(try world.pawl(["audit", "--agent", "zoe"]).text == "No record matches.\n")
        }
    }

    @Test(arguments: [
        ["--since", "soon"], ["--decision", "perhaps"], ["--effect", "magic"], ["--limit", "0"], ["--agent", "["],
        ["--on", "today", "--since", "1h"], ["stats", "--limit", "3"], ["follow", "--until", "now"],
        ["replay"], ["sessions", "x", "--session", "y"],
    ])
    func whatIsNotUnderstoodIsTold(arguments: [String]) throws {
        try PawlWorld.with { world in
            let outcome = try world.pawl(["audit"] + arguments)
            #expect(outcome.ending == .exit(64))
            #expect(outcome.errorText.contains("Error: "))
        }
    }

    /// What a terminal of that many columns shows.
    private func terminal(
        _ world: PawlWorld, columns: Int, lines: Int = 50, _ more: String = "", _ arguments: String
    ) throws -> String {
        let helper = "\(BuiltProducts.packageRoot)/Tests/Helpers/terminal.py"
        let line =
            "python3 \(helper) -- env COLUMNS=\(columns) LINES=\(lines) TERM=xterm \(more) \"$PAWL\" audit \(arguments)"
        let outcome = try world.shell(line)
        #expect(outcome.succeeded, "\(outcome.errorText)")
        return outcome.text.replacing("\r\n", with: "\n")
    }

    @Test(arguments: [40, 60, 80, 120])
    func theTableFitsTheTerminal(columns: Int) throws {
        try withRecords { world in
            let shown = try terminal(world, columns: columns, "NO_COLOR=1", "")
            let lines = shown.split(separator: "\n").filter { !$0.hasPrefix("exited") && !$0.hasPrefix("ended") }
            #expect(lines.count == 7)
            for line in lines { #expect(line.count <= columns, "\(line)") }
            #expect(shown.contains("blocked"))
            #expect(!shown.contains("\u{1b}["))
        }
    }

    @Test func decisionsAreColouredOnATerminalAlone() throws {
        try withRecords { world in
            let coloured = try terminal(world, columns: 120, "", "")
            #expect(coloured.contains("\u{1b}[31mblocked"))
            #expect(try !world.pawl(["audit"]).text.contains("\u{1b}"))
        }
    }

    @Test func aPagerShowsWhatIsTooLong() throws {
        try withRecords { world in
            let paged = try terminal(world, columns: 100, lines: 5, "PAGER='sed s/^/paged:/'", "")
            #expect(paged.contains("paged:"))
            #expect(try !terminal(world, columns: 100, lines: 50, "PAGER='sed s/^/paged:/'", "").contains("paged:"))
            #expect(try terminal(world, columns: 100, lines: 5, "PAGER=no-such-pager", "").contains("git tag x"))
            #expect(try !world.pawl(["audit"], ["PAGER": "sed s/^/paged:/", "LINES": "2"]).text.contains("paged:"))
        }
    }

    @Test func showTellsEverythingAboutARecord() throws {
        try withRecords { world in
            let refused = try world.pawl(["audit", "show", "2"]).text
            for part in [
                "record 2: git push -q -f", "decision    blocked", "rule        no-force-push",
                "at          built-in:default:",
                "  to        ", "forced by --force", "  loses     ", "agent       ann", "called by   ",
                "around it, in its session",
                "> 2", "git tag x",
            ] { #expect(refused.contains(part), "\(part)\n\(refused)") }
            #expect(!refused.contains("--amend"))

            let amended = try world.pawl(["audit", "show", "6"]).text
            #expect(amended.contains("moved       refs/heads/main "))
            let undo = try #require(amended.split(separator: "\n").first { $0.contains("to undo") })
            let command = try #require(undo.split(separator: "undo", maxSplits: 1).last).drop { $0 == " " }
            #expect(command.hasPrefix("cd "))
            // The command that it names does it.
            let path = world.pawl.dropLast("/pawl".count)
            #expect(try world.shell("PATH=\(path):$PATH; \(command)").succeeded)
            #expect(try world.shell("git log -1 --format=%s").text == "prices in euro\n")
        }
    }

    @Test func statsCount() throws {
        try withRecords { world in
            let text = try world.pawl(["audit", "stats"]).text
            #expect(text.hasPrefix("6 records on "))
            #expect(text.contains("1 blocked, 1 with a recovery point"))
            for section in ["DAYS", "DECISIONS", "EFFECTS", "AGENTS", "REPOSITORIES", "RULES"] {
                #expect(text.contains(section))
            }
            let counts = try jsonObject(try world.pawl(["audit", "stats", "--agent", "ann", "--json"]).text)
            #expect(counts["records"] as? Int == 4)
            #expect((counts["effects"] as? [[String: Any]])?.first?["name"] as? String == "force-push")
        }
    }

    @Test func sessionsAreListedAndShown() throws {
        try withRecords { world in
            let lines = try world.pawl(["audit", "sessions", "--json"]).text.split(separator: "\n").map {
                try jsonObject($0)
            }
            #expect(lines.map { $0["agents"] as? [String] } == [["ann"], ["bob"]])
            #expect(lines.map { $0["records"] as? Int } == [4, 2])
            #expect(lines.map { $0["deny"] as? Int } == [1, 0])
            let id = try #require(lines.first?["session"] as? String)
            let text = try world.pawl(["audit", "sessions"]).text
            #expect(text.contains(id.suffix(8)))
            let timeline = try world.pawl(["audit", "sessions", String(id.suffix(8))]).text
            #expect(timeline.contains("session \(id)"))
            #expect(timeline.contains("4, 1 blocked, 0 with a recovery point"))
            #expect(timeline.contains("blocked by no-force-push"))
            #expect(try world.pawl(["audit", "sessions", "nothing"]).ending == .exit(1))
        }
    }

    @Test func replayAsksAnotherPolicy() throws {
        try withRecords { world in
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

    @Test func followShowsWhatComes() throws {
        try withRecords { world in
            let script = """
                "$PAWL" audit follow --agent ann --json > followed & follower=$!
                for try in $(seq 100); do [ -s followed ] && break; sleep 0.05; done
                for agent in ann bob ann; do "$PAWL" run --agent $agent -- git status -s > /dev/null; done
                for try in $(seq 100); do [ "$(wc -l < followed)" -ge 6 ] && break; sleep 0.05; done
                kill $follower; wait $follower 2>/dev/null
                cat followed
                """
            let lines = try world.shell(script).text.split(separator: "\n").map { try jsonObject($0)["seq"] as? Int }
            #expect(lines == [1, 2, 3, 4, 7, 9])
        }
    }

    @Test func aDamagedIndexIsBuiltAnew() throws {
        try withRecords { world in
            #expect(try numbers(world, "--agent", "bob") == [5, 6])
            let cache = world.scratch.path("home/.cache/pawl")
            #expect(try world.shell("stat -c %a \(cache) \(cache)/audit-*.sqlite").text == "700\n600\n")
            #expect(try world.shell("cd \(cache); rm -f ./*-wal; for f in *.sqlite; do echo no > $f; done").succeeded)
            let outcome = try world.pawl(["audit", "--agent", "bob", "--json"])
            #expect(outcome.succeeded)
            #expect(outcome.text.split(separator: "\n").count == 2)
            #expect(outcome.errorText.contains("is damaged"))
            #expect(outcome.errorText.contains("building it anew"))
            #expect(try world.pawl(["audit", "--agent", "bob"]).errorText == "")

            #expect(try world.shell("rm -rf \(cache)").succeeded)
            let rebuilt = try world.pawl(["audit", "index"])
            #expect(rebuilt.text.hasPrefix("6 records indexed in "))
            #expect(try world.pawl(["audit", "index", "--rebuild"]).text == rebuilt.text)

            // Without a place for the index the log is read.
            #expect(try world.shell("rm -rf \(cache); echo > \(cache)").succeeded)
            let without = try world.pawl(["audit", "--agent", "bob", "--json"])
            #expect(without.text.split(separator: "\n").count == 2)
            #expect(without.errorText.contains("reading the whole log instead"))
            for command in [["stats"], ["sessions"], ["replay", "--policy", "strict"]] {
                #expect(try world.pawl(["audit"] + command).succeeded)
            }
        }
    }
}
