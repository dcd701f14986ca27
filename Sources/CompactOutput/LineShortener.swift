import ByteStrings

/// Shortens what git prints, a line at a time.
public protocol LineShortener {
    /// What to print for a line without its end: any number of lines.
    mutating func shorten(_ line: ByteString) -> [ByteString]

    /// What is left to print when git has ended.
    mutating func finish() -> [ByteString]
}

extension LineShortener {
    public mutating func finish() -> [ByteString] { [] }
}

extension CompactForm.Shortener {
    /// One to begin with; nil where there is nothing to shorten.
    public func begin() -> (any LineShortener)? {
        switch self {
        case .none: nil
        case .patches: PatchShortener()
        case .commit: CommitShortener()
        case .push: PushShortener()
        }
    }
}

/// Cuts a stream of bytes into lines for a shortener.
public struct ShortenedStream {
    private var shortener: any LineShortener
    private var rest: [UInt8] = []

    public init(_ shortener: any LineShortener) {
        self.shortener = shortener
    }

    /// Takes what git has printed, and returns what is to be printed for the lines that are complete.
    public mutating func take(_ bytes: some Collection<UInt8>) -> [UInt8] {
        rest += bytes
        guard let last = rest.lastIndex(of: 0x0a) else { return [] }
        let lines = ByteString(rest[..<last]).split(0x0a)
        rest = Array(rest[(last + 1)...])
        return Self.joined(lines.flatMap { shortener.shorten($0) })
    }

    /// The end: also of a last line without an end.
    public mutating func finish() -> [UInt8] {
        let last = rest.isEmpty ? [] : shortener.shorten(ByteString(rest))
        return Self.joined(last + shortener.finish())
    }

    private static func joined(_ lines: [ByteString]) -> [UInt8] { lines.flatMap { $0.bytes + [0x0a] } }
}
