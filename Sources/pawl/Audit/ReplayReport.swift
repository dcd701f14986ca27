import AuditReview
import Auditing
import ByteStrings
import Platform
import PolicyEngine

/// What a replay found, for people and for programs.
struct ReplayReport {
    var style: Style
    /// Columns of the terminal; nil where nothing is cut.
    var width: Int?

    typealias Change = ReplayCounts.Change

    func text(_ counts: ReplayCounts, _ changed: [(record: Record, change: Change)], _ policy: Policy) -> ByteString {
        guard counts.total > 0 else { return "No record matches.\n" }
        let file = policy.files.first.map { " (" + Output.printable($0) + ")" } ?? ""
        var lines = [
            style.paint("policy " + Output.printable(policy.name) + file, .bold)
                + ByteString(", asked about \(AuditWords.number(counts.total)) records"),
            count(counts.notAsked, "have no effects: no policy is asked"),
            count(counts.same, "would be decided alike"),
            count(counts.changed, "would be decided otherwise"),
        ]
        if counts.unknown > 0 {
            lines.append(
                count(
                    counts.unknown,
                    "cannot be told: they were stopped for another reason than a rule, or hold not all effects"))
        }
        if !counts.changes.isEmpty {
            lines += ["", style.paint("WAYS", .bold)]
            lines += counts.changes.sorted { $0.value > $1.value }.map { change, number in
                count(number, self.words(change))
            }
        }
        if !changed.isEmpty {
            let rest = counts.changed - changed.count
            let title = rest > 0 ? "THE NEWEST \(changed.count)" : "RECORDS"
            lines += ["", style.paint(ByteString(title), .bold)]
            lines += table(changed)
            if rest > 0 { lines.append(ByteString("and \(AuditWords.number(rest)) more; --limit shows them")) }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func count(_ count: Int, _ what: ByteString) -> ByteString {
        let number = AuditWords.number(count)
        return ByteString(String(repeating: " ", count: max(0, 11 - number.count)) + number + "  ") + what
    }

    private func words(_ change: Change) -> ByteString {
        words(change.was) + " -> " + words(change.would)
            + (change.would.location.map { ByteString(" at \($0)") }.map(Output.printable) ?? "")
    }

    private func words(_ answer: Replay.Answer) -> ByteString {
        let word = AuditWords.decision(answer.decision)
        let painted = AuditWords.colour(answer.decision).map { style.paint(word, $0) } ?? word
        return painted + " (" + Self.rule(answer) + ")"
    }

    private static func rule(_ answer: Replay.Answer) -> ByteString {
        answer.rule.map(Output.printable) ?? "no rule speaks of it"
    }

    private static let columns = [
        Table.Column(title: "RECORD"), Table.Column(title: "TIME"), Table.Column(title: "WHO", least: 8, sacrifice: 1),
        Table.Column(title: "REPOSITORY", least: 8, sacrifice: 2), Table.Column(title: "WAS", least: 8),
        Table.Column(title: "BY", least: 8, sacrifice: 4), Table.Column(title: "WOULD BE", least: 8),
        Table.Column(title: "BY", least: 8, sacrifice: 3), Table.Column(title: "COMMAND"),
    ]

    private func table(_ changed: [(record: Record, change: Change)]) -> [ByteString] {
        let rows = changed.map { record, change in
            func decision(_ answer: Replay.Answer) -> Table.Cell {
                Table.Cell(AuditWords.decision(answer.decision), AuditWords.colour(answer.decision))
            }
            return [
                Table.Cell(ByteString("\(record.sequence)")), Table.Cell(AuditTable.time(record, width: width)),
                Table.Cell(AuditWords.who(record)), Table.Cell(record.repository.map(Path.name) ?? "-"),
                decision(change.was), Table.Cell(change.was.rule ?? "-"), decision(change.would),
                Table.Cell(change.would.rule ?? "-"), Table.Cell(AuditWords.commandLine(record)),
            ]
        }
        return Table(columns: Self.columns, rows: rows).lines(style, width: width)
    }

    // MARK: JSON

    static func json(_ counts: ReplayCounts, _ policy: Policy) -> JSON {
        let changes = counts.changes.sorted { $0.value > $1.value }.map { change, number in
            ["was": json(change.was), "would": json(change.would), "records": .integer(number)] as JSON
        }
        return [
            "policy": .string(policy.name), "digest": .string(policy.digest), "records": .integer(counts.total),
            "withoutEffects": .integer(counts.notAsked), "same": .integer(counts.same),
            "changed": .integer(counts.changed), "unknown": .integer(counts.unknown), "changes": .array(changes),
        ]
    }

    static func json(_ record: Record, _ change: Change) -> JSON {
        [
            "seq": .integer(record.sequence), "time": .string(record.time.text), "was": json(change.was),
            "would": json(change.would), "argv": .array(record.arguments.map { .string($0) }),
        ]
    }

    private static func json(_ answer: Replay.Answer) -> JSON {
        var members: [JSON.Member] = [.init("decision", .string(ByteString(answer.decision.rawValue)))]
        if let rule = answer.rule { members.append(.init("rule", .string(rule))) }
        if let policy = answer.policy { members.append(.init("policy", .string(policy))) }
        if let location = answer.location {
            members.append(.init("file", .string(location.file)))
            members.append(.init("line", .integer(location.line)))
        }
        return .object(members)
    }
}
