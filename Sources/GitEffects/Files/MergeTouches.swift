import ByteStrings
import GitSyntax
import Platform

// Merges of every kind, what ends them, and bisections: commits bring files along, and the way back drops what was done.

extension FileTouches {
    /// What a merge, a pick or a rebase brings along (git-merge(1), `--overwrite-ignore`).
    func merged() -> [FileTouch] {
        guard arguments.isOn("overwrite-ignore", default: true), !isOn("abort", "skip", "quit", "continue") else {
            return []
        }
        let named = operands + (arguments.value("onto").map { [$0] } ?? [])
        // A range ends with what it brings.
        return named.map { .switchTo(Self.end(of: $0)) }
    }

    static func end(of range: ByteString) -> ByteString {
        guard range.contains(".."), let (_, end) = range.split(atLast: UInt8(ascii: ".")) else { return range }
        return end
    }

    /// A revert brings back what its commit has removed.
    func reverted() -> [FileTouch] {
        isOn("abort", "skip", "quit", "continue") ? [] : operands.map { .switchTo($0 + "^") }
    }

    /// `merge-recursive BASE... -- HEAD REMOTE` and its kin, the strategies as commands of their own.
    func mergedByPlumbing() -> [FileTouch] {
        operands.count > 2 ? operands.suffix(1).map { .switchTo($0) } : []
    }

    /// What a pull brings along of what an earlier fetch has shown; what it fetches itself nobody knows yet.
    func pulled() -> [FileTouch] {
        if operands.isEmpty { return [.switchTo("@{upstream}")] }
        return operands.dropFirst().map { word in
            let branch = word.dropping(prefix: "+") ?? word
            return .switchTo(operands[0] == "." ? branch : "refs/remotes/" + operands[0] + "/" + branch)
        }
    }

    /// Entries of the stash, like commits that are merged.
    func unstashed() -> [FileTouch] {
        guard ["apply", "branch", "pop"].contains(arguments.subcommand) else { return [] }
        let word = arguments.subcommand == "branch" ? operands.dropFirst().first : operands.first
        return [.switchTo(RefChanges.stashEntry(word))]
    }

    /// A bisection checks out a commit between those that are marked (git-bisect(1)); which one, `rev-list` tells.
    func bisect() -> [FileTouch] {
        if arguments.subcommand == "reset" {
            let began = try? File.read(Path.join(facts.gitDirectory, "BISECT_START"), limit: 4096).trimmed
            return (operands.first ?? began).map { [.switchTo($0)] } ?? []
        }
        let marked = facts.references().map(\.name).filter { $0.hasPrefix("refs/bisect/") }
        var bad = marked.filter { !$0.hasPrefix("refs/bisect/good") && !$0.hasPrefix("refs/bisect/skip") }
        var good = marked.filter { $0.hasPrefix("refs/bisect/good") }
        switch arguments.subcommand {
        case "start":
            bad = Array(operands.prefix(1))
            good = Array(operands.dropFirst())
        case "bad", "new": bad = [operands.first ?? "HEAD"]
        case "good", "old": good += operands.isEmpty ? ["HEAD"] : operands
        case "next", "run", "skip": break
        default: return []
        }
        guard !bad.isEmpty, !good.isEmpty, let next = facts.commits(["--bisect"] + bad + ["--not"] + good) else {
            return []
        }
        // The bad one itself is where the search ends.
        return next.filter { $0 != facts.object(named: bad[0]) }.map { .switchTo($0.hex) }
    }

    /// `--abort` and `--skip` go back to HEAD or to where it was; that is what commits hold, and the rest goes.
    func sequence(
        _ marks: ByteString..., aborting modes: [ByteString], onlyStaged: Bool = true
    ) -> [FileTouch] {
        guard modes.contains(where: { arguments.isOn($0) }),
            marks.contains(where: facts.isMarked)
        else { return [] }
        return [
            .overwrite(
                FileTouch.Overwrite(source: .tree("HEAD"), index: true, workTree: true, onlyStaged: onlyStaged))
        ]
    }
}
