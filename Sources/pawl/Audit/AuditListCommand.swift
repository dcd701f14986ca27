import ArgumentParser
import AuditReview
import Auditing
import ByteStrings

/// `pawl audit list`.
struct AuditListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the newest records, the newest last.")

    @OptionGroup(title: "Which records") var selection: FilterOptions

    @Flag(help: "Print each record as one line of JSON, as it stands in the log.")
    var json = false

    func run() throws {
        let source = try AuditSource.mine()
        var filter = try selection.filter(now: .now)
        let asksForAll = filter == RecordFilter()
        filter.limit = filter.limit ?? Self.usualLimit
        var records: [Record] = []
        let damage = try source.visit(filter) { record in
            if json { Output.json(record.json) } else { records.append(record) }
        }
        if !json && records.isEmpty {
            Output.line(
                asksForAll ? "Nothing is on record in " + source.log.directory + "." : "No record matches.")
        } else if !json {
            let width = Terminal.size?.columns
            Terminal.show(AuditTable.table(records, width: width).text(Style(.current), width: width))
        }
        if let failure = damage.failure { throw failure }
    }

    /// How many records are listed where nothing is said.
    static let usualLimit = 50
}
