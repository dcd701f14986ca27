import ByteStrings
import Libgit2
import Platform

/// `git status` (git-status(1)).
///
/// Left to git: an operation in progress and a detached HEAD in the long form, submodules, conflicts, sparse, split and
/// unusual indexes, and staged additions together with deletions (they may be renames).
enum StatusOperation {
    static func run(_ form: Form, _ bench: Workbench) throws(Leave) -> NativeOutcome {
        let manner = try Manner(form)
        let limits = try Pathspec(form.operands + (form.paths ?? []), bench)
        // git looks for untracked files there, and warns.
        guard limits.foldersExist(bench) else { throw Leave() }
        let status = try WorkTreeStatus(bench, manner, limits)
        var outcome = NativeOutcome()
        switch manner.format {
        case .long: outcome.output = try LongStatus(status, bench, manner).text()
        case .short, .porcelain: outcome.output = try ShortStatus(status, bench, manner).text()
        case .second: outcome.output = try SecondPorcelain(status, bench, manner).text()
        }
        return outcome
    }

    enum Format { case long, short, porcelain, second }

    struct Manner {
        var format = Format.long
        var showsBranch = false
        var endsInNul = false
        var untracked = Untracked.Manner.folders
        var findsRenames = true

        init(_ form: Form) throws(Leave) {
            var isGiven = false
            for option in form.options {
                switch option.name {
                case "-s", "--short": (format, isGiven) = (.short, true)
                case "-sb", "-bs": (format, isGiven, showsBranch) = (.short, true, true)
                case "--long": (format, isGiven) = (.long, true)
                case "--porcelain", "--porcelain=v1", "--porcelain=1": (format, isGiven) = (.porcelain, true)
                case "--porcelain=v2", "--porcelain=2": (format, isGiven) = (.second, true)
                case "-b", "--branch": showsBranch = true
                case "-z": endsInNul = true
                case "-uno", "--untracked-files=no": untracked = .none
                case "-unormal", "--untracked-files=normal": untracked = .folders
                case "-u", "-uall", "--untracked-files", "--untracked-files=all": untracked = .files
                case "--no-renames": findsRenames = false
                // There are none.
                case "--ignore-submodules=none": break
                default: throw Leave()
                }
            }
            if endsInNul {
                if isGiven && format == .long { throw Leave() }
                if !isGiven { format = .porcelain }
            }
        }
    }
}

/// What `status` has to say, in whatever format.
struct WorkTreeStatus {
    struct Change {
        var path: [UInt8]
        /// `A`, `M`, `D` or `T`; nil where the index is as HEAD.
        var staged: UInt8?
        /// `M`, `D` or `T`; nil where the file is as the index.
        var unstaged: UInt8?
        var head: StagedChanges.Side?
        var index: StagedChanges.Side?
        /// 0 where it is gone.
        var fileMode: UInt32
    }

    var changes: [Change]
    var untracked: [[UInt8]]
    /// nil where HEAD is detached.
    var branch: ByteString?
    /// nil where HEAD is unborn.
    var tip: ObjectID?

    init(_ bench: Workbench, _ manner: StatusOperation.Manner, _ limits: Pathspec) throws(Leave) {
        branch = try bench.branch()
        tip = try bench.refs.target(of: "HEAD")
        let index = try bench.index()
        // Meanwhile the files are looked at.
        var comparison = try FileChanges(bench, index, limits, .limitedAndYoung)
        let tree = try tip.map { name throws(Leave) in try Self.tree(name, bench) }
        let staged = try StagedChanges.list(bench, tree, index).filter { limits.takes($0.path) }
        // An added file beside a deleted one may be a rename.
        if manner.findsRenames, staged.contains(where: { $0.old == nil }), staged.contains(where: { $0.new == nil }) {
            throw Leave()
        }
        untracked = try Untracked.list(bench, index, manner.untracked, limits)
        var (files, refresh) = try comparison.finish()
        files.removeAll { !limits.takes(index.entries[$0.position].path) }
        refresh.touched = refresh.touched.filter { limits.takes(index.entries[$0.key].path) }
        changes = Self.merged(staged, files, index)
        if refresh.isNeeded { try Self.write(refresh, bench, index) }
    }

    /// Writes the index as git does after it has looked at all files: with the times of those that were only touched,
    /// and younger than those that were as young as it. Where another process holds the lock, git lets it be.
    private static func write(
        _ refresh: FileChanges.Refresh, _ bench: Workbench, _ index: IndexFile
    ) throws(Leave) {
        var writer = try IndexWriter(bench, index)
        if bench.request.globals.noOptionalLocks { return }
        switch bench.request.environment["GIT_OPTIONAL_LOCKS"] {
        case nil, "1", "true": break
        case "0", "false": return
        default: throw Leave()
        }
        writer.refresh(refresh)
        if let lock = writer.lock() { try writer.write(lock) }
    }

    private static func tree(_ name: ObjectID, _ bench: Workbench) throws(Leave) -> ObjectID {
        try bench.requirePlainHistory()
        return try Commit(name, bench).tree
    }

    private static func merged(
        _ staged: [StagedChanges.Change], _ files: [FileChanges.Change], _ index: IndexFile
    ) -> [Change] {
        var changes = staged.map { change in
            Change(
                path: change.path, staged: letter(change.old?.mode, change.new?.mode), unstaged: nil, head: change.old,
                index: change.new, fileMode: change.new?.mode ?? 0)
        }
        var at = 0
        for file in files {
            let entry = index.entries[file.position]
            while at < changes.count, changes[at].path.lexicographicallyPrecedes(entry.path) { at += 1 }
            if at == changes.count || !changes[at].path.elementsEqual(entry.path) {
                let side = StagedChanges.Side(mode: entry.mode, object: entry.object)
                changes.insert(
                    Change(path: Array(entry.path), staged: nil, unstaged: nil, head: side, index: side, fileMode: 0),
                    at: at)
            }
            changes[at].unstaged = letter(entry.mode, file.mode == 0 ? nil : file.mode)
            changes[at].fileMode = file.mode
        }
        return changes
    }

    private static func letter(_ old: UInt32?, _ new: UInt32?) -> UInt8 {
        guard let old else { return UInt8(ascii: "A") }
        guard let new else { return UInt8(ascii: "D") }
        return old & 0o170000 == new & 0o170000 ? UInt8(ascii: "M") : UInt8(ascii: "T")
    }
}
