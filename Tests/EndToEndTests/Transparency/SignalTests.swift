import Testing

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// Signals, terminals and job control: whoever watches git from outside sees the same with Pawl in front.
@Suite("Signals and terminals")
struct SignalTests {
    /// An editor that says that it is there and then takes its time. It is git's child, not the front end's.
    static let slowEditor = """
        #!/bin/sh
        echo $$ > "$HOME/../tmp/started"
        n=0; while [ $n -lt 100 ] && [ ! -e "$HOME/../tmp/go" ]; do sleep 0.05; n=$((n+1)); done
        echo edited > "$1"
        """

    #if canImport(Darwin)
    static let endingSignals = [SIGTERM, SIGHUP, SIGINT, SIGQUIT]
    #else
    // A process that is killed cannot pass that on: there the system does.
    static let endingSignals = [SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGKILL]
    #endif

    @Test("A signal sent to git ends it with that signal", arguments: endingSignals)
    func signalSentToGit(signal: Int32) throws {
        try Scratch.with { scratch in
            try scratch.write(Self.slowEditor, to: "home/editor", executable: true)
            let twin = try Twin(scratch)
            let (real, guarded) = try twin.lives { environment in
                let commit = try scratch.start(
                    "/usr/bin/env", ["git", "commit", "--allow-empty"].map { Array($0.utf8) }, in: scratch.path("repo"),
                    environment: environment.merging(["GIT_EDITOR": scratch.path("home/editor")]) { $1 })
                #expect(scratch.waitFor("tmp/started"))
                // git leaves SIGINT to the editor, but only from a moment after it has started it.
                usleep(200_000)
                commit.send(signal)
                usleep(200_000)
                try scratch.write("", to: "tmp/go")
                let outcome = commit.wait()
                // The editor outlives a git that was killed; its file is only compared when it is done.
                usleep(300_000)
                return outcome
            }
            var (one, two) = (real, guarded)
            one.files["tmp/started"] = nil
            two.files["tmp/started"] = nil
            Twin.expectSame(one, two, "git commit, signal \(signal)")
        }
    }

    @Test("A session at a terminal looks the same", arguments: TerminalSession.all)
    func session(session: TerminalSession) throws {
        try Scratch.with { scratch in
            try scratch.write(Self.slowEditor, to: "home/editor", executable: true)
            try scratch.write(
                """
                #!/bin/sh
                trap 'echo interrupted >> "$HOME/../tmp/seen"' INT
                echo $$ > "$HOME/../tmp/started"
                n=0; while [ $n -lt 100 ] && [ ! -e "$HOME/../tmp/seen" ]; do sleep 0.05; n=$((n+1)); done
                echo edited > "$1"
                """, to: "home/stubborn-editor", executable: true)
            let twin = try Twin(scratch)
            var (real, guarded) = try twin.lives { environment in
                let more = ["TERM": "xterm", "PAGER": "less", "LESS": "FRX"].merging(session.environment) { $1 }
                return try scratch.run(
                    "/usr/bin/env",
                    ["python3", "\(BuiltProducts.packageRoot)/Tests/Helpers/terminal.py"]
                        + session.keys.flatMap { ["--key", $0] }
                        + ["--", "/bin/sh", "-c", "exec \(session.line)"],
                    in: scratch.path("repo"), environment: environment.merging(more) { $1 }, timeout: 40)
            }
            real.files["tmp/started"] = nil
            guarded.files["tmp/started"] = nil
            #expect(
                real.outcome.text.contains(session.shows), "the real git: \(real.outcome.text)\(real.outcome.errorText)"
            )
            Twin.expectSame(real, guarded, session.line)
        }
    }
}

/// A command at a pseudo-terminal with job control, and the keys that are pressed once a file is there.
struct TerminalSession: Sendable, CustomTestStringConvertible {
    var line: String
    var environment: [String: String] = [:]
    /// `FILE=TEXT`: when FILE (in the `tmp` folder) exists, TEXT is typed; `^C`, `^Z` and `^\` stand for themselves.
    var keys: [String] = []
    /// What the transcript of the real git must hold, so that the test is known to test something.
    var shows: String

    var testDescription: String { "\(line) \(keys.joined(separator: " "))" }

    static let editor = ["GIT_EDITOR": "$HOME/editor"]

    static let all = [
        TerminalSession(line: "git log", shows: "\u{1b}["),
        TerminalSession(line: "git -p status", shows: "On branch"),
        TerminalSession(line: "git --no-pager log --oneline", shows: "\u{1b}[33m"),
        TerminalSession(line: "git -c core.pager='sed s/^/paged:/' log --oneline", shows: "paged:"),
        TerminalSession(
            line: "git -c core.pager='env | grep -E \"^(LESS|LV|GIT_PAGER)\" >&2; cat' log -1", shows: "LESS=FRX"),
        TerminalSession(line: "git -c pager.status='sed s/^/paged:/' status", shows: "paged:"),
        TerminalSession(line: "git branch", shows: "main"),
        TerminalSession(line: "git diff", shows: "unsaved"),
        TerminalSession(line: "git status", shows: "\u{1b}[3"),
        TerminalSession(line: "git add -p", keys: ["=y\n"], shows: "Stage this hunk"),
        TerminalSession(line: "git clean -i", keys: ["=q\n"], shows: "What now"),
        TerminalSession(line: "git push -q origin topic", shows: "exited 0"),
        TerminalSession(line: "git commit", environment: ["GIT_EDITOR": "printf 'by hand\\n' >"], shows: "by hand"),
        TerminalSession(
            line: "git commit --allow-empty", environment: editor, keys: ["started=^Z", "stopped=!go"], shows: "stopped"
        ),
        TerminalSession(line: "git commit --allow-empty", environment: editor, keys: ["started=^C"], shows: "ended"),
        TerminalSession(line: "git commit --allow-empty", environment: editor, keys: ["started=^\\"], shows: "ended"),
        TerminalSession(
            line: "git commit --allow-empty", environment: ["GIT_EDITOR": "exec $HOME/stubborn-editor"],
            keys: ["started=^C"],
            shows: "exited 0"),
    ]
}
