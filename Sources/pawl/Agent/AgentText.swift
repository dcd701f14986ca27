import ByteStrings
import Effects
import GitEffects
import PolicyEngine
import Setup

/// What `--agent` prints: Markdown for an agent's instructions, about the directory it is printed in.
enum AgentText {
    /// The command that the text is asked for: the words before a `--agent` that ends the command line. Asked before
    /// anything is parsed, so that a command's required arguments may be missing.
    static func requested(by words: [ByteString]) -> [ByteString]? {
        guard words.last == "--agent", !words.contains("--") else { return nil }
        return words.dropLast().filter { !$0.hasPrefix("-") }
    }

    static func text(for command: [ByteString], _ surroundings: Surroundings) -> ByteString {
        let survey = LayerSurvey(surroundings.installation, surroundings.environment)
        var lines: [ByteString] = ["# git is guarded here by pawl", ""]
        if let about = command.first.flatMap({ commands[$0] }) {
            lines += ["`pawl " + command.joined(separator: " ") + "`: " + about, ""]
        }
        lines += introduction + [""]
        if let error = survey.firstError {
            lines += [
                ByteString(
                    "A policy cannot be read (\(error)). Until a person mends it, only commands without effects run."),
                "",
            ]
        }
        lines += rules(survey) + [""] + advice + [""] + ["Commands that help:", ""]
        lines += helpful.map { "- `" + $0 }
        return lines.map(Output.printable).joined(separator: "\n") + "\n"
    }

    private static let introduction: [ByteString] = [
        "Use `git` as always. Each command is examined before it runs, by what it would do and not by how it is spelt.",
        "A refusal exits with 77, begins with `pawl: blocked:`, and nothing was run. Its `instead` line is the safe way to",
        "what you were after. Every command is on record.",
    ]

    private static let advice: [ByteString] = [
        "When a push is refused because the remote has moved: `git fetch`, integrate (`git rebase` or `git merge`), then a",
        "plain `git push`. Do not look for another spelling of a refused command: take the `instead` line, push to a new",
        "branch, or ask the person you work for.",
    ]

    private static let helpful: [ByteString] = [
        "pawl check -- push --force origin main` tells beforehand what would happen: exit 0 runs, 3 runs with a recovery "
            + "point, 77 blocked, 2 not understood; `--json` for one object. Nothing is run",
        "PAWL_FORMAT=json git …` makes refusals one JSON object",
        "pawl undo` brings back what the last command lost here: commits, branches, tags, stash entries, uncommitted changes "
            + "and files. `pawl snapshots` lists what can be brought back, `pawl undo NAME` takes one of them, `--paths` "
            + "single files. Nothing is printed when something is kept",
        "pawl policy show` shows the rules that hold here",
        "pawl audit show NUMBER` shows a record",
    ]

    private static let commands: [ByteString: ByteString] = [
        "undo": "brings back what a command has lost in this repository.",
        "snapshots": "lists what pawl has kept in this repository before git lost it.",
        "check": "says what a git command line would do and what the policy says to that, without running it.",
        "run": "starts a command with pawl in front of git. You are probably inside one already.",
        "policy": "shows the policies that hold. Changing them is for the person you work for.",
        "audit": "shows what is on record.",
        "init": "prints shell code for people's start-up files. You do not need it.",
        "doctor": "proves that the installation protects.",
    ]

    /// The rules that stop something.
    private static func rules(_ survey: LayerSurvey) -> [ByteString] {
        var lines: [ByteString] = []
        for entry in survey.entries {
            guard case .policy(let policy) = entry.state else { continue }
            let idle = Set(PolicyLint.warnings(policy).map(\.rule))
            for rule in policy.rules where rule.action == .deny && !idle.contains(rule.name) {
                let kinds = rule.effects
                guard !kinds.isEmpty else { continue }
                let effects = kinds.map { ByteString($0.rawValue) }.joined(separator: ", ")
                lines.append("- " + effects + limits(rule) + " (rule `" + rule.name + "`, policy " + policy.name + ")")
            }
        }
        if lines.isEmpty { return ["Nothing is blocked in this directory; everything is recorded."] }
        let patterns = survey.stack.layers.flatMap(\.policy.protectedPatterns)
        let unique = patterns.enumerated().filter { patterns.firstIndex(of: $0.element) == $0.offset }.map(\.element)
        var text: [ByteString] = ["Blocked in this directory:", ""]
        text += lines
        if !unique.isEmpty { text += ["", "Protected branches: " + unique.joined(separator: ", ")] }
        return text
    }

    private static func limits(_ rule: Rule) -> ByteString {
        var limits: [ByteString] = []
        if !rule.refs.isEmpty { limits.append("refs " + rule.refs.map(\.source).joined(separator: ", ")) }
        if !rule.remotes.isEmpty { limits.append("remotes " + rule.remotes.map(\.source).joined(separator: ", ")) }
        if let isProtected = rule.protected { limits.append(isProtected ? "protected branches" : "other branches") }
        if let published = rule.published {
            limits.append(published ? "published commits" : "commits that only this repository has")
        }
        if let lease = rule.lease { limits.append(lease ? "with a lease" : "without a lease") }
        return limits.isEmpty ? "" : ": " + limits.joined(separator: "; ")
    }
}
