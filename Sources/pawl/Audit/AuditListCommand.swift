import ArgumentParser
import Auditing
import ByteStrings
import GitSyntax
import Platform

/// `pawl audit list`.
struct AuditListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the newest records, the newest last.")

    @Option(help: ArgumentHelp("How many records.", valueName: "number"))
    var limit = 20

    @Flag(help: "Print each record as one line of JSON, as it stands in the log.")
    var json = false

    func validate() throws {
        if limit < 1 { throw ValidationError("--limit needs a number from 1.") }
    }

    func run() throws {
        let log = try AuditLog.mine()
        var entries: [AuditLog.Entry] = []
        let records = try AuditLog.reading { () throws(AuditError) in try log.records(.newestFirst) }
        for entry in records {
            entries.append(entry)
            if entries.count == limit { break }
        }
        if entries.isEmpty && !json {
            Output.line("Nothing is on record in " + log.directory + ".")
            return
        }
        let rows = entries.reversed().map(AuditTable.Row.init)
        if json {
            for entry in entries.reversed() {
                if case .record(let record) = entry { Output.json(record.json) }
            }
        } else {
            Output.text(AuditTable(rows: Array(rows)).text(Style(.current)))
        }
        let broken = entries.compactMap(Self.brokenPlace)
        if let first = broken.first {
            throw Failure(first, remedy: "pawl audit verify tells how far the chain holds")
        }
    }

    private static func brokenPlace(_ entry: AuditLog.Entry) -> ByteString? {
        guard case .broken(let file, let line, let reason) = entry else { return nil }
        return file + ByteString(":\(line): \(reason)")
    }
}
