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

    /// Which entries are compared.
    enum Extent {
        /// Those that are asked for.
        case limited
        /// Those, and all that are as young as the index: what is written into an index anew says of them whether they
        /// have changed.
        case limitedAndYoung
    }

    private let bench: Workbench
    private let index: IndexFile
    /// Positions in the index of the files that are looked at.
    private let positions: [Int]
    private let survey: FileSurvey
    private var attributes: Attributes

    /// The changed files in the order of the index, and what git would write of the others.
    static func list(
        _ bench: Workbench, _ index: IndexFile, _ limits: Pathspec = Pathspec(), _ extent: Extent = .limited
    ) throws(Leave) -> (changes: [Change], refresh: Refresh) {
        var comparison = try FileChanges(bench, index, limits, extent)
        return try comparison.finish()
    }

    /// Begins to look at the files.
    init(
        _ bench: Workbench, _ index: IndexFile, _ limits: Pathspec = Pathspec(), _ extent: Extent = .limited
    ) throws(Leave) {
        self.bench = bench
        self.index = index
        attributes = Attributes(bench, index)
        var positions: [Int] = []
        var names: [UnsafePointer<CChar>?] = []
        positions.reserveCapacity(index.entries.count)
        names.reserveCapacity(index.entries.count)
        for (position, entry) in index.entries.enumerated() {
            let isAsked = limits.takes(entry.path)
            if extent == .limited, !isAsked { continue }
            guard entry.isFile else { throw Leave() }
            if !isAsked, !index.isAsYoung(entry.data) { continue }
            positions.append(position)
            names.append(entry.name)
        }
        self.positions = positions
        guard let survey = FileSurvey(bench.place.top, names, ownedBy: index) else { throw Leave() }
        self.survey = survey
    }

    /// Waits for the look to end, and compares.
    mutating func finish() throws(Leave) -> (changes: [Change], refresh: Refresh) {
        var changes: [Change] = []
        var refresh = Refresh()
        for (file, position) in zip(survey.files, positions) {
            let entry = index.entries[position]
            let known = entry.data
            let isYoung = index.isAsYoung(known)
            if isYoung { refresh.hasYoung = true }
            switch try finding(entry, known, isYoung, file) {
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

    private mutating func finding(
        _ entry: IndexFile.Entry, _ known: IndexFile.StatData, _ isYoung: Bool, _ file: SurveyedFile
    ) throws(Leave) -> Finding {
        switch file.error {
        case 0: break
        case ENOENT, ENOTDIR: return .gone
        // A folder on the way is a symbolic link, so the file is not where the index has it; or worse.
        default: throw Leave()
        }
        guard let mode = Self.mode(file.mode) else { throw Leave() }
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
    static func mode(_ mode: UInt32) -> UInt32? {
        switch mode & UInt32(S_IFMT) {
        case UInt32(S_IFREG): mode & 0o100 != 0 ? 0o100755 : 0o100644
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
}
