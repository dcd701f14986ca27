import ByteStrings
import Platform

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// One undo at a time in a repository, and none over what a killed one has left.
///
/// The lock is the system's, on an open file: it ends with its process, however that ends (flock(2)).
final class UndoLock {
    private let descriptor: Int32

    private init(_ descriptor: Int32) {
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    /// Waits for an undo that is under way, and clears away what a killed one has left.
    static func take(_ place: Place) throws(RecoveryError) -> UndoLock {
        let path = Path.join(place.commonDirectory, "pawl-undo")
        let descriptor = path.withCString { open($0, O_RDWR | O_CREAT | O_CLOEXEC, 0o666) }
        guard descriptor >= 0 else { throw .system(SystemError(operation: "open", path: path)) }
        let lock = UndoLock(descriptor)
        while flock(descriptor, LOCK_EX) != 0 {
            guard errno == EINTR else { throw .system(SystemError(operation: "lock", path: path)) }
        }
        place.sweepUndo()
        return lock
    }
}

extension Place {
    /// What an undo writes before it goes where it belongs. There is one undo at a time, so one name will do.
    var draftPath: ByteString { Path.join(gitDirectory, "pawl-draft") }

    /// A second name of `index.lock` while an undo holds it: tells whose lock it is.
    var indexLockPath: ByteString { Path.join(gitDirectory, "pawl-index-lock") }

    /// The saved index, while an undo takes files from it and leaves the present one.
    var indexCopyPath: ByteString { Path.join(gitDirectory, "pawl-index-copy") }

    /// Called with the undo lock held: what there is was left by an undo that was killed.
    fileprivate func sweepUndo() {
        for path in [draftPath, indexCopyPath] { _ = path.withCString { unlink($0) } }
        guard let ours = File.linkStatus(indexLockPath) else { return }
        let lock = Path.join(gitDirectory, "index.lock")
        if let held = File.linkStatus(lock), held.isSameFile(as: ours) { _ = lock.withCString { unlink($0) } }
        _ = indexLockPath.withCString { unlink($0) }
    }
}
