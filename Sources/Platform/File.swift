import ByteStrings

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// What `stat` says of a file.
public struct FileStatus: Equatable, Sendable {
    public enum Kind: Sendable { case regular, directory, symbolicLink, other }

    public var device: UInt64
    public var inode: UInt64
    public var kind: Kind
    /// Permission bits.
    public var mode: UInt32
    /// Bytes.
    public var size: Int64
    /// Seconds since 1970.
    public var modified: Int64
    /// The owner's user id.
    public var owner: UInt32

    public var isExecutable: Bool { mode & 0o111 != 0 }

    /// Whether both are the same file on disk.
    public func isSameFile(as other: FileStatus) -> Bool { device == other.device && inode == other.inode }

    init(_ raw: stat) {
        device = UInt64(truncatingIfNeeded: raw.st_dev)
        inode = UInt64(truncatingIfNeeded: raw.st_ino)
        let type = UInt32(truncatingIfNeeded: raw.st_mode) & UInt32(S_IFMT)
        kind =
            switch type {
            case UInt32(S_IFREG): .regular
            case UInt32(S_IFDIR): .directory
            case UInt32(S_IFLNK): .symbolicLink
            default: .other
            }
        mode = UInt32(truncatingIfNeeded: raw.st_mode) & 0o7777
        size = Int64(raw.st_size)
        #if canImport(Darwin)
        modified = Int64(raw.st_mtimespec.tv_sec)
        #else
        modified = Int64(raw.st_mtim.tv_sec)
        #endif
        owner = raw.st_uid
    }
}

/// Reading files and folders by paths that are bytes.
public enum File {
    /// The status of the file, symbolic links followed; nil where there is none.
    public static func status(_ path: ByteString) -> FileStatus? {
        var raw = stat()
        return path.withCString { stat($0, &raw) } == 0 ? FileStatus(raw) : nil
    }

    /// The status of the file itself, even if it is a symbolic link.
    public static func linkStatus(_ path: ByteString) -> FileStatus? {
        var raw = stat()
        return path.withCString { lstat($0, &raw) } == 0 ? FileStatus(raw) : nil
    }

    public static func exists(_ path: ByteString) -> Bool { status(path) != nil }

    public static func isDirectory(_ path: ByteString) -> Bool { status(path)?.kind == .directory }

    /// The whole content. Fails for folders, and for content beyond `limit` bytes (`EFBIG`).
    public static func read(_ path: ByteString, limit: Int = 1 << 30) throws(SystemError) -> ByteString {
        let descriptor = path.withCString { open($0, O_RDONLY | O_CLOEXEC) }
        guard descriptor >= 0 else { throw SystemError(operation: "open", path: path) }
        defer { close(descriptor) }
        return try read(descriptor: descriptor, path: path, limit: limit)
    }

    /// Everything up to the end from an open descriptor.
    public static func read(descriptor: Int32, path: ByteString, limit: Int = 1 << 30) throws(SystemError) -> ByteString
    {
        // Most files read here are tiny: one block, not cleared beforehand, and one more read to see the end.
        var block = 4096
        var content: [UInt8] = []
        while true {
            var got = 0
            let chunk = [UInt8](unsafeUninitializedCapacity: block) { storage, count in
                #if canImport(Darwin)
                got = Darwin.read(descriptor, storage.baseAddress, block)
                #else
                got = Glibc.read(descriptor, storage.baseAddress, block)
                #endif
                count = max(got, 0)
            }
            if got < 0 {
                if errno == EINTR { continue }
                throw SystemError(operation: "read", path: path)
            }
            if got == 0 { return ByteString(content) }
            if content.isEmpty { content = chunk } else { content += chunk }
            if content.count > limit { throw SystemError(code: EFBIG, operation: "read", path: path) }
            if got == block { block = min(block * 4, 1 << 20) }
        }
    }

    /// The names in a folder, unsorted, without `.` and `..`; nil where it cannot be read.
    public static func list(_ path: ByteString) -> [ByteString]? {
        var names: [ByteString] = []
        return eachEntry(path) { name, _ in names.append(name) } ? names : nil
    }

