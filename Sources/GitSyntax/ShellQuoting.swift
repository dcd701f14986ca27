import ByteStrings

/// Words quoted for a POSIX shell, as git quotes them itself.
public enum ShellQuoting {
    /// `word` so that it can be pasted into a shell: as it is where no byte needs quoting, else within single quotes.
    public static func quote(_ word: ByteString) -> ByteString {
        guard word.isEmpty || !word.bytes.allSatisfy(isPlain) else { return word }
        return quoteAlways(word)
    }

    /// The words of a command line, quoted where needed and with a blank between them.
    public static func quote(_ words: [ByteString]) -> ByteString {
        words.map { quote($0) }.joined(separator: " ")
    }

    /// `word` within single quotes; `'` and `!` stand outside them behind a backslash.
    public static func quoteAlways(_ word: ByteString) -> ByteString {
        var quoted: [UInt8] = [UInt8(ascii: "'")]
        for byte in word.bytes {
            if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "!") {
                quoted += [UInt8(ascii: "'"), UInt8(ascii: "\\"), byte, UInt8(ascii: "'")]
            } else {
                quoted.append(byte)
            }
        }
        return ByteString(quoted + [UInt8(ascii: "'")])
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "+,-./:=@_^".utf8.contains(byte)
        }
    }

    /// Takes one word in the quoting of `quoteAlways` off the front of `text`; nil where it does not begin with one.
    static func dequote(_ text: inout ArraySlice<UInt8>) -> ByteString? {
        guard text.popFirst() == UInt8(ascii: "'") else { return nil }
        var word: [UInt8] = []
        while let byte = text.popFirst() {
            guard byte == UInt8(ascii: "'") else {
                word.append(byte)
                continue
            }
            let next = text.prefix(3)
            guard next.count == 3, next.first == UInt8(ascii: "\\"), next.last == UInt8(ascii: "'"),
                let escaped = next.dropFirst().first, escaped == UInt8(ascii: "'") || escaped == UInt8(ascii: "!")
            else { return ByteString(word) }
            word.append(escaped)
            text = text.dropFirst(3)
        }
        return nil
    }
}
