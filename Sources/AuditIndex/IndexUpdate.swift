import Auditing
import ByteStrings
import Foundation
import GRDB

extension LogIndex {
    /// How far an update has come.
    public struct Progress: Sendable {
        /// Bytes of the log that are indexed.
        public var done: Int
        /// Bytes of the log.
        public var total: Int
    }

    /// Reads what was added to the log since the last time. Fails with `outdated` where the log no longer continues what
    /// was indexed. Any number of processes may do this at once.
    public func update(progress: (Progress) -> Void = { _ in }) throws(IndexError) {
        do {
            while true {
                do {
                    return try catchUp(progress)
                } catch is Overtaken {
                    continue
                }
            }
        } catch {
            throw IndexError(error, path: path)
        }
    }

    private func catchUp(_ progress: (Progress) -> Void) throws {
        // What is known is looked at first: another process may come to know of what is written in between.
        var known = try queue.inDatabase(IndexedFile.all)
        var parts = try logParts()
        guard try !isCurrent(known, parts) else { return }
        try queue.inTransaction(.immediate) { database in
            // Nobody can be ahead of the log as it is now.
            parts = try logParts()
            known = try IndexedFile.all(database)
            try requireContinuation(of: known, parts)
            try forgetFiles(known, without: parts, database)
            return .commit
        }
        let total = parts.reduce(0) { $0 + $1.size }
        var isFirst = true
        var done = 0
        for part in parts {
            let size = known[part.file.name]?.size ?? 0
            if size < part.size {
                if isFirst, let file = known[part.file.name] { try check(file) }
                isFirst = false
                try read(part, from: size, part == parts.last) { progress(Progress(done: done + $0, total: total)) }
            }
            done += part.size
        }
    }

    private func logParts() throws -> [AuditLog.Part] {
        do {
            return try log.parts()
        } catch {
            throw IndexError.unusable(path: path, reason: "the log cannot be read: \(error)")
        }
    }

    /// Files only grow, and new ones come behind those that are known.
    private func requireContinuation(of known: [ByteString: IndexedFile], _ parts: [AuditLog.Part]) throws {
        let newest = known.values.filter { $0.size > 0 }.map(\.name).max()
        for part in parts {
            let name = part.file.name
            let size = known[name]?.size ?? 0
            guard size <= part.size else { throw IndexError.outdated(reason: "\(name) has become shorter") }
            if size < part.size, let newest, name < newest {
                throw IndexError.outdated(reason: "\(name) has come in among older files, or has grown")
            }
        }
    }

    /// Whether nothing has been added or removed. The newest record known is looked at all the same: where the log was
    /// replaced by another one of the same size, that shows here.
    private func isCurrent(_ known: [ByteString: IndexedFile], _ parts: [AuditLog.Part]) throws -> Bool {
        if let newest = known.values.filter({ $0.hash != nil }).max(by: { $0.name < $1.name }),
            parts.contains(where: { $0.file.name == newest.name && $0.size == newest.size })
        {
            try check(newest)
        }
        return known.count == parts.count && parts.allSatisfy { known[$0.file.name]?.size == $0.size }
    }

    /// Whether the last record that was read of a file is still what it was.
    private func check(_ file: IndexedFile) throws {
        guard let place = file.place, let hash = file.hash else { return }
        var entries = log.entries(at: [AuditLog.Place(file: file.name, offset: place)])
        guard case .record(let record) = entries.next(), record.hash == hash else {
            throw IndexError.outdated(reason: "the record at byte \(place) of \(file.name) is not what it was")
        }
    }

    /// Takes out what belonged to files that the log no longer has.
    private func forgetFiles(
        _ known: [ByteString: IndexedFile], without parts: [AuditLog.Part], _ database: Database
    ) throws {
        let present = Set(parts.map(\.file.name))
        for file in known.values where !present.contains(file.name) {
            for table in ["record", "tally", "damage"] {
                try database.execute(sql: "DELETE FROM \(table) WHERE file = ?", arguments: [file.id])
            }
            try database.execute(sql: "DELETE FROM file WHERE id = ?", arguments: [file.id])
            try database.execute(sql: "DELETE FROM text WHERE id NOT IN (SELECT text FROM record)")
        }
    }

    /// How many records go into one transaction: what an interruption loses, and how long others wait.
    private static let batch = 16_384

    private func read(_ part: AuditLog.Part, from start: Int, _ isNewest: Bool, _ progress: (Int) -> Void) throws {
        var lines = try log.lines(of: part, from: start)
        var position = start
        // One writer for all batches remembers the ids; the queue has one connection.
        var writer: IndexWriter?
        while position < part.size {
            var batch = try lines.next(Self.batch)
            // What a crash has left of the newest line is moved away by the next writer.
            if isNewest, batch.last?.isComplete == false { batch.removeLast() }
            guard let end = batch.last?.end else { break }
            let parsed = Self.parse(batch)
            let next = min(end, part.size)
            try queue.inTransaction(.immediate) { database in
                var file = try IndexedFile.row(named: part.file.name, database)
                // Another process was here first: what it has read is not read again.
                guard file.size == position else { throw Overtaken() }
                var current = writer ?? IndexWriter(database)
                try Self.write(parsed, &file, &current, database)
                file.size = next
                try file.save(database)
                writer = current
                return .commit
            }
            position = next
            progress(position)
        }
    }

    /// Another process has indexed the same part of a file in the meantime.
    private struct Overtaken: Error {}

    private static func write(
        _ lines: [IndexedRecord.Line], _ file: inout IndexedFile, _ writer: inout IndexWriter, _ database: Database
    ) throws {
        var last = try Int.fetchOne(database, sql: "SELECT max(seq) FROM record") ?? 0
        for line in lines {
            switch line {
            case .damage(let place, let reason): try writer.addDamage(place, reason, file: file.id)
            case .record(let record) where record.sequence <= last:
                let reason = "record \(record.sequence) stands behind record \(last)"
                try writer.addDamage(record.place, reason, file: file.id)
            case .record(let record):
                try writer.add(record, file: file.id)
                last = record.sequence
                file.place = record.place.offset
                file.hash = record.hash
            }
        }
        try writer.flush()
    }

    /// Reads lines as records, on all processors.
    private static func parse(_ lines: [PlacedLines.Line]) -> [IndexedRecord.Line] {
        let slice = 512
        guard lines.count > slice else { return lines.map(IndexedRecord.Line.init) }
        let count = (lines.count + slice - 1) / slice
        let results = Slices(count: count)
        DispatchQueue.concurrentPerform(iterations: count) { index in
            let range = index * slice..<min((index + 1) * slice, lines.count)
            results.put(lines[range].map(IndexedRecord.Line.init), at: index)
        }
        return results.joined()
    }

    /// Results of work on several threads, in order.
    private final class Slices: @unchecked Sendable {
        private let lock = NSLock()
        private var slices: [[IndexedRecord.Line]]

        init(count: Int) { slices = Array(repeating: [], count: count) }

        func put(_ slice: [IndexedRecord.Line], at index: Int) { lock.withLock { slices[index] = slice } }

        func joined() -> [IndexedRecord.Line] { lock.withLock { Array(slices.joined()) } }
    }
}

extension PlacedLines {
    /// At most so many of the next lines.
    fileprivate mutating func next(_ count: Int) throws -> [Line] {
        var result: [Line] = []
        result.reserveCapacity(count)
        while result.count < count, let line = try next() { result.append(line) }
        return result
    }
}
