import Anchoring
import Auditing
import ByteStrings
import Effects
import GitSyntax
import Platform
import PolicyEngine

/// Every sentence that the front end says, in one place: one line each, stable enough to parse.
enum Messages {
    /// How many effects a refusal names one by one.
    private static let namedEffects = 5

    /// The refusal of a command: what it would do, by which rule, the safer way, and the record.
    static func refusal(_ evaluation: Evaluation, record: Int?) -> ByteString {
        let verdicts = evaluation.decision?.verdicts.filter { $0.action == evaluation.action } ?? []
        var lines: [ByteString] = ["pawl: blocked: " + commandLine(evaluation.arguments)]
        if let expansion = evaluation.expansion { lines.append("  alias   " + commandLine(expansion)) }
        let consequences = unique(verdicts.map { consequence(of: $0) })
        lines += consequences.prefix(namedEffects).map { "  would   " + $0 }
        if consequences.count > namedEffects {
            lines.append(
                "  would   and \(consequences.count - namedEffects) more of the kind; pawl check shows them all")
        }
        if let moved = evaluation.moved { lines.append("  moved   " + moved) }
        if let verdict = verdicts.first { lines.append("  rule    " + rule(verdict)) }
        if let instead = verdicts.lazy.compactMap(\.instead).first { lines.append("  instead " + instead) }
        if let record { lines.append("  record  \(record)") }
        return lines.joined(separator: "\n")
    }

    /// A command that was allowed but cannot be carried out exactly as it was decided on.
    static func cannotPin(_ reason: ByteString) -> Stop {
        let reason = Redaction.redact(word: reason).split(UInt8(ascii: "\n")).joined(separator: " ")
        return Stop(
            label: "would",
            reason: "overwrite what is on the remote at that moment; it cannot be tied to what was decided: " + reason,
            instead: "push each ref on its own, by name, to one remote")
    }

    /// A command that may only run behind a recovery point, which cannot be made.
    static func cannotKeep(_ reason: String) -> Stop {
        Stop(
            label: "would",
            reason: "lose what cannot be kept: "
                + ByteString(reason).split(UInt8(ascii: "\n")).joined(separator: " "),
            instead: "mend that, or save the work by a commit or a copy first")
    }

    /// A policy that cannot be read: nothing with effects runs until it is mended.
    static func brokenPolicy(_ error: PolicyError) -> Stop {
        Stop(
            label: "policy", reason: ByteString(error.description),
            instead: ByteString(
                "mend that\(error.line == nil ? "" : " line"); until then only commands without effects run"))
    }

    /// A command that may not run without a record, which cannot be written.
    static func unrecorded(_ error: AuditError) -> Stop {
        Stop(
            label: "policy",
            reason: ByteString("wants every command with effects on record, and it cannot be recorded: \(error)"),
            instead: ByteString(error.remedy))
    }

    static func notRecorded(_ error: AuditError) -> ByteString {
        "pawl: warning: this command is not on record: \(error). \(error.remedy)"
    }

    static func notAnchored(_ error: AnchorError, _ sequence: Int) -> ByteString {
        "pawl: warning: the hash of record \(sequence) could not be anchored: \(error)"
    }

    static func notRotated(_ error: AuditError) -> ByteString {
        "pawl: warning: the log's next file could not be begun: \(error). \(error.remedy)"
    }

    static func failed(_ error: GuardError) -> ByteString { ByteString("pawl: error: \(error.message)") }

    /// What a verdict's effect does, as the policy's author says it.
    static func consequence(of verdict: Verdict) -> ByteString {
        verdict.consequence ?? verdict.effect.summary
    }

    /// The rule with its policy.
    static func rule(_ verdict: Verdict) -> ByteString {
        guard let rule = verdict.rule else { return "(policy " + verdict.policyName + ")" }
        return rule.name + " (policy " + verdict.policyName + ")"
    }

    /// The words as they can be pasted into a shell, credentials left out.
    static func commandLine(_ arguments: [ByteString]) -> ByteString {
        let words = Redaction.redact(arguments: arguments)
        let named = ["git"] + words.dropFirst()
        return ShellQuoting.quote(Array(named))
    }

