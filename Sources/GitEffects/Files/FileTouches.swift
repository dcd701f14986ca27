import ByteStrings
import GitSyntax
import Platform

/// Reads commands for what they do to files (their manuals; each function is one of them).
struct FileTouches {
    let command: UnderstoodCommand
    let arguments: ParsedArguments
    let facts: any RepositoryFacts
    let configuration: Configuration

    /// What a command is read by; nil for those that do nothing to files. Staging and committing are not among them: a newer
    /// version of the same file that takes the place of an older one in the index is what they are for.
    private static func reader(_ name: ByteString) -> ((FileTouches) -> [FileTouch])? {
        switch name {
        case "am": { $0.sequence("rebase-apply/applying", aborting: ["abort", "skip"], onlyStaged: false) }
        case "apply": { $0.apply() }
        case "bisect": { $0.bisect() }
        case "checkout": { $0.checkout() }
        case "checkout-index": { $0.checkoutIndex() }
        case "cherry-pick": { $0.sequence("CHERRY_PICK_HEAD", "sequencer", aborting: ["abort", "skip"]) + $0.merged() }
        case "clean": { $0.arguments.isOn("dry-run") ? [] : [.clean] }
        case "merge": { $0.sequence("MERGE_HEAD", aborting: ["abort"]) + $0.merged() }
        case "merge-recursive", "merge-recursive-ours", "merge-recursive-theirs", "merge-subtree":
            { $0.mergedByPlumbing() }
        case "mv": { $0.move() }
        case "pull": { $0.pulled() }
        case "read-tree": { $0.readTree() }
        case "rebase":
            {
                $0.sequence("rebase-merge", "rebase-apply", aborting: ["abort", "skip"], onlyStaged: false)
                    + $0.merged()
            }
        case "reset": { $0.reset() }
        case "restore": { $0.restore() }
        case "revert": { $0.sequence("REVERT_HEAD", "sequencer", aborting: ["abort", "skip"]) + $0.reverted() }
        case "rm": { $0.remove() }
        case "sparse-checkout": { $0.sparse() }
        case "stash": { $0.unstashed() }
        case "submodule": { $0.submodule() }
        case "switch": { $0.switchBranch() }
        case "worktree": { $0.worktree() }
        default: nil
        }
    }

    static func of(
        _ command: UnderstoodCommand, _ arguments: ParsedArguments, _ facts: any RepositoryFacts,
        _ configuration: Configuration
    ) -> [FileTouch] {
        let touches = FileTouches(
            command: command, arguments: arguments, facts: facts, configuration: configuration)
        return reader(command.name)?(touches) ?? []
    }

    static func concern(_ command: ByteString) -> Bool { reader(command) != nil }

    var operands: [ByteString] { arguments.operands.map(\.value) }

    func isOn(_ names: ByteString...) -> Bool { names.contains { arguments.isOn($0) } }

    private var hasDashDash: Bool { command.words.contains("--") }

    private var recurses: Bool {
        arguments.isOn("recurse-submodules", default: configuration.boolean("submodule.recurse") ?? false)
    }

    /// Pathspecs that a file names cannot be seen here: any path may be meant.
    private var pathspecs: [ByteString]? {
        isOn("pathspec-from-file") ? nil : operands
    }

    // MARK: reset

    private func reset() -> [FileTouch] {
        let mode = ["hard", "merge", "keep", "soft", "mixed"].max { position($0) < position($1) }
        let chosen: ByteString = mode.flatMap { position($0) >= 0 ? $0 : nil } ?? "mixed"
        var overwrite = FileTouch.Overwrite(source: .tree("HEAD"), index: true, submodules: recurses)
        var words = arguments.operands
        if let first = words.first, !first.isAfterDashDash, facts.object(named: first.value) != nil {
            overwrite.source = .tree(first.value)
            words.removeFirst()
        }
        if isOn("patch") || isOn("pathspec-from-file") {
            overwrite.paths = words.isEmpty ? nil : words.map(\.value)
            overwrite.certainty = .possible
            return [.overwrite(overwrite)]
        }
        if !words.isEmpty {
            overwrite.paths = words.map(\.value)
            return [.overwrite(overwrite)]
        }
        switch chosen {
        case "hard":
            overwrite.workTree = true
            overwrite.replacesUntracked = true
        case "merge":
            overwrite.workTree = true
            overwrite.onlyStaged = true
        case "soft": return []
        default: break
        }
        guard chosen == "merge" || chosen == "keep", case .tree(let tree) = overwrite.source, tree != "HEAD" else {
            return [.overwrite(overwrite)]
        }
        return [.overwrite(overwrite), .switchTo(tree)]
    }

