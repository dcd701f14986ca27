import ByteStrings
import Libgit2
import Platform

/// How things are now, against a snapshot: what an undo would change.
public struct Comparison: Sendable {
    public struct Ref: Sendable {
        public var name: ByteString
        /// nil where it did not exist, or does not now.
        public var then: ObjectName?
        public var now: ObjectName?
    }

    public struct File: Sendable {
        /// From the top of the work tree, or absolute.
        public var path: ByteString
        public var then: FileState
        public var now: FileState
    }

    public var refs: [Ref] = []
    /// Refs of a remote: `before` is what it has now, `after` what an undo sets.
    public var remote: SavedRemote?
    /// Where HEAD was, if it is elsewhere now.
    public var head: SavedHead?
    /// Whether the index is not what it was.
    public var index = false
    /// Saved files that are not what they were.
    public var files: [File] = []
    /// Other tracked files that an undo would check out or remove along with the index.
    public var tracked: [ByteString] = []

    public var isEmpty: Bool {
        refs.isEmpty && remote == nil && head == nil && !index
            && files.isEmpty && tracked.isEmpty
    }
}

extension Recovery {
    /// The recovery of the work tree that a snapshot was taken in; nil for the newest snapshot that is not undone.
    public func home(of id: ByteString?) throws(RecoveryError) -> (recovery: Recovery, id: ByteString) {
        var chosen = id
        if chosen == nil { chosen = try list().first { !$0.isUndone && !$0.isUndo }?.id }
        guard let id = chosen else { throw .nothingToUndo }
        let manifest = try manifest(id)
        guard let home = try place.home(of: manifest) else {
            throw .noWorkTree(manifest.top ?? manifest.workTree ?? "", snapshot: id)
        }
        return (Recovery(home), id)
    }

    /// What differs between a snapshot of this work tree and now.
    public func comparison(with id: ByteString) throws(RecoveryError) -> Comparison {
        let plan = try UndoPlan(self, id, paths: nil)
        var comparison = Comparison()
        comparison.refs = plan.refs.map {
            Comparison.Ref(name: $0.wanted.name, then: $0.wanted.object, now: $0.present)
        }
        comparison.remote = plan.remote
        comparison.head = plan.head
        comparison.index = plan.restoresIndex
        comparison.tracked = (plan.checkout + plan.remove).sorted()
        for (_, file) in plan.files {
            let now = try reader.state(file.path)
            comparison.files.append(Comparison.File(path: file.path, then: file.state, now: now))
        }
        return comparison
    }

    /// Writes the files that differ into `folder`: as they were below `then/`, as they are below `now/`.
    public func export(_ comparison: Comparison, of id: ByteString, to folder: ByteString) throws(RecoveryError) {
        let manifest = try manifest(id)
        let numbers = Dictionary(
            manifest.files.enumerated().map { ($0.element.path, $0.offset) }, uniquingKeysWith: { first, _ in first })
        for file in comparison.files {
            let inside = file.path.dropping(prefix: "/") ?? file.path
            if file.then.hasContent, let number = numbers[file.path] {
                try put(try content(id, "files/\(number)"), file.then, folder + "/then/" + inside)
            }
            if file.now.hasContent { try put(try reader.read(file.path).content, file.now, folder + "/now/" + inside) }
        }
    }

    private func put(_ content: ByteString, _ state: FileState, _ path: ByteString) throws(RecoveryError) {
        do {
            try File.makeFolder(Path.parent(path))
            if state.kind == .symlink {
                try File.makeLink(to: content, at: path)
            } else {
                try File.write(content, to: path, mode: state.mode)
            }
        } catch {
            throw .system(error)
        }
    }

    /// Bytes on disk that nothing but this snapshot keeps (git-rev-list(1), `--disk-usage`).
    public func diskUsage(of id: ByteString) throws(RecoveryError) -> Int64 {
        let printed = try place.output([
            "rev-list", "--objects", "--disk-usage", Self.prefix + id, "--not", "--exclude=" + Self.prefix + "*",
            "--all",
        ])
        return Int64(printed.trimmed.text) ?? 0
    }
}
