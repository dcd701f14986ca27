import Auditing
import ByteStrings
import GitSyntax
import Platform

/// Records as a table that can be read at a glance.
struct AuditTable {
    struct Row {
        var cells: [ByteString]
        var colour: Style.Colour?

        init(_ entry: AuditLog.Entry) {
            switch entry {
            case .broken(_, let line, let reason):
                cells = ["?", "", "", "", "broken", "", ByteString("line \(line): \(reason)")]
                colour = .red
            case .record(let record):
                let sequence = ByteString("\(record.sequence)")
                if let notice = record.notice {
                    cells = [sequence, AuditWords.time(record.time), "", "", "notice", "", notice]
                    return
                }
                cells = [
                    sequence, AuditWords.time(record.time), AuditWords.who(record),
                    record.repository.map(Path.name) ?? "-", AuditWords.decision(record), record.rule ?? "-",
                    AuditWords.commandLine(record),
                ]
                colour = record.decision == .deny ? .red : record.decision == .snapshot ? .yellow : nil
            }
            cells = cells.map(Output.printable)
        }
    }

    var rows: [Row]

    private static let header: [ByteString] = ["RECORD", "TIME", "WHO", "REPOSITORY", "DECISION", "RULE", "COMMAND"]
    /// The longest that a cell may be; the command, which comes last, is not cut.
    private static let longest = 28

    func text(_ style: Style) -> ByteString {
        let all = [Self.header] + rows.map(\.cells)
        let widths = Self.header.indices.map { column in
            min(all.map { $0[column].text.count }.max() ?? 0, Self.longest)
        }
        func line(_ cells: [ByteString]) -> ByteString {
            let fields = zip(cells, widths).enumerated().map { index, field in
                let (cell, width) = field
                return index == cells.count - 1 ? cell : Self.cut(cell, to: width).padded(to: width)
            }
            return fields.joined(separator: "  ")
        }
        var lines = [style.paint(line(Self.header), .bold)]
        for row in rows {
            lines.append(row.colour.map { style.paint(line(row.cells), $0) } ?? line(row.cells))
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func cut(_ cell: ByteString, to width: Int) -> ByteString {
        let text = cell.text
        return text.count <= width ? cell : ByteString(String(text.prefix(width - 1)) + "…")
    }
}
