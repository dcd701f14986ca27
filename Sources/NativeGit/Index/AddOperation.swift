import ByteStrings
import Libgit2
import Platform

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// `git add` of plain paths, and `-A` (git-add(1)): the objects and the index that git would write.
///
/// Left to git: paths that match nothing or are ignored, attributes and line ends that are converted, submodules and
/// repositories in the repository, conflicts, and indexes that git writes with more than their entries and trees.
enum AddOperation {
    private static let sizeLimit = 1 << 24

    static func run(_ form: Form, _ bench: Workbench) throws(Leave) -> NativeOutcome {
        let words = form.operands + (form.paths ?? [])
        guard !words.isEmpty || form.has("-A", "--all") else { throw Leave() }
        let limits = try Pathspec(words, bench)
        let index = try bench.index()
        var comparison = try FileChanges(bench, index, limits, .limitedAndYoung)
        let found = try Untracked.list(bench, index, .files, limits)
        let (changes, refresh) = try comparison.finish()
        guard limits.eachTakes(index.entries.lazy.map(\.path), found) else { throw Leave() }
        var writer = try IndexWriter(bench, index)
        var attributes = Attributes(bench, index)
        var isNeeded = false
        let touched = refresh.touched.keys.map { FileChanges.Change(position: $0, mode: index.entries[$0].mode) }
        for change in (changes + touched).sorted(by: { $0.position < $1.position }) {
            let path = Array(index.entries[change.position].path)
            guard limits.takes(path) else {
                if refresh.smudged.contains(change.position) { throw Leave() }
                continue
            }
            isNeeded = true
            if change.mode == 0 {
                writer.remove(change.position)
            } else {
                try attributes.requireNone(for: path)
                writer.replace(change.position, try store(path, bench))
            }
        }
        // What is as young as the index is added again, to be on the safe side.
        for position in refresh.young where limits.takes(index.entries[position].path) {
            let path = Array(index.entries[position].path)
            isNeeded = true
            try attributes.requireNone(for: path)
            writer.replace(position, try store(path, bench))
        }
        for path in found {
            guard path.last != UInt8(ascii: "/"), !path.isEmpty else { throw Leave() }
            isNeeded = true
            try attributes.requireNone(for: path)
            writer.add(try store(path, bench))
        }
        if isNeeded {
            guard let lock = writer.lock() else { throw Leave() }
            try writer.write(lock)
        }
        return NativeOutcome()
    }

    /// Stores the file's content as an object, and says what the index is to have of it.
    private static func store(_ path: [UInt8], _ bench: Workbench) throws(Leave) -> IndexWriter.Entry {
        var file = stat()
        let full = bench.place.top + "/" + ByteString(path)
        guard full.withCString({ lstat($0, &file) }) == 0, let mode = FileChanges.mode(UInt32(file.st_mode)),
            file.st_size < sizeLimit
        else { throw Leave() }
        let content = try Difference.file(path, isLink: mode == 0o120000, bench)
        guard content.count == Int(file.st_size), let object = try? bench.objects().write(blob: content) else {
            throw Leave()
        }
        return IndexWriter.Entry(path: path, mode: mode, object: object, data: IndexFile.StatData(file))
    }
}
