import ByteStrings
import Libgit2
import Platform

/// The kind of an object as `git cat-file` names it.
struct KnownObject: Equatable {
    var name: ObjectName
    var kind: ByteString
}

extension Place {
    /// HEAD of this work tree; nil where it says nothing. Read from its file, but for formats that keep it elsewhere
    /// (gitrepository-layout(5); a reftable repository's file names a branch that cannot be).
    func readHead() throws(RecoveryError) -> SavedHead? {
        let path = Path.join(gitDirectory, "HEAD")
        if File.linkStatus(path)?.kind == .regular, let text = try? File.read(path, limit: 4096).trimmed {
            if let object = ObjectName(hex: text) { return .detached(object) }
            if let name = text.dropping(prefix: "ref:")?.trimmed, name.hasPrefix("refs/"), !name.hasSuffix("/.invalid")
            {
                return .branch(name)
            }
        }
        let symbolic = try run(["symbolic-ref", "-q", "HEAD"])
        if symbolic.ending.succeeded { return .branch(symbolic.output.withoutNewline) }
        return try headObject().map { .detached($0) }
    }

    /// The commit at HEAD; nil on a branch without one.
    func headObject() throws(RecoveryError) -> ObjectName? {
        let found = try run(["rev-parse", "-q", "--verify", "HEAD^0"])
        return found.ending.succeeded ? ObjectName(hex: found.output.withoutNewline) : nil
    }

    /// The refs of these names, those that do not exist included; for nil all refs but remote-tracking ones and Pawl's.
    func readRefs(_ names: [ByteString]?) throws(RecoveryError) -> [SavedRef] {
        if let names, names.isEmpty { return [] }
        if let names, names.count <= 200, let refs = RefFiles(self)?.read(names) { return refs }
        let format: ByteString = "--format=%(refname)%00%(objectname)%00%(symref)"
        let printed = try output(["for-each-ref", format] + (names.map { $0.count > 200 ? [] : $0 } ?? []))
        var wanted = Set(names ?? [])
        var refs: [SavedRef] = []
        for line in printed.split(0x0a) where !line.isEmpty {
            let fields = line.split(0)
            guard fields.count == 3 else { continue }
            if names == nil {
                if fields[0].hasPrefix("refs/remotes/") || fields[0].hasPrefix("refs/pawl/") { continue }
            } else if wanted.remove(fields[0]) == nil {
                continue
            }
            refs.append(
                SavedRef(
                    name: fields[0], object: ObjectName(hex: fields[1]), target: fields[2].isEmpty ? nil : fields[2]))
        }
        for name in wanted.sorted() { refs.append(SavedRef(name: name, object: nil, target: nil)) }
        return refs
    }

    /// Those of the objects that exist, each once, with their kinds.
    func known(_ objects: [ObjectName]) throws(RecoveryError) -> [KnownObject] {
        var seen: Set<ObjectName> = []
        let asked = objects.filter { seen.insert($0).inserted && !$0.isZero }
        guard !asked.isEmpty else { return [] }
        if isPlain, let found = knownHere(asked) { return found }
        let printed = try output(
            ["cat-file", "--batch-check=%(objectname) %(objecttype)"],
            input: asked.map { $0.hex + "\n" }.joined(separator: ""))
        return printed.split(0x0a).compactMap { line in
            guard let (hex, kind) = line.split(atFirst: 0x20), kind != "missing" else { return nil }
            return ObjectName(hex: hex).map { KnownObject(name: $0, kind: kind) }
        }
    }

    /// The same, looked up in process.
    private func knownHere(_ objects: [ObjectName]) -> [KnownObject]? {
        guard let store = try? ObjectStore(Path.join(commonDirectory, "objects")) else { return nil }
        var found: [KnownObject] = []
        for name in objects {
            guard let object = ObjectID(hex: name.hex.bytes) else { return nil }
            guard let kind = store.header(object)?.kind else { continue }
            found.append(KnownObject(name: name, kind: kind.word))
        }
        return found
    }

    /// The reflog file of a ref: per-work-tree refs have theirs in this work tree's directory (git-worktree(1), "Refs").
    func logPath(_ ref: ByteString) -> ByteString {
        Path.join(Self.isOfWorkTree(ref) || ref == "HEAD" ? gitDirectory : commonDirectory, "logs/" + ref)
    }

    /// Whether each work tree has its own ref of that name.
    static func isOfWorkTree(_ ref: ByteString) -> Bool {
        ref.hasPrefix("refs/bisect/") || ref.hasPrefix("refs/worktree/") || ref.hasPrefix("refs/rewritten/")
    }

    /// The reflog file's content; nil where there is none.
    func readLog(_ ref: ByteString) -> ByteString? { try? File.read(logPath(ref)) }

