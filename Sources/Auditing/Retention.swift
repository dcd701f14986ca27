import ByteStrings
import Platform

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

extension AuditLog {
    /// What retention drops, or has dropped.
    public struct Drop: Hashable, Sendable {
        /// The files, oldest first.
        public var files: [Record.DroppedFile]
        /// The number of the first record in them.
        public var first: Int
        /// The record that says so; nil where nothing was dropped, or an earlier notice says it already.
        public var notice: Receipt?
    }

    /// The time before which records may be dropped that are kept for a number of days. A clock that is ahead of the
    /// newest record does not count: if it was set wrong, all would be old. nil for an empty log.
    public func retentionLimit(days: Int, now: Timestamp = .now) throws(AuditError) -> Timestamp? {
        for case .record(let record) in try records(.newestFirst) {
            let milliseconds = min(now, record.time).milliseconds
            return Timestamp(milliseconds: milliseconds - Int64(days) * Timestamp.millisecondsPerDay)
        }
        return nil
    }

    /// What `drop` would do now; nil where nothing is old enough.
    ///
    /// Whole files only, from the oldest on, none of which has a record from `limit` or later, and never the file with
    /// the newest record. Records are not always in the order of time: every one of them is looked at.
    public func droppable(before limit: Timestamp) throws(AuditError) -> Drop? {
        guard File.exists(directory) else { return nil }
        var drop: Drop?
        for file in try filesBeforeNewest() {
            if try folder.size(of: file) == 0 { continue }
            guard let chapter = try chapter(file), chapter.youngest < limit else { break }
            let dropped = Record.DroppedFile(name: file.name, last: chapter.last.sequence, hash: chapter.last.hash)
            if drop == nil { drop = Drop(files: [], first: chapter.first, notice: nil) }
            drop?.files.append(dropped)
            if drop?.files.count == Self.dropLimit { break }
        }
        return drop
    }

    /// Drops the files that `droppable` names, and puts on record which and why. `reason` is the rule, in words.
    ///
    /// The notice is on the disk before the first file goes: interrupted at any point, the log is whole, and the next
    /// call removes what is left. A log that is not whole loses nothing: what remains of it may be evidence.
    public func drop(before limit: Timestamp, reason: ByteString) throws(AuditError) -> Drop? {
        guard var drop = try droppable(before: limit) else { return nil }
        let state = try verify()
        if let problem = state.problem { throw .notWhole("\(problem)") }
        // An earlier call may have been interrupted behind its notice.
        if !drop.files.allSatisfy(state.dropped.contains) {
            var record = Record()
            let count = drop.files.count
            record.notice =
                ByteString("retention: records \(drop.first) to \(drop.files.last?.last ?? drop.first) dropped, ")
                + ByteString("\(count) file\(count == 1 ? "" : "s"), all older than ") + limit.text + "; " + reason
            record.dropped = drop.files
            drop.notice = try append(record, durably: true)
        }
        let lock = try folder.lockForWriting()
        do {
            try withExtendedLifetime(lock) { () throws(SystemError) in
                // Oldest first: whatever is left begins behind a file that the notice names.
                for file in drop.files { try remove(file.name) }
                try folder.flush()
            }
        } catch {
            throw .system(error)
        }
        return drop
    }

    /// As many as one notice names at most.
    private static let dropLimit = 1000

    /// The files before the one in which the newest record stands, archived or not.
    private func filesBeforeNewest() throws(AuditError) -> [LogFile] {
        let files = try folder.files()
        for index in files.indices.reversed() {
            if try LogTail(of: try folder.openForReading(files[index])).last != nil { return Array(files[..<index]) }
        }
        return []
    }

    /// What a file holds: its first and last record, and the time of the youngest.
    private struct Chapter {
        var first: Int
        var last: Receipt
        var youngest: Timestamp
    }

    /// nil for a file with no record, or with anything else than records.
    private func chapter(_ file: LogFile) throws(AuditError) -> Chapter? {
        var chapter: Chapter?
        for entry in Records(log: self, files: [(file, try folder.size(of: file))], order: .oldestFirst, first: nil) {
            guard case .record(let record) = entry, let hash = record.hash else { return nil }
            let receipt = Receipt(sequence: record.sequence, hash: hash)
            let youngest = max(chapter?.youngest ?? record.time, record.time)
            chapter = Chapter(first: chapter?.first ?? record.sequence, last: receipt, youngest: youngest)
        }
        return chapter
    }

    /// Removes a file, its archive, and what crashes left of its lines.
    private func remove(_ name: ByteString) throws(SystemError) {
        let torn = (File.list(directory) ?? []).filter { $0.hasPrefix(name + ".torn-") }
        for entry in [name, name + LogFile.archiveSuffix] + torn {
            let path = Path.join(directory, entry)
            guard path.withCString({ unlink($0) }) == 0 || errno == ENOENT else {
                throw SystemError(operation: "remove", path: path)
            }
        }
    }
}
