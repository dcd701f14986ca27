import Auditing
import ByteStrings

/// One session in a line: who worked where, when, and what came of it.
public struct SessionSummary: Sendable {
    /// nil for the records that belong to no session.
    public var id: ByteString?
    public private(set) var agents: Set<ByteString> = []
    public private(set) var repositories: Set<ByteString> = []
    /// The numbers of its first and last record.
    public private(set) var first = Int.max
    public private(set) var last = 0
    public private(set) var commands = 0
    public private(set) var denied = 0
    public private(set) var kept = 0
    public private(set) var failed = 0

    public init(id: ByteString?) { self.id = id }

    /// Counts one record.
    public mutating func add(_ record: Record) {
        add(Facet(record), count: 1, first: record.sequence, last: record.sequence)
    }

    /// Counts records that have a facet in common and lie between two numbers.
    public mutating func add(_ facet: Facet, count: Int, first: Int, last: Int) {
        if let agent = facet.agent { agents.insert(agent) }
        if let repository = facet.repository { repositories.insert(repository) }
        self.first = min(self.first, first)
        self.last = max(self.last, last)
        commands += count
        if facet.decision == .deny { denied += count }
        if facet.decision == .snapshot { kept += count }
        if facet.hasFailed { failed += count }
    }
}