    /// The refs that have a reflog file, HEAD of this work tree included.
    func namesOfLogs() -> [ByteString] {
        var found: [ByteString] = File.exists(logPath("HEAD")) ? ["HEAD"] : []
        var waiting: [ByteString] = ["refs"]
        while let name = waiting.popLast() {
            let path = Path.join(commonDirectory, "logs/" + name)
            if File.isDirectory(path) {
                waiting += (File.list(path) ?? []).map { name + "/" + $0 }
            } else if File.exists(path), !name.hasPrefix("refs/pawl/") {
                found.append(name)
            }
        }
        return found
    }

    /// Objects that no ref holds, the ends of what hangs together (git-fsck(1), `--dangling`).
    func dangling() throws(RecoveryError) -> [ObjectName] {
        // Its exit status tells of damage as well, which is not in the way here.
        let told = try run(["fsck", "--connectivity-only", "--no-reflogs", "--dangling", "--no-progress"])
        return told.output.split(0x0a).compactMap { line in
            guard line.hasPrefix("dangling ") else { return nil }
            return line.split(atLast: 0x20).flatMap { ObjectName(hex: $0.tail) }
        }
    }

    /// Keeps snapshots from clones, fetches and pushes of others (git-config(1), `transfer.hideRefs`). Said once in a
    /// repository; where it cannot be said, snapshots work all the same.
    func hideSnapshots() {
        let file = Path.join(commonDirectory, "config")
        guard let text = try? File.read(file), !text.contains("refs/pawl") else { return }
        _ = try? run(["config", "--file", file, "--add", "transfer.hideRefs", "refs/pawl"])
    }

    /// Asks what the index holds, by how it differs from a commit; nil for a branch without commits.
    func askIndex(_ head: ObjectName?) throws(RecoveryError) -> IndexQuestion {
        let words: [ByteString] =
            head.map {
                [
                    "diff-index", "--cached", "--raw", "-z", "--no-abbrev", "--no-renames",
                    "--ignore-submodules=none", $0.hex,
                ]
            } ?? ["ls-files", "-s", "-z"]
        do {
            return IndexQuestion(base: head, command: words.first ?? "", git: try program(words).startFed())
        } catch {
            throw .system(error)
        }
    }

    func readIndex(_ head: ObjectName?) throws(RecoveryError) -> IndexReading { try askIndex(head).answer(self) }
}

/// A question about the index that git is answering.
struct IndexQuestion {
    fileprivate let base: ObjectName?
    fileprivate let command: ByteString
    fileprivate let git: FedChild

    func answer(_ place: Place) throws(RecoveryError) -> IndexReading {
        let told = git.finish()
        guard told.ending.succeeded else { throw .git(command: command, errors: told.errors) }
        guard let base else { return IndexReading(base: "", entries: told.output) }
        var reading = IndexReading(base: base.hex, differences: told.output)
        if reading.isUnmerged { reading.entries = try place.output(["ls-files", "-u", "-z"]) }
        return reading
    }
}

extension ObjectKind {
    /// As `git cat-file` names it.
    fileprivate var word: ByteString {
        switch self {
        case .commit: "commit"
        case .tree: "tree"
        case .blob: "blob"
        case .tag: "tag"
        }
    }
}

/// The entries of an index that a commit does not have.
struct IndexReading {
    /// The commit's name; empty for none.
    let base: ByteString
    /// As `ls-files -s -z` lists entries: all of them without a commit, the unmerged ones with one.
    var entries: ByteString = ""
    /// As `diff-index --raw -z` lists them.
    var differences: ByteString = ""

    /// The same for indexes that say the same, however they are written.
    var digest: ByteString { Digest.sha256(base + "\0" + differences + "\0" + entries) }

    /// Each difference in git's fields: modes, objects, letter. Paths stand between them.
    private var records: [[ByteString]] {
        differences.records.enumerated().filter { $0.offset.isMultiple(of: 2) }.map { $0.element.split(0x20) }
            .filter { $0.count >= 5 }
    }

    var isUnmerged: Bool { records.contains { $0[4] == "U" } }

    /// The blobs of entries that the commit does not have.
    var blobs: [ObjectName] {
        let listed = IndexEntry.parse(entries).filter { !$0.isSubmodule }.map(\.object)
        return listed + records.filter { $0[1] != "160000" }.compactMap { ObjectName(hex: $0[3]) }
    }
}

/// An entry of the index (git-ls-files(1), `--stage`).
struct IndexEntry: Hashable {
    var path: ByteString
    var mode: ByteString
    var object: ObjectName
    var stage: ByteString

    var isSubmodule: Bool { mode == "160000" }

    static func parse(_ listed: ByteString) -> [IndexEntry] {
        listed.records.compactMap { record in
            guard let (head, path) = record.split(atFirst: 0x09) else { return nil }
            let fields = head.split(0x20)
            guard fields.count == 3, let object = ObjectName(hex: fields[1]) else { return nil }
            return IndexEntry(path: path, mode: fields[0], object: object, stage: fields[2])
        }
    }
}
