import ByteStrings
import Platform

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

extension Recovery {
    /// Removes a file, and the folders of the work tree that this empties and that the snapshot does not hold.
    func removeFile(_ path: ByteString, _ manifest: Manifest) {
        guard !reader.leadsThroughLink(path) else { return }
        let absolute = reader.absolute(path)
        let isFolder = File.linkStatus(absolute)?.kind == .directory
        guard absolute.withCString({ isFolder ? rmdir($0) : unlink($0) }) == 0 else { return }
        guard !Path.isAbsolute(path) else { return }
        let folders = Set(manifest.files.filter { $0.state.kind == .directory }.map(\.path))
        var parent = Path.parent(path)
        while parent != ".", parent != "/", !folders.contains(parent) {
            guard reader.absolute(parent).withCString({ rmdir($0) }) == 0 else { return }
            parent = Path.parent(parent)
        }
    }

    /// Saved files as they were: what was not there goes first, deepest first; then parents before what is in them.
    func restoreFiles(_ plan: UndoPlan, _ id: ByteString, _ manifest: Manifest) throws(RecoveryError) {
        for (_, file) in plan.files.reversed() where file.state.kind == .absent { removeFile(file.path, manifest) }
        var contents = SavedContents(self, id, plan.files)
        for (number, file) in plan.files where file.state.kind != .absent {
            try makeParents(of: file.path)
            let path = reader.absolute(file.path)
            let present = File.linkStatus(path)?.kind
            if file.state.kind == .directory {
                if present == .directory { continue }
                if present != nil { _ = path.withCString { unlink($0) } }
                // Open to its owner until its content is written.
                guard path.withCString({ mkdir($0, mode_t(file.state.mode | 0o700)) }) == 0 else {
                    throw .system(SystemError(operation: "make the folder", path: path))
                }
                continue
            }
            // What is left in it are folders without a file.
            if present == .directory { File.removeTree(path) }
            if contents.isSmall(file) {
                try write(try contents.take(number), file.state, to: path)
            } else {
                try writeLarge(id, number, file.state, to: path)
            }
        }
        for (_, file) in plan.files.reversed() where file.state.kind == .directory {
            _ = reader.absolute(file.path).withCString { chmod($0, mode_t(file.state.mode)) }
        }
    }

    /// Has git write a file's content to its draft: it is never in memory.
    private func writeLarge(
        _ id: ByteString, _ number: Int, _ state: FileState, to path: ByteString
    ) throws(RecoveryError) {
        let draft = place.draftPath
        let descriptor = draft.withCString { open($0, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600) }
        guard descriptor >= 0 else { throw .system(SystemError(operation: "create", path: draft)) }
        let ending: Ending
        do {
            defer { close(descriptor) }
            let git = place.program(
                Place.streaming + ["cat-file", "blob", Self.prefix + id + ByteString(":files/\(number)")])
            ending = try git.start(output: descriptor).wait()
            _ = fchmod(descriptor, mode_t(state.mode))
        } catch {
            _ = draft.withCString { unlink($0) }
            throw .system(error)
        }
        guard ending.succeeded, File.linkStatus(draft)?.size == state.size else {
            _ = draft.withCString { unlink($0) }
            throw .damaged(id, "the content of its file \(number) could not be written whole")
        }
        guard move(draft, to: path) else {
            let error = SystemError(operation: "replace", path: path)
            _ = draft.withCString { unlink($0) }
            throw .system(error)
        }
    }

    private func write(_ content: ByteString, _ state: FileState, to path: ByteString) throws(RecoveryError) {
        let draft = place.draftPath
        func fail(_ operation: String) -> RecoveryError {
            let error = SystemError(operation: operation, path: path)
            _ = draft.withCString { unlink($0) }
            return .system(error)
        }
        if state.kind == .symlink {
            guard content.withCString({ target in draft.withCString { symlink(target, $0) } }) == 0 else {
                throw fail("make the link")
            }
        } else {
            let descriptor = draft.withCString { open($0, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600) }
            guard descriptor >= 0 else { throw .system(SystemError(operation: "create", path: draft)) }
            do {
                defer { close(descriptor) }
                try File.writeAll(content, to: descriptor, path: draft)
                // Not subject to the umask.
                _ = fchmod(descriptor, mode_t(state.mode))
            } catch {
                _ = draft.withCString { unlink($0) }
                throw .system(error)
            }
        }
        guard move(draft, to: path) else { throw fail("replace") }
    }

    /// Puts a finished file in its place. From another file system that takes a copy beside the place.
    private func move(_ draft: ByteString, to path: ByteString) -> Bool {
        if draft.withCString({ from in path.withCString { rename(from, $0) } }) == 0 { return true }
        guard errno == EXDEV, let status = File.linkStatus(draft) else { return false }
        let beside = Path.join(Path.parent(path), ByteString(".pawl-draft-\(getpid())"))
        do {
            if status.kind == .symbolicLink {
                try File.makeLink(to: File.linkTarget(draft) ?? "", at: beside)
            } else {
                try File.write(try File.read(draft, limit: 1 << 40), to: beside, mode: 0o600)
                _ = beside.withCString { chmod($0, mode_t(status.mode)) }
            }
        } catch {
            errno = error.code
            return false
        }
        _ = draft.withCString { unlink($0) }
        if beside.withCString({ from in path.withCString { rename(from, $0) } }) == 0 { return true }
        let code = errno
        _ = beside.withCString { unlink($0) }
        errno = code
        return false
    }

    /// Makes the folders above a path. Nothing is ever written through a symbolic link of the work tree.
    private func makeParents(of path: ByteString) throws(RecoveryError) {
        guard !reader.leadsThroughLink(path) else {
            throw .system(SystemError(code: ELOOP, operation: "write through a link", path: reader.absolute(path)))
        }
        do { try File.makeFolder(Path.parent(reader.absolute(path))) } catch { throw .system(error) }
    }
}

/// The contents of saved files in their order, some at a time: a process for each would be slow, all at once big.
private struct SavedContents {
    private static let bytesAtOnce: Int64 = 16 << 20

    private let recovery: Recovery
    private let id: ByteString
    private var waiting: ArraySlice<(number: Int, file: SavedFile)> = []
    private var read: [Int: ByteString] = [:]

    init(_ recovery: Recovery, _ id: ByteString, _ files: [(number: Int, file: SavedFile)]) {
        self.recovery = recovery
        self.id = id
        waiting = files.filter { $0.file.state.hasContent && isSmall($0.file) }[...]
    }

    /// Whether a file's content is read here; that of larger ones goes past.
    func isSmall(_ file: SavedFile) -> Bool { file.state.size <= FileReader.large }

    /// The content of a file; later ones may be asked for then, and no earlier ones.
    mutating func take(_ number: Int) throws(RecoveryError) -> ByteString {
        if read[number] == nil { try readMore() }
        guard let content = read.removeValue(forKey: number) else {
            throw .damaged(id, "the content of its file \(number) is missing")
        }
        return content
    }

    private mutating func readMore() throws(RecoveryError) {
        var asked: [(number: Int, file: SavedFile)] = []
        var bytes: Int64 = 0
        while bytes < Self.bytesAtOnce, asked.count < 10_000, let next = waiting.popFirst() {
            asked.append(next)
            bytes += next.file.state.size
        }
        let contents = try recovery.blobs(asked.map { Recovery.prefix + id + ByteString(":files/\($0.number)") })
        for (file, content) in zip(asked, contents) where Int64(content?.count ?? -1) == file.file.state.size {
            read[file.number] = content
        }
    }
}
