import ByteStrings

/// A shell pattern as git's `wildmatch` reads it without `WM_PATHNAME`, which is how `git branch --list` and `git tag
/// --list` match: `*` and `?` match slashes too, so `release/*` matches `release/1.0/x`. `[a-z]`, `[!a]`, `[^a]`,
/// `[[:digit:]]` and a backslash before a special character work as in gitignore(5). Cases are told apart.
public struct Glob: Hashable, Sendable {
    /// As it was written.
    public let source: ByteString
    let tokens: [Token]

    enum Token: Hashable, Sendable {
        case byte(UInt8)
        case anyByte
        case oneOf(ByteSet)
        case anything
    }

    /// Nil for a pattern that can match nothing: a `[` that is not closed, an unknown `[:class:]`, a backslash at the
    /// end.
    public init?(_ source: ByteString) {
        guard let tokens = Self.tokens(of: source.bytes) else { return nil }
        self.source = source
        self.tokens = tokens
    }

    private init(source: ByteString, tokens: [Token]) {
        self.source = source
        self.tokens = tokens
    }

    /// The pattern for `prefix`, literally, followed by this pattern.
    func prefixed(by prefix: ByteString) -> Glob {
        Glob(source: prefix + source, tokens: prefix.bytes.map(Token.byte) + tokens)
    }

    /// The pattern that a ref name stands for when its `*` is the only special character, as in a refspec.
    static func refPattern(_ ref: ByteString) -> Glob {
        Glob(source: ref, tokens: ref.bytes.map { $0 == UInt8(ascii: "*") ? .anything : .byte($0) })
    }

    public func matches(_ subject: ByteString) -> Bool { covers(subject.bytes.map(Token.byte)) }

    /// Whether everything that `other` matches is certain to be matched by this one.
    ///
    /// Errs to the careful side: a `*` of `other` has to be taken up by one `*` of this pattern.
    func covers(_ other: Glob) -> Bool { covers(other.tokens) }

    /// A `*` can take up anything, so only the last one met ever needs another try: linear for each.
    private func covers(_ subject: [Token]) -> Bool {
        var position = 0
        var place = 0
        var retry: (position: Int, place: Int)?
        while place < subject.count {
            if position < tokens.count, tokens[position] == .anything {
                position += 1
                retry = (position, place)
            } else if position < tokens.count, tokens[position].covers(subject[place]) {
                position += 1
                place += 1
            } else if let last = retry {
                retry = (last.position, last.place + 1)
                position = last.position
                place = last.place + 1
            } else {
                return false
            }
        }
        return tokens[position...].allSatisfy { $0 == .anything }
    }

    /// Whether there is a string that both patterns match.
    func intersects(_ other: Glob) -> Bool {
        // reachable[j]: the tokens up to here and the first j of `other` can match the same string.
        var reachable = [Bool](repeating: false, count: other.tokens.count + 1)
        reachable[0] = true
        for (index, theirs) in other.tokens.enumerated() {
            reachable[index + 1] = reachable[index] && theirs == .anything
        }
        for ours in tokens {
            var next = [Bool](repeating: false, count: reachable.count)
            next[0] = reachable[0] && ours == .anything
            for (index, theirs) in other.tokens.enumerated() {
                if ours == .anything || theirs == .anything {
                    next[index + 1] = reachable[index + 1] || next[index]
                } else {
                    next[index + 1] = reachable[index] && ours.meets(theirs)
                }
            }
            reachable = next
        }
        return reachable.last ?? false
    }
}

/// A set of byte values.
struct ByteSet: Hashable, Sendable {
    private var words: SIMD4<UInt64> = .zero

    func contains(_ byte: UInt8) -> Bool { words[Int(byte >> 6)] & (1 << UInt64(byte & 63)) != 0 }

    mutating func insert(_ byte: UInt8) { words[Int(byte >> 6)] |= 1 << UInt64(byte & 63) }

    func isDisjoint(with other: ByteSet) -> Bool { words & other.words == .zero }

    var complement: ByteSet {
        var result = self
        result.words = ~words
        return result
    }
}

extension Glob.Token {
    /// Whether this token, standing for one character, takes up all that `other` can be.
    fileprivate func covers(_ other: Glob.Token) -> Bool {
        switch (self, other) {
        case (_, .anything): false
        case (.anyByte, _): true
        case (.byte(let byte), .byte(let given)): byte == given
        case (.oneOf(let set), .byte(let given)): set.contains(given)
        case (.oneOf(let set), .oneOf(let given)): given.isDisjoint(with: set.complement)
        default: false
        }
    }

    /// Whether one character fits both tokens, neither of them a `*`.
    fileprivate func meets(_ other: Glob.Token) -> Bool {
        switch (self, other) {
        case (.anyByte, _), (_, .anyByte): true
        case (.byte(let one), .byte(let two)): one == two
        case (.byte(let byte), .oneOf(let set)), (.oneOf(let set), .byte(let byte)): set.contains(byte)
        case (.oneOf(let one), .oneOf(let two)): !one.isDisjoint(with: two)
        default: false
        }
    }
}
