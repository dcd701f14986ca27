import ByteStrings
import Libgit2
import Platform

/// A snapshot in a list.
public struct Snapshot: Sendable {
    public var id: ByteString
    public var command: ByteString
    /// Seconds since 1970.
    public var time: Int64
    public var head: SavedHead?
    public var refs: [SavedRef]
    public var files: [SavedFile]
    /// Refs of a remote that a push has replaced.
    public var remote: SavedRemote?
    /// Whether the index is in it.
    public var hasIndex: Bool
    /// Bytes of the saved files, before compression.
    public var bytes: Int64
    /// The snapshot that this one was taken for undoing, wholly or in part.
    public var undoes: ByteString?
    public var partOf: ByteString?
    public var isUndone: Bool
    /// Whether it was taken for an undo.
    public var isUndo: Bool { undoes != nil || partOf != nil }
    /// Whether the state after the command was recorded.
    public var isComplete: Bool
}

extension Recovery {
    /// All snapshots, newest first. One that cannot be read is left out.
    public func list() throws(RecoveryError) -> [Snapshot] {
        let printed = try place.output(["for-each-ref", "--format=%(refname)", "refs/pawl/snapshots/"])
        let names = printed.split(0x0a).compactMap { $0.dropping(prefix: Self.prefix) }.filter(Self.isIdentifier)
        guard !names.isEmpty else { return [] }
        let manifests = try blobs(names.map { Self.prefix + $0 + ":manifest" })
        let complete = try complete(names)
        var found: [Snapshot] = []
        for (name, text) in zip(names, manifests) {
            guard let manifest = text.flatMap({ Manifest($0) }) else { continue }
            found.append(
                Snapshot(
                    id: name, command: manifest.command, time: manifest.time, head: manifest.head, refs: manifest.refs,
                    files: manifest.files, remote: manifest.remote, hasIndex: manifest.index != nil,
                    bytes: manifest.files.reduce(0) { $0 + $1.state.size }, undoes: manifest.undoes,
                    partOf: manifest.partOf, isUndone: false,
                    isComplete: complete.contains(name)))
        }
        found.sort { ($0.time, $0.id) > ($1.time, $1.id) }
        // Newest first: whether an undo was itself undone is known before the snapshot that it undid is reached.
        var undone: Set<ByteString> = []
        for index in found.indices {
            found[index].isUndone = undone.contains(found[index].id)
            // One that did not come to its end counts for nothing, and can be repeated.
            let counts = !found[index].isUndone && found[index].isComplete
            if counts, let id = found[index].undoes { undone.insert(id) }
        }
        return found
    }

    public func show(_ id: ByteString) throws(RecoveryError) -> Snapshot {
        guard let found = try list().first(where: { $0.id == id }) else { throw .noSuchSnapshot(id) }
        return found
    }

    /// Bytes of the files in all snapshots, before compression.
    public func size() throws(RecoveryError) -> Int64 { try list().reduce(0) { $0 + $1.bytes } }

    /// Forgets what is kept for longer than that, or beyond it, once in an hour at most: a few milliseconds then.
    public func tidy(_ retention: Retention, now: Int64) throws(RecoveryError) {
        let stamp = Path.join(place.commonDirectory, "pawl-tidied")
        if let last = File.status(stamp)?.modified, (now - 3600...now).contains(last) { return }
        do { try File.write("", to: stamp) } catch { throw .system(error) }
        try prune(
            olderThan: now - retention.seconds, keepingBytes: retention.bytes, sparing: now - Retention.shortest)
    }

    /// Forgets snapshots from before a time (seconds since 1970), and the oldest ones beyond so many bytes, but none since
    /// `young`. The newest one stays. Git's garbage collection frees the space. Returns what was forgotten.
    @discardableResult
    public func prune(
        olderThan time: Int64?, keepingBytes limit: Int64?, sparing young: Int64 = .max
    ) throws(RecoveryError) -> [ByteString] {
        var sum: Int64 = 0
        var gone: [ByteString] = []
        let listed = try list()
        place.sweepAfter(Set(listed.map(\.id)))
        for (number, snapshot) in listed.enumerated() {
            sum += snapshot.bytes
            if number == 0 || snapshot.time >= young { continue }
            if let time, snapshot.time < time {
                gone.append(snapshot.id)
            } else if let limit, sum > limit {
                gone.append(snapshot.id)
            }
        }
        guard !gone.isEmpty else { return [] }
        let orders = gone.map { "delete " + Self.prefix + $0 + "\0\0" }.joined(separator: "")
        _ = try place.output(["update-ref", "--stdin", "-z"], input: orders)
        for id in gone { File.removeTree(place.afterPath(id)) }
        return gone
    }

