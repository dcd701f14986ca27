import ByteStrings
import Libgit2

/// What differs between a tree and the index. The parts of the index whose tree is on record are compared at once.
struct StagedChanges {
    struct Side: Equatable {
        var mode: UInt32
        var object: ObjectID
    }

    struct Change {
        var path: [UInt8]
        /// nil where it is new.
        var old: Side?
        /// nil where it is gone.
        var new: Side?
    }

    private let bench: Workbench
    private let index: IndexFile
    private var position = 0
    private var changes: [Change] = []

    /// In the order of their paths.
    static func list(_ bench: Workbench, _ tree: ObjectID?, _ index: IndexFile) throws(Leave) -> [Change] {
        var comparison = StagedChanges(bench: bench, index: index)
        if let tree {
            if try index.wholeTree == tree { return [] }
            try comparison.compare(tree, try index.cachedTree, below: [])
        }
        comparison.take(while: { _ in true })
        return comparison.changes
    }

    private init(bench: Workbench, index: IndexFile) {
        self.bench = bench
        self.index = index
    }

    /// Entries of the index that the tree has not.
    private mutating func take(while condition: (UnsafeBufferPointer<UInt8>) -> Bool) {
        while position < index.entries.count, condition(index.entries[position].path) {
            let entry = index.entries[position]
            changes.append(
                Change(path: Array(entry.path), old: nil, new: Side(mode: entry.mode, object: entry.object)))
            position += 1
        }
    }

    private mutating func compare(_ name: ObjectID, _ cached: CachedTree?, below folder: [UInt8]) throws(Leave) {
        for entry in try Tree(name, bench).entries {
            let path = folder + entry.name + (entry.isFolder ? [UInt8(ascii: "/")] : [])
            take { $0.lexicographicallyPrecedes(path) }
            if entry.isFolder {
                let known = cached?.folders.first { $0.name.bytes[...] == entry.name }
                if let known, known.tree == entry.object, known.count > 0, position < index.entries.count,
                    index.entries[position].path.starts(with: path)
                {
                    position += known.count
                } else {
                    try compare(entry.object, known, below: path)
                }
                continue
            }
            let old = Side(mode: entry.mode, object: entry.object)
            if position < index.entries.count, index.entries[position].path.elementsEqual(path) {
                let found = index.entries[position]
                let new = Side(mode: found.mode, object: found.object)
                if old != new { changes.append(Change(path: path, old: old, new: new)) }
                position += 1
            } else {
                changes.append(Change(path: path, old: old, new: nil))
            }
        }
    }
}
