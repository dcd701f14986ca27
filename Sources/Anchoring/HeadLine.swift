import Auditing
import ByteStrings

/// A hash of the log as a line of text, as anchors hold it:
///
///     pawl audit head SEQ HASH
///
/// What stands before it in the line (a time, a host), and behind it, is not looked at.
enum HeadLine {
    private static let label: ByteString = "pawl audit head "
    private static let digits = 64

    static func text(_ receipt: AuditLog.Receipt) -> ByteString {
        label + ByteString("\(receipt.sequence) ") + receipt.hash
    }

    /// The hash in a line; nil where there is none.
    static func read(_ line: ByteString, source: ByteString) -> KnownHead? {
        let bytes = line.bytes
        let candidates = bytes.indices.lazy.filter { bytes[$0...].starts(with: label.bytes) }
        for start in candidates {
            let words = ByteString(bytes[(start + label.count)...]).split(UInt8(ascii: " "))
            guard words.count >= 2, (1...18).contains(words[0].count), let sequence = Int(words[0].text), sequence > 0,
                words[1].count == digits, words[1].bytes.allSatisfy(isDigit)
            else { continue }
            return KnownHead(hash: words[1], sequence: sequence, source: source)
        }
        return nil
    }

    /// All hashes in a text.
    static func readAll(_ text: ByteString, source: ByteString) -> [KnownHead] {
        text.split(UInt8(ascii: "\n")).compactMap { line in
            read(line.bytes.last == UInt8(ascii: "\r") ? ByteString(line.bytes.dropLast()) : line, source: source)
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
    }
}
