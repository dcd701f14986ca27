import ArgumentParser
import AuditReview
import Auditing
import ByteStrings
import Platform

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// `pawl audit follow`.
struct AuditFollowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "follow", abstract: "Show records as they are written, until interrupted.",
        discussion: "It begins with the newest ten that match, or as many as --limit says.")

    @OptionGroup(title: "Which records") var selection: FilterOptions

    @Flag(help: "Print each record as one line of JSON, as it stands in the log.")
    var json = false

    func validate() throws {
        if selection.until != nil || selection.on != nil {
            throw ValidationError("follow goes on until it is interrupted: it takes no --until and no --on.")
        }
    }

    private static let usualStart = 10
    /// Microseconds between looks at the log.
    private static let pause: UInt32 = 200_000

    func run() throws {
        let source = try AuditSource.mine()
        var filter = try selection.filter(now: .now)
        filter.limit = filter.limit ?? Self.usualStart
        // What comes after this is new, whatever is listed before.
        var tail = try AuditLog.reading { () throws(AuditError) in try LogFollower(source.log) }
        var records: [Record] = []
        try source.visit(filter) { records.append($0) }
        let start = tail.lastSequence
        records.removeAll { $0.sequence > start }
        let printer = Printer(json: json, records)
        while true {
            // Records may come before anybody looks: the first look is at once.
            let entries = try AuditLog.reading { () throws(AuditError) in try tail.next() }
            for entry in entries {
                switch entry {
                case .record(let record) where filter.includes(record): printer.print(record)
                case .record: break
                case .broken(let file, _, let reason): Output.notice(file + ByteString(": \(reason)"))
                }
            }
            usleep(Self.pause)
        }
    }

    /// Prints rows one by one, in columns that do not change any more.
    private struct Printer {
        let json: Bool
        let style = Style(.current)
        let width = Terminal.size?.columns
        let table: Table
        let layout: Table.Layout

        init(json: Bool, _ records: [Record]) {
            self.json = json
            table = AuditTable.table(records, width: width)
            // Wide enough for what usually comes.
            let usual = [
                "12345678", "2026-01-31 12:00:00", "agent-number", "repository", "recovery point", "a-rule-of-mine",
            ]
            var sample = table
            sample.rows.append(usual.map { Table.Cell(ByteString($0)) })
            layout = sample.layout(width)
            if !json { Output.line(table.heading(layout, style)) }
            for record in records { print(record) }
        }

        func print(_ record: Record) {
            if json { return Output.json(record.json) }
            Output.line(table.line(AuditTable.row(record, width: width), layout, style))
        }
    }
}
