import ByteStrings
import Platform

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// A held `index.lock` with a saved index in it (gitrepository-layout(5); git's own lock, so git waits or refuses).
struct IndexLock {
    let index: ByteString
    /// Whether there is to be an index file at all.
    let isPresent: Bool
    /// The lock's second name, which outlives a killed undo and tells the next one that the lock is nobody's.
    let mark: ByteString

    var path: ByteString { index + ".lock" }

    /// Puts the saved index in place and gives the lock up.
    func commit() throws(RecoveryError) {
        if isPresent {
            guard path.withCString({ from in index.withCString { rename(from, $0) } }) == 0 else {
                throw .system(SystemError(operation: "replace", path: index))
            }
            _ = mark.withCString { unlink($0) }
        } else {
            _ = index.withCString { unlink($0) }
            release()
        }
    }

    /// Gives the lock up without a change. Only for a lock that was not committed.
    func release() {
        _ = path.withCString { unlink($0) }
        _ = mark.withCString { unlink($0) }
    }
}

extension Recovery {
    /// Takes the lock of the index and writes the saved index to it. Called with the undo lock held.
    func lockIndex(_ id: ByteString, _ manifest: Manifest) throws(RecoveryError) -> IndexLock {
        let saved = try holds(id, "index") ? try content(id, "index") : nil
        let lock = IndexLock(index: try place.indexPath(), isPresent: saved != nil, mark: place.indexLockPath)
        try restoreShared(id, manifest)
        do { try File.write(saved ?? "", to: lock.mark, mode: 0o666) } catch { throw .system(error) }
        guard lock.mark.withCString({ mark in lock.path.withCString { link(mark, $0) } }) == 0 else {
            let error = SystemError(operation: "create", path: lock.path)
            _ = lock.mark.withCString { unlink($0) }
            throw .system(error)
        }
        return lock
    }

    /// Puts shared index files back that have gone: a split index cannot be read without them, and nothing else looks
    /// at them (git-update-index(1), "SPLIT INDEX").
    func restoreShared(_ id: ByteString, _ manifest: Manifest) throws(RecoveryError) {
        for (number, name) in manifest.shared.enumerated() {
            let shared = Path.join(place.gitDirectory, name)
            guard name.hasPrefix("sharedindex."), !name.contains(0x2f), !File.exists(shared) else { continue }
            let content = try content(id, "shared/\(number)")
            do { try File.write(content, to: shared) } catch { throw .system(error) }
        }
    }
}
