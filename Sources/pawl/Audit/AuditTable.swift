import Auditing
import ByteStrings
import GitSyntax
import Platform

/// Records as a table that can be read at a glance.
enum AuditTable {
    static let columns = [
        Table.Column(title: "RECORD"), Table.Column(title: "TIME"), Table.Column(title: "WHO", least: 8, sacrifice: 1),
        Table.Column(title: "REPOSITORY", least: 8, sacrifice: 2), Table.Column(title: "DECISION", least: 8),
        Table.Column(title: "RULE", least: 8, sacrifice: 3), Table.Column(title: "COMMAND"),
    ]

    /// Below so many columns the time is given without year and seconds.
    private static let narrow = 100

    /// For a terminal of so many columns; nil where nothing limits it.
    static func table(_ records: [Record], width: Int?) -> Table {
        Table(columns: columns, rows: records.map { row($0, width: width) })
    }

    static func row(_ record: Record, width: Int?) -> [Table.Cell] {
        let sequence = Table.Cell(ByteString("\(record.sequence)"))
        let time = Table.Cell(Self.time(record, width: width))
        if let notice = record.notice {
            let none = Table.Cell("")
            return [sequence, time, none, none, Table.Cell("notice", .magenta), none, Table.Cell(notice)]
        }
        return [
            sequence, time, Table.Cell(AuditWords.who(record)), Table.Cell(record.repository.map(Path.name) ?? "-"),
            Table.Cell(AuditWords.decision(of: record), AuditWords.colour(record.decision)),
            Table.Cell(record.rule ?? "-"),
            Table.Cell(AuditWords.commandLine(record) + AuditWords.mishap(record)),
        ]
    }

    /// The time of a record, as long as the terminal lets it be.
    static func time(_ record: Record, width: Int?) -> ByteString {
        width.map { $0 < narrow } ?? false ? AuditWords.shortTime(record.time) : AuditWords.time(record.time)
    }
}
