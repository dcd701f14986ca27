/// git's `wildmatch.c`: patterns of ignore files and pathspecs (gitignore(5)).
struct Wildmatch {
    private enum Result { case match, noMatch, abortAll, abortToStarStar }

    private let pattern: ArraySlice<UInt8>
    private let text: ArraySlice<UInt8>
    /// Whether `*` and kin stop at slashes.
    private let splitsPaths: Bool

    static func matches(_ pattern: ArraySlice<UInt8>, _ text: ArraySlice<UInt8>, splitsPaths: Bool) -> Bool {
        let match = Wildmatch(pattern: pattern, text: text, splitsPaths: splitsPaths)
        return match.match(pattern.startIndex, text.startIndex) == .match
    }

    /// Zero behind the end, as in a C string.
    private func p(_ index: Int) -> UInt8 { index < pattern.endIndex ? pattern[index] : 0 }
    private func t(_ index: Int) -> UInt8 { index < text.endIndex ? text[index] : 0 }
    private static let slash = UInt8(ascii: "/")

    private func match(_ patternStart: Int, _ textStart: Int) -> Result {
        var at = patternStart
        var position = textStart
        while p(at) != 0 {
            var sign = p(at)
            let byte = t(position)
            if byte == 0 && sign != UInt8(ascii: "*") { return .abortAll }
            switch sign {
            case UInt8(ascii: "?"):
                if splitsPaths && byte == Self.slash { return .noMatch }
            case UInt8(ascii: "*"): return star(at, position)
            case UInt8(ascii: "["):
                guard let (found, next) = bracket(at + 1, byte) else { return .abortAll }
                if !found || (splitsPaths && byte == Self.slash) { return .noMatch }
                at = next
            default:
                if sign == UInt8(ascii: "\\") {
                    at += 1
                    sign = p(at)
                }
                if byte != sign { return .noMatch }
            }
            at += 1
            position += 1
        }
        return t(position) == 0 ? .match : .noMatch
    }

    /// `*` at `start`, and what follows it.
    private func star(_ start: Int, _ textStart: Int) -> Result {
        var at = start + 1
        var position = textStart
        var crossesSlashes = !splitsPaths
        if p(at) == UInt8(ascii: "*") {
            while p(at) == UInt8(ascii: "*") { at += 1 }
            if !splitsPaths {
                crossesSlashes = true
            } else if (start == pattern.startIndex || p(start - 1) == Self.slash)
                && (p(at) == 0 || p(at) == Self.slash || (p(at) == UInt8(ascii: "\\") && p(at + 1) == Self.slash))
            {
                // `a/**/b` also means `a/b`.
                if p(at) == Self.slash, match(at + 1, position) == .match { return .match }
                crossesSlashes = true
            } else {
                crossesSlashes = false
            }
        }
        if p(at) == 0 {
            // A star at the end takes the rest.
            if !crossesSlashes, text[min(position, text.endIndex)...].contains(Self.slash) { return .noMatch }
            return .match
        }
        if !crossesSlashes && p(at) == Self.slash {
            guard let slash = text[min(position, text.endIndex)...].firstIndex(of: Self.slash) else { return .noMatch }
            // The slash is matched by the loop that goes on behind.
            return match(at, slash)
        }
        while true {
            if t(position) == 0 { break }
            let result = match(at, position)
            if result != .noMatch {
                if !crossesSlashes || result != .abortToStarStar { return result }
            } else if !crossesSlashes && t(position) == Self.slash {
                return .abortToStarStar
            }
            position += 1
        }
        return .abortAll
    }

    /// Whether the bracket expression whose inside begins at `start` has the byte, and where its end is; nil where it
    /// has none.
    private func bracket(_ start: Int, _ byte: UInt8) -> (Bool, Int)? {
        var at = start
        var sign = p(at)
        if sign == UInt8(ascii: "^") { sign = UInt8(ascii: "!") }
        let isNegated = sign == UInt8(ascii: "!")
        if isNegated {
            at += 1
            sign = p(at)
        }
        var previous: UInt8 = 0
        var found = false
        repeat {
            if sign == 0 { return nil }
            if sign == UInt8(ascii: "\\") {
                at += 1
                sign = p(at)
                if sign == 0 { return nil }
                if byte == sign { found = true }
            } else if sign == UInt8(ascii: "-"), previous != 0, p(at + 1) != 0, p(at + 1) != UInt8(ascii: "]") {
                at += 1
                sign = p(at)
                if sign == UInt8(ascii: "\\") {
                    at += 1
                    sign = p(at)
                    if sign == 0 { return nil }
                }
                if byte <= sign && byte >= previous { found = true }
                sign = 0
            } else if sign == UInt8(ascii: "["), p(at + 1) == UInt8(ascii: ":") {
                // Character classes are rare enough to be left: see `isPlain`.
                return nil
            } else if byte == sign {
                found = true
            }
            previous = sign
            at += 1
            sign = p(at)
        } while sign != UInt8(ascii: "]")
        return (found != isNegated, at)
    }

    /// Whether this can tell: not where a pattern has character classes (`[[:alpha:]]`).
    static func isPlain(_ pattern: ArraySlice<UInt8>) -> Bool {
        !zip(pattern, pattern.dropFirst()).contains { $0 == UInt8(ascii: "[") && $1 == UInt8(ascii: ":") }
    }
}
