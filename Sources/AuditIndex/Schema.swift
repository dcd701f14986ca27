import GRDB

/// The tables of the index.
enum Schema {
    /// Changes with the tables and with what is put into them; an index of another version is built anew.
    static let version = 1

    /// Marks the file as Pawl's: "pawl" in ASCII.
    static let application = 0x7061_776C

    /// The length of a bucket of time in milliseconds. The clocks of all time zones differ by multiples of it, so that
    /// days everywhere are made of whole buckets.
    static let bucket: Int64 = 15 * 60 * 1000

    static let tables = """
        -- How far each file of the log has been read, and the hash of the last record up to there.
        CREATE TABLE file (
            id INTEGER PRIMARY KEY, name BLOB NOT NULL UNIQUE, size INTEGER NOT NULL, place INTEGER, hash BLOB);
        -- Names, by the role in which they occur.
        CREATE TABLE word (
            id INTEGER PRIMARY KEY, role INTEGER NOT NULL, text BLOB NOT NULL, UNIQUE (role, text));
        -- What is searched for text; most command lines are given many times. The key is 64 bits of its SHA-256.
        CREATE TABLE text (id INTEGER PRIMARY KEY, key INTEGER NOT NULL UNIQUE, text TEXT NOT NULL);
        -- What many records have in common. Names are ids of words, 0 for none; the key is 64 bits of a SHA-256.
        CREATE TABLE facet (
            id INTEGER PRIMARY KEY, key INTEGER NOT NULL UNIQUE, agent INTEGER NOT NULL, repository INTEGER NOT NULL,
            command INTEGER NOT NULL, decision INTEGER NOT NULL, rule INTEGER NOT NULL, policy INTEGER NOT NULL,
            failed INTEGER NOT NULL, notice INTEGER NOT NULL, effects INTEGER NOT NULL, complete INTEGER NOT NULL,
            question BLOB);
        CREATE TABLE record (
            seq INTEGER PRIMARY KEY, time INTEGER NOT NULL, facet INTEGER NOT NULL, session INTEGER NOT NULL,
            text INTEGER NOT NULL, file INTEGER NOT NULL, place INTEGER NOT NULL);
        CREATE INDEX record_facet ON record (facet);
        CREATE INDEX record_text ON record (text);
        -- How many records of a facet there are in each session and bucket of time, and between which numbers.
        CREATE TABLE tally (
            bucket INTEGER NOT NULL, session INTEGER NOT NULL, facet INTEGER NOT NULL, file INTEGER NOT NULL,
            count INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
            PRIMARY KEY (bucket, session, facet, file)) WITHOUT ROWID;
        -- Lines that are no intact records.
        CREATE TABLE damage (file INTEGER NOT NULL, place INTEGER NOT NULL, reason TEXT NOT NULL);
        """

    /// The roles of words.
    enum Role: Int, CaseIterable {
        case agent, session, repository, command, rule, policy
    }

    static func create(in database: Database) throws {
        try database.execute(sql: tables)
        try database.execute(sql: "PRAGMA application_id = \(application)")
        try database.execute(sql: "PRAGMA user_version = \(version)")
    }

    /// Whether the file holds the tables of this version; false for an empty file.
    static func isPresent(in database: Database, path: String) throws -> Bool {
        let found = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
        let owner = try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0
        let tables = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_schema") ?? 0
        if found == 0 && owner == 0 && tables == 0 { return false }
        guard found == version, owner == application else {
            throw IndexError.damaged(path: .init(path), reason: "it is of another version or another program")
        }
        return true
    }
}
