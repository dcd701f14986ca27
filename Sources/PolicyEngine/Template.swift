import ByteStrings
import Effects

/// A text with placeholders in braces, as `reason` and `instead` hold it. `{{` and `}}` stand for braces.
public struct Template: Hashable, Sendable {
    /// What can stand in braces. A placeholder that does not apply to an effect expands to nothing.
    public enum Placeholder: String, CaseIterable, Sendable {
        /// The full name of the ref.
        case ref
        /// The short name of the branch or tag.
        case branch
        /// The remote, by name or by URL without credentials.
        case remote
        /// The URL that would be pushed to, without credentials.
        case url
        /// `; 2 commits would be lost (9f3c1d2 Fix the parser, 77ab0e4 Add a test)`, or nothing where that is not known.
        case lost
        /// How many files, or commits, are concerned.
        case count
        /// The first few of the files concerned.
        case paths
        /// The configuration key that would be written.
        case key
        /// What the effect is about, where that is neither a ref nor files.
        case name
        /// The command that would be run.
        case command
        /// What forces a push: `--force`, `+main:main`, `remote.origin.push=+main`.
        case forced
        /// The safer way that the foresight found for exactly this case.
        case safer
    }

    enum Part: Hashable, Sendable {
        case literal(ByteString)
        case placeholder(Placeholder)
    }

    /// As it was written.
    public let source: ByteString
    let parts: [Part]

    /// Throws what is wrong with the braces.
    init(_ source: ByteString) throws(PolicyError.Problem) {
        self.source = source
        parts = try Self.parts(of: source.bytes)
    }

    private static func parts(of text: [UInt8]) throws(PolicyError.Problem) -> [Part] {
        let open = UInt8(ascii: "{")
        let close = UInt8(ascii: "}")
        var parts: [Part] = []
        var literal: [UInt8] = []
        var rest = text[...]
        while let character = rest.popFirst() {
            guard character == open || character == close else {
                literal.append(character)
                continue
            }
            if rest.first == character {
                rest.removeFirst()
                literal.append(character)
                continue
            }
            guard character == open else {
                literal.append(character)
                continue
            }
            guard let end = rest.firstIndex(of: close) else { throw .unclosedPlaceholder }
            let word = ByteString(rest[..<end])
            guard let placeholder = Placeholder(rawValue: word.text) else {
                throw .unknownPlaceholder(word, known: Placeholder.allCases.map { ByteString($0.rawValue) })
            }
            if !literal.isEmpty { parts.append(.literal(ByteString(literal))) }
            literal = []
            parts.append(.placeholder(placeholder))
            rest = rest[(end + 1)...]
        }
        if !literal.isEmpty { parts.append(.literal(ByteString(literal))) }
        return parts
    }

    /// The text for one effect; nil where nothing remains of it.
    ///
    /// Names, paths and commands come from repositories and command lines: control characters in them are replaced, so
    /// that a message stays one line and cannot speak to the terminal.
    public func expanded(for effect: Effect) -> ByteString? {
        var result = ByteString()
        for part in parts {
            switch part {
            case .literal(let text): result += text
            case .placeholder(let placeholder): result += placeholder.value(for: effect).withoutControls
            }
        }
        let text = result.trimmed
        return text.isEmpty ? nil : text
    }
}

extension ByteString {
    /// The text on one line, with nothing in it that speaks to a terminal.
    public var withoutControls: ByteString {
        var previous: UInt8 = 0
        return ByteString(
            bytes.map { byte in
                defer { previous = byte }
                return switch byte {
                case 0x09, 0x0a, 0x0d: 0x20
                case 0..<0x20, 0x7f: UInt8(ascii: "?")
                // The second byte of U+0080 to U+009F, which terminals take for the beginning of their orders.
                case 0x80..<0xa0 where previous == 0xc2: 0xbf
                default: byte
                }
            })
    }
}