    /// The newest undo of a snapshot that did not come to its end.
    func brokenUndo(of id: ByteString) throws(RecoveryError) -> Manifest? {
        let undos = try list().filter { $0.undoes == id || $0.partOf == id }
        guard let last = undos.first, !last.isComplete else { return nil }
        return try manifest(last.id)
    }

    /// Saved files that have another content now which git has as an object: nothing is lost with that.
    func knownContents(of manifest: Manifest) throws(RecoveryError) -> Set<ByteString> {
        var found: Set<ByteString> = []
        var changed: [ByteString] = []
        for file in manifest.files where file.state.kind == .regular && !Path.isAbsolute(file.path) {
            let now = try reader.state(file.path)
            if now.kind == .regular && now != file.state { changed.append(file.path) }
        }
        while !changed.isEmpty {
            let part = Array(changed.prefix(200))
            changed.removeFirst(part.count)
            let objects = try place.output(["hash-object", "--"] + part).split(0x0a).compactMap { ObjectName(hex: $0) }
            guard objects.count == part.count else { return found }
            let known = Set(try place.known(objects).map(\.name))
            for (path, object) in zip(part, objects) where known.contains(object) { found.insert(path) }
        }
        return found
    }

    func manifest(_ id: ByteString) throws(RecoveryError) -> Manifest {
        guard Self.isIdentifier(id) else { throw .noSuchSnapshot(id) }
        let blob = try place.run(["cat-file", "blob", Self.prefix + id + ":manifest"])
        guard blob.ending.succeeded else { throw .noSuchSnapshot(id) }
        guard var manifest = Manifest(blob.output) else { throw .damaged(id, "its manifest is not understood") }
        manifest.id = id
        return manifest
    }

    /// Records the state after the command. That is nothing to keep objects for: a file beside the refs will do, and
    /// costs no process.
    func keepAfter(_ after: Manifest, of id: ByteString) throws(RecoveryError) {
        let path = place.afterPath(id)
        do {
            try File.makeFolder(Path.parent(path))
            try File.write(after.text, to: path)
        } catch {
            throw .system(error)
        }
    }

    /// Those snapshots for which the state after the command is on record.
    private func complete(_ names: [ByteString]) throws(RecoveryError) -> Set<ByteString> {
        var complete = Set(names.filter { File.exists(place.afterPath($0)) })
        // In those of older versions of Pawl it is a file of the commit.
        let others = names.filter { !complete.contains($0) }
        guard !others.isEmpty else { return complete }
        let checks = try place.output(
            ["cat-file", "--batch-check=%(objecttype)"],
            input: others.map { Self.prefix + $0 + ":after\n" }.joined(separator: "")
        ).split(0x0a)
        for (name, check) in zip(others, checks) where check == "blob" { complete.insert(name) }
        return complete
    }

    /// What was recorded after the command; nil where it was not.
    func after(_ id: ByteString) throws(RecoveryError) -> Manifest? {
        if let text = try? File.read(place.afterPath(id)) { return Manifest(text) }
        let blob = try place.run(["cat-file", "blob", Self.prefix + id + ":after"])
        return blob.ending.succeeded ? Manifest(blob.output) : nil
    }

    /// Blobs by their paths, in order; nil for one that is missing (git-cat-file(1), "BATCH OUTPUT").
    func blobs(_ paths: [ByteString]) throws(RecoveryError) -> [ByteString?] {
        let printed = try place.output(
            ["cat-file", "--batch=%(objectsize)"], input: paths.map { $0 + "\n" }.joined(separator: ""))
        var rest = printed.bytes[...]
        var found: [ByteString?] = []
        while let end = rest.firstIndex(of: 0x0a) {
            let size = Int(ByteString(rest[..<end]).text)
            rest = rest[(end + 1)...]
            guard let size else {
                found.append(nil)
                continue
            }
            found.append(ByteString(rest.prefix(size)))
            rest = rest.dropFirst(size + 1)
        }
        return found
    }

    func holds(_ id: ByteString, _ path: String) throws(RecoveryError) -> Bool {
        try place.run(["cat-file", "-e", Self.prefix + id + ":" + ByteString(path)]).ending.succeeded
    }

    func forget(_ id: ByteString) {
        _ = try? place.output(["update-ref", "-d", Self.prefix + id])
        File.removeTree(place.afterPath(id))
    }

    func content(_ id: ByteString, _ path: String) throws(RecoveryError) -> ByteString {
        try place.output(["cat-file", "blob", Self.prefix + id + ":" + ByteString(path)])
    }
}
