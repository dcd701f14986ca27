import AuditIndex
import AuditReview
import Auditing
import ByteStrings

/// What is counted over many records: from the index, or by reading them all where there is none.
extension AuditSource {
    func statistics(_ filter: RecordFilter) throws -> Statistics {
        if let found = try withIndex({ index throws(IndexError) in try index.statistics(filter) }) { return found }
        var statistics = Statistics()
        try visit(filter) { statistics.add($0) }
        return statistics
    }

    /// The sessions, that with the newest record last, and when the records in `first` and `last` began.
    func sessions(_ filter: RecordFilter) throws -> (sessions: [SessionSummary], times: [Int: Timestamp]) {
        var records = filter
        records.limit = nil
        let found = try withIndex { index throws(IndexError) in
            let all = try index.sessions(records)
            let sessions = filter.limit.map { Array(all.suffix($0)) } ?? all
            return (sessions, try index.times(of: sessions.flatMap { [$0.first, $0.last] }))
        }
        if let found { return found }
        var sessions: [ByteString?: SessionSummary] = [:]
        var times: [Int: Timestamp] = [:]
        try visit(records) { record in
            guard record.notice == nil else { return }
            sessions[record.session, default: SessionSummary(id: record.session)].add(record)
            times[record.sequence] = record.time
        }
        let sorted = sessions.values.sorted { $0.last < $1.last }
        return (filter.limit.map { Array(sorted.suffix($0)) } ?? sorted, times)
    }

    /// What another policy would decide: the counts, and the newest records whose decision changes, as many as the
    /// filter's limit says, each with what is known of it.
    func replay(
        _ filter: RecordFilter, _ replay: inout Replay
    ) throws -> (counts: ReplayCounts, changed: [(record: Record, change: ReplayCounts.Change)]) {
        var records = filter
        records.limit = nil
        var asked = replay
        let found = try withIndex { index throws(IndexError) in
            let (counts, facets) = try index.replay(records, &asked)
            return (counts: counts, places: facets.isEmpty ? [] : try index.places(filter, in: facets))
        }
        var changed: [(record: Record, change: ReplayCounts.Change)] = []
        func note(_ record: Record, _ outcome: Replay.Outcome) {
            guard case .changed(let was, let would) = outcome else { return }
            changed.append((record, ReplayCounts.Change(was: was, would: would)))
        }
        guard let found else {
            var counts = ReplayCounts()
            try visit(records) { record in
                let outcome = replay.outcome(Facet(record))
                counts.add(outcome, count: 1)
                note(record, outcome)
            }
            return (counts, filter.limit.map { Array(changed.suffix($0)) } ?? changed)
        }
        replay = asked
        for case .record(let record) in log.entries(at: found.places) { note(record, replay.outcome(Facet(record))) }
        return (found.counts, changed)
    }
}
