import ByteStrings
import Effects
import Libgit2
import Platform

/// Finds what is lost where index entries and files become what a tree or the index has.
///
/// Lost is content that neither a commit nor what stays has: a file that only differs from HEAD because it already is as
/// the tree has it, or a staged version that the file on disk still holds, is none.
struct Overwriting {
    let overwrite: FileTouch.Overwrite
    let facts: any RepositoryFacts
    let setting: Setting
    let top: ByteString
    let questions: StartedQuestions
    let statuses: WorkTreeStatuses

    /// Has git begin with what `loss` is going to ask in any case.
    func start() {
        guard overwrite.paths == nil else { return }
        statuses.start()
        if overwrite.replacesUntracked, case .tree(let tree) = overwrite.source, !isHead(tree) {
            questions.start(Self.addedWords(tree, nil))
        }
    }

    func loss() -> FileLoss? {
        let answer =
            overwrite.paths == nil
            ? statuses.ofTracked() : WorkTreeStatus.read(setting, paths: overwrite.paths)
        guard let status = answer else { return nil }
        var loss = FileLoss(certainty: overwrite.certainty)
        let entries = overwrite.onlyStaged ? status.entries.filter { isTouchedByMerge($0) } : status.entries
        lazy var different = differing()
        lazy var held = HeldBlobs(facts: facts, setting: setting)
        for entry in entries where !entry.isSubmodule {
            if overwrite.workTree { loss.around.insert(entry.path) }
            switch entry.kind {
            case .unmerged:
                let isTouched = overwrite.workTree && (overwrite.source != .index || overwrite.resolvesConflicts)
                if isTouched, !ConflictedFile(entry, setting, top).isAsMerged {
                    loss.changes.insert(entry.path)
                }
            case .changed:
                guard different?.contains(entry.path) != false else { continue }
                let losesFile = overwrite.workTree && (entry.isEdited || (entry.isStaged && overwrite.index))
                let losesStaged = overwrite.index && entry.isStaged && (entry.isEdited || entry.isMissing)
                // What only a merge or pick has staged, its commit has.
                let isEdit = entry.isEdited && overwrite.workTree
                if (losesFile || losesStaged) && (isEdit || !held.contains(entry.staged, at: entry.path)) {
                    loss.changes.insert(entry.path)
                }
            case .untracked, .ignored: break
            }
        }
        if overwrite.workTree {
            if facts.hasUnwatchedFiles() {
                loss.changes.formUnion(UnwatchedFiles(setting: setting, top: top, paths: overwrite.paths).edited())
            }
            let missing = entries.filter(\.isMissing).map(\.path)
            loss.untracked.formUnion(InTheWay(top: top).paths(of: missing))
        }
        if overwrite.replacesUntracked, case .tree(let tree) = overwrite.source {
            let added = isHead(tree) ? entries.filter(\.isStagedDeletion).map(\.path) : added(by: tree)
            loss.untracked.formUnion(InTheWay(top: top).paths(of: added))
        }
        if overwrite.submodules && overwrite.source == .nothing && overwrite.workTree {
            // They go with all that is in them.
            let files = SubmoduleFiles(top: top, setting: setting)
            for path in files.paths(overwrite.paths ?? []) { loss.add(files.loss(in: path, discards: .everything)) }
        } else if overwrite.submodules {
            for entry in entries where entry.isDirtySubmodule {
                loss.add(SubmoduleFiles(top: top, setting: setting).loss(in: entry.path, discards: .changes))
            }
        }
        loss.untracked.subtract(loss.changes)
        return loss
    }

    private func isHead(_ tree: ByteString) -> Bool {
        tree == "HEAD" || facts.object(named: tree).map { $0 == facts.object(named: "HEAD") } == true
    }

    /// What the tree has and the index has not.
    private func added(by tree: ByteString) -> [ByteString] {
        names(Self.addedWords(tree, overwrite.paths)) ?? []
    }

