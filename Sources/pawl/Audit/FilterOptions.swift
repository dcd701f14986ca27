import ArgumentParser
import AuditReview
import Auditing
import ByteStrings
import Effects

/// The options of every command that reads the log: which records are meant.
struct FilterOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "From this time on: 2026-01-31, '2026-01-31 14:00', 14:00, 2h, 3d, yesterday, tuesday, 'last week'.",
            valueName: "time"))
    var since: String?

    @Option(help: ArgumentHelp("Up to this time; a day, week or month counts to its end.", valueName: "time"))
    var until: String?

    @Option(help: ArgumentHelp("On this day, in this week or month: both of the above at once.", valueName: "day"))
    var on: String?

    @Option(
        help: ArgumentHelp("By this agent. Names may be patterns (with *), and - stands for none.", valueName: "name"))
    var agent: [String] = []

    @Option(help: ArgumentHelp("In this session: its id, or the end of it.", valueName: "id"))
    var session: [String] = []

    @Option(help: ArgumentHelp("In this repository: its path, or the end of it.", valueName: "name"))
    var repo: [String] = []

    @Option(help: ArgumentHelp("With this decision: allow, snapshot or deny.", valueName: "decision"))
    var decision: [String] = []

    @Option(help: ArgumentHelp("With this effect: force-push, rewrite-history, ...", valueName: "effect"))
    var effect: [String] = []

    @Option(help: ArgumentHelp("Decided by this rule.", valueName: "name"))
    var rule: [String] = []

    @Option(
        help: ArgumentHelp(
            "With this text in the command line, in refs, paths or commits concerned. Given twice, both.",
            valueName: "text"))
    var grep: [String] = []

    @Flag(help: "Only commands that failed.")
    var failed = false

    @Option(help: ArgumentHelp("Only the newest so many.", valueName: "number"))
    var limit: Int?

    func validate() throws {
        if let limit, limit < 1 { throw ValidationError("--limit needs a number from 1.") }
        if on != nil && (since != nil || until != nil) {
            throw ValidationError("--on says both --since and --until; give either.")
        }
        _ = try filter(now: .now)
    }

    /// The filter, with times as said at `now`.
    func filter(now: Timestamp) throws -> RecordFilter {
        var filter = RecordFilter()
        filter.since = try (since ?? on).map { try time($0, now, since == nil ? "--on" : "--since").beginning }
        filter.until = try (until ?? on).map { try time($0, now, until == nil ? "--on" : "--until").end }
        filter.agents = try agent.map { try pattern($0, "--agent") }
        filter.sessions = try session.map { try pattern($0, "--session") }
        filter.repositories = try repo.map { try pattern($0, "--repo") }
        filter.rules = try rule.map { try pattern($0, "--rule") }
        filter.decisions = Set(try decision.map(Self.decision))
        filter.effects = Set(try effect.map(Self.kind))
        filter.texts = grep.map { ByteString($0) }
        filter.onlyFailed = failed
        filter.limit = limit
        return filter
    }

    private func time(_ text: String, _ now: Timestamp, _ option: String) throws -> TimeExpression {
        guard let time = TimeExpression(text, now: now) else {
            throw ValidationError("\(option) does not understand '\(text)'. It takes \(TimeExpression.examples).")
        }
        return time
    }

    private func pattern(_ text: String, _ option: String) throws -> NamePattern {
        guard let pattern = NamePattern(ByteString(text)) else {
            throw ValidationError("\(option) '\(text)' is a pattern that can match nothing.")
        }
        return pattern
    }

    private static func decision(_ word: String) throws -> Record.Decision {
        if let decision = Record.Decision(rawValue: word) { return decision }
        // The words that lists show.
        switch word {
        case "allowed": return .allow
        case "blocked", "denied": return .deny
        default: throw ValidationError("--decision knows allow, snapshot and deny, not '\(word)'.")
        }
    }

    private static func kind(_ word: String) throws -> Effect.Kind {
        guard let kind = Effect.Kind(rawValue: word) else {
            let known = Effect.Kind.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("--effect does not know '\(word)'. It knows \(known).")
        }
        return kind
    }
}
