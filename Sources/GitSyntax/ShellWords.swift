import ByteStrings

/// Why a line is not one simple command that could be split into words without running a shell.
public enum ShellWordsError: Error, Hashable, Sendable {
    case unclosedQuote
    case trailingBackslash
    /// An operator or an expansion outside quotes: what runs is for a shell to say.
    case needsShell(UInt8)
}

/// The words of a line of shell, as far as they can be told without a shell.
public enum ShellWords {
    /// Splits a simple command as POSIX shells do ("Quoting" in the standard's shell language), without expanding
    /// anything; a `#` at the beginning of a word begins a comment. Patterns and `~` are kept as they stand.
    public static func split(_ line: ByteString) throws(ShellWordsError) -> [ByteString] {
        var words: [ByteString] = []
        // nil between words; quotes make an empty word.
        var word: [UInt8]?
        var quote: UInt8?
        var rest = line.bytes[...]
        while let byte = rest.popFirst() {
            switch (quote, byte) {
            case (nil, _) where isSpace(byte):
                if let finished = word { words.append(ByteString(finished)) }
                word = nil
            case (nil, UInt8(ascii: "#")) where word == nil:
                rest = []
            case (nil, UInt8(ascii: "'")), (nil, UInt8(ascii: "\"")):
                quote = byte
                word = word ?? []
            case (nil, _) where operators.contains(byte):
                throw .needsShell(byte)
            case (byte?, _):
                quote = nil
            case (UInt8(ascii: "\"")?, UInt8(ascii: "$")), (UInt8(ascii: "\"")?, UInt8(ascii: "`")):
                throw .needsShell(byte)
            case (nil, UInt8(ascii: "\\")):
                guard let literal = rest.popFirst() else { throw .trailingBackslash }
                word = (word ?? []) + [literal]
            case (UInt8(ascii: "\"")?, UInt8(ascii: "\\")):
                guard let next = rest.first else { throw .unclosedQuote }
                if escapable.contains(next) { rest.removeFirst() }
                word = (word ?? []) + [escapable.contains(next) ? next : byte]
            default:
                word = (word ?? []) + [byte]
            }
        }
        guard quote == nil else { throw .unclosedQuote }
        if let finished = word { words.append(ByteString(finished)) }
        return words
    }

    /// What means something to a shell outside quotes and is no quoting.
    private static let operators = Array(";&|<>()$`".utf8)

    /// What a backslash takes literally within double quotes.
    private static let escapable = Array("$`\"\\".utf8)
}
