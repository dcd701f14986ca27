import ByteStrings
import Libgit2
import Platform

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// Compares the entries of an index with the files of the work tree (git's `ie_match_stat` and `ie_modified`).
struct FileChanges {
    /// What is found of an entry's file.
    enum Finding {
        /// As the index has it.
        case same
        /// As the index has it, but as young as the index, so that only its content tells.
        case youngAndSame
        /// Touched, with the same content: git notes the new times in the index.
        case touched(IndexFile.StatData)
        /// Another content or mode.
        case changed(mode: UInt32, isYoung: Bool)
        case gone
    }

    struct Change {
        /// Its position in the index.
        var position: Int
        /// The file's mode as git keeps it; 0 where it is gone.
        var mode: UInt32
    }

    /// What git would write into the index besides.
    struct Refresh {
        /// Entries whose files were touched only, with what is to be noted.
        var touched: [Int: IndexFile.StatData] = [:]
        /// Entries as young as the index whose content has changed since: git takes their size out, so that the change
        /// shows later.
        var smudged: Set<Int> = []
        /// Entries as young as the index whose times and size are those of their files.
        var young: [Int] = []
        /// Whether any entry is as young as the index, whatever became of its file.
        var hasYoung = false

        var isNeeded: Bool { hasYoung || !touched.isEmpty }
    }

    private let bench: Workbench
    private let index: IndexFile
    private let top: Int32
    /// The folder of the entry before, which is known to be a real one.
    private var folder: ArraySlice<UInt8> = []
    private var attributes: Attributes

    /// The changed files in the order of the index, and what git would write of the others.
    static func list(
        _ bench: Workbench, _ index: IndexFile, _ limits: Pathspec = Pathspec()
    ) throws(Leave) -> (changes: [Change], refresh: Refresh) {
        var changes: [Change] = []
        var refresh = Refresh()
        try each(bench, index, limits) { position, finding in
            if index.isAsYoung(index.statData(index.entries[position])) { refresh.hasYoung = true }
            switch finding {
            case .same: break
            case .youngAndSame: refresh.young.append(position)
            case .touched(let data): refresh.touched[position] = data
            case .gone: changes.append(Change(position: position, mode: 0))
            case .changed(let mode, let isYoung):
                changes.append(Change(position: position, mode: mode))
                if isYoung {
                    refresh.young.append(position)
                    refresh.smudged.insert(position)
                }
            }
        }
        return (changes, refresh)
    }

    private static func each(
        _ bench: Workbench, _ index: IndexFile, _ limits: Pathspec, _ take: (Int, Finding) -> Void
    ) throws(Leave) {
        let top = bench.place.top.withCString { open($0, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
        guard top >= 0 else { throw Leave() }
        defer { close(top) }
        var comparison = FileChanges(bench: bench, index: index, top: top)
        for position in index.entries.indices where limits.takes(index.entries[position].path) {
            take(position, try comparison.finding(index.entries[position]))
        }
    }

    private init(bench: Workbench, index: IndexFile, top: Int32) {
        self.bench = bench
        self.index = index
        self.top = top
        attributes = Attributes(bench, index)
    }

    private mutating func finding(_ entry: IndexFile.Entry) throws(Leave) -> Finding {
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
            return .gone
        }
        try checkFolders(of: entry)
        guard let mode = Self.mode(file) else { throw Leave() }
        let known = index.statData(entry)
        let isYoung = index.isAsYoung(known)
        if mode != entry.mode { return .changed(mode: mode, isYoung: false) }
        let now = IndexFile.StatData(file)
        let isUnknownSize = known.size == 0 && entry.object != Self.emptyBlob
        if !isUnknownSize, known.isSame(as: now) {
            // Whether git counts nanoseconds was decided when it was built.
            guard known.modifyNanoseconds == now.modifyNanoseconds, known.changeNanoseconds == now.changeNanoseconds
            else { throw Leave() }
            if !isYoung { return .same }
            return try hasContent(of: entry) ? .youngAndSame : .changed(mode: mode, isYoung: true)
        }
        if known.size != now.size && known.size != 0 { return .changed(mode: mode, isYoung: false) }
        return try hasContent(of: entry) ? .touched(now) : .changed(mode: mode, isYoung: false)
    }

    /// The mode that git keeps for a file; nil for what it does not keep, folders among them.
    static func mode(_ file: stat) -> UInt32? {
        switch UInt32(file.st_mode) & UInt32(S_IFMT) {
        case UInt32(S_IFREG): UInt32(file.st_mode) & 0o100 != 0 ? 0o100755 : 0o100644
        case UInt32(S_IFLNK): 0o120000
        default: nil
        }
    }

    private static let emptyBlob = ObjectID(hex: Array("e69de29bb2d1d6434b8b29ae775ad8c2e48c5391".utf8))

    private mutating func hasContent(of entry: IndexFile.Entry) throws(Leave) -> Bool {
        try attributes.requireNone(for: entry.path)
        let isLink = entry.mode & 0o170000 == 0o120000
        let content = try Difference.file(Array(entry.path), isLink: isLink, bench)
        return content.withUnsafeBytes(ObjectStore.nameOfBlob) == entry.object
    }

    /// Fails where a folder on the way is a symbolic link: the file is then not where the index has it.
    private mutating func checkFolders(of entry: IndexFile.Entry) throws(Leave) {
        guard let end = entry.path.lastIndex(of: UInt8(ascii: "/")) else { return }
        // Most entries lie in the folder of the one before.
        if end + 1 == folder.count, entry.path[...end].elementsEqual(folder) { return }
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
