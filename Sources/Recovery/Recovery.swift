import ByteStrings
import Libgit2
import Platform

/// Snapshots of what a command may lose, and undo.
///
/// A snapshot is one commit under `refs/pawl/snapshots/`: its parents keep commits alive, its tree holds the rest (see
/// `Manifest`). All of it is done by the real git's plumbing, so that every repository format works that git knows.
public struct Recovery: Sendable {
    public let place: Place

    public init(_ place: Place) {
        self.place = place
    }

    /// Where snapshots are, each under its name.
    public static let prefix: ByteString = "refs/pawl/snapshots/"

    var reader: FileReader { FileReader(top: place.top) }

    /// A snapshot that was just taken.
    public struct Taken: Sendable {
        let id: ByteString
        let manifest: Manifest
        /// Whether it holds more than can be seen to be lost.
        let holdsHidden: Bool
    }

    /// Takes a snapshot. Whatever fails, the repository is as it was.
    @discardableResult
    public func take(_ request: SnapshotRequest) throws(RecoveryError) -> Taken {
        try checkNew(request.id)
        Leftovers(place).sweepOld(now: request.time)
        guard let remote = request.remote else { return try store(request) }
        defer { try? place.release(request.id) }
        try place.fetch(remote, from: request.remoteURL, for: request.id)
        return try store(request)
    }

    private func store(_ request: SnapshotRequest) throws(RecoveryError) -> Taken {
        let paths = try reader.expand(request.files, limit: request.limit)
        var manifest = Manifest()
        manifest.command = request.command
        manifest.time = request.time
        manifest.allRefs = request.allRefs
        manifest.undoes = request.undoes
        manifest.partOf = request.partOf
        manifest.workTree = place.linkedName
        manifest.top = place.givenTop
        manifest.remote = request.remote
        if request.remote == nil {
            manifest.head = try place.readHead()
            manifest.refs = try place.readRefs(request.allRefs ? nil : scope(request.refs, manifest.head))
        }

        var keep = request.objects + manifest.refs.compactMap(\.object)
        keep += request.remote?.refs.compactMap(\.before) ?? []
        if case .detached(let object) = manifest.head { keep.append(object) }
        var logs: [ByteString] = []
        var names = manifest.refs.filter { $0.target == nil }.map(\.name)
        if request.allRecovery {
            keep += try place.dangling()
            names += Set(place.namesOfLogs()).subtracting(names).sorted()
        }
        for name in names {
            guard let log = place.readLog(name) else {
                manifest.logs.append((name, ""))
                logs.append("")
                continue
            }
            manifest.logs.append((name, Digest.sha256(log)))
            logs.append(log)
            keep += Self.objects(inLog: log)
        }
        var index: ByteString?
        var shared: [ByteString] = []
        if request.index {
            let reading = try place.readIndex(manifest.headObject)
            if let head = manifest.headObject { keep.append(head) }
            keep += reading.blobs
            index = try? File.read(try place.indexPath())
            manifest.index = reading.digest
            for name in File.list(place.gitDirectory) ?? [] where name.hasPrefix("sharedindex.") {
                guard let content = try? File.read(Path.join(place.gitDirectory, name)) else { continue }
                manifest.shared.append(name)
                shared.append(content)
            }
        }
        let operation = try request.index ? OperationFiles(place, limit: request.limit) : nil
        manifest.operation = operation?.files ?? []
        keep += operation?.objects ?? []
        let kept = try Kept(place, keep)
        manifest.tags = kept.tags.map(\.name.hex)

        var contents: [ByteString] = []
        var bytes: Int64 = 0
        for path in paths {
            let (state, content) = try reader.read(path)
            bytes += state.size
            guard bytes <= request.limit.bytes else {
                throw .tooMuch(bytes: bytes, files: paths.count, limit: request.limit)
            }
            manifest.files.append(SavedFile(path: path, state: state))
            contents.append(content)
        }

        var stream = ImportStream(
            ref: Self.prefix + request.id, time: request.time, message: request.command, parents: kept.commits)
        stream.reserve(Int(clamping: bytes) + 200 * contents.count)
        stream.add("manifest", manifest.text)
        if let index { stream.add("index", index) }
        for (number, content) in shared.enumerated() { stream.add("shared/\(number)", content) }
        for (number, log) in logs.enumerated() where !log.isEmpty { stream.add("logs/\(number)", log) }
        for (number, tag) in kept.tags.enumerated() { stream.add("tags/\(number)", tag.content) }
        for (number, blob) in kept.blobs.enumerated() { stream.add("staged/\(number)", existing: blob) }
        for (number, tree) in kept.trees.enumerated() { stream.add("trees/\(number)", existing: tree, isTree: true) }
        for (number, file) in manifest.operation.enumerated() where file.state.kind == .regular {
            stream.add("operation/\(number)", operation?.contents[number] ?? "")
        }
        for (number, file) in manifest.files.enumerated() where file.state.hasContent {
            stream.add("files/\(number)", contents[number])
        }
        try place.importStream(stream.finish())
        return Taken(
            id: request.id, manifest: manifest, holdsHidden: request.allRecovery || request.remote != nil)
    }