    /// Where an option stands; -1 where it is not on. The last mode counts.
    private func position(_ name: ByteString) -> Int {
        arguments.options.lastIndex { $0.name == name && !$0.isNegated } ?? -1
    }

    // MARK: checkout, switch, restore

    private func checkout() -> [FileTouch] {
        let before = arguments.operands.filter { !$0.isAfterDashDash }.map(\.value)
        let behind = arguments.operands.filter(\.isAfterDashDash).map(\.value)
        if isOn("patch") {
            let tree = before.first.flatMap { isRevision($0) ? $0 : nil }
            let paths = (tree == nil ? before : Array(before.dropFirst())) + behind
            return [paths.isEmpty ? checkoutPaths(tree, nil, isPatch: true) : checkoutPaths(tree, paths, isPatch: true)]
        }
        if isOn("pathspec-from-file") { return [checkoutPaths(before.first, nil)] }
        if hasDashDash {
            if behind.isEmpty { return leave(for: before.first ?? "HEAD") }
            return [checkoutPaths(before.first, behind)]
        }
        let branch = isOn("-b", "-B", "orphan", "detach", "track")
        guard let first = before.first else { return leave(for: "HEAD") }
        if branch { return leave(for: first) }
        if before.count == 1, !isRevision(first), let guessed = guessed(first) { return leave(for: guessed) }
        if isRevision(first) {
            return before.count == 1 ? leave(for: first) : [checkoutPaths(first, Array(before.dropFirst()))]
        }
        return [checkoutPaths(nil, before)]
    }

    /// `-` is the branch before this one; `A...B` a merge base (git-checkout(1)).
    private func isRevision(_ word: ByteString) -> Bool {
        word == "-" || facts.object(named: word) != nil || word.contains("...")
    }

    private func checkoutPaths(_ tree: ByteString?, _ paths: [ByteString]?, isPatch: Bool = false) -> FileTouch {
        var overwrite = FileTouch.Overwrite(source: tree.map(source) ?? .index, paths: paths, workTree: true)
        overwrite.index = tree != nil
        overwrite.takesConflicts(from: self)
        overwrite.replacesUntracked = tree != nil && !isPatch
        overwrite.submodules = recurses
        if isPatch || paths == nil { overwrite.certainty = .possible }
        return .overwrite(overwrite)
    }

    private func switchBranch() -> [FileTouch] {
        if isOn("orphan") {
            // All tracked files go (git-switch(1), `--orphan`).
            guard isOn("force", "discard-changes") else { return [] }
            return [.overwrite(FileTouch.Overwrite(source: .nothing, index: true, workTree: true))]
        }
        let target = operands.first ?? "HEAD"
        return leave(for: guessed(target) ?? target)
    }

    /// A branch that is made from that of a remote, where the word names nothing here.
    private func guessed(_ word: ByteString) -> ByteString? {
        guard arguments.isOn("guess", default: true), !isRevision(word) else { return nil }
        return facts.guessedBranch(word)
    }

    /// Another branch is checked out: changes of files are kept or the switch is refused, unless it is forced or merged.
    private func leave(for target: ByteString) -> [FileTouch] {
        if isOn("force", "discard-changes") {
            return [
                .overwrite(
                    FileTouch.Overwrite(
                        source: source(target), index: true, workTree: true, replacesUntracked: true,
                        submodules: recurses))
            ]
        }
        if isOn("merge", "conflict"), operands.first != nil {
            return [
                .overwrite(
                    FileTouch.Overwrite(source: .unknown, index: true, workTree: true, certainty: .possible)),
                .switchTo(target == "-" ? "@{-1}" : target),
            ]
        }
        if target == "HEAD" || !arguments.isOn("overwrite-ignore", default: true) { return [] }
        return [.switchTo(target == "-" ? "@{-1}" : target)]
    }

    private func source(_ word: ByteString) -> FileTouch.Overwrite.Source {
        let revision: ByteString = word == "-" ? "@{-1}" : word
        return facts.object(named: revision) == nil ? .unknown : .tree(revision)
    }

