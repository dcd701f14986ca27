import ByteStrings
import Libgit2

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// What a switch does to the work tree and to the index, worked out (git's `merge_working_tree` and `twoway_merge`).
///
/// Nothing can be lost: a file is removed or replaced only where the index has it as HEAD has it and it is, by its times
/// or by its content, what the index has; and a file is made only where nothing is. In every other case git decides.
struct FileSwitch {
    struct Writing {
        var path: [UInt8]
        var mode: UInt32
        var object: ObjectID
        /// Of the file, or the target of the link.
        var content: [UInt8]
        /// The index entry that it takes the place of.
        var position: Int?
    }

    /// Positions in the index of files that go, in its order.
    private(set) var removals: [Int] = []
    /// In the index's order.
    private(set) var writings: [Writing] = []
    private(set) var localChanges: LocalChanges
    let refresh: FileChanges.Refresh
    let index: IndexFile
    let folder: WorkTreeFolder
    /// The trees of the new index.
    private(set) var trees: [UInt8] = []
    private let bench: Workbench

    init(_ bench: Workbench, from old: ObjectID, to new: ObjectID) throws(Leave) {
        self.bench = bench
        folder = try WorkTreeFolder(bench.place)
        index = try bench.index()
        // Without an index git takes a switch for a first checkout.
        guard index.written > 0 else { throw Leave() }
        // The files are looked at while the trees are compared.
        var comparison = try FileChanges(bench, index)
        let changes = try TreeChanges.list(bench, old, new)
        let staged = try StagedChanges.list(bench, old, index)
        let (files, refresh) = try comparison.finish()
        self.refresh = refresh
        localChanges = LocalChanges(staged, files, index)
        try plan(changes, Set(files.map(\.position)))
        try checkFiles()
        try repairTrees()
    }

    // MARK: Working out

    private mutating func plan(_ changes: [StagedChanges.Change], _ edited: Set<Int>) throws(Leave) {
        var attributes = Attributes(bench, index)
        var position = 0
        var size = 0
        for change in changes {
            try PathRules.check(change.path)
            try attributes.requireNone(for: change.path)
            while position < index.entries.count,
                index.entries[position].path.lexicographicallyPrecedes(change.path)
            {
                position += 1
            }
            if let old = change.old {
                guard position < index.entries.count, index.entries[position].path.elementsEqual(change.path),
                    StagedChanges.Side(mode: index.entries[position].mode, object: index.entries[position].object)
                        == old,
                    !edited.contains(position)
                else { throw Leave() }
            } else {
                try requireNoEntry(change.path)
            }
            guard let new = change.new else {
                removals.append(position)
                continue
            }
            let content = try self.content(new)
            size += content.count
            guard size < Self.sizeLimit else { throw Leave() }
            writings.append(
                Writing(
                    path: change.path, mode: new.mode, object: new.object, content: content,
                    position: change.old == nil ? nil : position))
        }
        if !writings.isEmpty { try folder.requireRoom(bytes: size, files: writings.count) }
    }

    /// In bytes, of one file and of all. git writes large ones as it reads them.
    private static let (fileLimit, sizeLimit) = (1 << 20, 1 << 24)

    /// Fails where the index has anything at a path that is new, below it, or in the place of a folder on the way.
    private func requireNoEntry(_ path: [UInt8]) throws(Leave) {
        if index.has(path) || !index.entries(below: path + [UInt8(ascii: "/")], in: index.entries.indices).isEmpty {
            throw Leave()
        }
        for (position, byte) in path.enumerated() where byte == UInt8(ascii: "/") {
            if index.has(Array(path[..<position])) { throw Leave() }
        }
    }

    private func content(_ side: StagedChanges.Side) throws(Leave) -> [UInt8] {
        guard [0o100644, 0o100755, 0o120000].contains(side.mode),
            let (kind, size) = try bench.objects().header(side.object),
            kind == .blob, size < Self.fileLimit, let stored = try? bench.objects().read(side.object)
        else { throw Leave() }
        let content = Array(stored.bytes)
        if side.mode == 0o120000 {
            guard !content.isEmpty, content.count < 4000, !content.contains(0) else { throw Leave() }
        }
        return content
    }

    private func checkFiles() throws(Leave) {
        let prefix = bench.place.prefix.bytes
        for position in removals {
            let path = Array(index.entries[position].path)
            try folder.requireWay(to: path[...])
            // git does not remove the folder that it was started in.
            if !prefix.isEmpty, path.starts(with: prefix) { throw Leave() }
        }
        for writing in writings {
            try folder.requireWay(to: writing.path[...])
            guard writing.position != nil || folder.isFree(writing.path) else { throw Leave() }
        }
    }

    private mutating func repairTrees() throws(Leave) {
        let repaired = RepairedTrees(try index.cachedTree)
        for position in removals { repaired.invalidate(Array(index.entries[position].path)[...]) }
        for writing in writings { repaired.invalidate(writing.path[...]) }
        try repaired.repair(items, bench.objects())
        trees = repaired.bytes
    }

    /// The entries of the new index.
    private func items() throws(Leave) -> [RepairedTrees.Item] {
        var items: [RepairedTrees.Item] = []
        items.reserveCapacity(index.entries.count + writings.count)
        var (gone, new) = (removals[...], writings[...])
        func add(_ writing: Writing) {
            items.append(RepairedTrees.Item(path: writing.path[...], mode: writing.mode, object: writing.object))
        }
        for (position, entry) in index.entries.enumerated() {
            while let first = new.first, first.path.lexicographicallyPrecedes(entry.path) {
                add(first)
                new = new.dropFirst()
            }
            if gone.first == position {
                gone = gone.dropFirst()
            } else if let first = new.first, first.position == position {
                add(first)
                new = new.dropFirst()
            } else {
                items.append(RepairedTrees.Item(path: Array(entry.path)[...], mode: entry.mode, object: entry.object))
            }
        }
        new.forEach(add)
        // git knows the empty tree without having it.
        if items.isEmpty { throw Leave() }
        return items
    }

    // MARK: Once more, with the index locked

    /// Whether all files that go are still what they were when they were looked at, and nothing is where files are made.
    func isCurrent() -> Bool {
        removals.allSatisfy(isUntouched)
            && writings.allSatisfy { $0.position.map(isUntouched) ?? folder.isFree($0.path) }
    }

    private func isUntouched(_ position: Int) -> Bool {
        let entry = index.entries[position]
        guard let status = folder.status(entry.path), FileChanges.mode(UInt32(status.st_mode)) == entry.mode else {
            return false
        }
        let (known, now) = (refresh.touched[position] ?? entry.data, IndexFile.StatData(status))
        return known.isSame(as: now) && known.modifyNanoseconds == now.modifyNanoseconds
            && known.changeNanoseconds == now.changeNanoseconds
    }
}
