import ByteStrings
import Platform

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// A file that is written through `FILE.lock`, so that one process at a time writes it and nobody reads half of it
/// (git's `lockfile.c`).
struct RefLock {
    private let file: ByteString
    private let descriptor: Int32

    /// Waits a moment for another holder, as git does for refs (git-config(1), `core.filesRefLockTimeout`). nil where
    /// the lock cannot be had; `errno` then says why.
    init?(_ file: ByteString) {
        self.file = file
        var waited: UInt32 = 0
        while true {
            let descriptor = Self.path(file).withCString { open($0, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o666) }
            if descriptor >= 0 {
                self.descriptor = descriptor
                return
            }
            guard errno == EEXIST, waited < Self.patience else { return nil }
            waited += Self.pause
            usleep(Self.pause)
        }
    }

    /// In microseconds.
    private static let (patience, pause): (UInt32, UInt32) = (100_000, 5_000)

    static func path(_ file: ByteString) -> ByteString { file + ".lock" }

    /// Writes the content and puts it in place of the file; false where that fails, and then the file is as it was.
    func commit(_ content: ByteString) -> Bool {
        let isWritten = (try? File.writeAll(content, to: descriptor, path: file)) != nil
        close(descriptor)
        if isWritten, Self.path(file).withCString({ from in file.withCString { rename(from, $0) } }) == 0 {
            return true
        }
        _ = Self.path(file).withCString { unlink($0) }
        return false
    }

    func release() {
        close(descriptor)
        _ = Self.path(file).withCString { unlink($0) }
    }
}

extension File {
    static func mayRead(_ path: ByteString) -> Bool { path.withCString { access($0, R_OK) } == 0 }

    /// By this user's rights alone: the disk may be full all the same.
    static func mayWrite(_ path: ByteString) -> Bool { path.withCString { access($0, W_OK) } == 0 }

    /// Fails where a file cannot be made, for something in the way of its folders or for want of rights.
    static func requireWay(to path: ByteString) throws(Leave) {
        var folder = Path.parent(path)
        while folder != Path.parent(folder) {
            if let status = linkStatus(folder) {
                guard status.kind == .directory, mayWrite(folder) else { throw Leave() }
                return
            }
            folder = Path.parent(folder)
        }
        throw Leave()
    }
}
