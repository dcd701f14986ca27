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

    /// What is at the path, and its content. What is neither file, link nor folder counts as absent. A path that leads
    /// through a symbolic link is not there: git does not follow links in paths either.
    func read(_ path: ByteString) throws(RecoveryError) -> (state: FileState, content: ByteString) {
        let absolute = absolute(path)
        guard !leadsThroughLink(path), let status = File.linkStatus(absolute) else { return (.absent, "") }
        switch status.kind {
        case .regular:
            let content: ByteString
            do { content = try File.read(absolute, limit: 1 << 40) } catch { throw .system(error) }
            return (state(.regular, mode: status.mode, content), content)
        case .symbolicLink:
            let target = File.linkTarget(absolute) ?? ""
            return (state(.symlink, mode: 0, target), target)
        case .directory: return (FileState(kind: .directory, mode: status.mode, size: 0, digest: ""), "")
        case .other: return (.absent, "")
        }
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
        return try expand([path], limit: SnapshotLimit(bytes: .max, files: .max))
            .filter { File.linkStatus(absolute($0))?.kind != .directory }
    }

    /// The paths with everything in those that are folders, parents first, each once.
    func expand(_ paths: [ByteString], limit: SnapshotLimit) throws(RecoveryError) -> [ByteString] {
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
        return found.sorted()
    }
}
