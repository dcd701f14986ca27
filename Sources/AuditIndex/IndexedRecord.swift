import AuditReview
import Auditing
import ByteStrings
import Platform

/// What of a line of the log goes into the index. Made on any thread.
struct IndexedRecord: Sendable {
    var sequence: Int
    var time: Timestamp
    var session: ByteString?
    var facet: Facet
    var text: ByteString
    var hash: ByteString
    var place: AuditLog.Place

    /// A line as it was found.
    enum Line: Sendable {
        case record(IndexedRecord)
        case damage(place: AuditLog.Place, reason: String)

        init(_ line: PlacedLines.Line) {
            switch line.entry {
            case .broken(_, _, let reason): self = .damage(place: line.place, reason: reason)
            case .record(let record): self = .record(IndexedRecord(record, line.place))
            }
        }
    }

    private init(_ record: Record, _ place: AuditLog.Place) {
        sequence = record.sequence
        time = record.time
        session = record.session
        facet = Facet(record)
        text = record.searchedText
        hash = record.hash ?? ""
        self.place = place
    }

    /// The bucket of time to which the record belongs.
    var bucket: Int64 { Self.bucket(of: time) }

    static func bucket(of time: Timestamp) -> Int64 {
        let (quotient, rest) = time.milliseconds.quotientAndRemainder(dividingBy: Schema.bucket)
        return rest < 0 ? quotient - 1 : quotient
    }
}

/// 64 bits of a SHA-256, as the tables keep it.
func key(of text: ByteString) -> Int64 {
    let digits = String(decoding: Digest.sha256(text).bytes.prefix(16), as: UTF8.self)
    return UInt64(digits, radix: 16).map { Int64(bitPattern: $0) } ?? 0
}
