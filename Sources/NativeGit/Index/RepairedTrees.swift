import ByteStrings
import Libgit2
import Platform

/// The trees that an index records of its folders, brought up to date as git does before it writes an index: a tree is on
/// record where it is in the object store, and none is stored (git's `cache_tree_update` with `WRITE_TREE_REPAIR`).
final class RepairedTrees {
    /// What an index has of a file, as far as trees go.
    struct Item {
        var path: ArraySlice<UInt8>
        var mode: UInt32
        var object: ObjectID
    }

    private let name: [UInt8]
    /// Negative where the tree is not known.
    private var count = -1
    /// What it was before it became unknown is kept, as in git: it goes into the trees above all the same.
    private var tree = ObjectID.zero
    /// By the lengths of their names, then by their bytes.
    private var folders: [RepairedTrees] = []

    /// What an index has on record, or nothing.
    convenience init(_ cached: CachedTree?) {
        self.init(name: [])
        if let cached { take(cached) }
    }

    private init(name: [UInt8]) { self.name = name }

    private func take(_ cached: CachedTree) {
        count = cached.count
        tree = cached.tree ?? .zero
        folders = cached.folders.map { folder in
            let node = RepairedTrees(name: folder.name.bytes)
            node.take(folder)
            return node
        }
    }

    /// Takes out what is known of the folders on the way to a path (git's `cache_tree_invalidate_path`).
    func invalidate(_ path: ArraySlice<UInt8>) {
        count = -1
        guard let slash = path.firstIndex(of: UInt8(ascii: "/")) else {
            folders.removeAll { $0.name[...] == path }
            return
        }
        folders.first { $0.name[...] == path[..<slash] }?.invalidate(path[(slash + 1)...])
    }

    /// Works out what is not known, for an index of these entries, which are sorted and without conflicts. Fails where
    /// an object that is on record is not in the store.
    func repair(_ items: () throws(Leave) -> [Item], _ store: ObjectStore) throws(Leave) {
        // git tries it once after the files and once before the index is written.
        for _ in 0..<2 where try !isComplete(store) {
            _ = try update(items()[...], below: 0, store)
        }
    }

    private func isComplete(_ store: ObjectStore) throws(Leave) -> Bool {
        guard count >= 0 else { return false }
        guard store.has(tree) else { throw Leave() }
        for folder in folders where try !folder.isComplete(store) { return false }
        return true
    }

    /// git's `update_one`: how many of the items lie below, of which the first does and `base` bytes are the folder's
    /// path; nil where it gives up.
    private func update(_ items: ArraySlice<Item>, below base: Int, _ store: ObjectStore) throws(Leave) -> Int? {
        if count >= 0 {
            guard store.has(tree) else { throw Leave() }
            return count
        }
        let prefix = items.first?.path.prefix(base) ?? []
        var used: [Int] = []
        var position = items.startIndex
        while position < items.endIndex {
            let path = items[position].path
            guard path.count > base, path.prefix(base) == prefix else { break }
            guard let name = Self.folderName(path, base) else {
                position += 1
                continue
            }
            let folder = self.folder(name)
            guard let below = try folder.update(items[position...], below: base + name.count + 1, store) else {
                return nil
            }
            guard below > 0 else { throw Leave() }
            used.append(below)
            position += below
        }
        let end = position
        return try write(items[items.startIndex..<end], below: base, used, store)
    }

    /// The tree of this level, out of files and of folders that are up to date.
    private func write(
        _ items: ArraySlice<Item>, below base: Int, _ counts: [Int], _ store: ObjectStore
    ) throws(Leave) -> Int? {
        var bytes: [UInt8] = []
        var kept: [RepairedTrees] = []
        var isUnknown = false
        var counts = counts[...]
        var position = items.startIndex
        while position < items.endIndex {
            let item = items[position]
            if let name = Self.folderName(item.path, base) {
                guard let below = counts.popFirst() else { throw Leave() }
                let folder = self.folder(name)
                kept.append(folder)
                position += below
                if folder.count < 0 { isUnknown = true }
                if folder.tree == .zero || folder.count < 0 && !store.has(folder.tree) {
                    discard(allBut: kept, items[position...], base)
                    return nil
                }
                bytes += "40000 ".utf8 + name + [0] + folder.tree.bytes
            } else {
                position += 1
                bytes += "\(String(item.mode, radix: 8)) ".utf8 + item.path.dropFirst(base) + [0] + item.object.bytes
            }
        }
        folders = kept.sorted(by: Self.isBefore)
        guard let found = bytes.withUnsafeBytes(ObjectStore.nameOfTree) else { throw Leave() }
        if store.has(found) { tree = found } else { isUnknown = true }
        count = isUnknown ? -1 : items.count
        return items.count
    }

    /// Only folders that still have entries stay on record.
    private func discard(allBut seen: [RepairedTrees], _ rest: ArraySlice<Item>, _ base: Int) {
        var names = Set(seen.map(\.name))
        for item in rest { if let name = Self.folderName(item.path, base) { names.insert(Array(name)) } }
        folders.removeAll { !names.contains($0.name) }
    }

    /// The first component behind a folder's path; nil for a file's name.
    private static func folderName(_ path: ArraySlice<UInt8>, _ base: Int) -> ArraySlice<UInt8>? {
        let rest = path.dropFirst(base)
        return rest.firstIndex(of: UInt8(ascii: "/")).map { rest[..<$0] }
    }

    private func folder(_ name: ArraySlice<UInt8>) -> RepairedTrees {
        if let found = folders.first(where: { $0.name[...] == name }) { return found }
        let folder = RepairedTrees(name: Array(name))
        let position = folders.firstIndex { Self.isBefore(folder, $0) } ?? folders.endIndex
        folders.insert(folder, at: position)
        return folder
    }

    /// git's `subtree_name_cmp`.
    private static func isBefore(_ one: RepairedTrees, _ two: RepairedTrees) -> Bool {
        if one.name.count != two.name.count { return one.name.count < two.name.count }
        return one.name.lexicographicallyPrecedes(two.name)
    }

    /// As the index's extension `TREE` has it (git's `Documentation/gitformat-index`, "Cache tree").
    var bytes: [UInt8] {
        var bytes = name + [0] + "\(count) \(folders.count)\n".utf8
        if count >= 0 { bytes += tree.bytes }
        for folder in folders { bytes += folder.bytes }
        return bytes
    }
}
