import ArgumentParser
import AuditExport
import AuditReview
import Auditing
import ByteStrings

/// `pawl audit export`.
struct AuditExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write records for other programs: JSON, CSV, or JSON lines of fixed columns.",
        discussion: """
            json is an array of the records as they stand in the log. csv and ndjson are tables with the same columns, \
            for DuckDB, pandas, Spark or a spreadsheet: one row a record, or with --rows effects one row an effect; \
            every column has one type and is there in every row. The oldest record comes first. JSON Schema files \
            describe all three forms; they are in share/pawl/schema of the installation.

            In CSV a text that begins with = + - @ ' or a tab has an apostrophe before it, so that no spreadsheet takes \
            it for a formula.
            """)

    @OptionGroup(title: "Which records") var selection: FilterOptions

    @Option(help: ArgumentHelp("json, csv or ndjson.", valueName: "format"))
    var format: Export.Format = .json

    @Option(help: ArgumentHelp("What a row of csv and ndjson is: records or effects.", valueName: "rows"))
    var rows: Export.Rows = .records

    @Option(
        name: [.short, .long],
        help: ArgumentHelp("The file to write. Without it, or with -, standard output.", valueName: "file"),
        completion: .file())
    var output: String?

    @OptionGroup var sharing: SharingOptions

    func validate() throws {
        if format == .json && rows == .effects {
            throw ValidationError("--rows effects is for csv and ndjson; json has the effects in each record.")
        }
    }

    func run() throws {
        let source = try AuditSource.mine()
        let filter = try selection.filter(now: .now)
        let disguise = try sharing.disguise()
        var export = Export(format, rows: rows)
        var delivery = try Delivery(to: output)
        let damage: AuditSource.Damage
        do {
            try delivery.write(export.opening)
            damage = try source.visit(filter) { record in
                try delivery.write(export.text(of: disguise?.record(record) ?? record))
            }
            try delivery.write(export.closing)
            try delivery.finish()
        } catch {
            delivery.abandon()
            throw error
        }
        if let output, output != "-" {
            let noun = rows == .effects ? "effect" : "record"
            Output.line(ByteString("\(export.count) \(noun)\(export.count == 1 ? "" : "s") in \(output)"))
        }
        if let failure = damage.failure { throw failure }
    }
}

extension Export.Format: ExpressibleByArgument {}
extension Export.Rows: ExpressibleByArgument {}
