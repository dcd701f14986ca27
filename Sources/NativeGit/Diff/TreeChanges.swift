import ByteStrings
import Libgit2

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// What differs between two trees. Equal folders are not entered.
struct TreeChanges {
    private let bench: Workbench
    private let limits: Pathspec
    private var stopsAtFirst = false
    private var changes: [StagedChanges.Change] = []

    /// Whether there is any.
    static func any(
        _ bench: Workbench, _ old: ObjectID?, _ new: ObjectID, _ limits: Pathspec
    ) throws(Leave) -> Bool {
        if old == new { return false }
        var comparison = TreeChanges(bench: bench, limits: limits)
        comparison.stopsAtFirst = true
        try comparison.compare(old, new, below: [])
        return !comparison.changes.isEmpty
    }

    /// In the order of their paths. Without an old tree all is new.
    static func list(
        _ bench: Workbench, _ old: ObjectID?, _ new: ObjectID, _ limits: Pathspec = Pathspec()
    ) throws(Leave) -> [StagedChanges.Change] {
        if old == new { return [] }
        var comparison = TreeChanges(bench: bench, limits: limits)
        try comparison.compare(old, new, below: [])
        return comparison.changes
    }

    private init(bench: Workbench, limits: Pathspec) {
        self.bench = bench
        self.limits = limits
    }

    private mutating func compare(_ old: ObjectID?, _ new: ObjectID?, below folder: [UInt8]) throws(Leave) {
        let before = try old.map { name throws(Leave) in try Tree(name, bench).entries } ?? []
        let after = try new.map { name throws(Leave) in try Tree(name, bench).entries } ?? []
        var (left, right) = (0, 0)
        while left < before.count || right < after.count {
            if stopsAtFirst, !changes.isEmpty { return }
            let order = Self.order(before, left, after, right)
            let was = order <= 0 ? before[left] : nil
            let `is` = order >= 0 ? after[right] : nil
            if was != nil { left += 1 }
            if `is` != nil { right += 1 }
            if let was, let `is`, was.object == `is`.object, was.mode == `is`.mode { continue }
            guard let either = was ?? `is` else { continue }
            let path = folder + either.name
            if either.isFolder {
                let below = path + [UInt8(ascii: "/")]
                if limits.mayTake(below: below) { try compare(was?.object, `is`?.object, below: below) }
            } else if limits.takes(path) {
                changes.append(StagedChanges.Change(path: path, old: was.map(Self.side), new: `is`.map(Self.side)))
                guard changes.count < Self.limit else { throw Leave() }
            }
        }
    }

    /// Beyond it the work is the real git's.
    private static let limit = 500

    private static func side(_ entry: Tree.Entry) -> StagedChanges.Side {
        StagedChanges.Side(mode: entry.mode, object: entry.object)
    }

    /// Below zero where the left entry comes first or is alone, above where the right one does. A file and a folder of
    /// one name are two.
    private static func order(_ before: [Tree.Entry], _ left: Int, _ after: [Tree.Entry], _ right: Int) -> Int {
        guard left < before.count else { return 1 }
        guard right < after.count else { return -1 }
        return order(before[left], after[right])
    }

    private static func order(_ one: Tree.Entry, _ two: Tree.Entry) -> Int {
        let common = min(one.name.count, two.name.count)
        let order = one.name.withUnsafeBytes { left in
            two.name.withUnsafeBytes { right in
                guard common > 0, let left = left.baseAddress, let right = right.baseAddress else { return 0 }
                return Int(memcmp(left, right, common))
            }
        }
        if order != 0 { return order }
        return next(one, common) - next(two, common)
    }

    /// What stands behind the first bytes of a name, as trees are sorted: below zero where it ends there.
    private static func next(_ entry: Tree.Entry, _ position: Int) -> Int {
        if position < entry.name.count { return Int(entry.name[entry.name.startIndex + position]) }
        return entry.isFolder ? Int(UInt8(ascii: "/")) : -1
    }
}
