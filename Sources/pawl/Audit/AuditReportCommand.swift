import ArgumentParser
import AuditReport
import AuditReview
import Auditing
import ByteStrings

/// `pawl audit report`.
struct AuditReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Write records as a web page for people to read and filter.",
        discussion: """
            The page is one HTML file that loads nothing from anywhere: totals, a timeline, what was blocked and why, \
            the sessions, and every record. It can be sent, kept and printed. It holds the newest 50,000 records that \
            the filters leave; --limit sets another number.
            """)

    @OptionGroup(title: "Which records") var selection: FilterOptions

    @Option(
        name: [.short, .long], help: ArgumentHelp("The file to write; - is standard output.", valueName: "file"),
        completion: .file(extensions: ["html"]))
    var output = "pawl-audit.html"

    @OptionGroup var sharing: SharingOptions

    /// So many a browser filters without delay.
    private static let longest = 50_000

    func run() throws {
        let now = Timestamp.now
        let source = try AuditSource.mine()
        var filter = try selection.filter(now: now)
        let limit = filter.limit ?? Self.longest
        // One more, to know whether any is left out.
        filter.limit = limit == .max ? limit : limit + 1
        let disguise = try sharing.disguise()
        var heading = AuditReport.Heading(version: Pawl.version, written: now)
        heading.filters = disguise == nil ? selection.words : selection.names
        heading.isRedacted = disguise != nil

        var delivery = try Delivery(to: output)
        var report = AuditReport(heading)
        var isCut = false
        let damage = try source.visit(filter, .newestFirst) { record in
            if report.count == limit { isCut = true } else { report.add(disguise?.record(record) ?? record) }
        }
        if isCut { report.noteOlderLeftOut() }
        if let first = damage.first {
            report.note(
                ByteString("\(damage.count) line\(damage.count == 1 ? "" : "s") of the log could not be read")
                    + (disguise == nil ? ", the first at " + first : "") + ". pawl audit verify tells more.")
        }
        do {
            try delivery.write(try report.html())
        } catch {
            delivery.abandon()
            throw error
        }
        try delivery.finish()
        if output != "-" {
            Output.line(ByteString("\(report.count) record\(report.count == 1 ? "" : "s") in \(output)"))
        }
        if let failure = damage.failure { throw failure }
    }
}
