import ArgumentParser
import AuditReview
import Auditing
import ByteStrings

/// `pawl audit stats`.
struct AuditStatsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stats", abstract: "Count records by day, decision, rule, effect, agent, repository and command.")

    @OptionGroup(title: "Which records") var selection: FilterOptions

    @Flag(help: "Print one JSON object.")
    var json = false

    func validate() throws {
        if selection.limit != nil { throw ValidationError("stats counts all records that match; it takes no --limit.") }
    }

    func run() throws {
        let source = try AuditSource.mine()
        let statistics = try source.statistics(try selection.filter(now: .now))
        if json {
            Output.json(StatisticsReport.json(statistics))
        } else if statistics.total == 0 {
            Output.line("No record matches.")
        } else {
            Terminal.show(
                StatisticsReport(style: Style(.current), width: Terminal.size?.columns ?? 80).text(statistics))
        }
    }
}
