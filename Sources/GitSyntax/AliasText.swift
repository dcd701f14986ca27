import ByteStrings

/// Why an alias cannot be split into words; git then dies with 128.
public enum AliasTextError: Error, Hashable, Sendable {
    case unclosedQuote
    case trailingBackslash
}

/// The value of a plain alias (git-config(1), `alias.*`), as against one that begins with `!`.
public enum AliasText {
    /// Splits `text` into words as git does: at blanks, tabs and line ends outside quotes; a backslash takes the next
    /// byte literally, except within single quotes; nothing is expanded. White space in front gives an empty word.
    public static func split(_ text: ByteString) throws(AliasTextError) -> [ByteString] {
        var words: [ByteString] = []
        var word: [UInt8] = []
        var quote: UInt8?
        var rest = text.bytes[...]
        while let byte = rest.popFirst() {
            if quote == nil, isSpace(byte) {
                words.append(ByteString(word))
                word = []
                rest = rest.drop(while: isSpace)
            } else if quote == nil, byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
                quote = byte
            } else if byte == quote {
                quote = nil
            } else if byte == UInt8(ascii: "\\"), quote != UInt8(ascii: "'") {
                guard let literal = rest.popFirst() else { throw .trailingBackslash }
                word.append(literal)
            } else {
                word.append(byte)
            }
        }
        guard quote == nil else { throw .unclosedQuote }
        return words + [ByteString(word)]
    }
}

/// What git's own `isspace` takes for white space, in every locale.
func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0a || byte == 0x0d
}
