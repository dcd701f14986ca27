import ByteStrings
import Platform

/// What is at work in a repository and waits to be continued, as `git status` tells at length (wt-status.c,
/// `wt_status_get_state`; gitrepository-layout(5)).
enum OngoingOperation {
    /// Files whose presence says so, in the git directory.
    private static let marks: [(file: ByteString, name: ByteString)] = [
        ("rebase-merge", "rebase"), ("rebase-apply", "am or rebase"), ("MERGE_HEAD", "merge"),
        ("CHERRY_PICK_HEAD", "cherry-pick"), ("REVERT_HEAD", "revert"), ("BISECT_LOG", "bisect"),
    ]

    /// One line for each of them, in the form of a short status's branch line, and one for a detached HEAD.
    static func lines(_ place: GitDirectory) -> [ByteString] {
        var lines = marks.compactMap { mark -> ByteString? in
            let path = Path.join(place.path, mark.file)
            guard File.exists(path) else { return nil }
            return "## " + mark.name + " in progress" + detail(path)
        }
        if let head = text(Path.join(place.path, "HEAD")), !head.hasPrefix("ref:") {
            lines.append("## HEAD detached at " + ByteString(head.bytes.prefix(10)))
        }
        return lines
    }

    /// How far a rebase is, and of which branch; which commit the others are about.
    private static func detail(_ path: ByteString) -> ByteString {
        guard File.isDirectory(path) else {
            return text(path).map { " (" + ByteString($0.bytes.prefix(10)) + ")" } ?? ""
        }
        let branch =
            text(Path.join(path, "head-name")).map { " of " + ($0.dropping(prefix: "refs/heads/") ?? $0) } ?? ""
        let step = text(Path.join(path, "msgnum")) ?? text(Path.join(path, "next"))
        let last = text(Path.join(path, "end")) ?? text(Path.join(path, "last"))
        guard let step, let last else { return branch }
        return branch + ", " + step + " of " + last
    }

    private static func text(_ path: ByteString) -> ByteString? {
        (try? File.read(path, limit: 4096)).map { $0.split(0x0a).first?.trimmed ?? $0 }
    }
}
