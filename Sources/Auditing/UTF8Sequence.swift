/// Where bytes are UTF-8 and where they are not, by RFC 3629.
enum UTF8Sequence {
    /// The length of the valid sequence that begins at `index`; 0 where none does.
    static func length(in bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Int {
        let first = bytes[index]
        let expected: Int
        var second: ClosedRange<UInt8> = 0x80...0xBF
        switch first {
        case 0x00...0x7F: return 1
        case 0xC2...0xDF: expected = 2
        // The second byte is what keeps out overlong forms, surrogates and what lies beyond U+10FFFF.
        case 0xE0: (expected, second) = (3, 0xA0...0xBF)
        case 0xED: (expected, second) = (3, 0x80...0x9F)
        case 0xE1...0xEF: expected = 3
        case 0xF0: (expected, second) = (4, 0x90...0xBF)
        case 0xF1...0xF3: expected = 4
        case 0xF4: (expected, second) = (4, 0x80...0x8F)
        default: return 0
        }
        guard index + expected <= bytes.count, second.contains(bytes[index + 1]) else { return 0 }
        for offset in 2..<max(expected, 2) where bytes[index + offset] & 0xC0 != 0x80 { return 0 }
        return expected
    }
}
