import ByteStrings
import CLibgit2

/// What becomes of a ref's commits when it moves.
public enum Move: Hashable, Sendable {
    /// The new commit contains the old one: a fast-forward, nothing is lost.
    case fastForward
    /// These commits of the old history are not in the new one, newest first.
    case loses([ObjectName])
    /// Not told within the limit, or objects are missing here: anything may be lost.
    case unknown
}

extension Repository {
    /// Compares two commits, looking at no more than `limit` commits: the answer depends on the history alone, never
    /// on how busy the machine is. Replace refs and grafts are not followed. `fastForward` is always true; commits
    /// with dates out of order can make `loses` name a few too many.
    public func move(from old: ObjectName, to new: ObjectName, limit: Int) -> Move {
        if old == new { return .fastForward }
        guard let oldRaw = old.raw, let newRaw = new.raw else { return .unknown }
        var walk = PaintedWalk(repository: handle)
        guard walk.add(newRaw, sides: .new), walk.add(oldRaw, sides: .old) else { return .unknown }
        var looked = 0
        while let entry = walk.next() {
            looked += 1
            if looked > limit { return .unknown }
            guard walk.paintParents(of: entry) else { return .unknown }
            if walk.sides(of: old) == .both { return .fastForward }
        }
        return .loses(walk.names(painted: .old))
    }
}

/// Two histories walked at once, newest commits first, each commit painted with the sides that reach it.
private struct PaintedWalk {
    struct Sides: OptionSet {
        let rawValue: UInt8
        static let old = Sides(rawValue: 1)
        static let new = Sides(rawValue: 2)
        static let both: Sides = [.old, .new]
    }

    struct Entry {
        var name: ObjectName
        var time: Int64
    }

    private let repository: OpaquePointer
    private var painted: [ObjectName: Sides] = [:]
    private var order: [ObjectName] = []
    /// Ascending by time, so that the newest is at the end.
    private var queue: [Entry] = []

    init(repository: OpaquePointer) {
        self.repository = repository
    }

    func sides(of name: ObjectName) -> Sides { painted[name] ?? [] }

    func names(painted sides: Sides) -> [ObjectName] { order.filter { painted[$0] == sides } }

    /// The newest commit that waits; nil once nothing that waits can change the answer.
    mutating func next() -> Entry? {
        guard queue.contains(where: { painted[$0.name] != .both }) else { return nil }
        return queue.popLast()
    }

    /// Paints a commit and queues it if that is news. False where it is not here.
    mutating func add(_ raw: git_oid, sides: Sides) -> Bool {
        let name = ObjectName(raw)
        let known = painted[name]
        let union = sides.union(known ?? [])
        if union == known { return true }
        var raw = raw
        var commit: OpaquePointer?
        guard git_commit_lookup(&commit, repository, &raw) == 0 else {
            git_error_clear()
            return false
        }
        defer { git_commit_free(commit) }
        if known == nil { order.append(name) }
        painted[name] = union
        let entry = Entry(name: name, time: git_commit_time(commit))
        let place = queue.lastIndex { $0.time <= entry.time }.map { $0 + 1 } ?? 0
        queue.insert(entry, at: place)
        return true
    }

    /// Hands a commit's paint on to its parents. False where objects are missing.
    mutating func paintParents(of entry: Entry) -> Bool {
        guard var raw = entry.name.raw else { return false }
        var commit: OpaquePointer?
        guard git_commit_lookup(&commit, repository, &raw) == 0 else {
            git_error_clear()
            return false
        }
        defer { git_commit_free(commit) }
        for index in 0..<git_commit_parentcount(commit) {
            guard let parent = git_commit_parent_id(commit, index)?.pointee, add(parent, sides: sides(of: entry.name))
            else { return false }
        }
        return true
    }
}
