import ArgumentParser
import Auditing
import ByteStrings

/// `pawl audit show`.
struct AuditShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show all of one record: what it did, who ran it, how to undo it, and what was done around it.")

    @Argument(help: ArgumentHelp("The record's number, as refusals and lists give it.", valueName: "record"))
    var number: Int

    @Flag(help: "Print the record as one line of JSON, as it stands in the log.")
    var json = false

    func run() throws {
        let log = try AuditLog.mine()
        let found = try AuditLog.reading { () throws(AuditError) in try log.record(number) }
        guard let record = found else {
            throw Failure(
                ByteString("there is no record \(number) in ") + log.directory,
                remedy: "pawl audit lists the newest records")
        }
        if json { return Output.json(record.json) }
        let report = RecordReport(style: Style(.current), width: Terminal.size?.columns)
        Terminal.show(report.text(record, around: try Self.neighbours(of: record, in: log)))
    }

    /// How many records before and after are shown, and how far they are looked for.
    private static let reach = 3
    private static let search = 500

    /// The records of the same session around this one, without a session those of the same repository, and itself.
    private static func neighbours(of record: Record, in log: AuditLog) throws -> [Record] {
        func isRelated(_ other: Record) -> Bool {
            record.session != nil
                ? other.session == record.session
                : other.session == nil && other.repository == record.repository
        }
        func some(_ order: AuditLog.Order, from first: Int) throws -> [Record] {
            guard first > 0 else { return [] }
            var found: [Record] = []
            let entries = try AuditLog.reading { () throws(AuditError) in try log.records(order, from: first) }
            for entry in entries.lazy.prefix(search) {
                if case .record(let other) = entry, isRelated(other) { found.append(other) }
                if found.count == reach { break }
            }
            return found
        }
        let before = try some(.newestFirst, from: record.sequence - 1)
        return try before.reversed() + [record] + some(.oldestFirst, from: record.sequence + 1)
    }
}
