import Auditing
import ByteStrings

/// Records in a form for other programs, one piece of the output for each record.
public struct Export: Sendable {
    public enum Format: String, CaseIterable, Sendable {
        /// An array of the records as they stand in the log.
        case json
        /// A table, by RFC 4180.
        case csv
        /// A table, one JSON object with the same members a line.
        case ndjson
    }

    /// What a row of a table is.
    public enum Rows: String, CaseIterable, Sendable { case records, effects }

    public let format: Format
    public let rows: Rows
    /// Records or rows so far.
    public private(set) var count = 0

    /// `rows` matters to tables alone.
    public init(_ format: Format, rows: Rows = .records) {
        self.format = format
        self.rows = rows
    }

    /// What stands before the first record.
    public var opening: ByteString {
        switch format {
        case .json: "["
        case .ndjson: ""
        case .csv:
            switch rows {
            case .records: CSV.header(Record.columns.map(\.name))
            case .effects: CSV.header(RecordedEffect.columns.map(\.name))
            }
        }
    }

    /// A record's lines; none for one without effects where rows are effects.
    public mutating func text(of record: Record) -> ByteString {
        if format == .json {
            defer { count += 1 }
            return (count == 0 ? "\n" : ",\n") + record.json.encoded
        }
        switch rows {
        case .records:
            count += 1
            return row(record, Record.columns)
        case .effects:
            count += record.effects.count
            let rows = record.effects.enumerated().map { index, effect in
                row(RecordedEffect(record: record, effect: effect, number: index + 1), RecordedEffect.columns)
            }
            return rows.joined(separator: "")
        }
    }

    /// What stands behind the last record.
    public var closing: ByteString { format == .json ? "\n]\n" : "" }

    private func row<Subject>(_ subject: Subject, _ columns: [TableColumn<Subject>]) -> ByteString {
        format == .csv ? CSV.row(columns.map { $0.value(subject) }) : Self.object(subject, columns)
    }

    private static func object<Subject>(_ subject: Subject, _ columns: [TableColumn<Subject>]) -> ByteString {
        let members = columns.map { column in JSON.Member(column.name, JSON(column.value(subject))) }
        return JSON.object(members).encoded + "\n"
    }
}

extension JSON {
    fileprivate init(_ cell: Cell) {
        self =
            switch cell {
            case .null: .null
            case .integer(let number): .integer(number)
            case .bool(let value): .bool(value)
            case .text(let text): .string(text.plainText(escapingControls: false))
            }
    }
}
