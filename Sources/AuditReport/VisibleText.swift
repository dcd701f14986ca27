import ByteStrings

extension ByteString {
    /// The text as people can read it, and nothing that hides or turns around what stands there: bytes that are not
    /// UTF-8 and control characters as `\xNN`, invisible and direction-changing characters as `\u{N}`.
    var visible: String {
        var text = String.UnicodeScalarView()
        var decoder = UTF8()
        var rest = bytes[...]
        while !rest.isEmpty {
            var iterator = rest.makeIterator()
            switch decoder.decode(&iterator) {
            case .scalarValue(let scalar):
                text.append(contentsOf: Self.visible(scalar))
                rest = rest.dropFirst(UTF8.width(scalar))
            case .error, .emptyInput:
                text.append(contentsOf: Self.escape("\\x", rest.first.map { UInt32($0) } ?? 0, width: 2))
                rest = rest.dropFirst()
            }
            decoder = UTF8()
        }
        return String(text)
    }

    private static func visible(_ scalar: Unicode.Scalar) -> [Unicode.Scalar] {
        switch scalar.properties.generalCategory {
        case .control: return escape("\\x", scalar.value, width: 2)
        case .lineSeparator, .paragraphSeparator: return escape("\\u{", scalar.value, end: "}")
        // Joiners stay: scripts and emoji need them.
        case .format where scalar.value != 0x200C && scalar.value != 0x200D:
            return escape("\\u{", scalar.value, end: "}")
        default: return [scalar]
        }
    }

    private static func escape(
        _ start: String, _ value: UInt32, width: Int = 0, end: String = ""
    ) -> [Unicode.Scalar] {
        let digits = String(value, radix: 16)
        let padding = String(repeating: "0", count: max(0, width - digits.count))
        return Array((start + padding + digits + end).unicodeScalars)
    }
}
