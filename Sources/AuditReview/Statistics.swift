import Auditing
import ByteStrings
import Effects

/// How often what happened, over any part of the log.
public struct Statistics: Sendable {
    /// Records of one day, by what was decided.
    public struct Day: Hashable, Sendable {
        public var total = 0
        public var denied = 0
        public var kept = 0

        mutating func add(_ decision: Record.Decision?, _ count: Int) {
            total += count
            if decision == .deny { denied += count }
            if decision == .snapshot { kept += count }
        }
    }

    /// All records, notices of the log included.
    public private(set) var total = 0
    /// By local date, at midnight.
    public private(set) var days: [LocalTime: Day] = [:]
    public private(set) var decisions: [Record.Decision: Int] = [:]
    public private(set) var effects: [Effect.Kind: Int] = [:]
    /// By the names that the records have; nil for records that name none.
    public private(set) var rules: [ByteString?: Int] = [:]
    public private(set) var agents: [ByteString?: Int] = [:]
    public private(set) var repositories: [ByteString?: Int] = [:]
    public private(set) var commands: [ByteString?: Int] = [:]
    /// Commands that did not succeed.
    public private(set) var failed = 0

    private var dates: [Int64: LocalTime] = [:]

    public init() {}

    /// Counts one record.
    public mutating func add(_ record: Record) {
        add(record.decision, at: record.time, count: 1)
        add(Facet(record), count: 1)
    }

    /// Counts records by what they have in common; their times are for `add(_:at:count:)`.
    public mutating func add(_ facet: Facet, count: Int) {
        total += count
        if facet.isNotice { return }
        if let decision = facet.decision { decisions[decision, default: 0] += count }
        for kind in facet.effects.kinds { effects[kind, default: 0] += count }
        // Most records name no rule, for nothing was asked.
        if facet.rule != nil { rules[facet.rule, default: 0] += count }
        agents[facet.agent, default: 0] += count
        repositories[facet.repository, default: 0] += count
        commands[facet.command, default: 0] += count
        if facet.hasFailed { failed += count }
    }

    /// Counts records of one decision by the day of a time within a quarter of an hour.
    public mutating func add(_ decision: Record.Decision?, at time: Timestamp, count: Int) {
        // The date is the same for a whole quarter of an hour, in every time zone.
        let quarter = time.milliseconds / 900_000
        let date: LocalTime
        if let known = dates[quarter] {
            date = known
        } else {
            date = LocalTime(time)?.startOfDay ?? LocalTime(year: 1970, month: 1, day: 1)
            dates[quarter] = date
        }
        days[date, default: Day()].add(decision, count)
    }
}
