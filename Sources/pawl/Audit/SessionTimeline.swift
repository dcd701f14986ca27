import AuditReview
import Auditing
import ByteStrings
import Guard
import Platform

/// What was done in one session, in its order: a line a command, and below it what it did or would have done.
struct SessionTimeline {
    var style: Style
    /// Columns of the terminal; nil where nothing is cut.
    var width: Int?

    /// A pause that is worth a line.
    private static let pause: Int64 = 10 * 60 * 1000

    func text(_ records: [Record]) -> ByteString {
        guard let first = records.first, let last = records.last else { return "" }
        var summary = SessionSummary(id: first.session)
        for record in records { summary.add(record) }
        var lines = [
            style.paint("session " + Output.printable(first.session ?? "-"), .bold),
            field("agent", summary.agents.sorted().joined(separator: ", ")),
            field(
                "time",
                AuditWords.time(first.time) + " to " + AuditWords.time(last.time)
                    + ByteString(" (\(AuditWords.duration(last.time.milliseconds - first.time.milliseconds)))")),
            field("in", summary.repositories.sorted().joined(separator: ", ")),
            field(
                "commands",
                ByteString(
                    "\(AuditWords.number(summary.commands)), \(summary.denied) blocked, "
                        + "\(summary.kept) with a recovery point, \(summary.failed) failed")),
            "",
        ]
        var previous = first
        for record in records {
            lines += entry(record, after: previous)
            previous = record
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func field(_ name: ByteString, _ text: ByteString) -> ByteString {
        "  " + style.paint(name.padded(to: 9), .faint) + " " + Output.printable(text.isEmpty ? "-" : text)
    }

    private func entry(_ record: Record, after previous: Record) -> [ByteString] {
        var lines: [ByteString] = []
        let clock = ByteString(AuditWords.time(record.time).bytes.suffix(8))
        if AuditWords.time(record.time).bytes.prefix(10) != AuditWords.time(previous.time).bytes.prefix(10) {
            lines.append(style.paint("  " + ByteString(AuditWords.time(record.time).bytes.prefix(10)), .bold))
        }
        let pause = record.time.milliseconds - previous.time.milliseconds
        if pause >= Self.pause {
            lines.append(style.paint(ByteString("            … \(AuditWords.duration(pause))"), .faint))
        }
        if record.repository != previous.repository, let repository = record.repository {
            lines.append(style.paint("            in " + Output.printable(repository), .faint))
        }
        let mark: ByteString =
            switch record.decision {
            case .deny: style.paint("x", .red)
            case .snapshot: style.paint("o", .yellow)
            default: style.paint("|", .green)
            }
        let number = ByteString("\(record.sequence)").padded(to: 8)
        let command = cut(
            Output.printable(AuditWords.commandLine(record) + AuditWords.mishap(record)), indent: 23)
        lines.append("  " + clock + " " + mark + " " + style.paint(number, .faint) + " " + command)
        for note in notes(record) {
            lines.append("           " + mark + "          " + cut(Output.printable(note), indent: 23))
        }
        return lines
    }

    private func notes(_ record: Record) -> [ByteString] {
        if let notice = record.notice { return [notice] }
        var notes: [ByteString] = []
        if record.decision == .deny {
            notes.append("blocked" + (record.rule.map { " by " + $0 } ?? ""))
        } else if record.decision == .snapshot {
            notes.append("recovery point" + (record.snapshot.map { " " + $0 } ?? ""))
        }
        if let stopped = record.stopped, record.decision == nil { notes.append(stopped) }
        if let snapshot = record.undo?.snapshot, !record.hasFailed { notes.append("brought back " + snapshot) }
        notes += record.effects.prefix(3).map { AuditWords.effect($0) }
        if record.effects.count > 3 { notes.append(ByteString("and \(record.effects.count - 3) more effects")) }
        return notes
    }

    private func cut(_ text: ByteString, indent: Int) -> ByteString {
        width.map { ByteString(TextWidth.cut(text.text, to: max(20, $0 - indent))) } ?? text
    }
}
