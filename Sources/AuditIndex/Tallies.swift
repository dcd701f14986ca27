import AuditReview
import Auditing
import ByteStrings
import Foundation
import GRDB

extension LogIndex {
    /// How many records of one facet there are in one session and in a short time.
    public struct Tally: Sendable {
        /// When that time begins: within one day, whatever the time zone.
        public var time: Timestamp
        /// A number for the session, to be given to `word`; 0 for none.
        public var session: Int
        /// A number for the facet, to be given to `facets`.
        public var facet: Int
        public var count: Int
        /// The smallest and the largest of the records' numbers, if not exactly then in their place those of neighbours
        /// in the same facet, session and quarter of an hour.
        public var first: Int
        public var last: Int
    }

    /// Counts the records that the filter asks for; its limit does not count.
    public func tallies(_ filter: RecordFilter, _ body: (Tally) -> Void) throws(IndexError) {
        try read { database in
            let selection = try Selection(filter, database)
            if !selection.texts.isEmpty, try selection.findTexts(database) != .all {
                try Self.countRecords(selection, ["text IN (SELECT id FROM hit)"], database, body)
                return
            }
            let cut = selection.cutBuckets
            let whole = cut.isEmpty ? [] : ["bucket NOT IN (\(cut.map(String.init).joined(separator: ",")))"]
            let rows = try Row.fetchCursor(
                database,
                sql: """
                    SELECT bucket, session, facet, count, first, last FROM tally
                    \(clause(selection.ofFacetAndSession + selection.ofTouchedBuckets + whole))
                    """)
            while let row = try rows.next() {
                body(
                    Tally(
                        time: Timestamp(milliseconds: row[0] * Schema.bucket), session: row[1], facet: row[2],
                        count: row[3], first: row[4], last: row[5]))
            }
            for bucket in cut {
                let bounds = try Row.fetchOne(
                    database, sql: "SELECT min(first), max(last) FROM tally WHERE bucket = ?", arguments: [bucket])
                guard let bounds, let first = bounds[0] as Int?, let last = bounds[1] as Int? else { continue }
                let start = bucket * Schema.bucket
                let within = [
                    "seq BETWEEN \(first) AND \(last)", "time >= \(start)", "time < \(start + Schema.bucket)",
                ]
                try Self.countRecords(selection, within, database, body)
            }
        }
    }

    /// Goes through the records themselves.
    private static func countRecords(
        _ selection: Selection, _ more: [String], _ database: Database, _ body: (Tally) -> Void
    ) throws {
        let conditions = selection.ofFacetAndSession + selection.ofTime + more
        // Rounded down, as SQL's own division is not for times before 1970.
        let bucket = "(time - (time < 0) * \(Schema.bucket - 1)) / \(Schema.bucket)"
        let rows = try Row.fetchCursor(
            database, sql: "SELECT \(bucket), session, facet, seq FROM record \(clause(conditions))")
        while let row = try rows.next() {
            let sequence: Int = row[3]
            body(
                Tally(
                    time: Timestamp(milliseconds: row[0] * Schema.bucket), session: row[1], facet: row[2], count: 1,
                    first: sequence, last: sequence))
        }
    }

    /// The names of sessions by their numbers.
    public func sessionNames() throws(IndexError) -> [Int: ByteString] {
        try read { database in
            var names: [Int: ByteString] = [:]
            let rows = try Row.fetchCursor(
                database, sql: "SELECT id, text FROM word WHERE role = \(Schema.Role.session.rawValue)")
            while let row = try rows.next() { names[row[0]] = ByteString(row[1] as Data) }
            return names
        }
    }

    /// The facets in which the conditions of the filter on them hold, by their numbers. Without `questions` they all
    /// ask nothing, which spares reading them.
    public func facets(_ filter: RecordFilter, questions: Bool) throws(IndexError) -> [Int: Facet] {
        try read { database in
            let selection = try Selection(filter, database)
            var words: [Int: ByteString] = [:]
            let named = try Row.fetchCursor(
                database, sql: "SELECT id, text FROM word WHERE role <> \(Schema.Role.session.rawValue)")
            while let row = try named.next() { words[row[0]] = ByteString(row[1] as Data) }
            var facets: [Int: Facet] = [:]
            let rows = try Row.fetchCursor(
                database,
                sql: """
                    SELECT id, agent, repository, command, decision, rule, policy, failed, notice, effects, complete,
                    \(questions ? "question" : "NULL") FROM facet \(clause(selection.facets.map { [$0] } ?? []))
                    """)
            while let row = try rows.next() {
                let isComplete: Bool = row[10]
                let question = (row[11] as Data?).map { Facet.Question.effects(ByteString($0)) }
                facets[row[0]] = Facet(
                    agent: words[row[1]], repository: words[row[2]], command: words[row[3]],
                    decision: IndexWriter.decision(ofCode: row[4]), rule: words[row[5]],
                    policy: words[row[6]], hasFailed: row[7], isNotice: row[8], effects: KindSet(rawValue: row[9]),
                    question: isComplete ? question ?? .none : .incomplete)
            }
            return facets
        }
    }
}
