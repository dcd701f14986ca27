import ByteStrings

/// One refspec as `git push` reads it (gitglossary: "refspec"; git-push(1), `<refspec>...`).
public struct Refspec: Hashable, Sendable {
    /// What the refspec asks for.
    public enum Shape: Hashable, Sendable {
        /// `:` or `+:`: branches that both sides have.
        case matching
        /// `:dst`: the ref goes from the remote.
        case delete(ByteString)
        /// `src` alone: the destination follows from the source.
        case source(ByteString)
        /// `src:dst`.
        case update(source: ByteString, destination: ByteString)
        /// `^src`: refs that other refspecs leave out.
        case exclude(ByteString)
    }

    /// The words as they were given.
    public var text: ByteString
    /// Whether a leading `+` forces it.
    public var isForced: Bool
    public var shape: Shape

    /// `:`, which git takes where no refspec is given or configured.
    public static let matchingBranches = Refspec(text: ":", isForced: false, shape: .matching)

    private init(text: ByteString, isForced: Bool, shape: Shape) {
        self.text = text
        self.isForced = isForced
        self.shape = shape
    }

    /// Reads a refspec; nil where git refuses it: an empty word, `src:` without a destination, `*` on one side only, or
    /// a name that no ref can have. A source may be any expression where there is a destination.
    public init?(push text: ByteString) {
        self.text = text
        var rest = text
        isForced = false
        if let excluded = rest.dropping(prefix: "^") {
            guard !excluded.isEmpty, !excluded.contains(UInt8(ascii: ":")) else { return nil }
            shape = .exclude(excluded)
            return
        }
        if let forced = rest.dropping(prefix: "+") {
            isForced = true
            rest = forced
        }
        if rest == ":" {
            shape = .matching
        } else if let (source, destination) = rest.split(atLast: UInt8(ascii: ":")) {
            // The last colon splits; what is left of it may hold more (`HEAD:path` names an object).
            if destination.isEmpty { return nil }
            if source.isEmpty {
                guard RefName.isWellFormed(destination) else { return nil }
                shape = .delete(destination)
            } else {
                let isPattern = source.contains(UInt8(ascii: "*"))
                guard isPattern == destination.contains(UInt8(ascii: "*")),
                    RefName.isWellFormed(destination, asPattern: isPattern),
                    !isPattern || RefName.isWellFormed(source, asPattern: true)
                else { return nil }
                shape = .update(source: source, destination: destination)
            }
        } else {
            guard !rest.isEmpty, rest == "@" || RefName.isWellFormed(rest, asPattern: true) else { return nil }
            shape = .source(rest)
        }
    }

    /// Whether it stands for all refs that match a `*`.
    public var isPattern: Bool {
        switch shape {
        case .matching, .delete: false
        case .source(let name), .exclude(let name), .update(let name, _): name.contains(UInt8(ascii: "*"))
        }
    }
}

/// A ref pattern with at most one `*`, which stands for any bytes, slashes included (git's `match_name_with_pattern`).
public struct RefPattern: Hashable, Sendable {
    public var text: ByteString
    private let parts: (head: ByteString, tail: ByteString)?

    public init(_ text: ByteString) {
        self.text = text
        parts = text.split(atFirst: UInt8(ascii: "*"))
    }

    public static func == (left: RefPattern, right: RefPattern) -> Bool { left.text == right.text }

    public func hash(into hasher: inout Hasher) { hasher.combine(text) }

    /// What the `*` stands for in `name`; empty for a pattern without one that equals the name; nil for no match.
    public func match(_ name: ByteString) -> ByteString? {
        guard let parts else { return name == text ? ByteString() : nil }
        guard name.count >= parts.head.count + parts.tail.count,
            name.hasPrefix(parts.head), name.hasSuffix(parts.tail)
        else { return nil }
        return ByteString(name.bytes.dropFirst(parts.head.count).dropLast(parts.tail.count))
    }

    /// The name with `part` in the place of the `*`.
    public func filled(with part: ByteString) -> ByteString {
        guard let parts else { return text }
        return parts.head + part + parts.tail
    }
}
