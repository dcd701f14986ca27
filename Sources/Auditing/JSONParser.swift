import ByteStrings

extension JSON {
    /// Why text is not JSON.
    public struct ParseError: Error, Equatable, CustomStringConvertible {
        /// Bytes from the beginning.
        public var offset: Int
        public var reason: String

        public var description: String { "not JSON at byte \(offset): \(reason)" }
    }

    /// How deep arrays and objects may be nested.
    static let depthLimit = 64

    /// Reads exactly one value, strictly by RFC 8259; besides, names must not repeat within an object, and nesting ends
    /// at 64 levels. `\udc80` to `\udcff` on their own stand for the bytes 0x80 to 0xff (see `encoded`).
    public init(parsing text: ByteString) throws(ParseError) {
        var parser = JSONParser(bytes: text.bytes)
        self = try parser.parseDocument()
    }
}

private struct JSONParser {
    let bytes: [UInt8]
    var position = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    mutating func parseDocument() throws(JSON.ParseError) -> JSON {
        let value = try parseValue(depth: 0)
        skipSpace()
        guard position == bytes.count else { throw failure("something follows the value") }
        return value
    }

    private func failure(_ reason: String) -> JSON.ParseError { JSON.ParseError(offset: position, reason: reason) }

    private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skipSpace() {
        while let byte = current, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { position += 1 }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard current == byte else { return false }
        position += 1
        return true
    }

    private mutating func parseValue(depth: Int) throws(JSON.ParseError) -> JSON {
        skipSpace()
        guard depth <= JSON.depthLimit else { throw failure("nested too deep") }
        switch current {
        case UInt8(ascii: "{"): return try parseObject(depth: depth)
        case UInt8(ascii: "["): return try parseArray(depth: depth)
        case UInt8(ascii: "\""): return .string(ByteString(try parseString()))
        case UInt8(ascii: "t"): return try parseWord("true", .bool(true))
        case UInt8(ascii: "f"): return try parseWord("false", .bool(false))
        case UInt8(ascii: "n"): return try parseWord("null", .null)
        default: return try parseNumber()
        }
    }

    private mutating func parseWord(_ word: StaticString, _ value: JSON) throws(JSON.ParseError) -> JSON {
        let end = position + word.utf8CodeUnitCount
        let matches = word.withUTF8Buffer { end <= bytes.count && bytes[position..<end].elementsEqual($0) }
        guard matches else { throw failure("not a value") }
        position = end
        return value
    }

    private mutating func parseObject(depth: Int) throws(JSON.ParseError) -> JSON {
        position += 1
        var members: [JSON.Member] = []
        skipSpace()
        if take(UInt8(ascii: "}")) { return .object([]) }
        repeat {
            skipSpace()
            guard current == UInt8(ascii: "\"") else { throw failure("a name is missing") }
            guard let name = String(validating: try parseString(), as: UTF8.self) else {
                throw failure("the name before this is not UTF-8")
            }
            skipSpace()
            guard take(UInt8(ascii: ":")) else { throw failure("a colon is missing") }
            members.append(JSON.Member(name, try parseValue(depth: depth + 1)))
            skipSpace()
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "}")) else { throw failure("the object does not end") }
        guard Set(members.map(\.name)).count == members.count else { throw failure("a name repeats in this object") }
        return .object(members)
    }

    private mutating func parseArray(depth: Int) throws(JSON.ParseError) -> JSON {
        position += 1
        var elements: [JSON] = []
        skipSpace()
        if take(UInt8(ascii: "]")) { return .array([]) }
        repeat {
            elements.append(try parseValue(depth: depth + 1))
            skipSpace()
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "]")) else { throw failure("the array does not end") }
        return .array(elements)
    }

    private mutating func skipDigits() -> Int {
        let start = position
        while let byte = current, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { position += 1 }
        return position - start
    }

    private mutating func parseNumber() throws(JSON.ParseError) -> JSON {
        let start = position
        var isInteger = true
        _ = take(UInt8(ascii: "-"))
        let startsWithZero = current == UInt8(ascii: "0")
        let digits = skipDigits()
        guard digits > 0 else { throw failure("not a value") }
        guard digits == 1 || !startsWithZero else { throw failure("a number begins with 0") }
        if take(UInt8(ascii: ".")) {
            isInteger = false
            guard skipDigits() > 0 else { throw failure("digits are missing") }
        }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            isInteger = false
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            guard skipDigits() > 0 else { throw failure("digits are missing") }
        }
        let text = bytes[start..<position]
        if isInteger, let number = Int(String(decoding: text, as: UTF8.self)) { return .integer(number) }
        return .decimal(ByteString(text))
    }
}

// MARK: - Strings

extension JSONParser {
    fileprivate mutating func parseString() throws(JSON.ParseError) -> [UInt8] {
        position += 1
        var output: [UInt8] = []
        var run = position
        while let byte = current {
            switch byte {
            case UInt8(ascii: "\""):
                output += bytes[run..<position]
                position += 1
                return output
            case UInt8(ascii: "\\"):
                output += bytes[run..<position]
                position += 1
                try parseEscape(into: &output)
                run = position
            case 0x00..<0x20:
                throw failure("a control character in a string")
            case 0x80...:
                let length = bytes.withUnsafeBufferPointer { UTF8Sequence.length(in: $0, at: position) }
                guard length > 0 else { throw failure("not UTF-8") }
                position += length
            default:
                position += 1
            }
        }
        throw failure("the string does not end")
    }

    private mutating func parseEscape(into output: inout [UInt8]) throws(JSON.ParseError) {
        guard let byte = current else { throw failure("the string does not end") }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): output.append(byte)
        case UInt8(ascii: "b"): output.append(0x08)
        case UInt8(ascii: "f"): output.append(0x0C)
        case UInt8(ascii: "n"): output.append(0x0A)
        case UInt8(ascii: "r"): output.append(0x0D)
        case UInt8(ascii: "t"): output.append(0x09)
        case UInt8(ascii: "u"): try parseUnicodeEscape(into: &output)
        default: throw failure("not an escape")
        }
    }

    private mutating func parseUnicodeEscape(into output: inout [UInt8]) throws(JSON.ParseError) {
        let unit = try parseHexadecimal()
        if (0xDC80...0xDCFF).contains(unit) {
            output.append(UInt8(truncatingIfNeeded: unit))
            return
        }
        var value = unit
        if (0xD800...0xDBFF).contains(unit) {
            guard take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else { throw failure("half a surrogate pair") }
            let low = try parseHexadecimal()
            guard (0xDC00...0xDFFF).contains(low) else { throw failure("half a surrogate pair") }
            value = 0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)
        }
        guard let scalar = Unicode.Scalar(value) else { throw failure("half a surrogate pair") }
        output += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
    }

    private mutating func parseHexadecimal() throws(JSON.ParseError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            switch current {
            case .some(let byte) where (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte):
                value = value << 4 | UInt32(byte - UInt8(ascii: "0"))
            case .some(let byte) where (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte | 0x20):
                value = value << 4 | UInt32((byte | 0x20) - UInt8(ascii: "a") + 10)
            default:
                throw failure("four hexadecimal digits are missing")
            }
            position += 1
        }
        return value
    }
}
