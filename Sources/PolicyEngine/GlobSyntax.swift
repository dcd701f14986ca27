import ByteStrings

// How a pattern is read: `dowild` in git's wildmatch.c, taken apart once instead of at every match.

extension Glob {
    /// Nil where `wildmatch` would give up on every string.
    static func tokens(of pattern: [UInt8]) -> [Token]? {
        var tokens: [Token] = []
        var rest = pattern[...]
        while let character = rest.popFirst() {
            switch character {
            case UInt8(ascii: "*"):
                if tokens.last != .anything { tokens.append(.anything) }
            case UInt8(ascii: "?"):
                tokens.append(.anyByte)
            case UInt8(ascii: "["):
                guard let set = bracket(&rest) else { return nil }
                tokens.append(.oneOf(set))
            case UInt8(ascii: "\\"):
                guard let literal = rest.popFirst() else { return nil }
                tokens.append(.byte(literal))
            default:
                tokens.append(.byte(character))
            }
        }
        return tokens
    }

    /// The set between brackets; `rest` begins after the `[` and is left after the `]`.
    private static func bracket(_ rest: inout ArraySlice<UInt8>) -> ByteSet? {
        var set = ByteSet()
        let isNegated = rest.first == UInt8(ascii: "!") || rest.first == UInt8(ascii: "^")
        if isNegated { rest.removeFirst() }
        // What a `-` would begin its range at; nil after a range or a class, where `-` is itself.
        var previous: UInt8?
        var isFirst = true
        while true {
            guard var character = rest.popFirst() else { return nil }
            if character == UInt8(ascii: "]") && !isFirst { break }
            isFirst = false
            if character == UInt8(ascii: "\\") {
                guard let literal = rest.popFirst() else { return nil }
                character = literal
            } else if character == UInt8(ascii: "-"), let low = previous, let next = rest.first,
                next != UInt8(ascii: "]")
            {
                rest.removeFirst()
                var high = next
                if next == UInt8(ascii: "\\") {
                    guard let literal = rest.popFirst() else { return nil }
                    high = literal
                }
                if low <= high {
                    for member in low...high { set.insert(member) }
                }
                previous = nil
                continue
            } else if character == UInt8(ascii: "["), rest.first == UInt8(ascii: ":") {
                guard let close = rest.firstIndex(of: UInt8(ascii: "]")) else { return nil }
                let name = rest[rest.index(after: rest.startIndex)..<close]
                if name.last == UInt8(ascii: ":") {
                    guard let isMember = classes[ByteString(name.dropLast())] else { return nil }
                    for member in UInt8.min...127 where isMember(member) { set.insert(member) }
                    rest = rest[(close + 1)...]
                    previous = nil
                    continue
                }
            }
            set.insert(character)
            previous = character
        }
        return isNegated ? set.complement : set
    }

    /// The named classes, over ASCII.
    private static let classes: [ByteString: @Sendable (UInt8) -> Bool] = [
        "alnum": { isDigit($0) || isUpper($0) || isLower($0) },
        "alpha": { isUpper($0) || isLower($0) },
        "blank": { $0 == 0x20 || $0 == 0x09 },
        "cntrl": { $0 < 0x20 || $0 == 0x7f },
        "digit": { isDigit($0) },
        "graph": { $0 > 0x20 && $0 < 0x7f },
        "lower": { isLower($0) },
        "print": { $0 >= 0x20 && $0 < 0x7f },
        "punct": { $0 > 0x20 && $0 < 0x7f && !isDigit($0) && !isUpper($0) && !isLower($0) },
        "space": { $0 == 0x20 || $0 == 0x09 || $0 == 0x0a || $0 == 0x0d },
        "upper": { isUpper($0) },
        "xdigit": { isDigit($0) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0 | 0x20) },
    ]
}

private func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
private func isUpper(_ byte: UInt8) -> Bool { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) }
private func isLower(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) }
