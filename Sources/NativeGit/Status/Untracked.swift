import ByteStrings
import Libgit2
import Platform

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// Finds untracked files that are not ignored (git-status(1), `--untracked-files`).
struct Untracked {
    enum Manner { case none, folders, files }

    private let bench: Workbench
    private let index: IndexFile
    private let manner: Manner
    private let limits: Pathspec
    /// From the weakest to the strongest; those of folders come and go with the walk.
    private var ignores: [IgnoreFile] = []
    /// From the top; folders with a slash at their end.
    private var found: [[UInt8]] = []

    /// All of them, sorted by their bytes. With limits, fails where one of the paths asked for is ignored.
    static func list(
        _ bench: Workbench, _ index: IndexFile, _ manner: Manner, _ limits: Pathspec = Pathspec()
    ) throws(Leave) -> [[UInt8]] {
        if manner == .none { return [] }
        var walk = Untracked(bench: bench, index: index, manner: manner, limits: limits)
        try walk.readStandardIgnores()
        _ = try walk.enter([], tracked: index.entries.indices, stopsAtFirst: false)
        return walk.found.sorted { $0.lexicographicallyPrecedes($1) }
    }

    private init(bench: Workbench, index: IndexFile, manner: Manner, limits: Pathspec) {
        self.limits = limits
        self.bench = bench
        self.index = index
        self.manner = manner
    }

    /// `core.excludesFile` or its default, then `info/exclude` (gitignore(5)).
    private mutating func readStandardIgnores() throws(Leave) {
        let home = bench.request.environment["HOME"]
        let file: ByteString?
        if let set = bench.settings.last("core.excludesfile") {
            if let rest = set.dropping(prefix: "~/") {
                guard let home else { throw Leave() }
                file = home + "/" + rest
            } else {
                guard Path.isAbsolute(set) else { throw Leave() }
                file = set
            }
        } else if let folder = bench.request.environment["XDG_CONFIG_HOME"], !folder.isEmpty {
            file = folder + "/git/ignore"
        } else {
            file = home.map { $0 + "/.config/git/ignore" }
        }
        if let file, let rules = try IgnoreFile(file, base: []) { ignores.append(rules) }
        if let rules = try IgnoreFile(Path.join(bench.place.common, "info/exclude"), base: []) { ignores.append(rules) }
    }

    /// Walks a folder, whose path ends in a slash (the top's is empty). Returns whether anything was found; with
    /// `stopsAtFirst` nothing is kept. `tracked` are the entries of the index below the folder.
    private mutating func enter(
        _ folder: [UInt8], tracked: Range<Int>, stopsAtFirst: Bool
    ) throws(Leave) -> Bool {
        let path = folder.isEmpty ? bench.place.top : bench.place.top + "/" + ByteString(folder.dropLast())
        guard let listing = FolderListing(path) else { throw Leave() }
        let known = ignores.count
        if listing.hasIgnoreFile, let rules = try IgnoreFile(path + "/.gitignore", base: folder) {
            ignores.append(rules)
        }
        defer { ignores.removeLast(ignores.count - known) }
        var any = false
        for entry in listing.entries {
            switch entry.kind {
            case .repository:
                // The repository's own is the top's; another one is a repository in the repository.
                if folder.isEmpty { continue }
                throw Leave()
            case .folder:
                let below = folder + listing.name(entry) + [UInt8(ascii: "/")]
                if try visit(below, nameStart: folder.count, tracked, stopsAtFirst) { any = true }
            case .file:
                if index.has(listing.name(entry), behind: folder.count, in: tracked) { continue }
                let file = folder + listing.name(entry)
                guard limits.takes(file) else { continue }
                if isIgnored(file, nameStart: folder.count, isFolder: false) {
                    if limits.names(file) { throw Leave() }
                    continue
                }
                any = true
                if !stopsAtFirst { found.append(file) }
            case .unknown: throw Leave()
            }
            if any && stopsAtFirst { return true }
        }
        return any
    }

    private mutating func visit(
        _ folder: [UInt8], nameStart: Int, _ trackedAround: Range<Int>, _ stopsAtFirst: Bool
    ) throws(Leave) -> Bool {
        guard limits.mayTake(below: folder) else { return false }
        let tracked = index.entries(below: folder, in: trackedAround)
        // Nothing below an ignored folder can be taken back in.
        if isIgnored(Array(folder.dropLast()), nameStart: nameStart, isFolder: true) {
            if limits.names(Array(folder.dropLast())) { throw Leave() }
            return false
        }
        if !tracked.isEmpty || manner == .files {
            return try enter(folder, tracked: tracked, stopsAtFirst: stopsAtFirst)
        }
        // What is asked for below it is named by itself.
        if limits.namesSomething(below: folder) { throw Leave() }
        guard try enter(folder, tracked: tracked, stopsAtFirst: true) else { return false }
        if !stopsAtFirst { found.append(folder) }
        return true
    }

    private func isIgnored(_ path: [UInt8], nameStart: Int, isFolder: Bool) -> Bool {
        for rules in ignores.reversed() {
            if let verdict = rules.verdict(path, nameStart: nameStart, isFolder: isFolder) { return verdict }
        }
        return false
    }
}
