import ByteStrings

extension JSON {
    /// The canonical form: no white space, members in their order, `"`, `\` and the control characters (U+0000 to
    /// U+001F and U+007F) escaped, everything else as it is. A byte 0xNN that is no part of valid UTF-8 is written as
    /// the lone surrogate `\udcNN`, which no valid text contains, so that reading gives back the same bytes (the
    /// "surrogateescape" of Python).
    public var encoded: ByteString {
        var output: [UInt8] = []
        output.reserveCapacity(1024)
        write(to: &output)
        return ByteString(output)
    }

    /// Appends the canonical form.
    func write(to output: inout [UInt8]) {
        switch self {
        case .null: output += "null".utf8
        case .bool(let value): output += (value ? "true" : "false").utf8
        case .integer(let number): output += String(number).utf8
        case .decimal(let text): output += text.bytes
        case .string(let text): text.bytes.withUnsafeBufferPointer { Self.write($0, to: &output) }
        case .array(let elements):
            output.append(UInt8(ascii: "["))
            var isFirst = true
            for element in elements {
                if !isFirst { output.append(UInt8(ascii: ",")) }
                isFirst = false
                element.write(to: &output)
            }
            output.append(UInt8(ascii: "]"))
        case .object(let members):
            output.append(UInt8(ascii: "{"))
            var isFirst = true
            for member in members {
                if !isFirst { output.append(UInt8(ascii: ",")) }
                isFirst = false
                var name = member.name
                name.withUTF8 { Self.write($0, to: &output) }
                output.append(UInt8(ascii: ":"))
                member.value.write(to: &output)
            }
            output.append(UInt8(ascii: "}"))
        }
    }

    private static func write(_ bytes: UnsafeBufferPointer<UInt8>, to output: inout [UInt8]) {
        output.append(UInt8(ascii: "\""))
        // Bytes that need no escape are copied a run at a time.
        var run = 0
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte >= 0x80 {
                let length = UTF8Sequence.length(in: bytes, at: index)
                if length > 0 {
                    index += length
                    continue
                }
            } else if byte >= 0x20 && byte != 0x22 && byte != 0x5C && byte != 0x7F {
                index += 1
                continue
            }
            output.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[run..<index]))
            writeEscape(byte, to: &output)
            index += 1
            run = index
        }
        output.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[run...]))
        output.append(UInt8(ascii: "\""))
    }

    private static func writeEscape(_ byte: UInt8, to output: inout [UInt8]) {
        switch byte {
        case UInt8(ascii: "\""): output += "\\\"".utf8
        case UInt8(ascii: "\\"): output += "\\\\".utf8
        case 0x08: output += "\\b".utf8
        case 0x09: output += "\\t".utf8
        case 0x0A: output += "\\n".utf8
        case 0x0C: output += "\\f".utf8
        case 0x0D: output += "\\r".utf8
        default:
            output += (byte < 0x80 ? "\\u00" : "\\udc").utf8
            for digit in [byte >> 4, byte & 15] {
                output.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
            }
        }
    }
}
