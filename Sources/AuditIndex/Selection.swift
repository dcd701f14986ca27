import AuditReview
import Auditing
import ByteStrings
import Effects
import Foundation
import GRDB

/// A filter as conditions on the tables, the names in it looked up.
struct Selection {
    /// On the columns of `facet`; nil where the filter asks nothing of it.
    let facets: String?
    /// Ids of sessions; nil for all.
    let sessions: [Int64]?
    /// What has to occur in texts.
    let texts: [String]
    let since: Timestamp?
    let until: Timestamp?

    init(_ filter: RecordFilter, in numbers: [Int]? = nil, _ database: Database) throws {
        var conditions: [String] = []
        for (column, role, patterns, subject) in [
            ("agent", Schema.Role.agent, filter.agents, NamePattern.Subject.plain),
            ("repository", .repository, filter.repositories, .path), ("rule", .rule, filter.rules, .plain),
        ] where !patterns.isEmpty {
            let ids = try Self.words(role, database) { NamePattern.any(patterns, subject, $0) }
            conditions.append("\(column) IN (\(Self.list(ids)))")
        }
        if !filter.decisions.isEmpty {
            let codes = filter.decisions.map { Int64(IndexWriter.code(of: $0)) }
            conditions.append("decision IN (\(Self.list(codes)))")
        }
        if !filter.effects.isEmpty { conditions.append("effects & \(KindSet(filter.effects).rawValue) <> 0") }
        if filter.onlyFailed { conditions.append("failed") }
        if let numbers {
            try Self.choose(numbers, database)
            conditions.append("id IN (SELECT id FROM chosen)")
        }
        facets = conditions.isEmpty ? nil : conditions.joined(separator: " AND ")
        sessions =
            filter.sessions.isEmpty
            ? nil : try Self.words(.session, database) { NamePattern.any(filter.sessions, .session, $0) }
        texts = filter.texts.map(\.text)
        since = filter.since
        until = filter.until
    }

    /// Puts facets into the temporary table `chosen`: too many for a list in SQL.
    private static func choose(_ facets: [Int], _ database: Database) throws {
        try database.execute(
            sql: "CREATE TEMP TABLE IF NOT EXISTS chosen (id INTEGER PRIMARY KEY); DELETE FROM chosen")
        let statement = try database.makeStatement(sql: "INSERT INTO chosen VALUES (?)")
        for facet in facets { try statement.execute(arguments: [facet]) }
    }

    /// The ids of the words of a role that are meant; 0 stands for none.
    private static func words(
        _ role: Schema.Role, _ database: Database, where isMeant: (ByteString?) -> Bool
    ) throws -> [Int64] {
        var ids: [Int64] = isMeant(nil) ? [0] : []
        let rows = try Row.fetchCursor(database, sql: "SELECT id, text FROM word WHERE role = \(role.rawValue)")
        while let row = try rows.next() {
            if isMeant(ByteString(row[1] as Data)) { ids.append(row[0]) }
        }
        return ids
    }

    private static func list(_ ids: [Int64]) -> String { ids.map(String.init).joined(separator: ",") }

    // MARK: Conditions

    /// On facet and session, for tables that have these columns; empty for all.
    var ofFacetAndSession: [String] {
        (facets.map { ["facet IN (SELECT id FROM facet WHERE \($0))"] } ?? [])
            + (sessions.map { ["session IN (\(Self.list($0)))"] } ?? [])
    }

    /// On the time of a record.
    var ofTime: [String] {
        (since.map { ["time >= \($0.milliseconds)"] } ?? []) + (until.map { ["time < \($0.milliseconds)"] } ?? [])
    }

    /// On the buckets that hold, in part or in full, what is asked for.
    var ofTouchedBuckets: [String] {
        (since.map { ["bucket >= \(IndexedRecord.bucket(of: $0))"] } ?? [])
            + (until.map { ["bucket <= \(IndexedRecord.bucket(of: Timestamp(milliseconds: $0.milliseconds - 1)))"] }
                ?? [])
    }

    /// The buckets of which only a part is asked for: those in which `since` and `until` lie and do not begin.
    var cutBuckets: [Int64] {
        let cut = [since, until].compactMap { $0 }.filter { $0.milliseconds % Schema.bucket != 0 }
        return Array(Set(cut.map(IndexedRecord.bucket(of:)))).sorted()
    }

    /// How many texts hold what is looked for.
    enum Hits: Equatable {
        case all
        case some(Int)
    }

    /// Keeps the ids of the texts in which everything occurs in the temporary table `hit`. Only with texts to look for.
    func findTexts(_ database: Database) throws -> Hits {
        try database.execute(
            sql: "CREATE TEMP TABLE IF NOT EXISTS hit (id INTEGER PRIMARY KEY); DELETE FROM hit")
        let condition = Array(repeating: #"text LIKE ? ESCAPE '\'"#, count: texts.count).joined(separator: " AND ")
        try database.execute(
            sql: "INSERT INTO hit SELECT id FROM text WHERE \(condition)",
            arguments: StatementArguments(texts.map(Self.likePattern)))
        let count = database.changesCount
        return try Int.fetchOne(database, sql: "SELECT count(*) FROM text") == count ? .all : .some(count)
    }

    /// `%TEXT%` with what is special to LIKE taken literally. LIKE tells the cases of ASCII letters not apart.
    private static func likePattern(_ text: String) -> String {
        "%" + text.flatMap { #"%_\"#.contains($0) ? ["\\", $0] : [$0] } + "%"
    }
}

/// `WHERE` and the conditions, or nothing.
func clause(_ conditions: [String]) -> String {
    conditions.isEmpty ? "" : "WHERE " + conditions.joined(separator: " AND ")
}
