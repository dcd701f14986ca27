import ByteStrings

/// A table kept as text in the program's read-only data: it costs nothing until somebody looks at it, and then only a
/// scan for the lines that are wanted. Lines end in a newline, the words of a line stand between single blanks.
struct TableText: Sendable {
    private let text: StaticString

    init(_ text: StaticString) {
        self.text = text
    }

    /// The lines from the first one that is `head`, or begins with `head` and a blank, up to the next line that begins
    /// with `[`. The head's own line comes first. Nil where there is no such line.
    func section(_ head: ByteString) -> [[ByteString]]? {
        text.withUTF8Buffer { bytes in
            guard let start = TableText.line(head, in: bytes) else { return nil }
            var lines: [[ByteString]] = []
            var position = start
            while position < bytes.count, position == start || bytes[position] != UInt8(ascii: "[") {
                lines.append(TableText.words(in: bytes, from: &position))
            }
            return lines
        }
    }

    /// The words of each line whose first word is `head`.
    func lines(_ head: ByteString) -> [[ByteString]] {
        text.withUTF8Buffer { bytes in
            var lines: [[ByteString]] = []
            var from = 0
            while let start = TableText.line(head, in: bytes, from: from) {
                from = start
                lines.append(TableText.words(in: bytes, from: &from))
            }
            return lines
        }
    }

    /// The first words of all lines.
    var heads: [ByteString] {
        text.withUTF8Buffer { bytes in
            var heads: [ByteString] = []
            var position = 0
            while position < bytes.count {
                if let head = TableText.words(in: bytes, from: &position).first { heads.append(head) }
            }
            return heads
        }
    }

    /// The words of the line at `position`, which moves to the next line.
    private static func words(in bytes: UnsafeBufferPointer<UInt8>, from position: inout Int) -> [ByteString] {
        let line = bytes[position...].prefix { $0 != UInt8(ascii: "\n") }
        position = line.endIndex + 1
        return line.split(separator: UInt8(ascii: " ")).map { ByteString($0) }
    }

    /// Where the first line at or after `from` begins that has `head` as its beginning, followed by a blank or nothing.
    private static func line(
        _ head: ByteString, in bytes: UnsafeBufferPointer<UInt8>, from: Int = 0
    ) -> Int? {
        let count = head.bytes.count
        guard let first = head.bytes.first else { return nil }
        var position = from
        while position + count <= bytes.count {
            // The second comparison is rare; the loop is one load and one test for nearly every byte of the table.
            if bytes[position] == first, position == 0 || bytes[position - 1] == UInt8(ascii: "\n"),
                bytes[position..<(position + count)].elementsEqual(head.bytes),
                position + count == bytes.count || bytes[position + count] <= UInt8(ascii: " ")
            {
                return position
            }
            position += 1
        }
        return nil
    }
}
