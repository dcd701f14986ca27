import ByteStrings
import Platform

/// One line of the log, as far as the chain is concerned. The line is
///
///     {"version":V,"seq":N, … ,"previous":"P","hash":"H"}
///
/// where P and H are 64 hexadecimal digits and H is the SHA-256 of all bytes before `,"hash":"`. So the chain can be
/// written, found and checked without knowing any other field.
struct SealedLine {
    var sequence: Int
    var previous: ByteString
    var hash: ByteString

    /// What the first record of a log names as its predecessor.
    static let origin = ByteString([UInt8](repeating: UInt8(ascii: "0"), count: 64))

    private static let hashLabel = Array(",\"hash\":\"".utf8)
    private static let previousLabel = Array(",\"previous\":\"".utf8)
    private static let end = Array("\"}".utf8)
    private static let digits = 64

    /// The bytes from `,"hash":"` to the closing brace.
    private static let sealLength = hashLabel.count + digits + end.count

    /// Seals a record that has its sequence number and predecessor: the bytes of the line with its newline, and the
    /// hash.
    static func seal(_ record: Record) -> (line: [UInt8], hash: ByteString) {
        var line: [UInt8] = []
        line.reserveCapacity(2048)
        record.unsealed.json.write(to: &line)
        line.removeLast()
        let hash = Digest.sha256(line[...])
        line += hashLabel
        line += hash.bytes
        line += end
        line.append(UInt8(ascii: "\n"))
        return (line, hash)
    }

    /// Reads a line without its newline, and checks its hash. Fails with the reason, in words.
    init(checking line: [UInt8]) throws(Broken) {
        guard let sequence = Self.sequence(of: line) else { throw Broken("not a record") }
        let sealStart = line.count - Self.sealLength
        let hashStart = sealStart + Self.hashLabel.count
        let previousEnd = sealStart - 1
        let previousStart = previousEnd - Self.digits
        guard previousStart >= Self.previousLabel.count, line.suffix(2).elementsEqual(Self.end),
            line[sealStart..<hashStart].elementsEqual(Self.hashLabel), line[previousEnd] == UInt8(ascii: "\""),
            line[(previousStart - Self.previousLabel.count)..<previousStart].elementsEqual(Self.previousLabel)
        else { throw Broken("the record does not end in previous and hash") }
        let hash = ByteString(line[hashStart..<(hashStart + Self.digits)])
        guard Digest.sha256(line[..<sealStart]) == hash else {
            throw Broken("the hash does not fit the record")
        }
        self.sequence = sequence
        self.previous = ByteString(line[previousStart..<previousEnd])
        self.hash = hash
    }

    /// The sequence number from the head of a line, which may be all that was read; nothing else is looked at.
    static func sequence(of line: some Collection<UInt8>) -> Int? {
        var rest = line[...]
        func take(_ label: StaticString) -> Bool {
            label.withUTF8Buffer { buffer in
                guard rest.starts(with: buffer) else { return false }
                rest = rest.dropFirst(buffer.count)
                return true
            }
        }
        func takeNumber() -> Int? {
            let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            // 18 digits: no sum of them overflows.
            guard (1...18).contains(digits.count) else { return nil }
            rest = rest.dropFirst(digits.count)
            return digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
        }
        guard take("{\"version\":"), takeNumber() != nil, take(",\"seq\":"), let sequence = takeNumber(), take(",")
        else { return nil }
        return sequence
    }

    /// Whether an intact line is a notice: that field comes right behind the time, which always has 24 characters.
    static func isNotice(_ line: [UInt8]) -> Bool {
        guard let comma = line.prefix(64).firstIndex(of: UInt8(ascii: ",")).map({ $0 + 1 }),
            let time = line[comma...].prefix(32).firstIndex(of: UInt8(ascii: ",")).map({ $0 + 1 })
        else { return false }
        return line[time...].dropFirst(timeLength).starts(with: noticeLabel)
    }

    private static let timeLength = "\"time\":\"2026-01-31T12:00:00.000Z\",".utf8.count
    private static let noticeLabel = Array("\"notice\":".utf8)

    /// Why a line is not an intact record.
    struct Broken: Error {
        var reason: String

        init(_ reason: String) {
            self.reason = reason
        }
    }
}
