import AuditReview
import Auditing
import ByteStrings
import Effects
import GitSyntax

/// Records as one HTML file that needs nothing else: totals, a timeline, what was blocked, sessions, and every record,
/// to be filtered in a browser. Records are added the newest first.
public struct AuditReport {
    /// What the page says of itself.
    public struct Heading: Sendable {
        /// Pawl's version.
        public var version: String
        /// When the page is written.
        public var written: Timestamp
        /// The filters that chose the records, as options: `--agent ann`.
        public var filters: [ByteString] = []
        /// Sentences that a reader must not miss: records left out, lines that cannot be read.
        public var notices: [ByteString] = []
        /// Whether the records hold pseudonyms. The page then shows UTC only: a zone tells where somebody is.
        public var isRedacted = false

        public init(version: String, written: Timestamp = .now) {
            self.version = version
            self.written = written
        }
    }

    private(set) var heading: Heading
    var clock: WallClock
    var table = ValueTable()
    /// The newest first.
    var rows: [Row] = []
    var blocked: [BlockedGroup] = []
    /// The newest record.
    var head: (sequence: Int, hash: ByteString?)?
    private var groups: [BlockedGroup.Key: Int] = [:]

    public init(_ heading: Heading) {
        self.heading = heading
        clock = WallClock(isUTC: heading.isRedacted)
    }

    /// Adds a sentence that a reader must not miss.
    public mutating func note(_ notice: ByteString) { heading.notices.append(notice) }

    /// Says that records which fit were left out for want of room.
    public mutating func noteOlderLeftOut() {
        let number = ByteString(Counted.number(count))
        note(
            "Only the newest " + number + " records are in here; older ones that fit were left out. "
                + "Shorten the time with --since and --until, or set --limit.")
    }

    /// How many records it holds.
    public var count: Int { rows.count }

    /// Adds a record that is older than those before it.
    public mutating func add(_ record: Record) {
        if head == nil { head = (record.sequence, record.hash) }
        var row = Row()
        row[.seq] = record.sequence
        row[.time] = Int(record.time.milliseconds)
        row[.offset] = clock.offset(record.time)
        row[.decision] = Self.number(of: record.decision)
        row[.effectSet] = record.effects.reduce(0) { $0 | 1 << Self.number(of: $1.kind) }
        row[.failed] = record.hasFailed ? 1 : 0
        row[.notice] = record.notice == nil ? 0 : 1
        row[.pid] = record.process ?? -1
        row[.ms] = record.milliseconds ?? -1
        row[.exit] = record.exit ?? -1
        row[.signal] = record.signal ?? -1
        let line = record.notice ?? ShellQuoting.quote(record.calledWords)
        row[.line] = table.place(line)
        row[.who] = table.place(Self.who(record))
        row[.session] = table.place(record.session)
        row[.repository] = table.place(record.repository)
        row[.rule] = table.place(record.rule)
        row[.stopped] = table.place(record.stopped)
        row[.command] = table.place(record.command)
        row[.agent] = table.place(record.agent)
        row[.directory] = table.place(record.directory)
        row[.remote] = table.place(record.remote)
        row[.ran] = table.place((record.ran?.rawValue).map { ByteString($0) })
        row[.snapshot] = table.place(record.snapshot)
        row[.expansion] = table.place(record.expansion.isEmpty ? nil : ShellQuoting.quote(record.expansion))
        row[.effects] = table.place(record.effects.isEmpty ? nil : .array(record.effects.map(\.page)))
        let json = record.json
        for (column, name) in [
            (Column.policy, "policy"), (.parents, "parents"), (.refs, "refs"), (.head, "head"), (.omitted, "omitted"),
            (.undo, "undo"),
        ] {
            row[column] = table.place(json[name])
        }
        if record.decision == .deny { row[.group] = group(record, row) }
        rows.append(row)
    }

    /// Counts a blocked record with its like: those of the same rule or reason with the same kinds of effects.
    private mutating func group(_ record: Record, _ row: Row) -> Int {
        let key = BlockedGroup.Key(
            rule: record.rule, stopped: record.stopped, policy: record.policy?.name, effects: row[.effectSet])
        if let known = groups[key] {
            blocked[known].count += 1
            blocked[known].who.insert(row[.who])
            return known
        }
        groups[key] = blocked.count
        blocked.append(BlockedGroup(number: blocked.count, newest: record, row: row))
        return blocked.count - 1
    }

    static func number(of decision: Record.Decision?) -> Int {
        switch decision {
        case nil: 0
        case .allow: 1
        case .snapshot: 2
        case .deny: 3
        }
    }

    static func number(of kind: Effect.Kind) -> Int { Effect.Kind.allCases.firstIndex(of: kind) ?? 0 }

    /// The agent, else the session, else the program that called git.
    private static func who(_ record: Record) -> ByteString? {
        if let agent = record.agent { return agent }
        // Its end tells sessions apart, its beginning only when they began.
        if let session = record.session { return "session " + ByteString(session.bytes.suffix(8)) }
        return record.parents.first?.executable.flatMap { $0.split(atLast: UInt8(ascii: "/"))?.tail ?? $0 }
    }
}

/// Blocked records of one kind.
struct BlockedGroup {
    struct Key: Hashable {
        var rule: ByteString?
        var stopped: ByteString?
        var policy: ByteString?
        var effects: Int
    }

    var number: Int
    /// The newest of them stands for all.
    var newest: Record
    var row: Row
    var count = 1
    /// Places in the table of values.
    var who: Set<Int>

    init(number: Int, newest: Record, row: Row) {
        self.number = number
        self.newest = newest
        self.row = row
        who = [row[.who]]
    }
}
