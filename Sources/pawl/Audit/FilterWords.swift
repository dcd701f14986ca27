import ByteStrings

extension FilterOptions {
    /// The options without their values, which may name somebody.
    var names: [ByteString] {
        words.map { $0.split(atFirst: UInt8(ascii: " ")).map { $0.head + " …" } ?? $0 }
    }

    /// The options as they were given, for a page or file that says what is in it.
    var words: [ByteString] {
        var words: [ByteString] = []
        func add(_ name: ByteString, _ values: [String]) {
            for value in values { words.append("--" + name + " " + ByteString(value)) }
        }
        add("since", [since].compactMap { $0 })
        add("until", [until].compactMap { $0 })
        add("on", [on].compactMap { $0 })
        add("agent", agent)
        add("session", session)
        add("repo", repo)
        add("decision", decision)
        add("effect", effect)
        add("rule", rule)
        add("grep", grep)
        if failed { words.append("--failed") }
        if let limit { words.append(ByteString("--limit \(limit)")) }
        return words
    }
}