    /// Records the state after the command, so that an undo can tell what is newer. Returns false, and the snapshot is
    /// forgotten, where nothing of what it holds has changed.
    @discardableResult
    public func complete(_ taken: Taken) throws(RecoveryError) -> Bool {
        let (id, before) = (taken.id, taken.manifest)
        var after = Manifest()
        after.command = before.command
        after.time = before.time
        if before.remote != nil {
            try append(after, to: id, before)
            return true
        }
        after.head = try place.readHead()
        let now = try place.readRefs(before.allRefs ? nil : before.refs.map(\.name))
        let old = Dictionary(before.refs.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        after.refs = now.filter { old[$0.name] != $0 }
        let present = Set(now.map(\.name))
        for ref in before.refs where !present.contains(ref.name) {
            after.refs.append(SavedRef(name: ref.name, object: nil, target: nil))
        }
        for log in before.logs {
            after.logs.append((log.name, place.readLog(log.name).map { Digest.sha256($0) } ?? ""))
        }
        if before.index != nil {
            after.index = try place.readIndex(before.headObject).digest
            after.operation = try OperationFiles(place).files
        }
        for file in before.files {
            after.files.append(SavedFile(path: file.path, state: try reader.read(file.path).state))
        }
        let isUndo = before.undoes != nil || before.partOf != nil
        if !isUndo && !taken.holdsHidden && after.saysTheSame(as: before) {
            forget(id)
            return false
        }
        try append(after, to: id, before)
        return true
    }

    private func append(_ after: Manifest, to id: ByteString, _ before: Manifest) throws(RecoveryError) {
        let ref = Self.prefix + id
        var stream = ImportStream(ref: ref, time: before.time, message: before.command, from: ref + "^0")
        stream.add("after", after.text)
        try place.importStream(stream.finish())
        place.hideSnapshots()
    }

    /// The names whose refs a snapshot covers: those asked for, and the branch at HEAD.
    private func scope(_ names: [ByteString], _ head: SavedHead?) -> [ByteString] {
        var names = names.filter { $0.hasPrefix("refs/") }
        if case .branch(let branch) = head, !names.contains(branch) { names.append(branch) }
        return names
    }

    /// A name that is taken is refused by git when the snapshot is stored, too.
    private func checkNew(_ id: ByteString) throws(RecoveryError) {
        guard Self.isIdentifier(id), !File.exists(Path.join(place.commonDirectory, Self.prefix + id)) else {
            throw .badIdentifier(id)
        }
    }

    static func isIdentifier(_ id: ByteString) -> Bool {
        !id.isEmpty && id.count <= 100 && id.bytes.first != 0x2d
            && id.bytes.allSatisfy {
                (0x30...0x39).contains($0) || (0x41...0x5a).contains($0) || (0x61...0x7a).contains($0) || $0 == 0x2d
            }
    }

    /// The new values in a reflog file: OLD SP NEW SP WHO TAB MESSAGE.
    private static func objects(inLog log: ByteString) -> [ObjectName] {
        log.split(0x0a).compactMap { line in
            let fields = ByteString(line.bytes.prefix(140)).split(0x20)
            return fields.count > 1 ? ObjectName(hex: fields[1]) : nil
        }
    }
}

/// Objects sorted by how a commit can keep them alive.
private struct Kept {
    var commits: [ObjectName] = []
    var blobs: [ObjectName] = []
    var trees: [ObjectName] = []
    /// Tag objects can be neither parents nor tree entries: their content is kept, and what they point to.
    var tags: [(name: ObjectName, content: ByteString)] = []

    init(_ place: Place, _ objects: [ObjectName]) throws(RecoveryError) {
        var waiting = objects
        var seen: Set<ObjectName> = []
        while !waiting.isEmpty {
            var next: [ObjectName] = []
            for object in try place.known(waiting) where seen.insert(object.name).inserted {
                switch object.kind.text {
                case "commit": commits.append(object.name)
                case "blob": blobs.append(object.name)
                case "tree": trees.append(object.name)
                default:
                    let content = try place.output(["cat-file", "tag", object.name.hex])
                    tags.append((object.name, content))
                    if let target = content.split(0x0a).first?.dropping(prefix: "object ").flatMap({
                        ObjectName(hex: $0)
                    }) {
                        next.append(target)
                    }
                }
            }
            waiting = next
        }
    }
}
