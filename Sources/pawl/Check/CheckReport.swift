import ByteStrings
import Effects
import GitSyntax
import Guard
import PolicyEngine

/// What `pawl check` says to people: every sentence of it.
struct CheckReport {
    var style: Style

    /// Everything about one command line.
    func full(_ outcome: CheckOutcome) -> ByteString {
        var lines = [title(outcome)]
        switch outcome.finding {
        case .examined(let evaluation): lines += details(evaluation)
        case .brokenPolicy(let error):
            lines.append(field("policy", ByteString(error.description)))
            lines.append(field("instead", "mend that line; until then only commands without effects run"))
        case .gitFails(let error):
            lines.append(field("git", "fails over its configuration: " + error.message.trimmed))
        case .notSplit(let error): lines.append(field("line", Self.explain(error)))
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// One line about one of many command lines.
    func short(_ outcome: CheckOutcome, line: Int) -> ByteString {
        var text = ByteString("\(line): ") + title(outcome)
        switch outcome.finding {
        case .examined(let evaluation):
            if let verdict = evaluation.decision?.deciding, verdict.action > .allow {
                text += " (" + ruleName(verdict) + ": " + Output.printable(Self.consequence(verdict)) + ")"
            }
        case .brokenPolicy(let error): text += " (" + Output.printable(ByteString(error.description)) + ")"
        case .gitFails(let error): text += " (" + Output.printable(error.message.trimmed) + ")"
        case .notSplit(let error): text += " (" + Self.explain(error) + ")"
        }
        return text
    }

    /// Why a line could not be split into words.
    static func explain(_ error: ShellWordsError) -> ByteString {
        switch error {
        case .unclosedQuote: "a quotation mark is opened and not closed"
        case .trailingBackslash: "it ends in a backslash"
        case .needsShell(let byte):
            "'" + ByteString([byte]) + "' is for a shell: give one simple command a line, or quote it"
        }
    }

    // MARK: Parts

    private func title(_ outcome: CheckOutcome) -> ByteString {
        let word: ByteString =
            switch outcome.gravity {
            case .allowed: style.paint("allowed", .green)
            case .snapshot: style.paint("allowed, with a recovery point", .yellow)
            case .notUnderstood: style.paint("not understood", .magenta)
            case .blocked: style.paint("blocked", .red)
            }
        return word + ": " + style.paint(Output.printable(outcome.commandLine), .bold)
    }

    private func details(_ evaluation: Evaluation) -> [ByteString] {
        var lines: [ByteString] = []
        if let expansion = evaluation.expansion { lines.append(field("alias", ShellQuoting.quote(expansion))) }
        if let refusal = evaluation.refusal { lines.append(field("git", "will refuse it by itself: " + refusal)) }
        if !evaluation.isUnderstood && evaluation.effects.isEmpty {
            lines.append(field("git", "has no such command or option, or prints how it is used"))
        } else if evaluation.effects.isEmpty && evaluation.refusal == nil {
            lines.append(field("effects", noEffects(of: evaluation.command)))
        }
        for verdict in evaluation.decision?.verdicts ?? [] { lines += effect(verdict) }
        if let verdict = evaluation.decision?.deciding { lines += decision(verdict) }
        return lines
    }

    /// A command that changes something here says so: no effect on history is not the same as none.
    private func noEffects(of command: ByteString) -> ByteString {
        let onlyReads = CommandTable.entry(named: command).map { $0.nature == .readOnly } ?? false
        return onlyReads ? "none" : "none on a remote or on history; uncommitted files are not foreseen by this version"
    }

    private func effect(_ verdict: Verdict) -> [ByteString] {
        var text = verdict.effect.summary
        if verdict.effect.certainty == .possible { text += ", possibly" }
        if case .remoteRef(let reference) = verdict.effect.target, let force = reference.forcedBy {
            text += ", by " + AuditWords.force(force)
        }
        var lines = [field("effect", text) + ": " + style.paint(Self.word(for: verdict.action), colour(verdict.action))]
        if verdict.action > .allow { lines.append(field("  would", Self.consequence(verdict))) }
        if let instead = verdict.instead { lines.append(field("  instead", instead)) }
        return lines
    }

    private func decision(_ verdict: Verdict) -> [ByteString] {
        let policy = "policy " + verdict.policyName + ", " + verdict.layer.word + " layer"
        guard let rule = verdict.rule else { return [field("rule", "none speaks of it (" + policy + ")")] }
        return [
            field("rule", rule.name + " (" + policy + ")"),
            field("at", ByteString(rule.location.description)),
        ]
    }

    private func ruleName(_ verdict: Verdict) -> ByteString { verdict.rule?.name ?? verdict.policyName }

    private static func consequence(_ verdict: Verdict) -> ByteString { verdict.consequence ?? verdict.effect.summary }

    private static func word(for action: Action) -> ByteString {
        switch action {
        case .allow: "allowed"
        case .snapshot: "recovery point"
        case .deny: "blocked"
        }
    }

    private func colour(_ action: Action) -> Style.Colour {
        switch action {
        case .allow: .green
        case .snapshot: .yellow
        case .deny: .red
        }
    }

    private func field(_ name: ByteString, _ text: ByteString) -> ByteString {
        "  " + style.paint(name.padded(to: 9), .faint) + " " + Output.printable(text)
    }
}
