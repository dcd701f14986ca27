import ByteStrings
import Platform

/// The old and the present index, and which files are as the present one says.
struct TrackedFiles {
    var old: [ByteString: IndexEntry] = [:]
    var present: [ByteString: IndexEntry] = [:]
    var changed: Set<ByteString> = []

    init() {}

    init(_ recovery: Recovery, _ id: ByteString, _ before: Manifest) throws(RecoveryError) {
        let place = recovery.place
        present = Self.table(try place.output(["ls-files", "-s", "-z"]))
        changed = Set(
            try place.output([
                "diff", "--no-ext-diff", "--no-textconv", "--no-relative", "--no-renames", "--ignore-submodules=all",
                "--name-only", "-z",
            ]).records)
        // Git does not look at these, so nobody knows whether they are changed (git-ls-files(1), "-v").
        for record in try place.output(["ls-files", "-v", "-z"]).records where !record.hasPrefix("H ") {
            changed.insert(ByteString(record.bytes.dropFirst(2)))
        }
        // A snapshot of no index file is one of an empty index.
        guard before.index != nil, try recovery.holds(id, "index") else { return }
        let content = try recovery.content(id, "index")
        try recovery.restoreShared(id, before)
        let copy = Path.join(place.gitDirectory, "pawl-index-" + id)
        do { try File.write(content, to: copy) } catch { throw .system(error) }
        defer { File.removeTree(copy) }
        old = Self.table(try place.output(["ls-files", "-s", "-z"], indexFile: copy))
    }

    func isClean(_ path: ByteString) -> Bool { present[path] != nil && !changed.contains(path) }

    private static func table(_ listed: ByteString) -> [ByteString: IndexEntry] {
        Dictionary(IndexEntry.parse(listed).map { ($0.path, $0) }, uniquingKeysWith: { _, last in last })
    }
}
