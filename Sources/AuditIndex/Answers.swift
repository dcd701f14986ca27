import AuditReview
import Auditing
import ByteStrings

extension LogIndex {
    /// The statistics of the records that the filter asks for.
    public func statistics(_ filter: RecordFilter) throws(IndexError) -> Statistics {
        let facets = try facets(filter, questions: false)
        var statistics = Statistics()
        var counts: [Int: Int] = [:]
        // What is counted a few hundred thousand times is counted by numbers; names come in at the end.
        var quarters: [QuarterDecision: Int] = [:]
        try tallies(filter) { tally in
            counts[tally.facet, default: 0] += tally.count
            let decision = facets[tally.facet]?.decision
            quarters[QuarterDecision(time: tally.time, decision: decision), default: 0] += tally.count
        }
        for (number, count) in counts {
            if let facet = facets[number] { statistics.add(facet, count: count) }
        }
        for (quarter, count) in quarters { statistics.add(quarter.decision, at: quarter.time, count: count) }
        return statistics
    }

    private struct QuarterDecision: Hashable {
        var time: Timestamp
        var decision: Record.Decision?
    }

    /// The sessions of the records that the filter asks for, by their last record; only those records count.
    public func sessions(_ filter: RecordFilter) throws(IndexError) -> [SessionSummary] {
        let facets = try facets(filter, questions: false)
        let names = try sessionNames()
        var counts: [SessionFacet: (count: Int, first: Int, last: Int)] = [:]
        try tallies(filter) { tally in
            var entry = counts[SessionFacet(session: tally.session, facet: tally.facet)] ?? (0, Int.max, 0)
            entry = (entry.count + tally.count, min(entry.first, tally.first), max(entry.last, tally.last))
            counts[SessionFacet(session: tally.session, facet: tally.facet)] = entry
        }
        var sessions: [Int: SessionSummary] = [:]
        for (cell, entry) in counts {
            guard let facet = facets[cell.facet], !facet.isNotice else { continue }
            sessions[cell.session, default: SessionSummary(id: names[cell.session])]
                .add(facet, count: entry.count, first: entry.first, last: entry.last)
        }
        return sessions.values.sorted { $0.last < $1.last }
    }

    private struct SessionFacet: Hashable {
        var session: Int
        var facet: Int
    }

    /// What another policy would decide on the records that the filter asks for: the counts, and the numbers of the
    /// facets whose decision changes.
    public func replay(
        _ filter: RecordFilter, _ replay: inout Replay
    ) throws(IndexError) -> (counts: ReplayCounts, changed: [Int]) {
        let facets = try facets(filter, questions: true)
        var counts: [Int: Int] = [:]
        try tallies(filter) { counts[$0.facet, default: 0] += $0.count }
        var result = ReplayCounts()
        var changed: [Int] = []
        for (number, count) in counts {
            guard let facet = facets[number] else { continue }
            let outcome = replay.outcome(facet)
            result.add(outcome, count: count)
            if case .changed = outcome { changed.append(number) }
        }
        return (result, changed)
    }
}
