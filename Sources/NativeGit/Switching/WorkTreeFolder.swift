import ByteStrings
import Libgit2

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// The top of a work tree, held open: everything in it is reached by paths from there.
final class WorkTreeFolder {
    private let descriptor: Int32
    /// Folders, without a slash at their ends, that are known to be real ones and may be written in.
    private var writable: Set<ArraySlice<UInt8>> = []
    private var missing: Set<ArraySlice<UInt8>> = []

    init(_ place: Workplace) throws(Leave) {
        descriptor = place.top.withCString { open($0, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
        guard descriptor >= 0 else { throw Leave() }
    }

    deinit { close(descriptor) }

    // MARK: Asking

    /// Of the file itself, links not followed; nil where there is none, for which `errno` has the reason.
    func status(_ path: some Collection<UInt8>) -> stat? {
        var status = stat()
        return Self.name(path).withCString { fstatat(descriptor, $0, &status, AT_SYMLINK_NOFOLLOW) } == 0 ? status : nil
    }

    /// Whether nothing is at this path.
    func isFree(_ path: some Collection<UInt8>) -> Bool { status(path) == nil && errno == ENOENT }

    /// Fails where a folder on the way to a path is a link or a file, or the one that the path is to be made in may not
    /// be written in.
    func requireWay(to path: ArraySlice<UInt8>) throws(Leave) {
        var folder = path.prefix(0)
        var rest = path
        if writable.isEmpty { try requireWritable([], ".".utf8) }
        while let slash = rest.firstIndex(of: UInt8(ascii: "/")) {
            let above = folder
            folder = path[path.startIndex..<slash]
            rest = path[(slash + 1)...]
            if writable.contains(folder) || missing.contains(folder) { continue }
            guard !missing.contains(above), let status = status(folder) else {
                guard missing.contains(above) || errno == ENOENT else { throw Leave() }
                missing.insert(folder)
                continue
            }
            guard UInt32(status.st_mode) & UInt32(S_IFMT) == UInt32(S_IFDIR) else { throw Leave() }
            try requireWritable(folder, folder)
        }
    }

    /// Fails also where git warns of an ignore file that it cannot read: it looks for what would be overwritten.
    private func requireWritable(_ folder: ArraySlice<UInt8>, _ path: some Collection<UInt8>) throws(Leave) {
        guard may(W_OK | X_OK, path) else { throw Leave() }
        let ignores = folder + (folder.isEmpty ? [] : [UInt8(ascii: "/")]) + ".gitignore".utf8
        if let status = status(ignores) {
            guard UInt32(status.st_mode) & UInt32(S_IFMT) == UInt32(S_IFREG), may(R_OK, ignores) else { throw Leave() }
        }
        writable.insert(folder)
    }

    private func may(_ rights: Int32, _ path: some Collection<UInt8>) -> Bool {
        Self.name(path).withCString { faccessat(descriptor, $0, rights, 0) } == 0
    }

    /// Fails where the file system might not have room for so many bytes in so many files.
    func requireRoom(bytes: Int, files: Int) throws(Leave) {
        var space = statvfs()
        guard fstatvfs(descriptor, &space) == 0 else { throw Leave() }
        let free = UInt64(space.f_bavail).multipliedReportingOverflow(by: UInt64(space.f_frsize))
        let needed = UInt64(bytes + files * Self.slack + Self.reserve)
        guard free.overflow || free.partialValue > needed else { throw Leave() }
        // Some file systems do not count files.
        guard space.f_files == 0 || UInt64(space.f_favail) > UInt64(2 * files + 16) else { throw Leave() }
    }

    /// What a file takes beyond its content, and what the index and the logs take, with room to spare.
    private static let (slack, reserve) = (1 << 13, 1 << 20)

    // MARK: Doing

    func unlink(_ path: [UInt8]) -> Bool { Self.name(path).withCString { unlinkat(descriptor, $0, 0) } == 0 }

    /// Removes a folder if it is empty.
    func removeFolder(_ path: some Collection<UInt8>) -> Bool {
        Self.name(path).withCString { unlinkat(descriptor, $0, AT_REMOVEDIR) } == 0
    }

    func makeFolder(_ path: some Collection<UInt8>) -> Bool {
        if Self.name(path).withCString({ mkdirat(descriptor, $0, 0o777) }) == 0 { return true }
        let reason = errno
        if let status = status(path), UInt32(status.st_mode) & UInt32(S_IFMT) == UInt32(S_IFDIR) { return true }
        errno = reason
        return false
    }

    func makeLink(_ path: [UInt8], to target: [UInt8]) -> Bool {
        ByteString(target).withCString { target in
            Self.name(path).withCString { symlinkat(target, descriptor, $0) }
        } == 0
    }

    /// Makes a file that is not there yet; its descriptor, or a negative number.
    func create(_ path: [UInt8], isExecutable: Bool) -> Int32 {
        Self.name(path).withCString {
            openat(descriptor, $0, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, isExecutable ? 0o777 : 0o666)
        }
    }

    private static func name(_ path: some Collection<UInt8>) -> ByteString { ByteString(path) }
}