    private static func addedWords(_ tree: ByteString, _ paths: [ByteString]?) -> [ByteString] {
        words(["diff-index", "--cached", "--diff-filter=D", tree], paths)
    }

    private func isTouchedByMerge(_ entry: WorkTreeStatus.Entry) -> Bool {
        if case .changed(let index, _) = entry.kind { return index != UInt8(ascii: ".") }
        return true
    }

    /// The tracked files that are not on disk as the source has them; nil where any may be.
    private func differing() -> Set<ByteString>? {
        // Whatever `git status` tells of differs from HEAD.
        guard case .tree(let tree) = overwrite.source, !isHead(tree) else { return nil }
        if !overwrite.workTree {
            return names(Self.words(["diff-index", "--cached", tree], overwrite.paths)).map { Set($0) }
        }
        guard let files = names(Self.words(["diff-index", tree], overwrite.paths)) else { return nil }
        if !overwrite.index { return Set(files) }
        guard let staged = names(Self.words(["diff-index", "--cached", tree], overwrite.paths)) else { return nil }
        return Set(files).union(staged)
    }

    /// The words of a plumbing diff that lists names.
    private static func words(_ words: [ByteString], _ paths: [ByteString]?) -> [ByteString] {
        let form: [ByteString] = [
            "--name-only", "-z", "--no-renames", "--no-relative", "--no-ext-diff", "--ignore-submodules=all",
        ]
        return words.prefix(1) + form + words.dropFirst() + ["--"] + (paths ?? [])
    }

    /// The names that it lists, from the top of the work tree; nil where git fails over the tree.
    private func names(_ words: [ByteString]) -> [ByteString]? {
        questions.ask(words)?.split(0).filter { !$0.isEmpty }
    }
}

/// What is on disk where git is about to put something.
struct InTheWay {
    let top: ByteString

    /// The files and folders that are there: at the paths, or where one of their folders has to be.
    func paths(of names: [ByteString]) -> Set<ByteString> {
        var found: Set<ByteString> = []
        var knownFolders: Set<ByteString> = ["."]
        for name in names {
            if let file = fileAsFolder(above: name, &knownFolders) {
                found.insert(file)
            } else if File.linkStatus(Path.join(top, name)) != nil {
                found.insert(name)
            }
        }
        return found
    }

    /// What is no folder, though the path leads through it.
    private func fileAsFolder(above name: ByteString, _ known: inout Set<ByteString>) -> ByteString? {
        var folders: [ByteString] = []
        var parent = Path.parent(name)
        while !known.contains(parent), parent != "/" {
            folders.append(parent)
            parent = Path.parent(parent)
        }
        for folder in folders.reversed() {
            guard let status = File.linkStatus(Path.join(top, folder)) else { return nil }
            guard status.kind == .directory else { return folder }
            known.insert(folder)
        }
        return nil
    }
}

/// Blobs that the commits have which an operation at work takes in: what they staged is not lost with the index.
struct HeldBlobs {
    private static let names: [ByteString] = ["MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD", "REBASE_HEAD"]

    private let setting: Setting
    private let heads: [ByteString]
    private var asked: [ByteString: Bool] = [:]

    init(facts: any RepositoryFacts, setting: Setting) {
        self.setting = setting
        heads = Self.names.filter(facts.isMarked)
    }

    mutating func contains(_ blob: ByteString, at path: ByteString) -> Bool {
        guard !heads.isEmpty, !blob.isEmpty else { return false }
        if let known = asked[path] { return known }
        let isHeld = heads.contains { head in
            // A revert takes in what the commit before had.
            [head, head + "^"].contains { commit in
                let question = setting.question(["rev-parse", "-q", "--verify", commit + ":" + path])
                guard let answer = try? question.capture(), answer.ending.succeeded else { return false }
                return answer.output.trimmed == blob
            }
        }
        asked[path] = isHeld
        return isHeld
    }
}
