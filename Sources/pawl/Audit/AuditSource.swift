import AuditReview
import Auditing
import ByteStrings

/// Where the commands of `pawl audit` get their records from.
struct AuditSource {
    let log: AuditLog

    /// The log of the user of this process.
    static func mine() throws(Failure) -> AuditSource { AuditSource(log: try AuditLog.mine()) }

    /// Lines of the log that are no intact records.
    struct Damage {
        var count = 0
        /// `FILE:LINE: REASON` of the first one that was met.
        var first: ByteString?

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
        var damage = Damage()
        var newest: [Record] = []
        var count = 0
        let collects = filter.limit != nil && order == .oldestFirst
        let entries = try AuditLog.reading { () throws(AuditError) in
            try log.records(filter.limit == nil ? order : .newestFirst)
        }
        for entry in entries {
            switch entry {
            case .broken(let file, let line, let reason):
                damage.count += 1
                damage.first = damage.first ?? file + ByteString(":\(line): \(reason)")
            case .record(let record):
                guard filter.includes(record) else { continue }
                if collects { newest.append(record) } else { try body(record) }
                count += 1
                if count == filter.limit { break }
            }
            if count == filter.limit { break }
        }
        for record in newest.reversed() { try body(record) }
        return damage
    }
}
