import ByteStrings
import GRDB

/// Why the index cannot be used. The log is never concerned: it can be read without, and the index be built anew.
public enum IndexError: Error, CustomStringConvertible {
    /// The file is no database, or not as this version of Pawl leaves one.
    case damaged(path: ByteString, reason: String)
    /// It belongs to records that are no longer in the log as they were.
    case outdated(reason: String)
    /// The file cannot be opened, made or written.
    case unusable(path: ByteString, reason: String)

    public var description: String {
        switch self {
        case .damaged(let path, let reason): "the index \(path) is damaged: \(reason)"
        case .outdated(let reason): "the index does not fit the log: \(reason)"
        case .unusable(let path, let reason): "the index \(path) cannot be used: \(reason)"
        }
    }

    /// Whether building it anew can help.
    public var isMendedByRebuilding: Bool {
        if case .unusable = self { false } else { true }
    }

    init(_ error: any Error, path: ByteString) {
        if let error = error as? IndexError {
            self = error
            return
        }
        guard let error = error as? DatabaseError else {
            self = .damaged(path: path, reason: "\(error)")
            return
        }
        let reason = error.message ?? error.resultCode.description
        switch error.resultCode {
        case .SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH, .SQLITE_FULL, .SQLITE_IOERR, .SQLITE_BUSY,
            .SQLITE_LOCKED, .SQLITE_NOMEM, .SQLITE_INTERRUPT:
            self = .unusable(path: path, reason: reason)
        default:
            // Also missing tables and columns: whatever made this file, it was not this version.
            self = .damaged(path: path, reason: reason)
        }
    }
}
