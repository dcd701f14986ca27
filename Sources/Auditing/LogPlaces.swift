import ByteStrings
import Platform

extension AuditLog {
    /// Where a record lies, so that it can be read again without reading what is before it.
    public struct Place: Hashable, Sendable {
        /// The name of its file, the same whether that is archived or not.
        public var file: ByteString
        /// Where its line begins in the file, in bytes.
        public var offset: Int

        public init(file: ByteString, offset: Int) {
            self.file = file
            self.offset = offset
        }
    }

    /// One file of the log, as it stood at a moment when no record was half written.
    public struct Part: Hashable, Sendable {
        public var file: LogFile
        /// The bytes of its lines, as they are when unpacked.
        public var size: Int
    }

    /// The files of the log, oldest first.
    public func parts() throws(AuditError) -> [Part] { try snapshot().map { Part(file: $0.file, size: $0.size) } }

    /// The lines of a file from `offset`, where a line begins. Lines are told by their bytes, not read as records yet:
    /// `entry(of:)` does that, on any thread.
    public func lines(of part: Part, from offset: Int = 0) throws(AuditError) -> PlacedLines {
        let file = try folder.openForReading(part.file)
        return PlacedLines(part.file.name, ForwardLines(file, from: offset, end: part.size), path: file.path)
    }

    /// The entries that lie at these places, one after the other; opens a file once for a run of places in it.
    public func entries(at places: [Place]) -> PlacedEntries { PlacedEntries(log: self, places: places) }
}

/// The lines of one file of the log, forwards.
public struct PlacedLines {
    private let name: ByteString
    private let path: ByteString
    private var lines: ForwardLines

    init(_ name: ByteString, _ lines: ForwardLines, path: ByteString) {
        self.name = name
        self.lines = lines
        self.path = path
    }

    /// A line that may be a record.
    public struct Line: Sendable {
        public let place: AuditLog.Place
        /// Where the next line begins.
        public let end: Int
        /// Whether a newline ends it; only the last line of a file may have none, and then it is torn.
        public let isComplete: Bool
        let bytes: [UInt8]
        let path: ByteString

        init(_ line: Auditing.Line, in name: ByteString, path: ByteString) {
            place = AuditLog.Place(file: name, offset: line.offset)
            end = line.offset + line.bytes.count + 1
            isComplete = line.isComplete
            bytes = line.bytes
            self.path = path
        }

        /// Reads the line as a record, and checks its hash. For a broken one `line` is 0: nobody has counted.
        public var entry: AuditLog.Entry {
            guard isComplete else { return .broken(file: path, line: 0, reason: "the last line is not finished") }
            do {
                _ = try SealedLine(checking: bytes)
                return .record(try Record(json: try JSON(parsing: ByteString(bytes))))
            } catch let error as SealedLine.Broken {
                return .broken(file: path, line: 0, reason: error.reason)
            } catch {
                return .broken(file: path, line: 0, reason: "\(error)")
            }
        }
    }

    /// The next line; nil at the end.
    public mutating func next() throws(AuditError) -> Line? {
        do {
            return try lines.next().map { Line($0, in: name, path: path) }
        } catch {
            throw .system(error)
        }
    }
}

/// The entries at given places.
public struct PlacedEntries: Sequence, IteratorProtocol {
    private let log: AuditLog
    private var places: ArraySlice<AuditLog.Place>
    private var file: (name: ByteString, lines: ForwardLines, path: ByteString)?

    init(log: AuditLog, places: [AuditLog.Place]) {
        self.log = log
        self.places = places[...]
    }

    /// The entry at the next place; broken where no record lies there any more.
    public mutating func next() -> AuditLog.Entry? {
        guard let place = places.popFirst() else { return nil }
        do {
            if file?.name != place.file {
                guard let named = LogFile(named: place.file) else {
                    return .broken(file: place.file, line: 0, reason: "no file of the log has this name")
                }
                let opened = try log.folder.openForReading(named)
                let size = try opened.regularSize()
                file = (place.file, ForwardLines(opened, from: place.offset, end: size), opened.path)
            }
            guard let path = file?.path else { return nil }
            file?.lines.seek(to: place.offset)
            guard let line = try file?.lines.next() else {
                return .broken(file: path, line: 0, reason: "the file ends before byte \(place.offset)")
            }
            return PlacedLines.Line(line, in: place.file, path: path).entry
        } catch {
            return .broken(file: Path.join(log.directory, place.file), line: 0, reason: "\(error)")
        }
    }
}
