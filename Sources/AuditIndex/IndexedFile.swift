import ByteStrings
import Foundation
import GRDB

/// How far a file of the log is indexed.
struct IndexedFile {
    var id: Int64
    var name: ByteString
    /// Bytes.
    var size: Int
    /// Where the last record that was read begins, and its hash; nil before there is one.
    var place: Int?
    var hash: ByteString?

    private init(_ row: Row) {
        id = row[0]
        name = ByteString(row[1] as Data)
        size = row[2]
        place = row[3]
        hash = (row[4] as Data?).map { ByteString($0) }
    }

    static func all(_ database: Database) throws -> [ByteString: IndexedFile] {
        let rows = try Row.fetchAll(database, sql: "SELECT id, name, size, place, hash FROM file")
        return Dictionary(rows.map(IndexedFile.init).map { ($0.name, $0) }) { first, _ in first }
    }

    /// The row of a file, made where there is none.
    static func row(named name: ByteString, _ database: Database) throws -> IndexedFile {
        let arguments: StatementArguments = [Data(name.bytes)]
        try database.execute(sql: "INSERT OR IGNORE INTO file (name, size) VALUES (?, 0)", arguments: arguments)
        let row = try Row.fetchOne(
            database, sql: "SELECT id, name, size, place, hash FROM file WHERE name = ?", arguments: arguments)
        guard let row else { throw IndexError.outdated(reason: "\(name) was forgotten") }
        return IndexedFile(row)
    }

    func save(_ database: Database) throws {
        try database.execute(
            sql: "UPDATE file SET size = ?, place = ?, hash = ? WHERE id = ?",
            arguments: [size, place, hash.map { Data($0.bytes) }, id])
    }
}
