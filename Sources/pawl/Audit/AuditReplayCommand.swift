import ArgumentParser
import AuditReview
import Auditing
import ByteStrings
import Platform
import PolicyEngine
import Setup

/// `pawl audit replay`.
struct AuditReplayCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay", abstract: "Say what another policy would have decided on what is on record.",
        discussion: """
            From the effects that are on record: no repository is looked at, and nothing runs. The policy is asked \
            alone, as by pawl check --policy. First come the counts, then the newest records whose decision would \
            change (--limit says how many), each with the rule that decided and the one that would.
            """)

    @Option(help: ArgumentHelp("The policy to ask: a name or a file.", valueName: "policy"))
    var policy: String

    @OptionGroup(title: "Which records") var selection: FilterOptions

    @Flag(help: "Print the counts as one JSON object, then each record that would change as another.")
    var json = false

    func run() throws {
        let source = try AuditSource.mine()
        let surroundings = try Surroundings.current()
        var filter = try selection.filter(now: .now)
        filter.limit = filter.limit ?? AuditListCommand.usualLimit
        let asked: Policy
        do {
            asked = try PolicyPlace(ByteString(policy), surroundings.installation)
                .load(surroundings.installation, surroundings.environment)
        } catch {
            throw Failure(error)
        }
        var replay = Replay(asked)
        let (counts, changed) = try source.replay(filter, &replay)
        if json {
            Output.json(ReplayReport.json(counts, asked))
            for (record, change) in changed { Output.json(ReplayReport.json(record, change)) }
        } else {
            let report = ReplayReport(style: Style(.current), width: Terminal.size?.columns)
            Terminal.show(report.text(counts, changed, asked))
        }
    }
}
