import ByteStrings
import Libgit2
import Platform

/// `git diff` (git-diff(1)) of the work tree, the index and commits.
///
/// Left to git: additions together with deletions (they may be renames), submodules, conflicts, attributes, files that
/// were touched without being changed (git then writes the index), and what `StatText` cannot lay out.
enum DiffOperation {
    static func run(_ form: Form, _ bench: Workbench) throws(Leave) -> NativeOutcome {
        var format: DiffFormat?
        var isCached = false
        var exits = false
        for option in form.options {
            if let asked = DiffFormat(option: option.name) {
                // Several formats are printed one after the other, in an order of their own.
                guard format == nil || format == asked else { throw Leave() }
                format = asked
            } else if option.name == "--cached" || option.name == "--staged" {
                isCached = true
            } else if option.name == "--quiet" {
                guard format == nil else { throw Leave() }
                (format, exits) = (DiffFormat.none, true)
            } else if option.name == "--exit-code" {
                exits = true
            }
        }
        let words = try Operands(form, bench)
        // Between two trees the index has no say.
        let index = words.trees.count == 2 ? nil : try bench.index()
        let differences: [Difference]
        switch (words.trees.count, isCached, index) {
        case (0, false, let index?): differences = try files(bench, index, words.limits)
        case (0, true, let index?): differences = try staged(bench, index, try head(bench), words.limits)
        case (1, true, let index?): differences = try staged(bench, index, words.trees[0], words.limits)
        case (1, false, let index?): differences = try filesAgainst(words.trees[0], bench, index, words.limits)
        case (2, false, nil):
            differences = try TreeChanges.list(bench, words.trees[0], words.trees[1], words.limits).map(Difference.init)
        default: throw Leave()
        }
        var outcome = NativeOutcome()
        try Difference.requireSimple(differences)
        outcome.output = try (format ?? .patch).text(differences, bench, index)
        if exits && !differences.isEmpty { outcome.status = 1 }
        return outcome
    }

    private static func head(_ bench: Workbench) throws(Leave) -> ObjectID? {
        guard let tip = try bench.refs.target(of: "HEAD") else {
            guard try bench.branch() != nil else { throw Leave() }
            return nil
        }
        try bench.requirePlainHistory()
        return try Commit(tip, bench).tree
    }

    private static func files(
        _ bench: Workbench, _ index: IndexFile, _ limits: Pathspec
    ) throws(Leave) -> [Difference] {
        var found: [Difference] = []
        let (changes, refresh) = try FileChanges.list(bench, index, limits)
        // What was only touched makes git write the index.
        guard refresh.touched.isEmpty else { throw Leave() }
        for change in changes {
            found.append(try Difference(index.entries[change.position], mode: change.mode, bench))
        }
        return found
    }

    /// The work tree's tracked files against a tree.
    private static func filesAgainst(
        _ tree: ObjectID, _ bench: Workbench, _ index: IndexFile, _ limits: Pathspec
    ) throws(Leave) -> [Difference] {
        let changed = try files(bench, index, limits)
        var found: [Difference] = []
        var rest = changed[...]
        for staged in try self.staged(bench, index, tree, limits) {
            while let file = rest.first, file.path.lexicographicallyPrecedes(staged.path) {
                found.append(file)
                rest = rest.dropFirst()
            }
            guard let file = rest.first, file.path == staged.path else {
                found.append(staged)
                continue
            }
            rest = rest.dropFirst()
            var difference = staged
            (difference.new, difference.content) = (file.new, file.content)
            // New in the index and gone from the work tree: nothing.
            if difference.old == nil && difference.new == nil { continue }
            // As it was again: git finds that out late, and may write the index.
            if difference.old == difference.new { throw Leave() }
            found.append(difference)
        }
        return found + rest
    }

    private static func staged(
        _ bench: Workbench, _ index: IndexFile, _ tree: ObjectID?, _ limits: Pathspec
    ) throws(Leave) -> [Difference] {
        guard index.entries.allSatisfy({ $0.stage == 0 }) else { throw Leave() }
        return try StagedChanges.list(bench, tree, index).filter { limits.takes($0.path) }.map(Difference.init)
    }

    /// Revisions first, then paths.
    struct Operands {
        /// The trees to compare.
        var trees: [ObjectID] = []
        var limits = Pathspec()

        init(_ form: Form, _ bench: Workbench) throws(Leave) {
            var paths = form.paths ?? []
            let revision = Revision(bench: bench)
            for word in form.operands {
                let isFile = File.linkStatus(bench.place.top + "/" + bench.place.prefix + word) != nil
                if form.paths == nil, isFile {
                    // A file, and surely no revision.
                    guard try !revision.mayName(word) else { throw Leave() }
                    paths.append(word)
                    continue
                }
                guard paths.isEmpty || form.paths != nil else { throw Leave() }
                if word.contains("..") {
                    guard trees.isEmpty, let (from, to) = word.range else { throw Leave() }
                    trees = [try revision.tree(from), try revision.tree(to)]
                } else {
                    trees.append(try revision.tree(word))
                }
            }
            guard trees.count <= 2 else { throw Leave() }
            limits = try Pathspec(paths, bench)
        }
    }
}

extension ByteString {
    /// The ends of `A..B`, where one that is left out is HEAD (gitrevisions(7)); nil for `A...B` and others.
    var range: (ByteString, ByteString)? {
        guard let at = zip(bytes.indices, zip(bytes, bytes.dropFirst())).first(where: { $1 == (0x2e, 0x2e) })?.0 else {
            return nil
        }
        let (head, tail) = (ByteString(bytes[..<at]), ByteString(bytes[(at + 2)...]))
        guard !tail.hasPrefix("."), !tail.contains(".."), !(head.isEmpty && tail.isEmpty) else { return nil }
        return (head.isEmpty ? "HEAD" : head, tail.isEmpty ? "HEAD" : tail)
    }
}

extension Revision {
    func tree(_ word: ByteString) throws(Leave) -> ObjectID { try Commit(commit(word), bench).tree }

    /// Whether git could take the word for a revision: when in doubt, yes.
    func mayName(_ word: ByteString) throws(Leave) -> Bool {
        guard Revision.isPlain(word) || word.hasPrefix("."), !word.contains("..") else { return true }
        if word.hasPrefix(".") { return word.contains("@") }
        if (4...40).contains(word.count), word.lowercased.bytes.allSatisfy(Self.isHexadecimal) { return true }
        // `git describe`'s names.
        if word.contains("-g") { return true }
        return try fullName(word) != nil
    }
}
