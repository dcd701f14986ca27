import ByteStrings
import Platform

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// An open file of the log; closed, and thereby unlocked, with the last reference.
final class OpenFile {
    let descriptor: Int32
    let path: ByteString

    /// Opens without following a symbolic link and without waiting for the other end of a pipe.
    init(_ path: ByteString, _ flags: Int32) throws(SystemError) {
        self.path = path
        descriptor = path.withCString { open($0, flags | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0o600) }
        guard descriptor >= 0 else { throw SystemError(operation: "open", path: path) }
    }

    /// Takes over an open file. `path` is what it is called in messages.
    private init(owning descriptor: Int32, path: ByteString) {
        self.descriptor = descriptor
        self.path = path
    }

    /// What a gzip file holds, in a file without a name: it can be read from anywhere then.
    func unpacked() throws(Gzip.Problem) -> OpenFile {
        let target: OpenFile
        do {
            target = OpenFile(owning: try File.openTemporary("pawl-audit", environment: .current), path: path)
        } catch {
            throw .system(error)
        }
        try Gzip.unpack(descriptor, path, into: target.descriptor)
        return target
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// The size in bytes; fails for what is not a regular file.
    func regularSize() throws(AuditError) -> Int { Int(try regularStatus().st_size) }

    /// Fails for a file of another user, unless this is the superuser.
    func requireOwn() throws(AuditError) {
        let owner = try regularStatus().st_uid
        let user = geteuid()
        guard owner == user || user == 0 else { throw .foreign(path: path, owner: owner) }
    }

    /// Whether both are the same file on the disk.
    func isSameFile(as other: OpenFile) throws(AuditError) -> Bool {
        let (one, two) = (try regularStatus(), try other.regularStatus())
        return one.st_dev == two.st_dev && one.st_ino == two.st_ino
    }

    private func regularStatus() throws(AuditError) -> stat {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            throw .system(SystemError(operation: "look at", path: path))
        }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .notRegular(path: path) }
        return status
    }

    /// Waits for the lock. `LOCK_EX` is for one writer, `LOCK_SH` for readers.
    func lock(_ operation: Int32) throws(SystemError) {
        while flock(descriptor, operation) != 0 {
            guard errno == EINTR else { throw SystemError(operation: "lock", path: path) }
        }
    }

    /// The bytes from `offset`, at most `count`, fewer only at the end of the file.
    func read(at offset: Int, count: Int) throws(SystemError) -> [UInt8] {
        var failure: SystemError?
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                let target = buffer.baseAddress.map { $0 + filled }
                let got = pread(descriptor, target, count - filled, off_t(offset + filled))
                if got > 0 {
                    filled += got
                } else if got == 0 {
                    return
                } else if errno != EINTR {
                    failure = SystemError(operation: "read", path: path)
                    return
                }
            }
        }
        if let failure { throw failure }
        return bytes
    }
}
