import ByteStrings
import Libgit2
import Platform

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// Finds the entries of the index whose files are not as the index has them (git's `ie_modified`).
struct FileChanges {
    struct Change {
        /// Its position in the index.
        var position: Int
        /// The file's mode as git keeps it; 0 where it is gone.
        var mode: UInt32
    }

    private let bench: Workbench
    private let index: IndexFile
    private let top: Int32
    /// The folder of the entry before, which is known to be a real one.
    private var folder: ArraySlice<UInt8> = []
    private var attributes: Attributes

    /// In the order of the index. Fails where git would write the index anew: entries as young as the index
    /// itself (racy), and files that were touched but not changed.
    static func list(
        _ bench: Workbench, _ index: IndexFile, _ limits: Pathspec = Pathspec()
    ) throws(Leave) -> [Change] {
        let top = bench.place.top.withCString { open($0, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
        guard top >= 0 else { throw Leave() }
        defer { close(top) }
        var comparison = FileChanges(bench: bench, index: index, top: top)
        var changes: [Change] = []
        for position in index.entries.indices where limits.takes(index.entries[position].path) {
            if let mode = try comparison.mode(at: position) { changes.append(Change(position: position, mode: mode)) }
        }
        return changes
    }

    private init(bench: Workbench, index: IndexFile, top: Int32) {
        self.bench = bench
        self.index = index
        self.top = top
        attributes = Attributes(bench, index)
    }

    /// The mode of the file where it differs from the entry, or nil where they are the same.
    private mutating func mode(at position: Int) throws(Leave) -> UInt32? {
        let entry = index.entries[position]
        let type = entry.mode & 0o170000
        guard entry.stage == 0, type == 0o100000 || type == 0o120000, let base = entry.path.baseAddress else {
            throw Leave()
        }
        var file = stat()
        let code = base.withMemoryRebound(to: CChar.self, capacity: entry.path.count + 1) {
            fstatat(top, $0, &file, AT_SYMLINK_NOFOLLOW)
        }
        guard code == 0 else {
            guard errno == ENOENT || errno == ENOTDIR else { throw Leave() }
            return 0
        }
        try checkFolders(of: entry)
        let known = index.statData(entry)
        // As young as the index: it may have been changed since without showing. git would look, and write.
        if known.modifySeconds >= UInt32(truncatingIfNeeded: index.written) { throw Leave() }
        let mode = UInt32(file.st_mode)
        switch mode & UInt32(S_IFMT) {
        case UInt32(S_IFREG):
            if type != 0o100000 { return mode & 0o100 != 0 ? 0o100755 : 0o100644 }
            if (mode ^ entry.mode) & 0o100 != 0 { return mode & 0o100 != 0 ? 0o100755 : 0o100644 }
        case UInt32(S_IFLNK): if type != 0o120000 { return 0o120000 }
        default: throw Leave()
        }
        if try isUnchanged(file, known, entry) { return nil }
        return entry.mode
    }

    private mutating func isUnchanged(
        _ file: stat, _ known: IndexFile.StatData, _ entry: IndexFile.Entry
    ) throws(Leave) -> Bool {
        #if canImport(Darwin)
        let (changed, modified) = (file.st_ctimespec, file.st_mtimespec)
        #else
        let (changed, modified) = (file.st_ctim, file.st_mtim)
        #endif
        let isSameSize = known.size == UInt32(truncatingIfNeeded: file.st_size)
        // A size of nothing is also what git leaves where it does not know.
        if known.size == 0 && entry.object != Self.emptyBlob { throw Leave() }
        let isSameFile =
            known.modifySeconds == UInt32(truncatingIfNeeded: modified.tv_sec)
            && known.changeSeconds == UInt32(truncatingIfNeeded: changed.tv_sec)
            && known.inode == UInt32(truncatingIfNeeded: file.st_ino) && known.user == file.st_uid
            && known.group == file.st_gid
        if isSameSize && isSameFile {
            // Whether git counts nanoseconds was decided when it was built.
            guard known.modifyNanoseconds == UInt32(truncatingIfNeeded: modified.tv_nsec),
                known.changeNanoseconds == UInt32(truncatingIfNeeded: changed.tv_nsec)
            else { throw Leave() }
            return true
        }
        if !isSameSize && known.size != 0 { return false }
        // Of the same size: the content tells. Where it is the same, git notes the new times in the index.
        try attributes.requireNone(for: entry.path)
        guard try !hasContent(of: entry, size: Int(file.st_size)) else { throw Leave() }
        return false
    }

    private static let emptyBlob = ObjectID(hex: "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391".utf8)

    private func hasContent(of entry: IndexFile.Entry, size: Int) throws(Leave) -> Bool {
        let path = Path.join(bench.place.top, ByteString(entry.path))
        let content: ByteString?
        if entry.mode & 0o170000 == 0o120000 {
            content = File.linkTarget(path)
        } else {
            content = try? File.read(path, limit: 1 << 26)
        }
        guard let content else { throw Leave() }
        return content.bytes.withUnsafeBytes(ObjectStore.nameOfBlob) == entry.object
    }

    // MARK: Folders

    /// Fails where a folder on the way is a symbolic link: the file is then not where the index has it.
    private mutating func checkFolders(of entry: IndexFile.Entry) throws(Leave) {
        guard let end = entry.path.lastIndex(of: UInt8(ascii: "/")) else { return }
        let path = Array(entry.path[...end])
        var start = 0
        // Those that the entry before has in common are known.
        for (index, byte) in zip(path.indices, path) {
            guard index < folder.count, folder[index] == byte else { break }
            if byte == UInt8(ascii: "/") { start = index + 1 }
        }
        for index in path.indices where index >= start && path[index] == UInt8(ascii: "/") {
            var status = stat()
            guard ByteString(path[..<index]).withCString({ fstatat(top, $0, &status, AT_SYMLINK_NOFOLLOW) }) == 0,
                UInt32(status.st_mode) & UInt32(S_IFMT) == UInt32(S_IFDIR)
            else { throw Leave() }
        }
        folder = path[...]
    }
}
