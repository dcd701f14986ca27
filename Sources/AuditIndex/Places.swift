import AuditReview
import Auditing
import ByteStrings
import Foundation
import GRDB

extension LogIndex {
    /// Where the records lie that the filter asks for, by ascending number; with a limit those of the newest so many.
    /// `facets` are the numbers of those in which they have to be; nil for any.
    public func places(
        _ filter: RecordFilter, in facets: [Int]? = nil
    ) throws(IndexError) -> [AuditLog.Place] {
        try read { database in
            let selection = try Selection(filter, in: facets, database)
            let names = try Self.fileNames(database)
            guard let sql = try Self.search(selection, filter.limit, database) else { return [] }
            var places: [AuditLog.Place] = []
            let rows = try Row.fetchCursor(database, sql: "SELECT file, place FROM (\(sql)) ORDER BY seq")
            while let row = try rows.next() {
                guard let name = names[row[0]] else { continue }
                places.append(AuditLog.Place(file: name, offset: row[1]))
            }
            return places
        }
    }

    /// Where a record lies; nil where there is none of this number.
    public func place(of sequence: Int) throws(IndexError) -> AuditLog.Place? {
        try read { database in
            let row = try Row.fetchOne(
                database, sql: "SELECT file, place FROM record WHERE seq = ?", arguments: [sequence])
            guard let row, let name = try Self.fileNames(database)[row[0]] else { return nil }
            return AuditLog.Place(file: name, offset: row[1])
        }
    }

    /// When the records with these numbers began.
    public func times(of sequences: [Int]) throws(IndexError) -> [Int: Timestamp] {
        try read { database in
            let statement = try database.makeStatement(sql: "SELECT time FROM record WHERE seq = ?")
            var times: [Int: Timestamp] = [:]
            for sequence in sequences {
                let time = try Int64.fetchOne(statement, arguments: [sequence])
                times[sequence] = time.map { Timestamp(milliseconds: $0) }
            }
            return times
        }
    }

    /// Lines of the log that are no intact records, as `FILE: REASON` and where they begin.
    public func damage() throws(IndexError) -> [(place: AuditLog.Place, reason: String)] {
        try read { database in
            let names = try Self.fileNames(database)
            return try Row.fetchAll(database, sql: "SELECT file, place, reason FROM damage ORDER BY file, place")
                .compactMap { row in
                    names[row[0]].map { (AuditLog.Place(file: $0, offset: row[1]), row[2]) }
                }
        }
    }

    /// How many records there are.
    public func count() throws(IndexError) -> Int {
        try read { try Int.fetchOne($0, sql: "SELECT coalesce(sum(count), 0) FROM tally") ?? 0 }
    }

    static func fileNames(_ database: Database) throws -> [Int64: ByteString] {
        try IndexedFile.all(database).values.reduce(into: [:]) { $0[$1.id] = $1.name }
    }

    /// Up to so many records are looked up one by one; where there are more, all between the first and the last are
    /// gone through.
    private static let few = 50_000

    /// A query for `seq`, `file` and `place` of the newest records that are meant; nil where there are none.
    private static func search(_ selection: Selection, _ limit: Int?, _ database: Database) throws -> String? {
        var conditions = selection.ofFacetAndSession + selection.ofTime
        var table = "record NOT INDEXED"
        // The tallies tell how many there are at most, and between which numbers.
        let known = try Row.fetchOne(
            database,
            sql: """
                SELECT sum(count), min(first), max(last) FROM tally
                \(clause(selection.ofFacetAndSession + selection.ofTouchedBuckets))
                """)
        guard let known, let count = known[0] as Int?, let first = known[1] as Int?, let last = known[2] as Int? else {
            return nil
        }
        if selection.facets != nil && count < few { table = "record INDEXED BY record_facet" }
        if !selection.texts.isEmpty, case .some(let hits) = try selection.findTexts(database) {
            if hits == 0 { return nil }
            conditions.append("text IN (SELECT id FROM hit)")
            if hits < few && hits < count { table = "record INDEXED BY record_text" }
        }
        conditions.append("seq BETWEEN \(first) AND \(last)")
        let end = limit.map { "LIMIT \($0)" } ?? ""
        return "SELECT seq, file, place FROM \(table) \(clause(conditions)) ORDER BY seq DESC \(end)"
    }
}
