import ByteStrings
import Platform

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

extension AuditLog {
    /// Whether a record could be written now, for commands that must not run without one. Writes none; creates the
    /// folder and the month's file where they are not there yet.
    public func checkWritable() throws(AuditError) {
        let lock = try folder.lockForWriting()
        try withExtendedLifetime(lock) { () throws(AuditError) in
            let newest = try folder.files().last
            let file = try Self.file(for: .now, after: newest)
            try reserve(in: try folder.openForAppending(file, create: file != newest))
        }
    }

    /// Space behind the end of the file that is kept for the record: a full disk shows here, before the command runs.
    private static let reserve = 64 << 10

    /// Sets space aside without changing the file's size. Where the file system cannot do that, nothing is known.
    private func reserve(in file: OpenFile) throws(AuditError) {
        let size = try file.regularSize()
        if let limit = File.sizeLimit, size + Self.reserve > limit {
            throw .system(SystemError(code: EFBIG, operation: "write to", path: file.path))
        }
        let code = File.reserveSpace(file.descriptor, from: size, count: Self.reserve)
        if code == ENOSPC || code == EDQUOT {
            throw .system(SystemError(code: code, operation: "write to", path: file.path))
        }
    }
}
