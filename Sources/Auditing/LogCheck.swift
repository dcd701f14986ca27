import ByteStrings
import Platform

extension AuditLog {
    /// Whether a record could be written now, for commands that must not run without one. Writes none; creates the
    /// folder and the month's file where they are not there yet.
    public func checkWritable() throws(AuditError) {
        let lock = try folder.lockForWriting()
        try withExtendedLifetime(lock) { () throws(AuditError) in
            let month = LogFolder.fileName(for: .now)
            let newest = try folder.files().last
            let name = newest.map { max($0, month) } ?? month
            _ = try folder.openForAppending(name, create: name != newest)
        }
    }
}
