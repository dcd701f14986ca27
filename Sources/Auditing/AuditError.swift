import ByteStrings
import Platform

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// Why a record could not be written, or the log not be read.
public enum AuditError: Error, Equatable, CustomStringConvertible {
    /// Neither `XDG_STATE_HOME` nor `HOME` names an absolute path.
    case noHome
    /// The system refused; nothing was written.
    case system(SystemError)
    /// A file of the log is a symbolic link, a folder or a device.
    case notRegular(path: ByteString)
    /// A file of the log belongs to another user.
    case foreign(path: ByteString, owner: UInt32)
    /// An archived file of the log cannot be unpacked.
    case damagedArchive(path: ByteString)
    /// A file that is to be archived does not consist of whole records.
    case brokenRecord(path: ByteString, line: Int, reason: String)
    /// A file that is to be archived is larger than a gzip file can tell.
    case tooLargeToArchive(path: ByteString)
    /// A file that nobody should write to any more was written to.
    case changedMeanwhile(path: ByteString)
    /// The log is not whole, so nothing of it may go.
    case notWhole(String)
    /// The newest file is archived, and bears the last name that there can be.
    case noFurtherFile(name: ByteString)
    /// Only a part of the record could be written; it was taken back.
    case incomplete(path: ByteString, code: Int32)

    /// What went wrong, with the path.
    public var description: String {
        switch self {
        case .noHome: "no place for the audit log: neither XDG_STATE_HOME nor HOME is an absolute path"
        case .system(let error): "\(error)"
        case .notRegular(let path): "\(path) is not a regular file"
        case .foreign(let path, let owner): "\(path) belongs to another user (uid \(owner))"
        case .damagedArchive(let path): "\(path) is no whole gzip file"
        case .noFurtherFile(let name): "there can be no file of the log after \(name)"
        case .brokenRecord(let path, let line, let reason): "\(path):\(line): \(reason)"
        case .tooLargeToArchive(let path): "\(path) is too large to be archived: it has 4 GiB or more"
        case .changedMeanwhile(let path): "\(path) changed while it was archived"
        case .notWhole(let problem): "the log is not whole, and nothing of it is dropped: \(problem)"
        case .incomplete(let path, let code):
            "\(SystemError(code: code, operation: "write a whole record to", path: path))"
        }
    }

    /// What a person can do about it, as one sentence.
    public var remedy: String {
        switch self {
        case .noHome: return "Set HOME, or XDG_STATE_HOME to the folder that is to hold pawl/audit."
        case .notRegular(let path): return "Move \(path) away; the log starts a new file."
        case .foreign(let path, _): return "Give \(path) back to the user whose log this is, with chown."
        case .damagedArchive(let path):
            return "Bring \(path) back from a backup, and keep this one for who looks into it."
        case .noFurtherFile(let name): return "Move \(name) away: no month of that name has come yet."
        case .brokenRecord, .notWhole:
            return "Run pawl audit verify, and keep the file as it is until somebody has looked."
        case .tooLargeToArchive: return "Leave it as it is; it can be read and verified."
        case .changedMeanwhile: return "Find out what wrote to it, then archive again."
        case .system(let error): return Self.remedy(code: error.code, path: error.path)
        case .incomplete(let path, let code): return Self.remedy(code: code, path: path)
        }
    }

    private static func remedy(code: Int32, path: ByteString) -> String {
        switch code {
        case ENOSPC, EDQUOT: "Free space on the file system of \(path)."
        case EFBIG: "Raise the file size limit (ulimit -f), or move \(path) away."
        case EROFS: "Set XDG_STATE_HOME to a folder that can be written."
        case EACCES, EPERM: "Make \(path) and its folder writable for this user."
        case ENOTDIR: "A file stands where a folder of \(path) should be; move it away."
        case ELOOP: "Replace the symbolic link \(path) by a file, or move it away."
        default: "Check \(path) and its folder."
        }
    }
}
