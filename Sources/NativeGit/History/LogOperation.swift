import ByteStrings
import Libgit2
import Platform

/// `git log` and `git show` of commits (git-log(1), git-show(1)).
///
/// Left to git: paths beside merges, graphs, patterns that are no plain text, decorations, notes, mail maps, other orders than the default one, more commits
/// than the cut-off (git reads commit-graphs, and prints before it has read all), and for diffs what `DiffOperation` leaves.
enum LogOperation {
    static func run(_ form: Form, _ bench: Workbench) throws(Leave) -> NativeOutcome {
        guard form.operands.count <= 1 else { throw Leave() }
        let limits = try Pathspec(form.paths ?? [], bench)
        let printer = try CommitPrinter(form, bench, diffs: .none, limits)
        var count = Int.max
        var skipsMerges = false
        var followsFirst = false
        for option in form.options {
            switch option.name {
            case "-", "-n", "--max-count", "-n:": count = option.value?.number ?? 0
            case "--no-merges": skipsMerges = true
            case "--first-parent": followsFirst = true
            default: break
            }
        }
        let patterns = try CommitPatterns(form)
        let isSmall = (count > bench.cutOff || !limits.isEmpty) && Self.isSmall(bench)
        guard count <= bench.cutOff || isSmall else { throw Leave() }
        let operand = form.operands.first ?? "HEAD"
        if form.paths == nil, !form.operands.isEmpty { try bench.requireNoFile(operand) }
        let revision = Revision(bench: bench)
        var tips = (wanted: try operand.contains("..") ? nil : revision.commit(operand), unwanted: ObjectID?.none)
        if tips.wanted == nil {
            guard let (from, to) = operand.range else { throw Leave() }
            tips = (try revision.commit(to), try revision.commit(from))
            // Linear walks only take one parent; with a limit git follows all of them to paint.
            if followsFirst { throw Leave() }
        }
        guard let tip = tips.wanted else { throw Leave() }
        var walk = try HistoryWalk(bench, tip, without: tips.unwanted, firstParents: followsFirst)
        var printed = 0
        var passed = 0
        var outcome = NativeOutcome()
        while printed < count, let commit = try walk.next() {
            // Which side of a merge is followed depends on what the sides did to the paths.
            guard limits.isEmpty || commit.parents.count < 2 else { throw Leave() }
            let isTouched = limits.isEmpty ? true : try commit.changes(limits, bench)
            guard isTouched, try patterns.match(commit) else {
                passed += 1
                guard passed < (isSmall || limits.isEmpty ? bench.cutOff : unseenLimit) else { throw Leave() }
                continue
            }
            if skipsMerges && commit.parents.count > 1 { continue }
            guard printed < bench.cutOff else { throw Leave() }
            try printer.add(commit, to: &outcome.output, isFirst: printed == 0)
            printed += 1
        }
        return outcome
    }

    /// How many commits that do not touch the paths are looked at before it is left to git, which may have an index of
    /// changed paths (git-commit-graph(1)).
    private static let unseenLimit = 60

    /// Whether there are so few objects that the history is worth walking whole: packed ones, and by one of the 256
    /// folders loose ones (as `git gc --auto` estimates).
    private static func isSmall(_ bench: Workbench) -> Bool {
        guard let packed = try? Abbreviation.packedObjects(bench), packed < 2000 else { return false }
        return (File.list(Path.join(bench.place.common, "objects/17"))?.count ?? 0) < 8
    }
}

/// `git show` of one commit.
enum ShowOperation {
    static func run(_ form: Form, _ bench: Workbench) throws(Leave) -> NativeOutcome {
        guard form.paths?.isEmpty != false, form.operands.count <= 1 else { throw Leave() }
        let operand = form.operands.first ?? "HEAD"
        if form.paths == nil, !form.operands.isEmpty { try bench.requireNoFile(operand) }
        if operand.contains(UInt8(ascii: ":")) { return try file(operand, form, bench) }
        let printer = try CommitPrinter(form, bench, diffs: .patch)
        let object = try Revision(bench: bench).object(operand)
        // A tag is shown with its own text, other objects as they are.
        let commit = try Commit(object, bench)
        guard commit.parents.count < 2 || printer.showsNoDiff else { throw Leave() }
        var outcome = NativeOutcome()
        try printer.add(commit, to: &outcome.output, isFirst: true)
        return outcome
    }
}

extension ShowOperation {
    /// `git show REVISION:PATH`: the file as it is stored.
    private static func file(_ word: ByteString, _ form: Form, _ bench: Workbench) throws(Leave) -> NativeOutcome {
        guard form.options.isEmpty, let (revision, path) = word.split(atFirst: UInt8(ascii: ":")) else { throw Leave() }
        let start = try Revision(bench: bench).object(revision)
        let entry = try Revision(bench: bench).entry(at: path, in: start)
        var attributes = Attributes(bench, nil)
        try attributes.requireNone(for: path.bytes)
        guard let stored = try? bench.objects().read(entry.object), stored.kind == .blob else { throw Leave() }
        return NativeOutcome(output: Array(stored.bytes))
    }
}

extension Workbench {
    /// Fails where a word for a revision is also a file here: git asks for `--`.
    func requireNoFile(_ word: ByteString) throws(Leave) {
        if File.linkStatus(place.top + "/" + place.prefix + word) != nil { throw Leave() }
    }
}

/// Prints commits with their changes.
struct CommitPrinter {
    private let bench: Workbench
    private let format: CommitFormat
    private let diffs: DiffFormat
    /// What diffs are limited to.
    private let limits: Pathspec

    init(
        _ form: Form, _ bench: Workbench, diffs usual: DiffFormat, _ limits: Pathspec = Pathspec()
    ) throws(Leave) {
        self.bench = bench
        self.limits = limits
        format = try CommitFormat(form, bench)
        var asked: DiffFormat?
        for option in form.options {
            guard let diff = DiffFormat(option: option.name) else { continue }
            guard asked == nil || asked == diff else { throw Leave() }
            asked = diff
        }
        diffs = asked ?? usual
    }

    var showsNoDiff: Bool { diffs == .none }

    /// git's `show_log` and `log_tree_diff_flush`.
    func add(_ commit: Commit, to output: inout [UInt8], isFirst: Bool) throws(Leave) {
        if !isFirst && !format.endsEach { output.append(UInt8(ascii: "\n")) }
        output += try format.text(commit)
        if format.endsEach { output.append(UInt8(ascii: "\n")) }
        if diffs == .none || commit.parents.count > 1 {
            if case .template(_, false) = format.kind, diffs != .none { throw Leave() }
            return
        }
        let old = try commit.parents.first.map { parent throws(Leave) in try Commit(parent, bench).tree }
        let differences = try TreeChanges.list(bench, old, commit.tree, limits).map(Difference.init)
        if differences.isEmpty { return }
        if case .template = format.kind { throw Leave() }
        // A blank line, which one-line formats do without.
        if case .medium = format.kind { output.append(UInt8(ascii: "\n")) }
        output += try diffs.text(differences, bench)
    }
}

extension Commit {
    /// Whether the commit changes any of the paths against its only parent, or has them and no parent.
    fileprivate func changes(_ limits: Pathspec, _ bench: Workbench) throws(Leave) -> Bool {
        let old = try parents.first.map { parent throws(Leave) in try Commit(parent, bench).tree }
        return try TreeChanges.any(bench, old, tree, limits)
    }
}