    private static func unique(_ lines: [ByteString]) -> [ByteString] {
        var seen: Set<ByteString> = []
        return lines.filter { seen.insert($0).inserted }
    }
}

/// Why a command is stopped whatever its effects: no rule has condemned it.
struct Stop {
    /// What heads the reason in the text: `would` or `policy`.
    var label: ByteString
    var reason: ByteString
    var instead: ByteString

    /// The refusal as lines, like that of a rule.
    func text(_ arguments: [ByteString], record: Int?) -> ByteString {
        var lines: [ByteString] = [
            "pawl: blocked: " + Messages.commandLine(arguments),
            "  " + label + ByteString(String(repeating: " ", count: max(1, 8 - label.count))) + reason,
            "  instead " + instead,
        ]
        if let record { lines.append("  record  \(record)") }
        return lines.joined(separator: "\n")
    }

    /// The refusal as one JSON object, like that of a rule.
    func json(_ arguments: [ByteString], record: Int?) -> JSON {
        var members: [JSON.Member] = [
            .init("argv", .array(Redaction.redact(arguments: arguments).map { .string($0) })),
            .init("decision", .string(Action.deny.word)),
            .init("reason", .string(reason)),
            .init("instead", .string(instead)),
        ]
        if let record { members.append(.init("record", .integer(record))) }
        return .object(members)
    }
}

extension Effect {
    /// The effect in a few words, where no rule has a text for it.
    public var summary: ByteString {
        let kind = ByteString(kind.rawValue)
        switch target {
        case .remoteRef(let reference):
            return kind + " " + reference.ref + " on " + Redaction.redact(url: reference.remote)
        case .localRef(let name): return kind + " " + name
        case .files(let paths, let count):
            let named = paths.prefix(3).joined(separator: ", ")
            return kind + " " + named + (count > 3 ? ByteString(" and \(count - 3) more") : "")
        case .named(let name): return kind + " " + Redaction.redact(word: name)
        }
    }
}

extension Evaluation {
    /// The refusal or the dry run as one JSON object.
    public func json(record: Int? = nil) -> JSON {
        var members: [JSON.Member] = [
            .init("command", .string(command)),
            .init("argv", .array(Redaction.redact(arguments: arguments).map { .string($0) })),
        ]
        if let expansion { members.append(.init("expansion", .array(expansion.map { .string($0) }))) }
        members.append(.init("decision", .string(action.word)))
        members.append(.init("effects", .array(effectObjects())))
        if let verdict = decision?.deciding { members += Self.ruleMembers(verdict) }
        if let refusal { members.append(.init("refusedByGit", .string(refusal))) }
        if let moved { members.append(.init("moved", .string(moved))) }
        if let record { members.append(.init("record", .integer(record))) }
        return .object(members)
    }

    private func effectObjects() -> [JSON] {
        guard let decision else { return effects.map(\.json) }
        return decision.verdicts.map { verdict in
            guard case .object(var members) = verdict.effect.json else { return .null }
            members.append(.init("decision", .string(verdict.action.word)))
            if let rule = verdict.rule { members.append(.init("rule", .string(rule.name))) }
            if verdict.action != .allow { members.append(.init("would", .string(Messages.consequence(of: verdict)))) }
            if let instead = verdict.instead { members.append(.init("instead", .string(instead))) }
            return .object(members)
        }
    }

    private static func ruleMembers(_ verdict: Verdict) -> [JSON.Member] {
        var members: [JSON.Member] = []
        if let rule = verdict.rule {
            members.append(.init("rule", .string(rule.name)))
            members.append(.init("file", .string(rule.location.file)))
            members.append(.init("line", .integer(rule.location.line)))
        }
        members.append(.init("policy", .string(verdict.policyName)))
        members.append(.init("layer", .string(verdict.layer.word)))
        if let instead = verdict.instead { members.append(.init("instead", .string(instead))) }
        return members
    }
}
