import Foundation
import Testing

/// `pawl audit` as a person uses it, on records that real commands left.
@Suite("pawl audit, reviewing")
struct PawlReviewTests {
    private func numbers(_ world: PawlWorld, _ arguments: String...) throws -> [Int] {
        let outcome = try world.pawl(["audit"] + arguments + ["--json"])
        #expect(outcome.succeeded, "\(outcome.errorText)")
        return try outcome.text.split(separator: "\n").compactMap { try jsonObject($0)["seq"] as? Int }
    }

    @Test func filtersCombine() throws {
        try PawlWorld.withRecords { world in
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
        try PawlWorld.withRecords { world in
            let shown = try terminal(world, columns: columns, "NO_COLOR=1", "")
            let lines = shown.split(separator: "\n").filter { !$0.hasPrefix("exited") && !$0.hasPrefix("ended") }
            #expect(lines.count == 7)
            for line in lines { #expect(line.count <= columns, "\(line)") }
            #expect(shown.contains("blocked"))
            #expect(!shown.contains("\u{1b}["))
        }
    }

    @Test func decisionsAreColouredOnATerminalAlone() throws {
        try PawlWorld.withRecords { world in
            let coloured = try terminal(world, columns: 120, "", "")
            #expect(coloured.contains("\u{1b}[31mblocked"))
            #expect(try !world.pawl(["audit"]).text.contains("\u{1b}"))
        }
    }

    @Test func aPagerShowsWhatIsTooLong() throws {
        try PawlWorld.withRecords { world in
            let paged = try terminal(world, columns: 100, lines: 5, "PAGER='sed s/^/paged:/'", "")
            #expect(paged.contains("paged:"))
            #expect(try !terminal(world, columns: 100, lines: 50, "PAGER='sed s/^/paged:/'", "").contains("paged:"))
            #expect(try terminal(world, columns: 100, lines: 5, "PAGER=no-such-pager", "").contains("git tag x"))
            #expect(try !world.pawl(["audit"], ["PAGER": "sed s/^/paged:/", "LINES": "2"]).text.contains("paged:"))
        }
    }

    @Test func showTellsEverythingAboutARecord() throws {
        try PawlWorld.withRecords { world in
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
        try PawlWorld.withRecords { world in
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
        try PawlWorld.withRecords { world in
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

    @Test func followShowsWhatComes() throws {
        try PawlWorld.withRecords { world in
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

    @Test func questionsAreAnsweredWhileOthersWrite() throws {
        try PawlWorld.with { world in
            let script = """
                for agent in a1 a2 a3; do
                    "$PAWL" run --agent $agent -- sh -c 'for n in 1 2 3 4 5 6 7 8 9 10; do git status -s; done' &
                done
                for reader in 1 2; do
                    { for n in 1 2 3 4 5; do "$PAWL" audit stats --json --agent 'a*' || echo failed; done; } &
                done
                wait
                """
            let lines = try world.shell(script).text.split(separator: "\n")
            #expect(lines.count == 10)
            let counts = try lines.map { try #require(try jsonObject($0)["records"] as? Int) }
            #expect(counts.allSatisfy { (0...30).contains($0) })
            #expect(try numbers(world, "--agent", "a*") == Array(1...30))
            let stats = try jsonObject(try world.pawl(["audit", "stats", "--json"]).text)
            #expect(stats["records"] as? Int == 30)
        }
    }

    @Test func aDamagedIndexIsBuiltAnew() throws {
        try PawlWorld.withRecords { world in
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

extension PawlWorld {
    /// Two sessions: ann reads, is refused and tags; bob amends.
    static func withRecords(_ body: (PawlWorld) throws -> Void) throws {
        try PawlWorld.with { world in
            let ann = "git status -s; git push -q -f; git tag x; git log zzz 2>/dev/null; exit 0"
            #expect(try world.pawl(["run", "--agent", "ann", "--", "sh", "-c", ann]).succeeded)
            let bob = "git commit -q --allow-empty -m 'prices in euro'; git commit -q --amend --allow-empty -m other"
            #expect(try world.pawl(["run", "--agent", "bob", "--", "sh", "-c", bob]).succeeded)
            try body(world)
        }
    }
}
