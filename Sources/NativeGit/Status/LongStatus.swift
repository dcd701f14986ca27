import ByteStrings
import Libgit2
import Platform

/// `git status` in its default form, with hints (git's `wt-status.c`).
struct LongStatus {
    private let status: WorkTreeStatus
    private let bench: Workbench
    private let manner: StatusOperation.Manner

    init(_ status: WorkTreeStatus, _ bench: Workbench, _ manner: StatusOperation.Manner) {
        self.status = status
        self.bench = bench
        self.manner = manner
    }

    /// Files and folders that tell of an operation in progress (git's `wt_status_get_state`).
    private static let inProgress: [ByteString] = [
        "MERGE_HEAD", "rebase-apply", "rebase-merge", "CHERRY_PICK_HEAD", "REVERT_HEAD", "BISECT_LOG", "sequencer",
    ]

    func text() throws(Leave) -> [UInt8] {
        for name in Self.inProgress where File.exists(bench.file(name)) { throw Leave() }
        guard let branch = status.branch else { throw Leave() }
        var text = "On branch ".utf8 + branch.bytes + "\n".utf8
        if status.tip != nil {
            text += try tracking(branch)
        } else {
            text += "\nNo commits yet\n\n".utf8
        }
        text += staged() + unstaged() + untracked()
        text += conclusion().utf8
        return text
    }

    private func tracking(_ branch: ByteString) throws(Leave) -> [UInt8] {
        guard let upstream = try Upstream(of: branch, bench), let ours = status.tip else { return [] }
        let name = upstream.shortName.bytes
        guard let theirs = upstream.tip else {
            return "Your branch is based on '".utf8 + name
                + "', but the upstream is gone.\n  (use \"git branch --unset-upstream\" to fixup)\n\n".utf8
        }
        let (ahead, behind) = try Upstream.distance(ours, theirs, bench)
        switch (ahead > 0, behind > 0) {
        case (false, false): return "Your branch is up to date with '".utf8 + name + "'.\n\n".utf8
        case (true, false):
            let hint = "  (use \"git push\" to publish your local commits)\n\n"
            return "Your branch is ahead of '".utf8 + name + "' by \(commits(ahead)).\n\(hint)".utf8
        case (false, true):
            let hint = "  (use \"git pull\" to update your local branch)\n\n"
            return "Your branch is behind '".utf8 + name
                + "' by \(commits(behind)), and can be fast-forwarded.\n\(hint)".utf8
        case (true, true):
            let hint = "  (use \"git pull\" to merge the remote branch into yours)\n\n"
            return "Your branch and '".utf8 + name + "' have diverged,\nand have \(ahead) and \(behind)".utf8
                + " different commits each, respectively.\n\(hint)".utf8
        }
    }

    private func commits(_ count: Int) -> String { "\(count) commit\(count == 1 ? "" : "s")" }

    private func shown(_ path: [UInt8]) -> [UInt8] {
        QuotedPath(bench).quoted(QuotedPath.relative(path, to: bench.place.prefix))
    }

    private func line(_ letter: UInt8, _ path: [UInt8]) -> [UInt8] {
        let label =
            switch letter {
            case UInt8(ascii: "A"): "new file:   "
            case UInt8(ascii: "D"): "deleted:    "
            case UInt8(ascii: "T"): "typechange: "
            default: "modified:   "
            }
        return "\t\(label)".utf8 + shown(path) + "\n".utf8
    }

    private func staged() -> [UInt8] {
        let lines = status.changes.flatMap { change in change.staged.map { line($0, change.path) } ?? [] }
        if lines.isEmpty { return [] }
        let way = status.tip == nil ? "git rm --cached <file>..." : "git restore --staged <file>..."
        return "Changes to be committed:\n  (use \"\(way)\" to unstage)\n".utf8 + lines + "\n".utf8
    }

    private func unstaged() -> [UInt8] {
        let lines = status.changes.flatMap { change in change.unstaged.map { line($0, change.path) } ?? [] }
        if lines.isEmpty { return [] }
        let way = status.changes.contains { $0.unstaged == UInt8(ascii: "D") } ? "git add/rm" : "git add"
        let hints =
            "  (use \"\(way) <file>...\" to update what will be committed)\n"
            + "  (use \"git restore <file>...\" to discard changes in working directory)\n"
        return "Changes not staged for commit:\n\(hints)".utf8 + lines + "\n".utf8
    }

    private func untracked() -> [UInt8] {
        if manner.untracked == .none {
            let isCommittable = status.changes.contains { $0.staged != nil }
            return isCommittable
                ? Array("Untracked files not listed (use -u option to show untracked files)\n".utf8) : []
        }
        if status.untracked.isEmpty { return [] }
        return "Untracked files:\n  (use \"git add <file>...\" to include in what will be committed)\n".utf8
            + status.untracked.flatMap { "\t".utf8 + shown($0) + "\n".utf8 } + "\n".utf8
    }

    private func conclusion() -> String {
        if status.changes.contains(where: { $0.staged != nil }) { return "" }
        if status.changes.contains(where: { $0.unstaged != nil }) {
            return "no changes added to commit (use \"git add\" and/or \"git commit -a\")\n"
        }
        if !status.untracked.isEmpty {
            return "nothing added to commit but untracked files present (use \"git add\" to track)\n"
        }
        if status.tip == nil { return "nothing to commit (create/copy files and use \"git add\" to track)\n" }
        if manner.untracked == .none { return "nothing to commit (use -u to show untracked files)\n" }
        return "nothing to commit, working tree clean\n"
    }
}
