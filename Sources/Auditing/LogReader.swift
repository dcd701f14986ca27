import ByteStrings
import Platform

extension AuditLog {
    /// The direction of reading.
    public enum Order: Sendable { case oldestFirst, newestFirst }

    /// What a line of the log is.
    public enum Entry: Hashable, Sendable {
        /// An intact record; whether it follows the one before is `verify`'s to say.
        case record(Record)
        /// A line that is not an intact record, or a file that cannot be read on from there. `line` counts from 1.
        case broken(file: ByteString, line: Int, reason: String)
    }

    /// The entries as they stand now, read as they are asked for. `from` is the sequence number to begin at, in the
    /// direction of reading. A log that does not exist is empty.
    public func records(_ order: Order = .oldestFirst, from first: Int? = nil) throws(AuditError) -> Records {
        Records(log: self, files: try snapshot(), order: order, first: first)
    }

    /// The records among the newest `count` lines of commands that were run in this way, the newest first. Other lines are
    /// not even looked at whether they are intact.
    public func newest(_ count: Int, ran execution: Record.Execution) throws(AuditError) -> Records {
        let text = ByteString("\"ran\":\"\(execution.rawValue)\"")
        return Records(log: self, files: try snapshot(), order: .newestFirst, first: nil, text: text, lines: count)
    }

    /// The record with a sequence number; nil where there is none.
    public func record(_ sequence: Int) throws(AuditError) -> Record? {
        for entry in try records(from: sequence) {
            guard case .record(let record) = entry else { continue }
            if record.sequence == sequence { return record }
            if record.sequence > sequence { return nil }
        }
        return nil
    }

    /// The files with the sizes of their lines in bytes, oldest first, at a moment when no record was half written.
    /// What is written later lies behind these sizes.
    public func snapshot() throws(AuditError) -> [(file: LogFile, size: Int)] {
        guard File.exists(directory) else { return [] }
        let lock = folder.lockForReading()
        return try withExtendedLifetime(lock) { () throws(AuditError) in
            try folder.files().map { file throws(AuditError) in (file, try folder.size(of: file)) }
        }
    }
}

/// Entries of the log, read lazily: one line and one block are held in memory.
public struct Records: Sequence {
    let log: AuditLog
    let files: [(file: LogFile, size: Int)]
    let order: AuditLog.Order
    let first: Int?
    /// What lines have to have in them; nil for all of them.
    var text: ByteString?
    /// How many lines are read; nil for all of them.
    var lines: Int?

    public func makeIterator() -> Iterator { Iterator(self) }

    /// Reads one entry at a time; keeps one file open.
    public struct Iterator: IteratorProtocol {
        private let log: AuditLog
        private let order: AuditLog.Order
        private let first: Int?
        private let text: ByteString?
        private var linesLeft: Int?
        private var files: ArraySlice<(file: LogFile, size: Int)>
        private var current: Cursor?

        init(_ records: Records) {
            log = records.log
            order = records.order
            first = records.first
            text = records.text
            linesLeft = records.lines
            files = records.files[...]
            skipFiles()
        }

        /// The next entry; nil at the end.
        public mutating func next() -> AuditLog.Entry? {
            while linesLeft != 0 {
                if current == nil {
                    guard let (file, size) = order == .oldestFirst ? files.popFirst() : files.popLast() else {
                        return nil
                    }
                    do {
                        current = Cursor(try log.folder.openForReading(file), size: size, order: order)
                    } catch {
                        let path = log.folder.place(of: file)
                        return .broken(file: path, line: 1, reason: "\(error)")
                    }
                }
                do {
                    guard let line = try current?.next() else {
                        current = nil
                        continue
                    }
                    if let left = linesLeft { linesLeft = left - 1 }
                    if let text, !ByteString(line.bytes).contains(text) { continue }
                    if let first, let sequence = SealedLine.sequence(of: line.bytes),
                        order == .oldestFirst ? sequence < first : sequence > first
                    {
                        continue
                    }
                    if let entry = current?.entry(line) { return entry }
                } catch {
                    defer { current = nil }
                    return current?.broken(at: 0, "\(error)")
                }
            }
            return nil
        }

        /// Drops files that end before the first record wanted, judging by the first line of each.
        private mutating func skipFiles() {
            guard let first else { return }
            let heads = files.map { file in
                (try? log.folder.head(of: file.file, count: 64)).flatMap { SealedLine.sequence(of: $0) }
            }
            switch order {
            case .oldestFirst:
                if let index = heads.lastIndex(where: { $0.map { $0 <= first } ?? false }) { files = files[index...] }
            case .newestFirst:
                if let index = heads.firstIndex(where: { $0.map { $0 > first } ?? false }) { files = files[..<index] }
            }
        }
    }

    /// A place in one file.
    private struct Cursor {
        private let file: OpenFile
        private var forward: ForwardLines?
        private var backward: BackwardLines?
        /// Lines read so far, forwards.
        private var line = 0

        init(_ file: OpenFile, size: Int, order: AuditLog.Order) {
            self.file = file
            switch order {
            case .oldestFirst: forward = ForwardLines(file, end: size)
            case .newestFirst: backward = BackwardLines(file, end: size)
            }
        }

        mutating func next() throws(SystemError) -> Line? {
            line += 1
            if forward != nil { return try forward?.next() }
            return try backward?.next()
        }

        func entry(_ line: Line) -> AuditLog.Entry {
            guard line.isComplete else { return broken(at: line.offset, "the last line is not finished") }
            do {
                _ = try SealedLine(checking: line.bytes)
                return .record(try Record(json: try JSON(parsing: ByteString(line.bytes))))
            } catch let error as SealedLine.Broken {
                return broken(at: line.offset, error.reason)
            } catch {
                return broken(at: line.offset, "\(error)")
            }
        }

        func broken(at offset: Int, _ reason: String) -> AuditLog.Entry {
            .broken(file: file.path, line: forward != nil ? line : countLines(before: offset) + 1, reason: reason)
        }

        /// Backwards, lines are counted only when a number is wanted.
        private func countLines(before offset: Int) -> Int {
            var lines = ForwardLines(file, end: offset)
            var count = 0
            while (try? lines.next()) != nil { count += 1 }
            return count
        }
    }
}
