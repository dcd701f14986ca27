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
        while let name = walk.next() {
            looked += 1
            if looked > limit { return .unknown }
            guard walk.paintParents(of: name) else { return .unknown }
            if walk.sides(of: oldRaw) == .both { return .fastForward }
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

    /// An object name as the key of a table: its first bytes are as good as a hash.
    private struct Key: Hashable {
        let raw: git_oid

        static func == (left: Key, right: Key) -> Bool {
            withUnsafeBytes(of: left.raw) { left in
                withUnsafeBytes(of: right.raw) { left.elementsEqual($0) }
            }
        }

        func hash(into hasher: inout Hasher) {
            hasher.combine(withUnsafeBytes(of: raw) { $0.loadUnaligned(as: UInt64.self) })
        }
    }

    private struct Entry {
        var raw: git_oid
        var time: Int64
        /// Whether it can still change the answer: reached by one side only, or reached by the other side after its
        /// paint had been handed on already.
        var isOpen: Bool
    }

    private let repository: OpaquePointer
    private var painted: [Key: Sides] = [:]
    private var order: [git_oid] = []
    /// Ascending by time, so that the newest is at the end.
    private var queue: [Entry] = []
    /// How many that wait are open: once there are none, nothing can change the answer.
    private var open = 0

    init(repository: OpaquePointer) {
        self.repository = repository
    }

    func sides(of raw: git_oid) -> Sides { painted[Key(raw: raw)] ?? [] }

    func names(painted sides: Sides) -> [ObjectName] {
        order.filter { painted[Key(raw: $0)] == sides }.map(ObjectName.init)
    }

    /// The newest commit that waits; nil once nothing that waits can change the answer.
    mutating func next() -> git_oid? {
        guard open > 0, let entry = queue.popLast() else { return nil }
        if entry.isOpen { open -= 1 }
        return entry.raw
    }

    /// Paints a commit and queues it if that is news. False where it is not here.
    mutating func add(_ raw: git_oid, sides: Sides) -> Bool {
        let key = Key(raw: raw)
        let known = painted[key]
        let union = sides.union(known ?? [])
        if union == known { return true }
        var raw = raw
        var commit: OpaquePointer?
        guard git_commit_lookup(&commit, repository, &raw) == 0 else {
            git_error_clear()
            return false
        }
        defer { git_commit_free(commit) }
        if known == nil { order.append(raw) }
        painted[key] = union
        if known != nil, let index = queue.firstIndex(where: { Key(raw: $0.raw) == key }) {
            if queue[index].isOpen { open -= 1 }
            queue[index].isOpen = false
            return true
        }
        let time = git_commit_time(commit)
        let place = queue.lastIndex { $0.time <= time }.map { $0 + 1 } ?? 0
        let isOpen = union != .both || known != nil
        queue.insert(Entry(raw: raw, time: time, isOpen: isOpen), at: place)
        if isOpen { open += 1 }
        return true
    }

    /// Hands a commit's paint on to its parents. False where objects are missing.
    mutating func paintParents(of raw: git_oid) -> Bool {
        var raw = raw
        var commit: OpaquePointer?
        guard git_commit_lookup(&commit, repository, &raw) == 0 else {
            git_error_clear()
            return false
        }
        defer { git_commit_free(commit) }
        let sides = sides(of: raw)
        for index in 0..<git_commit_parentcount(commit) {
            guard let parent = git_commit_parent_id(commit, index)?.pointee, add(parent, sides: sides) else {
                return false
            }
        }
        return true
    }
}
