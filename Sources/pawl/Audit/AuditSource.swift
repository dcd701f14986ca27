import AuditIndex
import AuditReview
import Auditing
import ByteStrings
import Platform

/// Where the commands of `pawl audit` get their records from: the log, and where that helps its index.
final class AuditSource {
    let log: AuditLog
    /// Where the index lies; nil where there is no place for one.
    let indexPath: ByteString?
    private var index: LogIndex?
    private var hasNoIndex = false

    init(log: AuditLog, indexPath: ByteString?) {
        self.log = log
        self.indexPath = indexPath
    }

    /// The log of the user of this process.
    static func mine() throws(Failure) -> AuditSource {
        let log = try AuditLog.mine()
        return AuditSource(log: log, indexPath: LogIndex.path(for: log, .current))
    }

    /// Lines of the log that are no intact records.
    struct Damage {
        var count = 0
        /// `FILE:LINE: REASON` of the first one that was met.
        var first: ByteString?

        mutating func add(_ description: ByteString) {
            count += 1
            first = first ?? description
        }

        /// What a command says at its end, after it has shown what there is.
        var failure: Failure? {
            guard let first else { return nil }
            let others = count > 1 ? ByteString(" (and \(count - 1) more lines)") : ""
            return Failure(first + others, remedy: "pawl audit verify tells how far the chain holds")
        }
    }

    /// Calls `body` with each record that the filter asks for, one at a time; with a limit these are the newest so many,
    /// in either order. Returns what was not intact on the way.
    @discardableResult
    func visit(
        _ filter: RecordFilter, _ order: AuditLog.Order = .oldestFirst, _ body: (Record) throws -> Void
    ) throws -> Damage {
        var unlimited = filter
        unlimited.limit = nil
        // The newest records, or all of them: no index is faster than reading just those.
        if unlimited == RecordFilter() { return try scan(filter, order, body) }
        let found = try withIndex { index throws(IndexError) in
            (places: try index.places(filter), damage: try index.damage())
        }
        guard let found else { return try scan(filter, order, body) }
        var withoutTexts = filter
        withoutTexts.texts = []
        var damage = Damage()
        for broken in found.damage {
            damage.add(broken.place.file + ByteString(": byte \(broken.place.offset): \(broken.reason)"))
        }
        for entry in log.entries(at: order == .oldestFirst ? found.places : found.places.reversed()) {
            switch entry {
            case .record(let record) where filter.includes(record): try body(record)
            case .record(let record) where withoutTexts.includes(record):
                // Text is indexed as far as it is UTF-8; here it is looked for in the bytes.
                break
            case .record(let record): damage.add(ByteString("record \(record.sequence) is not what was indexed"))
            case .broken(let file, _, let reason): damage.add(file + ByteString(": \(reason)"))
            }
        }
        return damage
    }

    /// Reads the log itself.
    private func scan(
        _ filter: RecordFilter, _ order: AuditLog.Order, _ body: (Record) throws -> Void
    ) throws -> Damage {
        var damage = Damage()
        var newest: [Record] = []
        var count = 0
        let collects = filter.limit != nil && order == .oldestFirst
        let entries = try AuditLog.reading { () throws(AuditError) in
            try log.records(filter.limit == nil ? order : .newestFirst)
        }
        for entry in entries {
            switch entry {
            case .broken(let file, let line, let reason): damage.add(file + ByteString(":\(line): \(reason)"))
            case .record(let record):
                guard filter.includes(record) else { continue }
                if collects { newest.append(record) } else { try body(record) }
                count += 1
            }
            if count == filter.limit { break }
        }
        for record in newest.reversed() { try body(record) }
        return damage
    }

    // MARK: The index

    /// Asks the index, brought up to date. One that is damaged or no longer fits is built anew, with a notice. Nil where
    /// none can be had; the notice of that comes once.
    func withIndex<Value>(_ body: (LogIndex) throws(IndexError) -> Value) throws(Failure) -> Value? {
        guard let indexPath, !hasNoIndex else { return nil }
        do {
            return try body(try currentIndex(indexPath))
        } catch {
            guard error.isMendedByRebuilding else { return giveUp(error) }
            Output.notice(ByteString("\(error); building it anew"))
        }
        do {
            return try body(try rebuiltIndex(indexPath))
        } catch {
            return giveUp(error)
        }
    }

    /// Throws the index away and builds it anew.
    func rebuiltIndex(_ path: ByteString) throws(IndexError) -> LogIndex {
        index = nil
        LogIndex.remove(at: path)
        return try currentIndex(path)
    }

    private func currentIndex(_ path: ByteString) throws(IndexError) -> LogIndex {
        if let index { return index }
        let opened = try LogIndex(at: path, of: log)
        var meter = ProgressMeter("indexing the log")
        defer { meter.finish() }
        try opened.update { meter.show($0.done, of: $0.total) }
        index = opened
        return opened
    }

    private func giveUp<Value>(_ error: IndexError) -> Value? {
        hasNoIndex = true
        Output.notice(ByteString("\(error); reading the whole log instead"))
        return nil
    }
}