    private func restore() -> [FileTouch] {
        let staged = isOn("staged")
        let workTree = arguments.isOn("worktree", default: !staged)
        let tree = arguments.value("source")
        var overwrite = FileTouch.Overwrite(
            source: tree.map(source) ?? (staged ? .tree("HEAD") : .index), paths: pathspecs, index: staged,
            workTree: workTree, replacesUntracked: workTree && tree != nil, submodules: recurses)
        overwrite.takesConflicts(from: self)
        if isOn("patch") {
            if operands.isEmpty { overwrite.paths = nil }
            overwrite.replacesUntracked = false
        }
        if isOn("patch") || overwrite.paths == nil { overwrite.certainty = .possible }
        return [.overwrite(overwrite)]
    }

    // MARK: Single files

    private func remove() -> [FileTouch] {
        // Without force git removes only what a commit holds.
        guard isOn("force"), !isOn("dry-run") else { return [] }
        return [
            .overwrite(
                FileTouch.Overwrite(
                    source: .nothing, paths: pathspecs, index: true, workTree: !isOn("cached"), submodules: true))
        ]
    }

    private func move() -> [FileTouch] {
        guard isOn("force"), !isOn("dry-run"), let target = operands.last else { return [] }
        let sources = operands.dropLast()
        return [
            .files([target] + sources.map { Path.join(target, Path.name($0)) }, index: true, moved: Array(sources))
        ]
    }

    private func apply() -> [FileTouch] { [.patch] }

    private func checkoutIndex() -> [FileTouch] {
        guard isOn("force"), !isOn("temp") else { return [] }
        let everything = isOn("all", "stdin")
        guard everything || !operands.isEmpty else { return [] }
        if let prefix = arguments.value("prefix") {
            return [.files(operands.map { prefix + $0 }, index: false)]
        }
        return [
            .overwrite(
                FileTouch.Overwrite(
                    source: arguments.value("stage") == nil ? .index : .unknown, paths: everything ? nil : operands,
                    workTree: true, certainty: isOn("stdin") ? .possible : .certain))
        ]
    }

    private func readTree() -> [FileTouch] {
        if isOn("dry-run", "prefix") { return [] }
        if let file = arguments.value("index-output") { return [.files([file], index: false)] }
        let brought = isOn("-u") && !isOn("reset") ? operands.suffix(1).map { FileTouch.switchTo($0) } : []
        // Of two and three trees `-m` keeps what is staged, or refuses.
        if isOn("-m") && !isOn("reset") && operands.count > 1 { return brought }
        let source: FileTouch.Overwrite.Source =
            operands.count == 1 ? self.source(operands[0]) : operands.isEmpty ? .nothing : .unknown
        return [
            .overwrite(
                FileTouch.Overwrite(
                    source: source, index: true, workTree: isOn("-u"), replacesUntracked: isOn("reset") && isOn("-u"),
                    submodules: recurses))
        ] + brought
    }

    // MARK: Whole work trees

    private func worktree() -> [FileTouch] {
        if arguments.subcommand == "prune" { return isOn("dry-run") ? [] : [.pruneWorkTrees] }
        guard arguments.subcommand == "remove", let path = operands.first else { return [] }
        return [.removeWorkTree(path)]
    }

    private func submodule() -> [FileTouch] {
        switch arguments.subcommand {
        case "deinit":
            let paths = isOn("all") ? [] : operands
            if paths.isEmpty && !isOn("all") { return [] }
            return [.submodules(paths: paths, discards: isOn("force") ? .everything : .ignored)]
        case "foreach": return [.foreach(operands)]
        case "update": return isOn("force") ? [.submodules(paths: operands, discards: .changes)] : []
        default: return []
        }
    }

    /// Folders that leave the checkout are removed with the ignored files in them.
    private func sparse() -> [FileTouch] {
        switch arguments.subcommand {
        case "set": [.sparse(keeping: operands)]
        case "clean", "init", "reapply": [.sparse(keeping: [])]
        default: []
        }
    }
}

extension FileTouch.Overwrite {
    /// `--ours` and `--theirs` write files with conflicts, `--merge` makes conflicts anew that were solved already
    /// (git-checkout(1)).
    fileprivate mutating func takesConflicts(from touches: FileTouches) {
        resolvesConflicts = touches.isOn("ours", "theirs", "merge", "conflict")
        guard touches.isOn("merge", "conflict") else { return }
        source = .unknown
        index = true
    }
}
