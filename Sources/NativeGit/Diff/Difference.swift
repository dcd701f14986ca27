import ByteStrings
import Libgit2
import Platform

/// One changed file with all that is printed of it.
struct Difference {
    var path: [UInt8]
    var old: StagedChanges.Side?
    /// With the object that its content would have.
    var new: StagedChanges.Side?
    /// The content where it is a file of the work tree and not in the object store.
    var content: [UInt8]?

    init(_ change: StagedChanges.Change) {
        path = change.path
        old = change.old
        new = change.new
    }

    /// A changed file of the work tree; `mode` is zero where it is gone.
    init(_ entry: IndexFile.Entry, mode: UInt32, _ bench: Workbench) throws(Leave) {
        path = Array(entry.path)
        old = StagedChanges.Side(mode: entry.mode, object: entry.object)
        guard mode != 0 else { return }
        let content = try Self.file(path, isLink: mode & 0o170000 == 0o120000, bench)
        guard let name = content.withUnsafeBytes(ObjectStore.nameOfBlob) else { throw Leave() }
        new = StagedChanges.Side(mode: mode, object: name)
        self.content = content
    }

    /// The content of a file of the work tree, or the target of a link.
    static func file(_ path: [UInt8], isLink: Bool, _ bench: Workbench) throws(Leave) -> [UInt8] {
        let path = Path.join(bench.place.top, ByteString(path))
        let content = isLink ? File.linkTarget(path) : try? File.read(path, limit: 1 << 24)
        guard let content else { throw Leave() }
        return content.bytes
    }

    /// `A`, `D` or `M`.
    var letter: UInt8 {
        old == nil ? UInt8(ascii: "A") : new == nil ? UInt8(ascii: "D") : UInt8(ascii: "M")
    }

    /// Whether a file became a symbolic link or the other way: git prints such a change as two.
    var changesType: Bool {
        guard let old, let new else { return false }
        return old.mode & 0o170000 != new.mode & 0o170000
    }

    /// Fails where git would look for renames among the changes, and for submodules.
    static func requireSimple(_ differences: [Difference]) throws(Leave) {
        let adds = differences.contains { $0.old == nil }
        let removes = differences.contains { $0.new == nil }
        if adds && removes { throw Leave() }
        for difference in differences {
            for side in [difference.old, difference.new] where side?.mode == 0o160000 { throw Leave() }
        }
    }

    // MARK: Content

    /// The lines that differ; nil where one side is binary.
    func lines(_ bench: Workbench) throws(Leave) -> (LineDifference, old: [UInt8])? {
        let before = try Self.content(old, nil, bench)
        let after = try Self.content(new, content, bench)
        if Self.isBinary(before) || Self.isBinary(after) { return nil }
        let difference = before.withUnsafeBufferPointer { old in
            after.withUnsafeBufferPointer { new in try? LineDifference(old: old, new: new) }
        }
        guard let difference else { throw Leave() }
        return (difference, before)
    }

    private static func content(
        _ side: StagedChanges.Side?, _ known: [UInt8]?, _ bench: Workbench
    ) throws(Leave) -> [UInt8] {
        guard let side else { return [] }
        if let known { return known }
        guard let (kind, size) = try bench.objects().header(side.object), kind == .blob, size < 1 << 24,
            let stored = try? bench.objects().read(side.object)
        else { throw Leave() }
        return Array(stored.bytes)
    }

    /// git's `buffer_is_binary`.
    private static func isBinary(_ bytes: [UInt8]) -> Bool { bytes.prefix(8000).contains(0) }
}