    /// Hands over each name in a folder, without `.` and `..`, and whether it is a folder itself; nil where the system
    /// does not tell that by the way. False where the folder cannot be read.
    public static func eachEntry(_ path: ByteString, _ take: (ByteString, _ isFolder: Bool?) -> Void) -> Bool {
        guard let stream = path.withCString({ opendir($0) }) else { return false }
        defer { closedir(stream) }
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { field in
                field.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: field.pointee)) {
                    ByteString(cString: $0)
                }
            }
            if name.bytes.first == UInt8(ascii: "."), name == "." || name == ".." { continue }
            let kind = Int32(entry.pointee.d_type)
            take(name, kind == Int32(DT_UNKNOWN) || kind == Int32(DT_LNK) ? nil : kind == Int32(DT_DIR))
        }
        return true
    }

    /// The target of a symbolic link; nil for anything else.
    public static func linkTarget(_ path: ByteString) -> ByteString? {
        let size = 4096
        let target = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            count = buffer.withMemoryRebound(to: CChar.self) { field in
                guard let start = field.baseAddress else { return 0 }
                return max(path.withCString { readlink($0, start, size) }, 0)
            }
        }
        return !target.isEmpty && target.count < size ? ByteString(target) : nil
    }

    /// The absolute path with every symbolic link resolved; nil where there is no such file.
    public static func realPath(_ path: ByteString) -> ByteString? {
        guard let resolved = path.withCString({ realpath($0, nil) }) else { return nil }
        defer { free(resolved) }
        return ByteString(cString: resolved)
    }
}

/// Working with paths as text, without looking at the disk.
public enum Path {
    /// `name` below `folder`; `name` itself if it is absolute.
    public static func join(_ folder: ByteString, _ name: ByteString) -> ByteString {
        if isAbsolute(name) || folder.isEmpty { return name }
        if name.isEmpty { return folder }
        var joined: [UInt8] = []
        joined.reserveCapacity(folder.count + 1 + name.count)
        joined += folder.bytes
        if joined.last != slash { joined.append(slash) }
        joined += name.bytes
        return ByteString(joined)
    }

    /// The folder that holds the path: `.` for a bare name, `/` at the root.
    public static func parent(_ path: ByteString) -> ByteString {
        guard let (head, _) = path.split(atLast: UInt8(ascii: "/")) else { return "." }
        return head.isEmpty ? "/" : head
    }

    /// The last component.
    public static func name(_ path: ByteString) -> ByteString {
        path.split(atLast: UInt8(ascii: "/"))?.tail ?? path
    }

    public static func isAbsolute(_ path: ByteString) -> Bool { path.bytes.first == slash }

    private static let slash = UInt8(ascii: "/")

    /// Without `.` components, doubled slashes and resolvable `..`; symbolic links are not looked at.
    public static func normalized(_ path: ByteString) -> ByteString {
        // Most paths are in order already.
        if isAbsolute(path), isPlain(path) { return path }
        var parts: [ByteString] = []
        for part in path.split(UInt8(ascii: "/")) where !part.isEmpty && part != "." {
            if part == "..", let last = parts.last, last != ".." {
                parts.removeLast()
            } else if part != ".." || !isAbsolute(path) {
                parts.append(part)
            }
        }
        let joined = parts.joined(separator: "/")
        if isAbsolute(path) { return "/" + joined }
        return joined.isEmpty ? "." : joined
    }

    /// Whether every component of an absolute path is a name: not empty, not `.`, not `..`.
    private static func isPlain(_ path: ByteString) -> Bool {
        path.bytes.withUnsafeBufferPointer { bytes in
            var length = 0
            var dots = 0
            for byte in bytes.dropFirst() {
                if byte == slash {
                    if length == dots && length <= 2 { return false }
                    length = 0
                    dots = 0
                } else {
                    length += 1
                    if byte == UInt8(ascii: ".") { dots += 1 }
                }
            }
            return length != dots || length > 2
        }
    }

    /// The working directory of this process; nil where it has vanished.
    public static var workingDirectory: ByteString? {
        guard let name = getcwd(nil, 0) else { return nil }
        defer { free(name) }
        return ByteString(cString: name)
    }
}
