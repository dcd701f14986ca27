import ByteStrings

/// Names as git prints them where they hold unusual bytes: in double quotes, with C's escapes (git-config(1),
/// `core.quotePath`).
public enum PathQuoting {
    private static let letters: [UInt8: UInt8] = [
        UInt8(ascii: "a"): 7, UInt8(ascii: "b"): 8, UInt8(ascii: "t"): 9, UInt8(ascii: "n"): 10, UInt8(ascii: "v"): 11,
        UInt8(ascii: "f"): 12, UInt8(ascii: "r"): 13,
    ]

    /// The name that is meant; one without quotes is what it is.
    public static func unquoted(_ name: ByteString) -> ByteString {
        guard name.count > 1, let inside = name.dropping(prefix: "\"")?.dropping(suffix: "\"") else { return name }
        var bytes: [UInt8] = []
        var rest = inside.bytes[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\"), let escape = rest.popFirst() else {
                bytes.append(byte)
                continue
            }
            guard let first = digit(escape) else {
                bytes.append(letters[escape] ?? escape)
                continue
            }
            var value = first
            for _ in 0..<2 {
                guard let next = rest.first.flatMap(digit) else { break }
                value = (value & 0o37) << 3 | next
                rest = rest.dropFirst()
            }
            bytes.append(value)
        }
        return ByteString(bytes)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        (UInt8(ascii: "0")...UInt8(ascii: "7")).contains(byte) ? byte - UInt8(ascii: "0") : nil
    }
}
