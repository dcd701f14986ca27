import ByteStrings

/// A commit's message in the parts that are printed (git's `pretty.c`).
struct Message {
    private let text: ByteString
    /// Its first paragraph in one line.
    let subject: [UInt8]
    /// What follows it, as it stands.
    let body: ArraySlice<UInt8>

    init(_ text: ByteString) {
        self.text = text
        var rest = Self.withoutBlankLines(text.bytes[...])
        var subject: [UInt8] = []
        var isFirst = true
        while let line = Self.takeLine(&rest) {
            let shown = Self.withoutTrailingSpace(line)
            if shown.isEmpty { break }
            if !isFirst { subject.append(UInt8(ascii: " ")) }
            subject += shown
            isFirst = false
        }
        self.subject = subject
        body = Self.withoutBlankLines(rest)
    }

    /// Lines indented by four, as `git log` prints them. Fails where tabs would have to be expanded.
    func indented() throws(Leave) -> [UInt8] {
        var rest = text.bytes[...]
        if rest.contains(UInt8(ascii: "\t")) { throw Leave() }
        var lines: [UInt8] = []
        var isFirst = true
        while let line = Self.takeLine(&rest) {
            let shown = Self.withoutTrailingSpace(line)
            if shown.isEmpty && isFirst { continue }
            isFirst = false
            lines += "    ".utf8 + shown + "\n".utf8
        }
        return Array(Self.withoutTrailingSpace(lines[...])) + "\n".utf8
    }

    /// As it stands.
    var raw: [UInt8] { text.bytes }

    /// The next line with its newline; nil at the end.
    private static func takeLine(_ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        if rest.isEmpty { return nil }
        let end = rest.firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? rest.endIndex
        defer { rest = rest[end...] }
        return rest[..<end]
    }

    private static func withoutBlankLines(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var rest = text
        while true {
            let before = rest
            guard let line = takeLine(&rest), withoutTrailingSpace(line).isEmpty else { return before }
        }
    }

    private static func withoutTrailingSpace(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var line = line
        while let last = line.last, " \t\n\r".utf8.contains(last) { line = line.dropLast() }
        return line
    }
}
