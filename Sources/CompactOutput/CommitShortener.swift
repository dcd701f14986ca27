import ByteStrings

/// What `git commit` says of a commit in one line, and one for each file that came, went or moved:
/// `[main 1a2b3c4] 2 files +3 -1`. The subject, which the caller has just written, is left out.
struct CommitShortener: LineShortener {
    /// The commit's branch and name, until the line about its size has come.
    private var commit: ByteString?

    mutating func shorten(_ line: ByteString) -> [ByteString] {
        if line.hasPrefix("["), let (place, _) = line.split(atFirst: UInt8(ascii: "]")) {
            commit = place + "]"
            return []
        }
        if let size = Self.size(line), let commit {
            self.commit = nil
            return [commit + size]
        }
        if line.isEmpty || line.hasPrefix(" Date: ") || line.hasPrefix(" Author: ") { return [] }
        return finish() + [Self.shortened(line)]
    }

    mutating func finish() -> [ByteString] {
        defer { commit = nil }
        return commit.map { [$0] } ?? []
    }

    /// ` 2 files changed, 3 insertions(+), 1 deletion(-)` as ` 2 files +3 -1`.
    private static func size(_ line: ByteString) -> ByteString? {
        let parts = line.split(UInt8(ascii: ",")).map(\.trimmed)
        guard let files = parts.first?.dropping(suffix: " changed") else { return nil }
        let changes = parts.dropFirst().compactMap { part -> ByteString? in
            guard let (count, what) = part.split(atFirst: UInt8(ascii: " ")) else { return nil }
            return (what.hasPrefix("insertion") ? " +" : " -") + count
        }
        return " " + files + changes.joined(separator: "")
    }

    private static let words: [(long: ByteString, short: ByteString)] = [
        (" create mode 100644 ", " new "), (" create mode ", " new, mode "), (" delete mode 100644 ", " deleted "),
        (" mode change ", " mode "), (" rename ", " renamed "),
    ]

    private static func shortened(_ line: ByteString) -> ByteString {
        for (long, short) in words {
            if let rest = line.dropping(prefix: long) { return short + rest }
        }
        return line
    }
}
