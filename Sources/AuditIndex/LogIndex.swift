import AuditReview
import Auditing
import ByteStrings
import Foundation
import GRDB
import Platform

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// An index of the audit log in an SQLite file, so that questions about millions of records are answered at once. It
/// says which records are meant and where they lie; what they say is read from the log. It can be deleted at any time.
public final class LogIndex {
    public let path: ByteString
    let log: AuditLog
    let queue: DatabaseQueue

    /// Where the index of this log lies: in `pawl` in `XDG_CACHE_HOME`, or in `~/.cache` where that is not an absolute
    /// path; nil where there is no home either.
    public static func path(for log: AuditLog, _ environment: Environment) -> ByteString? {
        let name = "audit-" + ByteString(Digest.sha256(log.directory).bytes.prefix(16)) + ".sqlite"
        if let cache = environment["XDG_CACHE_HOME"], Path.isAbsolute(cache) {
            return Path.join(Path.join(cache, "pawl"), name)
        }
        guard let home = environment["HOME"], Path.isAbsolute(home) else { return nil }
        return Path.join(Path.join(home, ".cache/pawl"), name)
    }

    /// Opens the index, or makes an empty one.
    public init(at path: ByteString, of log: AuditLog) throws(IndexError) {
        self.path = path
        self.log = log
        do {
            try Self.makeFile(path)
            var configuration = Configuration()
            configuration.busyMode = .timeout(60)
            configuration.prepareDatabase { database in
                // What a crash of the system loses of an index is written again.
                try database.execute(
                    sql: """
                        PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY;
                        PRAGMA cache_size = -65536;
                        """)
            }
            queue = try DatabaseQueue(path: path.text, configuration: configuration)
            try queue.inTransaction(.immediate) { database in
                if try !Schema.isPresent(in: database, path: path.text) { try Schema.create(in: database) }
                return .commit
            }
        } catch {
            throw IndexError(error, path: path)
        }
    }

    /// Command lines are for the user's own eyes.
    private static func makeFile(_ path: ByteString) throws {
        let folder = URL(fileURLWithPath: Path.parent(path).text)
        if !File.exists(Path.parent(path)) {
            do {
                try FileManager.default.createDirectory(
                    at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            } catch {
                throw IndexError.unusable(path: path, reason: "its folder cannot be made")
            }
        }
        let descriptor = path.withCString { open($0, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600) }
        guard descriptor >= 0 else {
            throw IndexError.unusable(path: path, reason: SystemError(operation: "open", path: path).reason)
        }
        close(descriptor)
    }

    /// Removes the index at a path, with what belongs to it.
    public static func remove(at path: ByteString) {
        for suffix: ByteString in ["", "-wal", "-shm", "-journal"] { _ = (path + suffix).withCString { unlink($0) } }
    }

    /// Runs queries on one state of the index. They may write temporary tables, nothing else.
    func read<Value>(_ body: (Database) throws -> Value) throws(IndexError) -> Value {
        do {
            return try queue.inDatabase { database in
                try database.beginTransaction(.deferred)
                defer { try? database.rollback() }
                return try body(database)
            }
        } catch {
            throw IndexError(error, path: path)
        }
    }
}
