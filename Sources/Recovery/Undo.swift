import ByteStrings
import Libgit2
import Platform

/// What an undo did.
public struct UndoOutcome: Sendable {
    /// The snapshot that was undone.
    public var id: ByteString
    /// The snapshot of the state before the undo; nil where nothing had to be changed.
    public var snapshot: ByteString?
    public var refs: [ByteString] = []
    public var movedHead = false
    public var restoredIndex = false
    /// The top of the work tree that it was done in; nil for a bare repository.
    public var workTree: ByteString?
    /// Refs of a remote that were set back.
    public var remote: SavedRemote?
    /// Files that were written or removed.
    public var files: [ByteString] = []
    /// Changed files left alone although the index entry under them changed.
    public var left: [ByteString] = []
}

extension Recovery {
    /// Brings back what the snapshot holds: refs, HEAD, index and files; or, with `paths`, only those of its files. That
    /// happens in the work tree that the snapshot was taken in.
    ///
    /// - Parameters:
    ///   - id: nil for the newest snapshot that has not been undone.
    ///   - overwriteNewer: go on where newer work is in the way; it is in the new snapshot then.
    ///   - newID: the name for the snapshot of the present state, which makes the undo itself undoable.
    ///   - time: seconds since 1970, for that snapshot.
    /// - Throws: `newerWork` where that would be overwritten (nothing is changed then); `stopped` after a failure midway.
    @discardableResult
    public func undo(
        _ id: ByteString? = nil, paths: [ByteString]? = nil, overwriteNewer: Bool = false, newID: ByteString,
        time: Int64, limit: SnapshotLimit = SnapshotLimit()
    ) throws(RecoveryError) -> UndoOutcome {
        let lock = try UndoLock.take(place)
        defer { withExtendedLifetime(lock) {} }
        let (home, id) = try home(of: id)
        return try home.undoHere(
            id, paths: paths, overwriteNewer: overwriteNewer, newID: newID, time: time, limit: limit)
    }

    private func undoHere(
        _ id: ByteString, paths: [ByteString]?, overwriteNewer: Bool, newID: ByteString, time: Int64,
        limit: SnapshotLimit
    ) throws(RecoveryError) -> UndoOutcome {
        let plan = try UndoPlan(self, id, paths: paths)
        if !plan.conflicts.isEmpty && !overwriteNewer { throw .newerWork(plan.conflicts) }
        var outcome = UndoOutcome(id: id)
        outcome.workTree = place.workTree
        outcome.left = plan.left
        if plan.isEmpty && paths != nil { return outcome }

        let manifest = try manifest(id)
        var request = SnapshotRequest(id: newID, command: "pawl undo " + id, time: time)
        request.refs = plan.refs.map(\.wanted.name) + plan.logs.map(\.name)
        request.index = manifest.index != nil && paths == nil
        request.files = plan.checkout + plan.remove + plan.obstacles + plan.files.map(\.file.path)
        request.limit = limit
        request.remote = plan.remote ?? manifest.remote.map { SavedRemote(repository: $0.repository, refs: []) }
        request.remoteURL = plan.remoteURL
        if paths == nil { request.undoes = id } else { request.partOf = id }
        let taken = try take(request)
        outcome.snapshot = newID
        if let remote = plan.remote {
            try push(remote, plan.remoteURL, newID)
            outcome.remote = remote
            try complete(taken)
            return outcome
        }
        let lock: IndexLock?
        do {
            lock = try begin(plan, id, manifest)
        } catch {
            forget(newID)
            throw error
        }
        do {
            try restore(plan, id, manifest, lock)
        } catch {
            throw .stopped(snapshot: newID, reason: "\(error)")
        }
        outcome.refs = plan.refs.map(\.wanted.name)
        outcome.movedHead = plan.head != nil
        outcome.restoredIndex = plan.restoresIndex
        outcome.files = request.files.sorted()
        try complete(taken)
        return outcome
    }

    private func push(_ remote: SavedRemote, _ url: ByteString, _ newID: ByteString) throws(RecoveryError) {
        do {
            try place.push(remote)
        } catch {
            let present = try? place.advertised(remote.repository, url)
            let isAsBefore = remote.refs.allSatisfy { present?[$0.name] == $0.before }
            guard present != nil, isAsBefore else { throw .stopped(snapshot: newID, reason: "\(error)") }
            forget(newID)
            throw error
        }
    }

