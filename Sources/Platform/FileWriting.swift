import ByteStrings
import CPlatform

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// Making files and folders by paths that are bytes.
extension File {
    /// Writes the whole content to a new file beside `path` and renames it there, so that nobody ever reads half of it.
    /// A symbolic link at `path` is replaced, not followed.
    public static func write(_ content: ByteString, to path: ByteString, mode: UInt32 = 0o644) throws(SystemError) {
        let draft = path + ByteString(".new-\(getpid())")
        let descriptor = draft.withCString { open($0, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode_t(mode)) }
        guard descriptor >= 0 else { throw SystemError(operation: "create", path: draft) }
        do {
            defer { close(descriptor) }
            try writeAll(content, to: descriptor, path: draft)
        } catch {
            _ = draft.withCString { unlink($0) }
            throw error
        }
        let renamed = draft.withCString { from in path.withCString { rename(from, $0) } }
        guard renamed == 0 else {
            let error = SystemError(operation: "replace", path: path)
            _ = draft.withCString { unlink($0) }
            throw error
        }
    }

    /// Writes a file that is not there yet through a lock of the given name, as git does: who has the lock has the name.
    /// Fails where either is there.
    public static func writeNew(
        _ content: ByteString, to path: ByteString, through lock: ByteString
    ) throws(SystemError) {
        let descriptor = lock.withCString { open($0, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666) }
        guard descriptor >= 0 else { throw SystemError(operation: "create", path: lock) }
        do throws(SystemError) {
            defer { close(descriptor) }
            if linkStatus(path) != nil { throw SystemError(code: EEXIST, operation: "create", path: path) }
            try writeAll(content, to: descriptor, path: lock)
        } catch {
            _ = lock.withCString { unlink($0) }
            throw error
        }
        guard lock.withCString({ from in path.withCString { rename(from, $0) } }) == 0 else {
            let error = SystemError(operation: "create", path: path)
            _ = lock.withCString { unlink($0) }
            throw error
        }
    }

    /// Writes everything to an open descriptor, also to one that others have made non-blocking.
    public static func writeAll(
        _ content: ByteString, to descriptor: Int32, path: ByteString
    ) throws(SystemError) {
        var rest = content.bytes[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { buffer in
                #if canImport(Darwin)
                Darwin.write(descriptor, buffer.baseAddress, buffer.count)
                #else
                Glibc.write(descriptor, buffer.baseAddress, buffer.count)
                #endif
            }
            if written < 0 {
                if errno == EINTR { continue }
                if errno == EAGAIN {
                    var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                    _ = poll(&waiting, 1, -1)
                    continue
                }
                throw SystemError(operation: "write", path: path)
            }
            rest = rest.dropFirst(written)
        }
    }

    /// Makes a symbolic link. Fails where something is there.
    public static func makeLink(to target: ByteString, at path: ByteString) throws(SystemError) {
        guard target.withCString({ target in path.withCString { symlink(target, $0) } }) == 0 else {
            throw SystemError(operation: "make the link", path: path)
        }
    }

    /// Makes the folder and those above it that are missing.
    public static func makeFolder(_ path: ByteString, mode: UInt32 = 0o755) throws(SystemError) {
        if isDirectory(path) { return }
        let parent = Path.parent(path)
        if parent != path && parent != "." { try makeFolder(parent, mode: mode) }
        guard path.withCString({ mkdir($0, mode_t(mode)) }) == 0 || errno == EEXIST else {
            throw SystemError(operation: "make the folder", path: path)
        }
    }

    /// Makes a new folder in the system's folder for temporary files, for this user alone.
    public static func makeTemporaryFolder(
        _ name: ByteString, environment: Environment
    ) throws(SystemError) -> ByteString {
        let chosen = environment["TMPDIR"] ?? ""
        let pattern = Path.join(Path.isAbsolute(chosen) ? chosen : "/tmp", name + ".XXXXXX")
        var template = pattern.bytes.map { CChar(bitPattern: $0) } + [0]
        guard mkdtemp(&template) != nil else { throw SystemError(operation: "make a folder like", path: pattern) }
        return ByteString(template.dropLast().map { UInt8(bitPattern: $0) })
    }

    /// Removes the file, or the folder with all that is in it, as far as that is allowed. Symbolic links are removed,
    /// never followed.
    public static func removeTree(_ path: ByteString) {
        guard let status = linkStatus(path) else { return }
        guard status.kind == .directory else {
            _ = path.withCString { unlink($0) }
            return
        }
        for name in list(path) ?? [] { removeTree(Path.join(path, name)) }
        _ = path.withCString { rmdir($0) }
    }
}

extension File {
    /// Sets space aside for what is going to be written to an open file, without changing its size. Returns 0 or an
    /// error code; where the file system or the system cannot do that, another one than ENOSPC and EDQUOT.
    public static func reserveSpace(_ descriptor: Int32, from offset: Int, count: Int) -> Int32 {
        pawl_reserve_space(descriptor, off_t(offset), off_t(count))
    }

    /// How large this process may make files, in bytes (`ulimit -f`, setrlimit(2)); nil where there is no limit.
    public static var sizeLimit: Int? {
        var limit = rlimit()
        #if canImport(Darwin)
        let result = getrlimit(RLIMIT_FSIZE, &limit)
        #else
        let result = getrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
        #endif
        return result == 0 ? Int(exactly: limit.rlim_cur) : nil
    }
}
