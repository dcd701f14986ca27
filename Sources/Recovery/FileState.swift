import ByteStrings
import Platform

/// What is at a path: enough to tell whether it is still the same.
public struct FileState: Equatable, Sendable {
    public enum Kind: String, Sendable { case regular, symlink, directory, absent }

    public var kind: Kind
    /// Permission bits; 0 for symbolic links and where nothing is.
    public var mode: UInt32
    /// Bytes of the content, or of the link's target.
    public var size: Int64
    /// SHA-256 of the content in hexadecimal; empty for folders and where nothing is.
    public var digest: ByteString

    static let absent = FileState(kind: .absent, mode: 0, size: 0, digest: "")

    /// Whether the other is the same entry. A folder is one whatever its mode is: its content is told apart by itself.
    func isSame(as other: FileState) -> Bool {
        if kind == .directory && other.kind == .directory { return true }
        return self == other
    }

    /// Whether a snapshot holds content for it.
    var hasContent: Bool { kind == .regular || kind == .symlink }
}

/// A path of a snapshot, with what was there.
public struct SavedFile: Equatable, Sendable {
    /// Relative to the top of the work tree, or absolute.
    public var path: ByteString
    public var state: FileState
}

/// Reads files as they are on disk.
struct FileReader {
    let top: ByteString

    func absolute(_ path: ByteString) -> ByteString { Path.join(top, path) }

    /// What is at the path, and its content.
    func read(_ path: ByteString) throws(RecoveryError) -> (state: FileState, content: ByteString) {
        var content: [UInt8] = []
        let state = try state(path) { content.append(contentsOf: $0) }
        if state.kind == .symlink { content = File.linkTarget(absolute(path))?.bytes ?? [] }
        return (state, ByteString(content))
    }

    /// What is at the path; of a file, each part of its content is handed on. What is neither file, link nor folder counts
    /// as absent. A path that leads through a symbolic link is not there: git does not follow links in paths either.
    func state(
        _ path: ByteString, _ take: (UnsafeRawBufferPointer) -> Void = { _ in }
    ) throws(RecoveryError) -> FileState {
        let absolute = absolute(path)
        guard !leadsThroughLink(path), let status = File.linkStatus(absolute) else { return .absent }
        switch status.kind {
        case .regular:
            let file = try open(absolute)
            let (size, digest) = try pass(file, count: nil, take)
            return FileState(kind: .regular, mode: status.mode, size: size, digest: digest)
        case .symbolicLink: return state(.symlink, mode: 0, File.linkTarget(absolute) ?? "")
        case .directory: return FileState(kind: .directory, mode: status.mode, size: 0, digest: "")
        case .other: return .absent
        }
    }

    /// Writes what is at the path as a file of that name. Large files go through in parts, as long as they were when they
    /// were opened.
    func store(
        _ path: ByteString, as name: String, in sink: inout some SnapshotSink
    ) throws(RecoveryError) -> FileState {
        let absolute = absolute(path)
        guard !leadsThroughLink(path), let status = File.linkStatus(absolute), status.kind == .regular,
            status.size > Self.large
        else {
            let (state, content) = try read(path)
            if state.hasContent { try sink.add(name, content) }
            return state
        }
        let file = try open(absolute)
        sink.begin(name, count: file.status.size)
        let (size, digest) = try pass(file, count: file.status.size) { sink.append($0) }
        guard size == file.status.size else { throw .changing(path) }
        try sink.end()
        return FileState(kind: .regular, mode: status.mode, size: size, digest: digest)
    }

    /// Files beyond this size are not read whole.
    static let large: Int64 = 1 << 20

    private func open(_ path: ByteString) throws(RecoveryError) -> ReadableFile {
        do { return try ReadableFile(path) } catch { throw .system(error) }
    }

    /// Hands on all parts of a file, or as many bytes; tells how many there were, and their digest.
    private func pass(
        _ file: ReadableFile, count: Int64?, _ take: (UnsafeRawBufferPointer) -> Void
    ) throws(RecoveryError) -> (Int64, ByteString) {
        let digest = Digest.Running()
        var size: Int64 = 0
        var block = [UInt8](repeating: 0, count: Int(clamping: min(max(file.status.size + 1, 512), Self.large)))
        while count.map({ size < $0 }) ?? true {
            let wanted = count.map { Int(clamping: min($0 - size, Int64(block.count))) } ?? block.count
            let got: Int
            do {
                got = try file.read(into: &block, upTo: wanted)
            } catch {
                throw .system(error)
            }
            if got == 0 { break }
            block.withUnsafeBytes { buffer in
                let part = UnsafeRawBufferPointer(rebasing: buffer[..<got])
                digest.add(part)
                take(part)
            }
            size += Int64(got)
        }
        return (size, digest.finish())
    }

    private func state(_ kind: FileState.Kind, mode: UInt32, _ content: ByteString) -> FileState {
        FileState(kind: kind, mode: mode, size: Int64(content.count), digest: Digest.sha256(content))
    }

    /// Whether a folder on the way from the top of the work tree is a symbolic link.
    func leadsThroughLink(_ path: ByteString) -> Bool {
        guard !Path.isAbsolute(path) else { return false }
        var parent = Path.parent(path)
        while parent != "." && parent != "/" {
            if File.linkStatus(absolute(parent))?.kind == .symbolicLink { return true }
            parent = Path.parent(parent)
        }
        return false
    }

    /// All that is in a folder but folders; nothing where no folder is.
    func filesBelow(_ path: ByteString) throws(RecoveryError) -> [ByteString] {
        guard !leadsThroughLink(path), File.linkStatus(absolute(path))?.kind == .directory else { return [] }
        return try expand([path], limit: SnapshotLimit(bytes: .max, files: .max)).found
            .filter { File.linkStatus(absolute($0))?.kind != .directory }
    }

    /// The paths with everything in those that are folders, parents first, each once.
    func expand(
        _ paths: [ByteString], limit: SnapshotLimit
    ) throws(RecoveryError) -> (found: [ByteString], bytes: Int64) {
        var found: Set<ByteString> = []
        var waiting = paths.map { Path.normalized($0) }
        var bytes: Int64 = 0
        while let path = waiting.popLast() {
            guard path != ".", path != "..", !path.hasPrefix("../"), found.insert(path).inserted else { continue }
            guard !leadsThroughLink(path), let status = File.linkStatus(absolute(path)) else { continue }
            if status.kind == .directory {
                guard let names = File.list(absolute(path)) else {
                    throw .system(SystemError(operation: "read the folder", path: absolute(path)))
                }
                waiting += names.map { Path.join(path, $0) }
            } else if status.kind == .regular {
                bytes += status.size
            }
        }
        guard bytes <= limit.bytes && found.count <= limit.files else {
            throw .tooMuch(bytes: bytes, files: found.count, limit: limit)
        }
        return (found.sorted(), bytes)
    }
}
