import ByteStrings
import Libgit2
import Platform

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// Carries out what is worked out, in git's order, with the index locked (git's `check_updates`): files that go, folders
/// that are empty then, files that come, the index. What fails on the way is said, and left, as by git: it goes on
/// where it can, and the list of local changes then shows what is missing.
struct FileSwitching {
    /// git's own words.
    private(set) var errors: [UInt8] = []
    /// Files that are not as they should be, with the letters that they are listed with.
    private(set) var failures: [(path: [UInt8], letter: UInt8)] = []
    /// Whether git dies of an error.
    private(set) var isDead = false

    private let plan: FileSwitch
    private var folders: Set<ArraySlice<UInt8>> = []

    init(_ plan: FileSwitch) { self.plan = plan }

    mutating func carryOut(_ writer: inout IndexWriter, _ lock: Int32) {
        for position in plan.removals {
            remove(Array(plan.index.entries[position].path))
            writer.remove(position)
        }
        removeFolders()
        for writing in plan.writings {
            let data = write(writing)
            if isDead { return writer.unlock(lock) }
            let entry = IndexWriter.Entry(
                path: writing.path, mode: writing.mode, object: writing.object, data: IndexFile.StatData(data ?? stat())
            )
            if let position = writing.position { writer.replace(position, entry) } else { writer.add(entry) }
        }
        do {
            try writer.write(lock)
        } catch {
            die("unable to write new index file")
        }
    }

    // MARK: Files that go

    private mutating func remove(_ path: [UInt8]) {
        if plan.folder.unlink(path) || errno == ENOENT {
            if let slash = path.lastIndex(of: UInt8(ascii: "/")) { folders.insert(path[..<slash]) }
        } else {
            say("warning: unable to unlink '", path, "': \(Self.reason)")
        }
    }

    /// Those that files went from, and those above them, where nothing is left in them.
    private mutating func removeFolders() {
        for folder in folders.sorted(by: { $1.lexicographicallyPrecedes($0) }) {
            var folder = folder
            while plan.folder.removeFolder(folder) {
                guard let slash = folder.lastIndex(of: UInt8(ascii: "/")) else { break }
                folder = folder[..<slash]
            }
        }
        folders = []
    }

    // MARK: Files that come

    /// What the index is to have of the file; nil where it could not be made.
    private mutating func write(_ writing: FileSwitch.Writing) -> stat? {
        if writing.position != nil, !plan.folder.unlink(writing.path), errno != ENOENT {
            say("error: unable to unlink old '", writing.path, "': \(Self.reason)")
            return fail(writing, plan.folder.status(writing.path))
        }
        makeFolders(of: writing.path)
        if isDead { return nil }
        if writing.mode == 0o120000 {
            guard plan.folder.makeLink(writing.path, to: writing.content) else {
                say("error: unable to create symlink ", writing.path, ": \(Self.reason)")
                return fail(writing, nil)
            }
            return plan.folder.status(writing.path)
        }
        let descriptor = plan.folder.create(writing.path, isExecutable: writing.mode == 0o100755)
        guard descriptor >= 0 else {
            say("error: unable to create file ", writing.path, ": \(Self.reason)")
            return fail(writing, nil)
        }
        defer { close(descriptor) }
        let content = ByteString(writing.content)
        let isWritten = (try? File.writeAll(content, to: descriptor, path: ByteString(writing.path))) != nil
        var status = stat()
        guard fstat(descriptor, &status) == 0, isWritten else {
            say("error: unable to write file ", writing.path, "")
            return fail(writing, status)
        }
        return status
    }

    private mutating func makeFolders(of path: [UInt8]) {
        for (position, byte) in path.enumerated() where byte == UInt8(ascii: "/") {
            let folder = path[..<position]
            guard folders.insert(folder).inserted else { continue }
            if !plan.folder.makeFolder(folder) {
                say("fatal: cannot create directory at '", folder, "': \(Self.reason)")
                isDead = true
                return
            }
        }
    }

    private mutating func fail(_ writing: FileSwitch.Writing, _ found: stat?) -> stat? {
        let type = found.map { UInt32($0.st_mode) & UInt32(S_IFMT) }
        let letter: Character = type == nil ? "D" : type == writing.mode & 0o170000 ? "M" : "T"
        if let letter = letter.asciiValue { failures.append((writing.path, letter)) }
        return nil
    }

    // MARK: Errors

    private static var reason: String { String(cString: strerror(errno)) }

    private mutating func say(_ before: String, _ path: some Collection<UInt8>, _ after: String) {
        errors += Array(before.utf8) + path + after.utf8 + "\n".utf8
    }

    private mutating func die(_ message: String) {
        errors += "fatal: \(message)\n".utf8
        isDead = true
    }
}
