import ArgumentParser
import ByteStrings
import PolicyEngine
import Setup

/// `pawl policy show`.
struct PolicyShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show what holds in this directory, layer by layer, or one policy.",
        discussion: """
            The rules stand in the order in which they are asked: of those that match, the last one decides within \
            its layer, and of the layers the strictest. Exit status 1 if a layer cannot be read.
            """)

    @Argument(help: ArgumentHelp("A policy's name or file; what is in force where none is given.", valueName: "policy"))
    var policy: String?

    func run() throws {
        let surroundings = try Surroundings.current()
        if let policy {
            do {
                let place = PolicyPlace(ByteString(policy), surroundings.installation)
                Output.text(Self.text(try place.load(surroundings.installation, surroundings.environment)))
            } catch {
                throw Failure(error)
            }
            return
        }
        let survey = LayerSurvey(surroundings.installation, surroundings.environment)
        for entry in survey.entries {
            let head = entry.layer.word + " layer: "
            switch entry.state {
            case .absent: Output.line(head + "none" + (entry.place.map { " (" + $0 + " does not exist)" } ?? ""))
            case .policy(let policy):
                Output.line(head + Output.printable(policy.name))
                if policy.audit != AuditSettings() && !entry.layer.isPeoples {
                    Output.line("  note      [audit] has no effect in this layer")
                }
                Output.text(Self.text(policy))
            case .broken: Output.line(head + "cannot be used")
            }
        }
        if let error = survey.firstError {
            var failure = Failure(error)
            failure.remedy = "mend that line; until then only commands without effects run"
            throw failure
        }
    }

    static func text(_ policy: Policy) -> ByteString {
        var lines: [ByteString] = []
        if !policy.description.isEmpty { lines.append("  " + policy.description) }
        for file in policy.files { lines.append("  file      " + file) }
        lines.append("  digest    " + policy.digest)
        if !policy.protectedPatterns.isEmpty {
            lines.append("  protected " + policy.protectedPatterns.joined(separator: ", "))
        }
        if let output = policy.output { lines.append("  output    " + ByteString(output.rawValue)) }
        let kept = policy.snapshots
        for (name, value) in [
            ("snapshotBytes", kept.bytes), ("snapshotFiles", kept.files), ("keepBytes", kept.keptBytes),
            ("keepDays", kept.keptDays),
        ] {
            if let value { lines.append(ByteString("  \(name) = \(value)")) }
        }
        if policy.recordRequired { lines.append("  record    required: what cannot be recorded is not run") }
        lines += audit(policy.audit)
        for rule in policy.rules {
            lines.append(
                "  " + rule.action.word.padded(to: 9) + " " + rule.name + ByteString("  (\(rule.location))"))
            lines.append("            if " + conditions(rule).joined(separator: " and "))
        }
        return lines.map(Output.printable).joined(separator: "\n") + "\n"
    }

    private static func audit(_ settings: AuditSettings) -> [ByteString] {
        var lines: [ByteString] = []
        if let retention = settings.retention { lines.append("  retain    " + retention.word) }
        if let size = settings.maximumFileSize { lines.append(ByteString("  log files \(size) bytes at most")) }
        lines += settings.anchors.map { "  anchor    " + $0.text }
        if let interval = settings.anchorInterval { lines.append(ByteString("  anchored  every \(interval) records")) }
        return lines
    }

    /// What a rule asks for, as the policy language says it.
    private static func conditions(_ rule: Rule) -> [ByteString] {
        var parts = [condition("effect", rule.effects.map { ByteString($0.rawValue) })]
        for (key, globs) in [
            ("remote", rule.remotes), ("ref", rule.refs), ("repository", rule.repositories), ("agent", rule.agents),
        ] where !globs.isEmpty {
            parts.append(condition(ByteString(key), globs.map(\.source)))
        }
        for (key, value) in [("published", rule.published), ("protected", rule.protected), ("lease", rule.lease)] {
            if let value { parts.append(condition(ByteString(key), [value ? "true" : "false"])) }
        }
        if !rule.certainties.isEmpty {
            parts.append(condition("certainty", rule.certainties.map { ByteString($0.rawValue) }))
        }
        return parts
    }

    private static func condition(_ key: ByteString, _ alternatives: [ByteString]) -> ByteString {
        key + " = " + alternatives.joined(separator: " | ")
    }
}
