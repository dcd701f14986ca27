import ByteStrings

/// A table kept as text in the program's read-only data: it costs nothing until somebody looks at it, and then only a
/// scan for the lines that are wanted. Lines end in a newline, the words of a line stand between single blanks.
public struct TableText: Sendable {
    private let text: StaticString

    public init(_ text: StaticString) {
        self.text = text
    }

    /// Whether there is a section: a line that is `head`, or begins with `head` and a blank.
    func hasSection(_ head: ByteString) -> Bool { text.withUTF8Buffer { TableText.line(head, in: $0) != nil } }

    /// Hands over the words of each line of a section, from its head up to the next line that begins with `[`. The
    /// head's own line comes first. False where there is no such section.
    func readSection(_ head: ByteString, _ read: ([TableWord]) -> Void) -> Bool {
        text.withUTF8Buffer { bytes in
            guard let start = TableText.line(head, in: bytes) else { return false }
            var position = start
            // One array for all lines: a section is read for every command that is parsed.
            var words: [TableWord] = []
            while position < bytes.count, position == start || bytes[position] != UInt8(ascii: "[") {
                words.removeAll(keepingCapacity: true)
                TableText.eachWord(in: bytes, from: &position) { words.append(TableWord(bytes: $0)) }
                read(words)
            }
            return true
        }
    }

    /// The words of the first line whose first word is `head`.
    public func line(_ head: ByteString) -> [ByteString]? {
        guard TableText.isWord(head) else { return nil }
        return text.withUTF8Buffer { bytes in
            guard var position = TableText.line(head, in: bytes) else { return nil }
            return TableText.words(in: bytes, from: &position)
        }
    }

    /// The words of the line whose first word is `head`, in a table whose lines are sorted by their first words.
    public func sortedLine(_ head: ByteString) -> [ByteString]? {
        guard TableText.isWord(head), !head.isEmpty else { return nil }
        return text.withUTF8Buffer { bytes in
            var low = 0
            var high = bytes.count
            while low < high {
                var start = (low + high) / 2
                while start > low, bytes[start - 1] != UInt8(ascii: "\n") { start -= 1 }
                var end = start
                while end < bytes.count, bytes[end] > UInt8(ascii: " ") { end += 1 }
                let word = bytes[start..<end]
                if word.elementsEqual(head.bytes) { return TableText.words(in: bytes, from: &start) }
                if word.lexicographicallyPrecedes(head.bytes) {
                    while end < bytes.count, bytes[end] != UInt8(ascii: "\n") { end += 1 }
                    low = end + 1
                } else {
                    high = start
                }
            }
            return nil
        }
    }

    /// The words of each line whose first word is `head`.
    public func lines(_ head: ByteString) -> [[ByteString]] {
        guard TableText.isWord(head) else { return [] }
        return text.withUTF8Buffer { bytes in
            var lines: [[ByteString]] = []
            var from = 0
            while let start = TableText.line(head, in: bytes, from: from) {
                from = start
                lines.append(TableText.words(in: bytes, from: &from))
            }
            return lines
        }
    }

    /// Whether `head` is one word; more would match the rest of a line.
    private static func isWord(_ head: ByteString) -> Bool {
        head.bytes.allSatisfy { $0 > UInt8(ascii: " ") }
    }

    /// The words of all lines.
    public var lines: [[ByteString]] {
        text.withUTF8Buffer { bytes in
            var lines: [[ByteString]] = []
            var position = 0
            while position < bytes.count { lines.append(TableText.words(in: bytes, from: &position)) }
            return lines
        }
    }

    /// The words of the line at `position`, which moves to the next line.
    private static func words(in bytes: UnsafeBufferPointer<UInt8>, from position: inout Int) -> [ByteString] {
        var words: [ByteString] = []
        eachWord(in: bytes, from: &position) { words.append(ByteString($0)) }
        return words
    }

    @inline(__always)
    private static func eachWord(
        in bytes: UnsafeBufferPointer<UInt8>, from position: inout Int,
        _ take: (Slice<UnsafeBufferPointer<UInt8>>) -> Void
    ) {
        var start = position
        while position < bytes.count {
            let byte = bytes[position]
            if byte <= UInt8(ascii: " ") {
                if position > start { take(bytes[start..<position]) }
                start = position + 1
            }
            position += 1
            if byte == UInt8(ascii: "\n") { break }
        }
        if position > start { take(bytes[start..<position]) }
    }

    /// Where the first line at or after `from` begins that has `head` as its beginning, followed by a blank or nothing.
    private static func line(
        _ head: ByteString, in bytes: UnsafeBufferPointer<UInt8>, from: Int = 0
    ) -> Int? {
        let count = head.bytes.count
        guard let last = head.bytes.last else { return nil }
        // Horspool's search: a byte of the table under the end of `head` says how far `head` can be moved at once.
        return withUnsafeTemporaryAllocation(of: Int.self, capacity: 256) { shifts in
            shifts.initialize(repeating: count)
            for (index, byte) in head.bytes.dropLast().enumerated() { shifts[Int(byte)] = count - 1 - index }
            var end = from + count - 1
            while end < bytes.count {
                let byte = bytes[end]
                let start = end - (count - 1)
                if byte == last, start == 0 || bytes[start - 1] == UInt8(ascii: "\n"),
                    end + 1 == bytes.count || bytes[end + 1] <= UInt8(ascii: " "),
                    bytes[start...end].elementsEqual(head.bytes)
                {
                    return start
                }
                end += shifts[Int(byte)]
            }
            return nil
        }
    }
}

extension ByteString {
    /// Whether these are the bytes of `text`; compares without making a byte string of it.
    func isWord(_ text: StaticString) -> Bool {
        text.withUTF8Buffer { bytes.elementsEqual($0) }
    }
}

/// A word of a table where it stands in the program's read-only data: nothing is copied until its text is asked for.
struct TableWord: @unchecked Sendable {
    private let bytes: UnsafeBufferPointer<UInt8>

    fileprivate init(bytes: Slice<UnsafeBufferPointer<UInt8>>) {
        self.bytes = UnsafeBufferPointer(rebasing: bytes)
    }

    private init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    var count: Int { bytes.count }
    var first: UInt8? { bytes.first }
    var last: UInt8? { bytes.last }
    var text: ByteString { ByteString(bytes) }

    func isWord(_ text: StaticString) -> Bool {
        text.withUTF8Buffer { bytes.elementsEqual($0) }
    }

    func dropFirst(_ count: Int) -> TableWord { TableWord(UnsafeBufferPointer(rebasing: bytes.dropFirst(count))) }

    /// What follows `prefix`, or nil where the word does not begin with it.
    func dropping(prefix: StaticString) -> TableWord? {
        prefix.withUTF8Buffer { bytes.starts(with: $0) } ? dropFirst(prefix.utf8CodeUnitCount) : nil
    }
}
