import Foundation
import Testing

/// What is needed to look at exports and reports as others do. Continuous integration sets PAWL_TEST_COMPLETE, and has it
/// all; elsewhere a test without its tool is skipped.
private enum Tools {
    static let isComplete = ProcessInfo.processInfo.environment["PAWL_TEST_COMPLETE"] != nil

    static let hasBrowser = isComplete || succeeds(["-c", "import chromium, sys; sys.exit(chromium.find() is None)"])
    static let hasJSONSchema = isComplete || succeeds(["-c", "import jsonschema"])

    private static func succeeds(_ arguments: [String]) -> Bool {
        let ending = try? Scratch.with { scratch in
            var environment = scratch.environment(path: BuiltProducts.systemPath)
            environment["PYTHONPATH"] = "\(BuiltProducts.packageRoot)/Tests/Browser"
            environment["PYTHONDONTWRITEBYTECODE"] = "1"
            return try scratch.run("python3", arguments, environment: environment).ending
        }
        return ending == .exit(0)
    }
}

@Suite("pawl audit export and report")
struct PawlReportTests {
    private static let tests = "\(BuiltProducts.packageRoot)/Tests"

    private func python(_ world: PawlWorld, _ script: String, _ arguments: [String]) throws -> Outcome {
        try world.scratch.run(
            "python3", ["-B", "\(Self.tests)/\(script)"] + arguments, environment: world.environment, timeout: 600)
    }

