import ByteStrings
import Libgit2
import Platform

/// Where the commit of a snapshot is written to, file by file.
protocol SnapshotSink {
    /// A file; `path` is one of Pawl's own names.
    mutating func add(_ path: String, _ content: ByteString) throws(RecoveryError)
    /// An object that is there already.
    mutating func add(_ path: String, existing: ObjectName, isTree: Bool) throws(RecoveryError)
    /// A file of so many bytes, which are appended then, and ended.
    mutating func begin(_ path: String, count: Int64)
    mutating func append(_ part: UnsafeRawBufferPointer)
    mutating func end() throws(RecoveryError)
    /// Makes the commit, and its ref. Nothing points to anything of it before.
    mutating func finish() throws(RecoveryError)
}

/// A small snapshot in a plain repository, written in process: each object a file of its own, as git would unpack them,
/// and at last the ref, by git's own protocol of a lock that is renamed (gitrepository-layout(5); lockfile.h).
struct LooseCommit: SnapshotSink {
    /// Beyond so many bytes or objects git does it: it makes a pack of them.
    private static let largest: Int64 = 4 << 20
    private static let most = 90

    private let place: Place
    private let store: ObjectStore
    private let ref: ByteString
    /// The commit's lines behind its tree.
    private let about: ByteString
    /// Entries of folders, by the folder's name; those of the root by the empty one.
    private var folders: [String: [Entry]] = [:]
    private var large: (path: String, content: [UInt8])?

    private struct Entry {
        var name: String
        var mode: String
        var object: ObjectID
    }

    /// nil where git has to do it.
    init?(
        _ place: Place, ref: ByteString, time: Int64, message: ByteString, parents: [ObjectName], bytes: Int64,
        objects: Int
    ) {
        guard place.isPlain, bytes <= Self.largest, objects <= Self.most, !Self.isShared(place),
            File.isDirectory(Path.join(place.commonDirectory, "refs/heads")),
            parents.allSatisfy({ $0.hex.count == 40 }),
            let store = try? ObjectStore(Path.join(place.commonDirectory, "objects"))
        else { return nil }
        self.place = place
        self.store = store
        self.ref = ref
        let person = ByteString("Pawl <pawl@localhost> \(max(time, 0)) +0000\n")
        let lines = parents.map { "parent " + $0.hex + "\n" } + ["author " + person, "committer " + person, "\n"]
        about = lines.joined(separator: "") + message
    }

    /// Whether others than the owner are to write to what is made (git-config(1), `core.sharedRepository`).
    private static func isShared(_ place: Place) -> Bool {
        let files = ["config", "config.worktree"].map { Path.join(place.commonDirectory, $0) }
        return files.contains { (try? File.read($0))?.lowercased.contains("sharedrepository") == true }
    }

    private func write(_ content: ByteString, as kind: ObjectKind) throws(RecoveryError) -> ObjectID {
        do {
            return try store.write(content, as: kind)
        } catch {
            throw .system(
                SystemError(code: 5, operation: "write an object to", path: Path.join(place.commonDirectory, "objects"))
            )
        }
    }

    private mutating func enter(_ path: String, _ object: ObjectID, mode: String = "100644") {
        let parts = path.split(separator: "/").map(String.init)
        guard let name = parts.last else { return }
        folders[parts.count > 1 ? parts[0] : "", default: []].append(Entry(name: name, mode: mode, object: object))
    }

    mutating func add(_ path: String, _ content: ByteString) throws(RecoveryError) {
        enter(path, try write(content, as: .blob))
    }

    mutating func add(_ path: String, existing: ObjectName, isTree: Bool) throws(RecoveryError) {
        guard let object = ObjectID(hex: existing.hex.bytes) else { return }
        enter(path, object, mode: isTree ? "40000" : "100644")
    }

    mutating func begin(_ path: String, count: Int64) { large = (path, []) }

    mutating func append(_ part: UnsafeRawBufferPointer) { large?.content.append(contentsOf: part) }

    mutating func end() throws(RecoveryError) {
        guard let large else { return }
        self.large = nil
        try add(large.path, ByteString(large.content))
    }

    mutating func finish() throws(RecoveryError) {
        var root = folders.removeValue(forKey: "") ?? []
        for (name, entries) in folders {
            root.append(Entry(name: name, mode: "40000", object: try write(Self.tree(entries), as: .tree)))
        }
        let tree = try write(Self.tree(root), as: .tree)
        let commit = try write("tree " + ByteString(tree.hex) + "\n" + about, as: .commit)
        do { try make(ref, ByteString(commit.hex)) } catch { throw .system(error) }
    }

    /// A tree's content: entries in the order of their names, folders as if a slash followed (gitformat-tree; `base_name_compare`).
    private static func tree(_ entries: [Entry]) -> ByteString {
        var content: [UInt8] = []
        func key(_ entry: Entry) -> ByteString { ByteString(entry.name + (entry.mode == "40000" ? "/" : "")) }
        for entry in entries.sorted(by: { key($0) < key($1) }) {
            content += Array("\(entry.mode) \(entry.name)\0".utf8)
            content += entry.object.bytes
        }
        return ByteString(content)
    }

    private func make(_ ref: ByteString, _ value: ByteString) throws(SystemError) {
        let path = Path.join(place.commonDirectory, ref)
        try File.makeFolder(Path.parent(path))
        try File.writeNew(value + "\n", to: path, through: path + ".lock")
    }
}
