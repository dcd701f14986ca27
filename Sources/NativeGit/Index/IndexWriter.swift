import ByteStrings
import Libgit2
import Platform

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// Writes an index as git does (git's `Documentation/gitformat-index`, version 2): entries that are not edited keep their
/// bytes, and the trees on record that an edit makes stale are taken out.
struct IndexWriter {
    struct Entry {
        var path: [UInt8]
        var mode: UInt32
        var object: ObjectID
        var data: IndexFile.StatData
    }

    private let bench: Workbench
    private let index: IndexFile
    private var replaced: [Int: Entry] = [:]
    private var removed: Set<Int> = []
    private var added: [Entry] = []
    private var smudged: Set<Int> = []
    private var cachedTree: CachedTree?
    /// The trees to put on record in place of those of the old index that still hold.
    private var trees: [UInt8]?

    init(_ bench: Workbench, _ index: IndexFile) throws(Leave) {
        // Hooks would be told of the new index (githooks(5), post-index-change).
        guard bench.settings.last("core.hookspath") == nil,
            !File.exists(Path.join(bench.place.common, "hooks/post-index-change")), index.isPlain
        else { throw Leave() }
        self.bench = bench
        self.index = index
        cachedTree = try index.cachedTree
    }

    // MARK: Edits

    /// New times for an entry whose content is the same.
    mutating func refresh(_ position: Int, _ data: IndexFile.StatData) {
        let entry = index.entries[position]
        replaced[position] = Entry(path: Array(entry.path), mode: entry.mode, object: entry.object, data: data)
    }

    /// Takes the size out of an entry that changed under the index's nose.
    mutating func smudge(_ position: Int) { smudged.insert(position) }

    /// Everything that git finds out when it looks at all files.
    mutating func refresh(_ refresh: FileChanges.Refresh) {
        for (position, data) in refresh.touched { self.refresh(position, data) }
        for position in refresh.smudged { smudge(position) }
    }

    mutating func replace(_ position: Int, _ entry: Entry) {
        replaced[position] = entry
        cachedTree?.invalidate(entry.path[...])
    }

    mutating func remove(_ position: Int) {
        removed.insert(position)
        cachedTree?.invalidate(Array(index.entries[position].path)[...])
    }

    mutating func add(_ entry: Entry) {
        added.append(entry)
        cachedTree?.invalidate(entry.path[...])
    }

    mutating func record(_ trees: [UInt8]) { self.trees = trees }

    // MARK: Writing

    /// Whether the index is still the one that was read.
    var isCurrent: Bool { index.isUnchanged(at: bench.file("index")) }

    /// Whether the index can be locked now: the lock is held until `write` or `unlock`.
    func lock() -> Int32? {
        let descriptor = lockFile.withCString { open($0, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o666) }
        return descriptor < 0 ? nil : descriptor
    }

    func unlock(_ descriptor: Int32) {
        close(descriptor)
        _ = lockFile.withCString { unlink($0) }
    }

    private var lockFile: ByteString { bench.file("index.lock") }

    /// Writes the new index through the lock and puts it in place. Fails where that cannot be done; the old one is then
    /// as it was.
    func write(_ descriptor: Int32) throws(Leave) {
        let bytes = self.bytes
        let isWritten = bytes.withUnsafeBytes { bytes in
            write(descriptor, bytes) && index.isUnchanged(at: bench.file("index"))
        }
        close(descriptor)
        let isMoved =
            isWritten && lockFile.withCString { from in bench.file("index").withCString { rename(from, $0) } } == 0
        if !isMoved {
            _ = lockFile.withCString { unlink($0) }
            throw Leave()
        }
    }

    private func write(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Bool {
        var position = 0
        while position < bytes.count {
            #if canImport(Darwin)
            let count = Darwin.write(descriptor, bytes.baseAddress?.advanced(by: position), bytes.count - position)
            #else
            let count = Glibc.write(descriptor, bytes.baseAddress?.advanced(by: position), bytes.count - position)
            #endif
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return false }
            position += count
        }
        return true
    }

    private var bytes: [UInt8] {
        var bytes = Array("DIRC".utf8)
        bytes.append(UInt32(2))
        bytes.append(UInt32(index.entries.count - removed.count + added.count))
        var new = added.sorted { $0.path.lexicographicallyPrecedes($1.path) }[...]
        for (position, entry) in index.entries.enumerated() {
            while let first = new.first, first.path.lexicographicallyPrecedes(entry.path) {
                bytes.append(first)
                new = new.dropFirst()
            }
            if removed.contains(position) { continue }
            if let replacement = replaced[position] {
                bytes.append(replacement)
            } else {
                let start = bytes.count
                bytes += entry.bytes
                if smudged.contains(position) { bytes.replaceSubrange(start + 36..<start + 40, with: [0, 0, 0, 0]) }
            }
        }
        for entry in new { bytes.append(entry) }
        if let tree = trees ?? cachedTree?.bytes {
            bytes += "TREE".utf8
            bytes.append(UInt32(tree.count))
            bytes += tree
        }
        return bytes + SHA1.digest(bytes)
    }
}

extension [UInt8] {
    fileprivate mutating func append(_ number: UInt32) {
        for shift: UInt32 in [24, 16, 8, 0] { append(UInt8(truncatingIfNeeded: number >> shift)) }
    }

    fileprivate mutating func append(_ entry: IndexWriter.Entry) {
        let data = entry.data
        let numbers = [
            data.changeSeconds, data.changeNanoseconds, data.modifySeconds, data.modifyNanoseconds, data.device,
            data.inode, entry.mode, data.user, data.group, data.size,
        ]
        for number in numbers { append(number) }
        self += entry.object.bytes
        let flags = UInt16(Swift.min(entry.path.count, 0xfff))
        append(UInt8(truncatingIfNeeded: flags >> 8))
        append(UInt8(truncatingIfNeeded: flags))
        self += entry.path
        let length = 62 + entry.path.count
        self += repeatElement(0, count: ((length + 8) & ~7) - length)
    }
}

extension CachedTree {
    /// Takes out what is known of the folders on the way to a path (git's `cache_tree_invalidate_path`).
    mutating func invalidate(_ path: ArraySlice<UInt8>) {
        count = -1
        tree = nil
        guard let slash = path.firstIndex(of: UInt8(ascii: "/")) else {
            folders.removeAll { $0.name.bytes[...] == path }
            return
        }
        guard let folder = folders.firstIndex(where: { $0.name.bytes[...] == path[..<slash] }) else { return }
        folders[folder].invalidate(path[(slash + 1)...])
    }

    fileprivate var bytes: [UInt8] {
        var bytes = name.bytes + [0] + "\(count) \(folders.count)\n".utf8
        if count >= 0, let tree { bytes += tree.bytes }
        for folder in folders { bytes += folder.bytes }
        return bytes
    }
}