    /// A log of commands that were really given, by people who name things so.
    private static let hostileCommands = #"""
        git commit -q --allow-empty -m '</script><script>window.pwned=1</script>'
        git commit -q --allow-empty -m '"><img src=x onerror=window.pwned=1>'
        git branch '<script>window.pwned=1</script>'; git branch '"onfocus=window.pwned=1'
        git push -q -f; git push -q -f origin '+main:"><svg/onload=window.pwned=1>'
        git log "$(printf 'a\377\033[2Jb')"; git tag "javascript:window.pwned=1" -m x; git status -s
        git reset -q --hard HEAD~2; git branch -D '<script>window.pwned=1</script>'
        mkdir '<b>&amp;'; git init -q '<b>&amp;/"x"'; git -C '<b>&amp;/"x"' commit -q --allow-empty -m "'"
        echo f > 'secret <b>file'; git clean -qfd; pawl=$(dirname "$(command -v git)")/../../bin/pawl
        $pawl undo --paths 'secret <b>file' none; $pawl undo; $pawl undo --secret; true
        """#

    @Test(
        "A report is used in a browser, and nothing that commands and refs are called is run",
        .enabled(if: Tools.hasBrowser, "no Chromium was found on PATH"), arguments: [false, true])
    func report(madeUp: Bool) throws {
        try PawlWorld.with { world in
            var environment: [String: String] = [:]
            if madeUp {
                environment["XDG_STATE_HOME"] = world.scratch.path("made-up")
                let folder = world.scratch.path("made-up/pawl/audit")
                #expect(try python(world, "Browser/hostile.py", [folder, "60"]).succeeded)
            } else {
                let agent = #"<i onclick="window.pwned=1">ann"#
                #expect(try world.pawl(["run", "--agent", agent, "--", "sh", "-c", Self.hostileCommands]).succeeded)
            }
            let page = world.scratch.path("report.html")
            let written = try world.pawl(["audit", "report", "--output", page], environment)
            #expect(written.succeeded, "\(written.errorText)")
            let state = environment["XDG_STATE_HOME"] ?? world.environment["XDG_STATE_HOME"] ?? ""
            let outcome = try python(world, "Browser/check_report.py", [page, "\(state)/pawl/audit"])
            #expect(outcome.ending == .exit(0), "\(outcome.text)\(outcome.errorText)")
        }
    }

    @Test(
        "Exports are what their schemas say, of real commands and of made-up ones, as they are and in disguise",
        .enabled(if: Tools.hasJSONSchema, "Python has no jsonschema"), arguments: [false, true], [false, true])
    func schemas(madeUp: Bool, redacted: Bool) throws {
        try PawlWorld.with { world in
            var environment: [String: String] = [:]
            if madeUp {
                let made = try world.scratch.run(
                    "python3",
                    [
                        "-B", "\(BuiltProducts.packageRoot)/Benchmarks/make-log",
                        world.scratch.path("made-up/pawl/audit"),
                        "--records", "300",
                    ], environment: world.environment)
                #expect(made.succeeded, "\(made.errorText)")
                environment["XDG_STATE_HOME"] = world.scratch.path("made-up")
            } else {
                #expect(try world.pawl(["run", "--agent", "=ann", "--", "sh", "-c", Self.hostileCommands]).succeeded)
            }
            let folder = world.scratch.path("exports")
            #expect(try world.shell("mkdir '\(folder)'").succeeded)
            for name in ["records.json", "records.ndjson", "records.csv", "effects.ndjson", "effects.csv"] {
                let parts = name.split(separator: ".").map(String.init)
                let options = ["--format", parts[1], "--rows", parts[0], "-o", "\(folder)/\(name)"]
                let outcome = try world.pawl(
                    ["audit", "export"] + options + (redacted ? ["--redact"] : []), environment)
                #expect(outcome.succeeded, "\(outcome.errorText)")
            }
            let outcome = try python(world, "Schema/validate.py", ["\(BuiltProducts.packageRoot)/docs", folder])
            #expect(outcome.ending == .exit(0), "\(outcome.text)\(outcome.errorText)")
            if redacted {
                let exports = try world.shell("cat '\(folder)'/*").text
                for telling in [
                    world.scratch.root, "window.pwned", "=ann", "origin.git", "/home/dev", "claude", "secret",
                ] {
                    #expect(!exports.contains(telling), "\(telling)")
                }
            }
        }
    }

    @Test("The same filters choose records everywhere; files are the user's own; nothing half written is left")
    func options() throws {
        try PawlWorld.with { world in
            let commands = "git status -s; git push -q -f; git tag x; exit 0"
            #expect(try world.pawl(["run", "--agent", "ann", "--", "sh", "-c", commands]).succeeded)
            let blocked = try world.pawl(["audit", "export", "--decision", "deny"])
            let records = try JSONSerialization.jsonObject(with: Data(blocked.output)) as? [[String: Any]]
            #expect(records?.map { $0["command"] as? String } == ["push"])
            #expect(try world.pawl(["audit", "export", "--agent", "bob"]).text == "[\n]\n")
            #expect(try world.pawl(["audit", "export", "--format", "csv"]).text.split(separator: "\r\n").count == 4)

            let page = try world.pawl(["audit", "report", "--limit", "2", "-o", "-", "--agent", "ann"]).text
            #expect(page.contains("Only the newest 2 records are in here"))
            #expect(page.contains("<code>--agent ann --limit 2</code>"))
            let shared = try world.pawl(["audit", "report", "--redact", "--grep", "push", "-o", "-"]).text
            #expect(
                shared.contains("are pseudonyms") && shared.contains("agent-")
                    && shared.contains("<code>--grep …</code>"))
            #expect(!shared.contains("ann") && !shared.contains(world.scratch.root))

            #expect(try world.pawl(["audit", "report"]).text == "3 records in pawl-audit.html\n")
            #expect(
                try world.shell("stat -c %a pawl-audit.html 2>/dev/null || stat -f %Lp pawl-audit.html").text == "600\n"
            )
            let folder = try world.pawl(["audit", "export", "-o", world.scratch.root])
            #expect(folder.ending == .exit(1))
            #expect(folder.errorText.contains("is a folder"))
            #expect(
                try world.pawl(["audit", "export", "-o", "no/such/file"]).errorText.contains("create no/such/file"))
            #expect(try world.pawl(["audit", "export", "--rows", "effects"]).ending == .exit(64))
            #expect(try world.pawl(["audit", "export", "--format", "xml"]).ending == .exit(64))
            #expect(try world.shell("ls -A | grep -v '^.git$'").text == "pawl-audit.html\n")

            #expect(try world.shell("sed -i.old 2s/push/pull/ $XDG_STATE_HOME/pawl/audit/*.jsonl").succeeded)
            let broken = try world.pawl(["audit", "report", "-o", "-"])
            #expect(broken.ending == .exit(1))
            #expect(broken.text.contains("1 line of the log could not be read"))
            #expect(broken.text.contains("</html>"))
        }
    }
}
