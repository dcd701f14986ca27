import ByteStrings
import Libgit2

/// How a branch stands to its upstream, in words (git's `format_tracking_info`).
enum Tracking {
    /// nil where the branch has no upstream.
    static func text(of branch: ByteString, at ours: ObjectID, _ bench: Workbench) throws(Leave) -> [UInt8]? {
        guard let upstream = try Upstream(of: branch, bench) else { return nil }
        let name = upstream.shortName.bytes
        guard let theirs = upstream.tip else {
            return "Your branch is based on '".utf8 + name
                + "', but the upstream is gone.\n  (use \"git branch --unset-upstream\" to fixup)\n".utf8
        }
        let (ahead, behind) = try Upstream.distance(ours, theirs, bench)
        switch (ahead > 0, behind > 0) {
        case (false, false): return "Your branch is up to date with '".utf8 + name + "'.\n".utf8
        case (true, false):
            let hint = "  (use \"git push\" to publish your local commits)\n"
            return "Your branch is ahead of '".utf8 + name + "' by \(commits(ahead)).\n\(hint)".utf8
        case (false, true):
            let hint = "  (use \"git pull\" to update your local branch)\n"
            return "Your branch is behind '".utf8 + name
                + "' by \(commits(behind)), and can be fast-forwarded.\n\(hint)".utf8
        case (true, true):
            let hint = "  (use \"git pull\" to merge the remote branch into yours)\n"
            return "Your branch and '".utf8 + name + "' have diverged,\nand have \(ahead) and \(behind)".utf8
                + " different commits each, respectively.\n\(hint)".utf8
        }
    }

    private static func commits(_ count: Int) -> String { "\(count) commit\(count == 1 ? "" : "s")" }
}
