import ByteStrings

/// Patches with one line for the head of each file, and without blank lines between their parts: `== FILE`, with what
/// became of the file in brackets. Hunks stay as git prints them (git-diff(1), "Generating patch text with -p").
struct PatchShortener: LineShortener {
    /// What the head of a file's patch has said so far; nil outside of a head.
    private var head: Head?

    mutating func shorten(_ line: ByteString) -> [ByteString] {
        if let names = line.dropping(prefix: "diff --git ") {
            defer { head = Head(names: names) }
            return finish()
        }
        if let name = line.dropping(prefix: "diff --cc ") ?? line.dropping(prefix: "diff --combined ") {
            defer { head = Head(combined: name) }
            return finish()
        }
        if head?.take(line) == true { return [] }
        // A line of a hunk is never empty: an empty line of context has its blank.
        return finish() + (line.isEmpty ? [] : [line])
    }

    mutating func finish() -> [ByteString] {
        defer { head = nil }
        return head.map { [$0.text] } ?? []
    }
}

/// The extended header of one file in a patch.
private struct Head {
    private var name: ByteString
    private var oldName: ByteString?
    private var oldMode: ByteString?
    private var notes: [ByteString] = []

    init(names: ByteString) {
        // Of two equal names, as they are where no line below names the file: `a/NAME b/NAME`.
        let half = ByteString(names.bytes.dropFirst((names.count + 1) / 2))
        name = Self.withoutSide(half, "b/")
    }

    init(combined name: ByteString) {
        self.name = name
        notes = ["merge"]
    }

    /// Whether the line belongs to the head.
    mutating func take(_ line: ByteString) -> Bool {
        for (prefix, read) in Self.readers {
            guard let value = line.dropping(prefix: prefix) else { continue }
            read(&self, value)
            return true
        }
        return false
    }

    private static let readers: [(ByteString, @Sendable (inout Head, ByteString) -> Void)] = [
        ("index ", { _, _ in }),
        ("--- ", { if $1 != "/dev/null" { $0.name = withoutSide($1, "a/") } }),
        ("+++ ", { if $1 != "/dev/null" { $0.name = withoutSide($1, "b/") } }),
        ("old mode ", { $0.oldMode = $1 }),
        ("new mode ", { $0.notes.append("mode " + ($0.oldMode ?? "") + " -> " + $1) }),
        ("mode ", { $0.notes.append("mode " + $1) }),
        ("new file mode ", { $0.notes.append($1 == "100644" ? "new" : "new, mode " + $1) }),
        ("deleted file mode ", { head, _ in head.notes.append("deleted") }),
        ("similarity index ", { head, _ in _ = head }),
        ("dissimilarity index ", { $0.notes.append("rewritten " + $1) }),
        ("rename from ", { $0.oldName = $1 }),
        ("copy from ", { $0.oldName = $1 }),
        ("rename to ", { $0.rename(to: $1, "renamed") }),
        ("copy to ", { $0.rename(to: $1, "copied") }),
        ("Binary files ", { head, _ in head.notes.append("binary") }),
    ]

    private mutating func rename(to new: ByteString, _ what: ByteString) {
        name = new
        notes.append(what + " from " + (oldName ?? ""))
    }

    /// A path may be quoted, and a name with a blank in it has a tab behind it.
    private static func withoutSide(_ path: ByteString, _ side: ByteString) -> ByteString {
        let path = path.dropping(suffix: "\t") ?? path
        if let rest = path.dropping(prefix: "\"" + side) { return "\"" + rest }
        return path.dropping(prefix: side) ?? path
    }

    var text: ByteString {
        "== " + name + (notes.isEmpty ? "" : " (" + notes.joined(separator: ", ") + ")")
    }
}
