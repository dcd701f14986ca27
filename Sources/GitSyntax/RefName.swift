import ByteStrings

/// git's rules for short ref names (gitrevisions(7), "refname"): the places a name is looked for, in order.
public enum RefName {
    /// What stands before and after a short name to make it a full one, first match wins (git's `ref_rev_parse_rules`).
    private static let places: [(before: ByteString, after: ByteString)] = [
        ("", ""), ("refs/", ""), ("refs/tags/", ""), ("refs/heads/", ""), ("refs/remotes/", ""),
        ("refs/remotes/", "/HEAD"),
    ]

    /// The full names that a short one may stand for, in the order in which git tries them.
    public static func candidates(for short: ByteString) -> [ByteString] {
        places.map { $0.before + short + $0.after }
    }

    /// Whether git takes `full` for what is called `short` (git's `refname_match`).
    public static func matches(_ short: ByteString, _ full: ByteString) -> Bool {
        candidates(for: short).contains(full)
    }

    /// Whether git takes a word for the name of a ref, be it of one part only (git-check-ref-format(1)); a pattern may
    /// hold one `*`.
    public static func isWellFormed(_ name: ByteString, asPattern: Bool = false) -> Bool {
        if name == "@" || name.hasSuffix(".") || name.contains("..") || name.contains("@{") { return false }
        if name.bytes.filter({ $0 == UInt8(ascii: "*") }).count > (asPattern ? 1 : 0) { return false }
        if name.bytes.contains(where: { $0 <= 0x20 || $0 == 0x7f || "~^:?[\\".utf8.contains($0) }) { return false }
        return name.split(UInt8(ascii: "/")).allSatisfy { part in
            !part.isEmpty && !part.hasPrefix(".") && !part.hasSuffix(".lock")
        }
    }

    /// `main` for `refs/heads/main`, `v1` for `refs/tags/v1`; other names as they are.
    public static func short(_ full: ByteString) -> ByteString {
        full.dropping(prefix: "refs/heads/") ?? full.dropping(prefix: "refs/tags/") ?? full
    }
}
