import ByteStrings

/// Reads what is added to the log from some moment on, across its files.
public struct LogFollower {
    private let log: AuditLog
    /// The file that was read last, and where the next line begins in it; nil while there is none.
    private var place: AuditLog.Place?
    /// The number of the newest record at the beginning, later of the last one that was returned; 0 before there is any.
    public private(set) var lastSequence = 0

    /// Starts behind the newest record.
    public init(_ log: AuditLog) throws(AuditError) {
        self.log = log
        guard let newest = try log.parts().last else { return }
        place = AuditLog.Place(file: newest.file.name, offset: 0)
        // Torn bytes at the end are moved away by the next writer: what follows comes in their place.
        for entry in try log.records(.newestFirst) {
            guard case .record(let record) = entry else { continue }
            lastSequence = record.sequence
            break
        }
        place?.offset = try log.endOfLines(in: newest)
    }

    /// The entries that have come since, oldest first.
    public mutating func next() throws(AuditError) -> [AuditLog.Entry] {
        var entries: [AuditLog.Entry] = []
        for part in try log.parts() {
            let start: Int
            switch place {
            case .some(let place) where part.file.name < place.file: continue
            case .some(let place) where part.file.name == place.file: start = place.offset
            default: start = 0
            }
            guard part.size > start else { continue }
            var lines = try log.lines(of: part, from: start)
            while let line = try lines.next() {
                guard line.isComplete else { break }
                place = AuditLog.Place(file: part.file.name, offset: line.end)
                let entry = line.entry
                if case .record(let record) = entry { lastSequence = record.sequence }
                entries.append(entry)
            }
        }
        return entries
    }
}

extension AuditLog {
    /// Where the last finished line of a file ends.
    fileprivate func endOfLines(in part: Part) throws(AuditError) -> Int {
        let file = try folder.openForReading(part.file)
        do {
            var lines = BackwardLines(file, end: part.size)
            guard let last = try lines.next() else { return 0 }
            return last.isComplete ? part.size : last.offset
        } catch {
            throw .system(error)
        }
    }
}
