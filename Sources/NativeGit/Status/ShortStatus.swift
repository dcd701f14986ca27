import ByteStrings
import Libgit2

/// `git status --short` and `--porcelain` (git-status(1), "Short Format").
struct ShortStatus {
    private let status: WorkTreeStatus
    private let bench: Workbench
    private let manner: StatusOperation.Manner
    private let quoting: QuotedPath

    init(_ status: WorkTreeStatus, _ bench: Workbench, _ manner: StatusOperation.Manner) {
        self.status = status
        self.bench = bench
        self.manner = manner
        quoting = QuotedPath(bench)
    }

    func text() throws(Leave) -> [UInt8] {
        let end: UInt8 = manner.endsInNul ? 0 : UInt8(ascii: "\n")
        var text: [UInt8] = []
        if manner.showsBranch {
            text += try header()
            text.append(end)
        }
        let blank = UInt8(ascii: " ")
        for change in status.changes {
            text += [change.staged ?? blank, change.unstaged ?? blank, blank]
            text += shown(change.path)
            text.append(end)
        }
        for path in status.untracked {
            text += "?? ".utf8
            text += shown(path)
            text.append(end)
        }
        return text
    }

    private func shown(_ path: [UInt8]) -> [UInt8] {
        if manner.endsInNul { return path }
        let isRelative = manner.format == .short
        return quoting.quoted(
            isRelative ? QuotedPath.relative(path, to: bench.place.prefix) : path, quotesBlanks: true)
    }

    private func header() throws(Leave) -> [UInt8] {
        guard let branch = status.branch else { return Array("## HEAD (no branch)".utf8) }
        var text = Array("## ".utf8)
        if status.tip == nil { text += "No commits yet on ".utf8 }
        text += branch.bytes
        guard let upstream = try Upstream(of: branch, bench) else { return text }
        guard let ours = status.tip else { throw Leave() }
        text += "...".utf8 + upstream.shortName.bytes
        guard let theirs = upstream.tip else { return text + " [gone]".utf8 }
        let (ahead, behind) = try Upstream.distance(ours, theirs, bench)
        if ahead > 0 && behind > 0 {
            text += " [ahead \(ahead), behind \(behind)]".utf8
        } else if ahead > 0 {
            text += " [ahead \(ahead)]".utf8
        } else if behind > 0 {
            text += " [behind \(behind)]".utf8
        }
        return text
    }
}

/// `git status --porcelain=v2` (git-status(1), "Porcelain Format Version 2").
struct SecondPorcelain {
    private let status: WorkTreeStatus
    private let bench: Workbench
    private let manner: StatusOperation.Manner

    init(_ status: WorkTreeStatus, _ bench: Workbench, _ manner: StatusOperation.Manner) {
        self.status = status
        self.bench = bench
        self.manner = manner
    }

    func text() throws(Leave) -> [UInt8] {
        let end: UInt8 = manner.endsInNul ? 0 : UInt8(ascii: "\n")
        let quoting = QuotedPath(bench)
        var text: [UInt8] = []
        func add(_ path: [UInt8]) {
            text += manner.endsInNul ? path : quoting.quoted(QuotedPath.relative(path, to: bench.place.prefix))
            text.append(end)
        }
        if manner.showsBranch {
            for line in try headers() {
                text += "# branch.".utf8 + line
                text.append(end)
            }
        }
        let same = UInt8(ascii: ".")
        for change in status.changes {
            text += "1 ".utf8
            text += [change.staged ?? same, change.unstaged ?? same]
            text += " N... ".utf8
            text += Self.octal(change.head?.mode) + Self.octal(change.index?.mode) + Self.octal(change.fileMode)
            text += (change.head?.object ?? .zero).hex + " ".utf8 + (change.index?.object ?? .zero).hex + " ".utf8
            add(change.path)
        }
        for path in status.untracked {
            text += "? ".utf8
            add(path)
        }
        return text
    }

    private func headers() throws(Leave) -> [[UInt8]] {
        var lines: [[UInt8]] = ["oid ".utf8 + (status.tip?.hex ?? Array("(initial)".utf8))]
        lines.append("head ".utf8 + (status.branch?.bytes ?? Array("(detached)".utf8)))
        guard let branch = status.branch, let upstream = try Upstream(of: branch, bench) else { return lines }
        guard let ours = status.tip else { throw Leave() }
        lines.append("upstream ".utf8 + upstream.shortName.bytes)
        guard let theirs = upstream.tip else { return lines }
        let (ahead, behind) = try Upstream.distance(ours, theirs, bench)
        lines.append(Array("ab +\(ahead) -\(behind)".utf8))
        return lines
    }

    /// Six octal digits and a blank.
    private static func octal(_ mode: UInt32?) -> [UInt8] {
        let digits = String(mode ?? 0, radix: 8)
        return Array((String(repeating: "0", count: 6 - digits.count) + digits + " ").utf8)
    }
}
