import ByteStrings
import Platform

extension AuditLog {
    /// Begins the next file, empty, if the newest one has more than `size` bytes. Where the end is torn, the next
    /// writer has to mend it first, and nothing happens.
    public func rotate(above size: Int) throws(AuditError) {
        guard let newest = try folder.files().last, !newest.isArchived, try folder.size(of: newest) > size else {
            return
        }
        let lock = try folder.lockForWriting()
        try withExtendedLifetime(lock) { () throws(AuditError) in
            // Another one may have been faster.
            guard try folder.files().last == newest, let next = newest.next else { return }
            let tail = try LogTail(of: try folder.openForReading(newest))
            guard tail.last != nil, tail.end == tail.size else { return }
            _ = try folder.openForAppending(next, create: true)
        }
    }

    /// Waits until all records are on the disk.
    public func flush() throws(AuditError) {
        guard let newest = try folder.files().last, !newest.isArchived else { return }
        try flush(try folder.openForReading(newest))
    }
}
