import ByteStrings

extension ByteString {
    /// Valid Unicode for programs that accept nothing else: a byte that is no part of UTF-8 becomes the four characters
    /// `\xNN`. With `escapingControls` so does a control character that is no tab and no end of line.
    func plainText(escapingControls: Bool) -> ByteString {
        let isControl: (UInt8) -> Bool = { byte in
            byte == 0x7F || byte < 0x20 && byte != 0x09 && byte != 0x0A && byte != 0x0D
        }
        guard bytes.contains(where: { $0 >= 0x80 || isControl($0) }) else { return self }
        var text: [UInt8] = []
        var rest = bytes[...]
        while let byte = rest.first {
            var decoder = UTF8()
            var iterator = rest.makeIterator()
            switch decoder.decode(&iterator) {
            case .scalarValue(let scalar) where !(escapingControls && isControl(byte)):
                text += rest.prefix(UTF8.width(scalar))
                rest = rest.dropFirst(UTF8.width(scalar))
            default:
                let digits = String(byte, radix: 16)
                text += ("\\x" + (digits.count == 1 ? "0" : "") + digits).utf8
                rest = rest.dropFirst()
            }
        }
        return ByteString(text)
    }
}
