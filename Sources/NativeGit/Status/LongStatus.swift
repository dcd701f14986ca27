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

    func text() throws(Leave) -> [UInt8] {
        try bench.requireNothingInProgress()
        guard let branch = status.branch else { throw Leave() }
        var text = "On branch ".utf8 + branch.bytes + "\n".utf8
        if let tip = status.tip {
            if let tracking = try Tracking.text(of: branch, at: tip, bench) {
                text += tracking + "\n".utf8
            }
        } else {
            text += "\nNo commits yet\n\n".utf8
        }
        text += staged() + unstaged() + untracked()
        text += conclusion().utf8
        return text
    }

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
