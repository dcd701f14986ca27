import ByteStrings

/// Paths that a command is limited to: plain ones only, files or folders (gitglossary(7), "pathspec").
struct Pathspec {
    /// From the top of the work tree, without a slash at their ends. Empty: everything.
    private var paths: [[UInt8]] = []
    private var takesAll = true

    init() {}

    init(_ words: [ByteString], _ bench: Workbench) throws(Leave) {
        for word in words {
            guard let path = Self.plain(word, from: bench.place.prefix) else { throw Leave() }
            paths.append(path)
        }
        takesAll = words.isEmpty || paths.contains { $0.isEmpty }
    }

    /// The path that a word names; nil where it has magic or wildcards, or leads out.
    private static func plain(_ word: ByteString, from prefix: ByteString) -> [UInt8]? {
        guard !word.isEmpty, !word.hasPrefix(":"), !word.hasPrefix("/"),
            !word.bytes.contains(where: { "*?[\\".utf8.contains($0) })
        else { return nil }
        // A slash at the end asks for a folder.
        if word.hasSuffix("/") { return nil }
        var parts = prefix.bytes.split(separator: UInt8(ascii: "/"))
        for part in word.bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
            if part.isEmpty { return nil }
            if part.elementsEqual(".".utf8) { continue }
            if part.elementsEqual("..".utf8) {
                guard parts.popLast() != nil else { return nil }
                continue
            }
            parts.append(part)
        }
        return Array(parts.joined(separator: [UInt8(ascii: "/")]))
    }

    func takes(_ path: some Collection<UInt8>) -> Bool {
        takesAll
            || paths.contains { wanted in
                path.starts(with: wanted)
                    && (path.count == wanted.count || path.dropFirst(wanted.count).first == UInt8(ascii: "/"))
            }
    }
}
