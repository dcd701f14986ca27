import ByteStrings
import Platform

/// A file of the log, by its name. Ordered by name, the files are one log.
public struct LogFile: Hashable, Comparable, Sendable {
    /// `YYYY-MM.jsonl` for the first file of a month, `YYYY-MM_NNNN.jsonl` with NNNN from 0002 for those after it. The
    /// name stays the same when the file is archived, although `.gz` follows it on the disk then.
    public let name: ByteString
    /// Whether it is compressed; such a file never changes any more.
    public let isArchived: Bool

    static let suffix: ByteString = ".jsonl"
    static let archiveSuffix: ByteString = ".gz"
    private static let lastPart = 9999

    /// Takes the name of a file in the log's folder; nil for one that is no part of the log.
    init?(named entry: ByteString) {
        let plain = entry.dropping(suffix: Self.archiveSuffix)
        name = plain ?? entry
        isArchived = plain != nil
        guard let stem = name.dropping(suffix: Self.suffix), Self.isStem(stem) else { return nil }
    }

    private init(month: ByteString, part: Int) {
        let digits = ByteString(String(part))
        let zeros = ByteString(String(repeating: "0", count: max(0, 4 - digits.count)))
        name = month + (part == 1 ? "" : "_" + zeros + digits) + Self.suffix
        isArchived = false
    }

    /// The archive of a file.
    init(archived file: LogFile) {
        name = file.name
        isArchived = true
    }

    /// The first file of the month in which that time lies.
    init(for time: Timestamp) {
        self.init(month: ByteString(time.text.bytes.prefix(7)), part: 1)
    }

    /// The file after this one: the next of the month, or the first of the next month where a month is full; nil at
    /// the end of all time.
    var next: LogFile? {
        guard let year = number(0..<4), let month = number(5..<7) else { return nil }
        let part = number(8..<12) ?? 1
        if part < Self.lastPart { return LogFile(month: ByteString(name.bytes.prefix(7)), part: part + 1) }
        guard month < 12 || year < 9999 else { return nil }
        let following = month < 12 ? year * 100 + month + 1 : (year + 1) * 100 + 1
        let digits = Array(String(1_000_000 + following).utf8.dropFirst())
        return LogFile(month: ByteString(digits[..<4]) + "-" + ByteString(digits[4...]), part: 1)
    }

    public static func < (left: LogFile, right: LogFile) -> Bool { left.name < right.name }

    private func number(_ range: Range<Int>) -> Int? {
        range.upperBound <= name.count ? Int(ByteString(name.bytes[range]).text) : nil
    }

    private static func isStem(_ stem: ByteString) -> Bool {
        guard stem.count == 7 || stem.count == 12 else { return false }
        let isFormed = stem.bytes.enumerated().allSatisfy { index, byte in
            switch index {
            case 4: byte == UInt8(ascii: "-")
            case 7: byte == UInt8(ascii: "_")
            default: (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            }
        }
        return isFormed && (stem.count == 7 || ByteString(stem.bytes.suffix(4)) >= "0002")
    }
}
