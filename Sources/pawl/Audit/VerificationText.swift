import Auditing
import ByteStrings

/// What a check of the chain found, for people.
struct VerificationText {
    /// Notices that are shown; a log that is written anew all the time would fill the screen.
    private static let noticeLimit = 10

    private let result: Verification
    private let log: AuditLog

    private let anchors: [ByteString]

    init(_ result: Verification, _ log: AuditLog, _ anchors: [ByteString]) {
        self.result = result
        self.log = log
        self.anchors = anchors.map(Output.printable)
    }

    var text: ByteString {
        guard let head = result.head else { return "no record in " + log.directory + "\n" }
        var lines = [ByteString("\(result.count) record\(result.count == 1 ? "" : "s") intact")]
        lines.append(ByteString("head: record \(head.sequence), ") + head.hash)
        if let first = result.first, first > 1 {
            lines.append(ByteString("begins with record \(first); retention dropped those before it"))
        }
        let left = result.notices.count - Self.noticeLimit
        if left > 0 { lines.append(ByteString("\(left) older notices")) }
        for notice in result.notices.suffix(Self.noticeLimit) {
            lines.append(ByteString("notice: record \(notice.sequence), ") + Output.printable(notice.text))
        }
        return (lines + anchors).joined(separator: "\n") + "\n"
    }
}
