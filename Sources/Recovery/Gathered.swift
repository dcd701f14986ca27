import ByteStrings
import Libgit2
import Platform

/// What a snapshot holds besides files of the work tree: gathered before anything is written, for it is small.
struct Gathered {
    private(set) var index: ByteString?
    private var shared: [ByteString] = []
    private var logs: [ByteString] = []
    private var operation: [(file: SavedFile, content: ByteString)] = []
    let kept: Kept

    /// Notes in the manifest what there is. HEAD and refs are in it already.
    init(_ place: Place, _ request: SnapshotRequest, _ manifest: inout Manifest) throws(RecoveryError) {
        // Git answers while the rest is read.
        let question = request.index ? try place.askIndex(manifest.headObject) : nil
        var keep = request.objects + manifest.refs.compactMap(\.object)
        keep += request.remote?.refs.compactMap(\.before) ?? []
        if case .detached(let object) = manifest.head { keep.append(object) }
        var names = manifest.refs.filter { $0.target == nil }.map(\.name)
        if request.allRecovery {
            keep += try place.dangling()
            names += Set(place.namesOfLogs()).subtracting(names).sorted()
        }
        for name in names {
            let log = place.readLog(name)
            manifest.logs.append((name, log.map { Digest.sha256($0) } ?? ""))
            logs.append(log ?? "")
            keep += log.map(Self.objects) ?? []
        }
        if let question {
            if let head = manifest.headObject { keep.append(head) }
            index = try? File.read(try place.indexPath())
            for name in File.list(place.gitDirectory) ?? [] where name.hasPrefix("sharedindex.") {
                guard let content = try? File.read(Path.join(place.gitDirectory, name)) else { continue }
                manifest.shared.append(name)
                shared.append(content)
            }
            let files = try OperationFiles(place, limit: request.limit)
            manifest.operation = files.files
            operation = Array(zip(files.files, files.contents))
            keep += files.objects
            let reading = try question.answer(place)
            manifest.index = reading.digest
            keep += reading.blobs
        }
        kept = try Kept(place, keep)
        manifest.tags = kept.tags.map(\.name.hex)
    }

    /// How many objects are written for it.
    var count: Int { 2 + shared.count + logs.count + kept.tags.count + operation.count }

    /// How many bytes they have.
    var bytes: Int64 {
        let contents = shared + logs + kept.tags.map(\.content) + operation.map(\.content)
        return contents.reduce(Int64(index?.count ?? 0)) { $0 + Int64($1.count) }
    }

    func add(to sink: inout some SnapshotSink) throws(RecoveryError) {
        if let index { try sink.add("index", index) }
        for (number, content) in shared.enumerated() { try sink.add("shared/\(number)", content) }
        for (number, log) in logs.enumerated() where !log.isEmpty { try sink.add("logs/\(number)", log) }
        for (number, tag) in kept.tags.enumerated() { try sink.add("tags/\(number)", tag.content) }
        for (number, blob) in kept.blobs.enumerated() {
            try sink.add("staged/\(number)", existing: blob, isTree: false)
        }
        for (number, tree) in kept.trees.enumerated() { try sink.add("trees/\(number)", existing: tree, isTree: true) }
        for (number, part) in operation.enumerated() where part.file.state.kind == .regular {
            try sink.add("operation/\(number)", part.content)
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
struct Kept {
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