    /// What others may be in the way of comes first, while nothing has changed: the index's lock, and all refs at once.
    private func begin(
        _ plan: UndoPlan, _ id: ByteString, _ manifest: Manifest
    ) throws(RecoveryError) -> IndexLock? {
        let lock = plan.restoresIndex ? try lockIndex(id, manifest) : nil
        do {
            try restoreTags(plan, id, manifest)
            try restoreRefs(plan, id)
        } catch {
            lock?.release()
            throw error
        }
        return lock
    }

    /// The index comes last: until it is in place, the files are compared with what the command has left, so that an undo
    /// that was killed can be repeated.
    private func restore(
        _ plan: UndoPlan, _ id: ByteString, _ manifest: Manifest, _ lock: IndexLock?
    ) throws(RecoveryError) {
        var isCommitted = false
        defer { if !isCommitted { lock?.release() } }
        for path in plan.remove + plan.obstacles { removeFile(path, manifest) }
        if !plan.checkout.isEmpty {
            let paths = plan.checkout.map { $0 + "\0" }.joined(separator: "")
            let copy = place.indexCopyPath
            defer { File.removeTree(copy) }
            if lock == nil {
                do { try File.write(try content(id, "index"), to: copy) } catch let error as SystemError {
                    throw .system(error)
                } catch let error as RecoveryError {
                    throw error
                } catch {
                    throw .damaged(id, "\(error)")
                }
            }
            let index = lock?.path ?? copy
            _ = try place.output(["checkout-index", "-f", "-z", "--stdin"], input: paths, indexFile: index)
        }
        try restoreFiles(plan, id, manifest)
        for log in plan.logs { try restoreLog(log.name, try content(id, "logs/\(log.number)"), plan) }
        if plan.restoresOperation { try restoreOperation(id, manifest) }
        switch plan.head {
        case .branch(let name):
            _ = try place.output(["symbolic-ref", "-m", "pawl: undo " + id, "HEAD", name])
        case .detached(let object):
            _ = try place.output(["update-ref", "--no-deref", "-m", "pawl: undo " + id, "HEAD", object.hex])
        case nil: break
        }
        try lock?.commit()
        isCommitted = true
        if place.workTree != nil { _ = try place.run(["update-index", "-q", "--refresh"]) }
    }

    /// Tag objects that garbage collection took away meanwhile are made again.
    private func restoreTags(_ plan: UndoPlan, _ id: ByteString, _ manifest: Manifest) throws(RecoveryError) {
        guard !plan.refs.isEmpty else { return }
        for number in manifest.tags.indices {
            let tag = try content(id, "tags/\(number)")
            _ = try place.output(["hash-object", "-w", "-t", "tag", "--literally", "--stdin"], input: tag)
        }
    }

    private func restoreRefs(_ plan: UndoPlan, _ id: ByteString) throws(RecoveryError) {
        var orders: ByteString = ""
        for (wanted, present) in plan.refs where wanted.target == nil {
            if let object = wanted.object {
                let zero = ByteString([UInt8](repeating: 0x30, count: object.hex.count))
                orders += "option no-deref\0update " + wanted.name + "\0" + object.hex + "\0"
                orders += (present?.hex ?? zero) + "\0"
            } else if let present {
                orders += "option no-deref\0delete " + wanted.name + "\0" + present.hex + "\0"
            }
        }
        if !orders.isEmpty {
            _ = try place.output(["update-ref", "-m", "pawl: undo " + id, "--stdin", "-z"], input: orders)
        }
        for (wanted, _) in plan.refs {
            guard let target = wanted.target else { continue }
            _ = try place.output(["symbolic-ref", "-m", "pawl: undo " + id, wanted.name, target])
        }
    }

    /// Puts a reflog back that was lost. One that only grew keeps what was added; the stash's is the list of stashes,
    /// and goes back exactly.
    private func restoreLog(_ name: ByteString, _ saved: ByteString, _ plan: UndoPlan) throws(RecoveryError) {
        if name != "refs/stash", let present = place.readLog(name), present.hasPrefix(saved) { return }
        let path = place.logPath(name)
        do {
            try File.makeFolder(Path.parent(path))
            try File.write(saved, to: path)
        } catch {
            throw .system(error)
        }
    }
}
