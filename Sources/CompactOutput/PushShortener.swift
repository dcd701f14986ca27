import ByteStrings

/// What `git push --porcelain` says of each ref, in short (git-push(1), "OUTPUT"): the flag, both names where they
/// differ, and what happened. Where it went is said only of a push to several places.
struct PushShortener: LineShortener {
    private var lines: [ByteString] = []
    private var places: [ByteString] = []

    mutating func shorten(_ line: ByteString) -> [ByteString] {
        if let place = line.dropping(prefix: "To ") {
            places.append(place)
            lines.append(line)
            return []
        }
        if line == "Done" { return [] }
        let parts = line.split(0x09)
        if parts.count == 3, parts[0].count <= 1 {
            lines.append((parts[0].isEmpty ? "" : parts[0] + " ").withoutBlank + Self.names(parts[1]) + " " + parts[2])
        } else {
            lines.append(line)
        }
        return []
    }

    mutating func finish() -> [ByteString] {
        places.count > 1 ? lines : lines.filter { !$0.hasPrefix("To ") }
    }

    /// `refs/heads/main:refs/heads/main` as `main`.
    private static func names(_ refspec: ByteString) -> ByteString {
        guard let (source, destination) = refspec.split(atFirst: UInt8(ascii: ":")) else { return refspec }
        let (from, to) = (short(source), short(destination))
        if source == destination || source.isEmpty { return to }
        return from + " -> " + to
    }

    private static func short(_ name: ByteString) -> ByteString {
        name.dropping(prefix: "refs/heads/") ?? name.dropping(prefix: "refs/tags/") ?? name
    }
}

extension ByteString {
    /// The flag of a ref that simply moved forward is a blank.
    fileprivate var withoutBlank: ByteString { self == "  " ? "" : self }
}
