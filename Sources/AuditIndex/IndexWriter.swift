import AuditReview
import Auditing
import ByteStrings
import Foundation
import GRDB

/// Puts records into the tables, within one transaction after the other. Remembers the ids that it gave or found.
struct IndexWriter {
    let database: Database
    private var words: [Word: Int64] = [:]
    private var facets: [Facet: Int64] = [:]
    private var texts: [Int64: Int64] = [:]
    private var tallies: [Cell: Count] = [:]

    private struct Word: Hashable {
        var role: Schema.Role
        var text: ByteString
    }

    /// What is counted together.
    private struct Cell: Hashable {
        var bucket: Int64
        var session: Int64
        var facet: Int64
        var file: Int64
    }

    private struct Count {
        var count = 0
        var first: Int
        var last: Int
    }

    init(_ database: Database) { self.database = database }

    /// How many texts are remembered before they are looked up in their table again.
    private static let memory = 1 << 20

    mutating func add(_ record: IndexedRecord, file: Int64) throws {
        let facet = try id(of: record.facet)
        let session = try id(.session, record.session)
        let statement = try database.cachedStatement(
            sql: "INSERT INTO record (seq, time, facet, session, text, file, place) VALUES (?, ?, ?, ?, ?, ?, ?)")
        try statement.execute(arguments: [
            record.sequence, record.time.milliseconds, facet, session, try textID(record.text), file,
            record.place.offset,
        ])
        let cell = Cell(bucket: record.bucket, session: session, facet: facet, file: file)
        var count = tallies[cell] ?? Count(first: record.sequence, last: record.sequence)
        count.count += 1
        count.first = min(count.first, record.sequence)
        count.last = max(count.last, record.sequence)
        tallies[cell] = count
    }

    mutating func addDamage(_ place: AuditLog.Place, _ reason: String, file: Int64) throws {
        try database.cachedStatement(sql: "INSERT INTO damage (file, place, reason) VALUES (?, ?, ?)")
            .execute(arguments: [file, place.offset, reason])
    }

    /// Writes what was counted; belongs to the end of each transaction.
    mutating func flush() throws {
        let statement = try database.cachedStatement(
            sql: """
                INSERT INTO tally (bucket, session, facet, file, count, first, last) VALUES (?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET count = count + excluded.count, first = min(first, excluded.first),
                last = max(last, excluded.last)
                """)
        for (cell, count) in tallies {
            try statement.execute(arguments: [
                cell.bucket, cell.session, cell.facet, cell.file, count.count, count.first, count.last,
            ])
        }
        tallies = [:]
        if texts.count > Self.memory { texts = [:] }
    }

    // MARK: Ids

    private mutating func id(_ role: Schema.Role, _ text: ByteString?) throws -> Int64 {
        guard let text else { return 0 }
        let word = Word(role: role, text: text)
        if let known = words[word] { return known }
        let arguments: StatementArguments = [role.rawValue, Data(text.bytes)]
        let select = try database.cachedStatement(sql: "SELECT id FROM word WHERE role = ? AND text = ?")
        var id = try Int64.fetchOne(select, arguments: arguments)
        if id == nil {
            try database.cachedStatement(sql: "INSERT INTO word (role, text) VALUES (?, ?)")
                .execute(arguments: arguments)
            id = database.lastInsertedRowID
        }
        words[word] = id
        return id ?? 0
    }

    private mutating func textID(_ text: ByteString) throws -> Int64 {
        let key = key(of: text)
        if let known = texts[key] { return known }
        let select = try database.cachedStatement(sql: "SELECT id FROM text WHERE key = ?")
        var id = try Int64.fetchOne(select, arguments: [key])
        if id == nil {
            try database.cachedStatement(sql: "INSERT INTO text (key, text) VALUES (?, ?)")
                .execute(arguments: [key, text.text])
            id = database.lastInsertedRowID
        }
        texts[key] = id
        return id ?? 0
    }

    private mutating func id(of facet: Facet) throws -> Int64 {
        if let known = facets[facet] { return known }
        let (isComplete, question): (Bool, ByteString?) =
            switch facet.question {
            case .none: (true, nil)
            case .effects(let text): (true, text)
            case .incomplete: (false, nil)
            }
        let columns: [any DatabaseValueConvertible] = [
            try id(.agent, facet.agent), try id(.repository, facet.repository), try id(.command, facet.command),
            Self.code(of: facet.decision), try id(.rule, facet.rule), try id(.policy, facet.policy), facet.hasFailed,
            facet.isNotice, facet.effects.rawValue, isComplete,
        ]
        let key = key(of: ByteString(columns.map { "\($0)" }.joined(separator: " ") + " ") + (question ?? ""))
        let select = try database.cachedStatement(sql: "SELECT id FROM facet WHERE key = ?")
        var id = try Int64.fetchOne(select, arguments: [key])
        if id == nil {
            try database.cachedStatement(
                sql: """
                    INSERT INTO facet (key, agent, repository, command, decision, rule, policy, failed, notice, effects,
                    complete, question) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """
            ).execute(arguments: StatementArguments([key] + columns + [question.map { Data($0.bytes) }]))
            id = database.lastInsertedRowID
        }
        facets[facet] = id
        return id ?? 0
    }

    /// A decision as the tables keep it: 0 for none, else its place in `allCases` from 1.
    static func code(of decision: Auditing.Record.Decision?) -> Int {
        decision.flatMap { decisions.firstIndex(of: $0) }.map { $0 + 1 } ?? 0
    }

    /// The inverse of `code`.
    static func decision(ofCode code: Int) -> Auditing.Record.Decision? {
        decisions.indices.contains(code - 1) ? decisions[code - 1] : nil
    }

    private static let decisions = Auditing.Record.Decision.allCases
}
