import ByteStrings
import Libgit2
import Platform

extension Workbench {
    /// All refs below a folder, sorted by name.
    func refs(below folder: ByteString) throws(Leave) -> [Refs.Ref] {
        try refs.all(limit: cutOff).filter { $0.name.hasPrefix(folder) }
    }
}

/// `git show-ref` (git-show-ref(1)): all refs, or those of one folder.
enum ShowRefOperation {
    static func run(_ form: Form, _ bench: Workbench) throws(Leave) -> NativeOutcome {
        let (heads, tags) = (form.has("--heads"), form.has("--tags"))
        var outcome = NativeOutcome()
        for ref in try bench.refs(below: "refs/") {
            let isWanted =
                !heads && !tags || heads && ref.name.hasPrefix("refs/heads/")
                || tags && ref.name.hasPrefix("refs/tags/")
            guard isWanted else { continue }
            // git dies over a ref to nothing.
            guard try bench.objects().header(ref.target) != nil else { throw Leave() }
            outcome.output += ref.target.hex + " ".utf8 + ref.name.bytes + "\n".utf8
        }
        if outcome.output.isEmpty { outcome.status = 1 }
        return outcome
    }
}

/// `git tag` as a list (git-tag(1)).
enum TagOperation {
    static func run(_ form: Form, _ bench: Workbench) throws(Leave) -> NativeOutcome {
        var outcome = NativeOutcome()
        for ref in try bench.refs(below: "refs/tags/") {
            guard try bench.objects().header(ref.target) != nil else { throw Leave() }
            outcome.output += (ref.name.dropping(prefix: "refs/tags/") ?? ref.name).bytes + "\n".utf8
        }
        return outcome
    }
}

/// `git branch` as a list, and `--show-current` (git-branch(1)). Left to git: a detached HEAD, and linked work trees,
/// whose branches are marked.
enum BranchOperation {
    static func run(_ form: Form, _ bench: Workbench) throws(Leave) -> NativeOutcome {
        var outcome = NativeOutcome()
        if form.has("--show-current") {
            guard form.options.count == 1 else { throw Leave() }
            if let name = try bench.branch() { outcome.output = name.bytes + "\n".utf8 }
            return outcome
        }
        if File.exists(Path.join(bench.place.common, "worktrees")) { throw Leave() }
        for name in ["rebase-apply", "rebase-merge", "BISECT_LOG"] as [ByteString] where File.exists(bench.file(name)) {
            throw Leave()
        }
        guard let current = try bench.branch() else { throw Leave() }
        let (all, remotes) = (form.has("-a", "--all"), form.has("-r", "--remotes"))
        if all && remotes { throw Leave() }
        let contained = try contained(form, bench)
        var rows: [(Refs.Ref, ByteString)] = []
        for ref in try bench.refs(below: "refs/") {
            let shown: ByteString
            if let name = ref.name.dropping(prefix: "refs/heads/"), !remotes {
                guard ref.symbolic == nil else { throw Leave() }
                shown = name
            } else if let name = ref.name.dropping(prefix: "refs/remotes/"), all || remotes {
                shown = all ? "remotes/" + name : name
            } else {
                continue
            }
            if let contained, try MergeBaseOperation.bases(contained, ref.target, bench) != [contained] { continue }
            rows.append((ref, shown))
        }
        let isVerbose = form.has("-v", "--verbose")
        let width = rows.map(\.1.count).max() ?? 0
        let abbreviation = isVerbose ? try Abbreviation(bench) : nil
        for (ref, name) in rows {
            guard let (kind, _) = try bench.objects().header(ref.target), kind == .commit else { throw Leave() }
            outcome.output += (ref.name == "refs/heads/" + current ? "* " : "  ").utf8 + name.bytes
            if let abbreviation {
                outcome.output += String(repeating: " ", count: width - name.count).utf8
                outcome.output += try details(ref, abbreviation, bench)
            } else if let symbolic = ref.symbolic {
                outcome.output += " -> ".utf8 + (try short(symbolic, bench)).bytes
            }
            outcome.output.append(UInt8(ascii: "\n"))
        }
        return outcome
    }

    /// The commit that branches are to contain; nil where the list is of all.
    private static func contained(_ form: Form, _ bench: Workbench) throws(Leave) -> ObjectID? {
        guard let position = form.words.firstIndex(of: "--contains") else {
            guard form.operands.isEmpty else { throw Leave() }
            return nil
        }
        // It takes whatever follows it.
        guard form.words[(position + 1)...] == form.operands[...] else { throw Leave() }
        try bench.requirePlainHistory()
        return try Revision(bench: bench).commit(form.operands.first ?? "HEAD")
    }

    /// Left to git: names that could be something else as well, which are shortened less.
    private static func short(_ symbolic: ByteString, _ bench: Workbench) throws(Leave) -> ByteString {
        guard let name = symbolic.dropping(prefix: "refs/remotes/") else { throw Leave() }
        for rival in ["refs/", "refs/tags/", "refs/heads/"] as [ByteString]
        where try bench.refs.target(of: rival + name) != nil { throw Leave() }
        return name
    }

    private static func details(
        _ ref: Refs.Ref, _ abbreviation: Abbreviation, _ bench: Workbench
    ) throws(Leave) -> [UInt8] {
        if let symbolic = ref.symbolic { return " -> ".utf8 + (try short(symbolic, bench)).bytes }
        var text = " ".utf8 + (try abbreviation.shorten(ref.target)) + " ".utf8
        if let branch = ref.name.dropping(prefix: "refs/heads/"), let upstream = try Upstream(of: branch, bench) {
            if let theirs = upstream.tip {
                let (ahead, behind) = try Upstream.distance(ref.target, theirs, bench)
                if ahead > 0 && behind > 0 {
                    text += "[ahead \(ahead), behind \(behind)] ".utf8
                } else if ahead > 0 {
                    text += "[ahead \(ahead)] ".utf8
                } else if behind > 0 {
                    text += "[behind \(behind)] ".utf8
                }
            } else {
                text += "[gone] ".utf8
            }
        }
        try bench.requirePlainHistory()
        let commit = try Commit(ref.target, bench)
        let subject = Message(commit.message).subject
        // A subject of several lines, or one with blanks around it, is laid out otherwise here than in a log.
        guard !commit.hasEncoding, commit.message.isUTF8, commit.message.bytes.starts(with: subject),
            commit.message.count == subject.count + 1
                || commit.message.bytes.dropFirst(subject.count).starts(with: "\n\n".utf8)
        else { throw Leave() }
        return text + subject
    }
}
