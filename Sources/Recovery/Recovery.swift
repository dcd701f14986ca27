import ByteStrings
import Libgit2
import Platform

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// Snapshots of what a command may lose, and undo.
///
/// A snapshot is one commit under `refs/pawl/snapshots/`: its parents keep commits alive, its tree holds the rest (see
/// `Manifest`). The real git's plumbing does it, so that every repository format works that git knows; what is small, in a
/// repository of the usual format, is done in process, to the same effect.
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
        /// The index file as it was.
        let index: ByteString?
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
        let gathered = try Gathered(place, request, &manifest)
        let leftovers = Leftovers(place)
        do throws(RecoveryError) {
            let (ref, parents) = (Self.prefix + request.id, gathered.kept.commits)
            let loose = LooseCommit(
                place, ref: ref, time: request.time, message: request.command, parents: parents,
                bytes: paths.bytes + gathered.bytes, objects: paths.found.count + gathered.count)
            if var loose {
                // A limit on the size of files (`ulimit -f`) is an error like any other here, and ends no process.
                let action = signal(SIGXFSZ, SIG_IGN)
                defer { signal(SIGXFSZ, action) }
                try write(gathered, &manifest, paths.found, request, to: &loose)
            } else {
                var stream = ImportStream(
                    try place.startImport(bytes: paths.bytes), ref: ref, time: request.time, message: request.command,
                    parents: parents)
                try write(gathered, &manifest, paths.found, request, to: &stream)
            }
        } catch {
            // No ref has changed, and nothing half stays.
            leftovers.sweepNew()
            throw error
        }
        return Taken(
            id: request.id, manifest: manifest, index: gathered.index,
            holdsHidden: request.allRecovery || request.remote != nil)
    }

    private func write(
        _ gathered: Gathered, _ manifest: inout Manifest, _ paths: [ByteString], _ request: SnapshotRequest,
        to sink: inout some SnapshotSink
    ) throws(RecoveryError) {
        try gathered.add(to: &sink)
        var bytes: Int64 = 0
        for (number, path) in paths.enumerated() {
            let state = try reader.store(path, as: "files/\(number)", in: &sink)
            bytes += state.size
            guard bytes <= request.limit.bytes else {
                throw .tooMuch(bytes: bytes, files: paths.count, limit: request.limit)
            }
            manifest.files.append(SavedFile(path: path, state: state))
        }
        // Last, for it tells what was read.
        try sink.add("manifest", manifest.text)
        try sink.finish()
    }

    /// Records the state after the command, so that an undo can tell what is newer. Returns false, and the snapshot is
    /// forgotten, where nothing of what it holds has changed.
    @discardableResult
    public func complete(_ taken: Taken) throws(RecoveryError) -> Bool {
        let (id, before) = (taken.id, taken.manifest)
        var after = Manifest()
        after.command = before.command
        after.time = before.time
        defer { place.hideSnapshots() }
        if before.remote != nil {
            try keepAfter(after, of: id)
            return true
        }
        // An index whose file is the same says the same.
        var question: IndexQuestion?
        if before.index != nil, taken.index == nil || taken.index != (try? File.read(try place.indexPath())) {
            question = try place.askIndex(before.headObject)
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
        for file in before.files {
            after.files.append(SavedFile(path: file.path, state: try reader.state(file.path)))
        }
        if before.index != nil {
            after.operation = try OperationFiles(place).files
            after.index = try question?.answer(place).digest ?? before.index
        }
        let isUndo = before.undoes != nil || before.partOf != nil
        if !isUndo && !taken.holdsHidden && after.saysTheSame(as: before) {
            forget(id)
            return false
        }
        try keepAfter(after, of: id)
        return true
    }

    /// The names whose refs a snapshot covers: those asked for, and the branch at HEAD.
    private func scope(_ names: [ByteString], _ head: SavedHead?) -> [ByteString] {
        var names = names.filter { $0.hasPrefix("refs/") }
        if case .branch(let branch) = head, !names.contains(branch) { names.append(branch) }
        return names
    }

    /// A name that is taken is refused by git when the snapshot is stored, too.
    private func checkNew(_ id: ByteString) throws(RecoveryError) {
        guard Self.isIdentifier(id), !File.exists(Path.join(place.commonDirectory, Self.prefix + id)),
            RefFiles(place)?.read([Self.prefix + id])?.first?.object == nil
        else {
            throw .badIdentifier(id)
        }
    }

    static func isIdentifier(_ id: ByteString) -> Bool {
        !id.isEmpty && id.count <= 100 && id.bytes.first != 0x2d
            && id.bytes.allSatisfy {
                (0x30...0x39).contains($0) || (0x41...0x5a).contains($0) || (0x61...0x7a).contains($0) || $0 == 0x2d
            }
    }
}
