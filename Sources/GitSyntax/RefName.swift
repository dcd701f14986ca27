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

    /// `main` for `refs/heads/main`, `v1` for `refs/tags/v1`; other names as they are.
    public static func short(_ full: ByteString) -> ByteString {
        full.dropping(prefix: "refs/heads/") ?? full.dropping(prefix: "refs/tags/") ?? full
    }
}
