import ByteStrings
import CLibgit2

// Which commits some have in their history and others have not, told in process: git-rev-list(1) with `--not`, for the
// many tips that a repository with thousands of remote-tracking refs has. Replace refs, grafts and shallow boundaries are
// not followed; callers ask git where there are any.

extension Repository {
    /// Whether any of the commits is in the history of any of the tips. nil where that cannot be told here: objects are
    /// missing, or it would take looking at too many commits.
    public func isAny(of commits: [ObjectName], reachableFrom tips: [ObjectID]) -> Bool? {
        guard let wanted = Self.identifiers(commits), let reader = reader(tips.count) else { return nil }
        // The tips themselves need not even be read.
        let names = Set(wanted)
        if tips.contains(where: names.contains) { return true }
        var walk = DifferenceWalk(reader)
        guard let targets = walk.want(wanted), targets.count == wanted.count else { return nil }
        if let graph = reader.graph {
            let walk = GenerationWalk(reader: reader, graph: graph)
            if let answer = walk.isAny(of: Set(targets.map(\.name)), reachableFrom: tips) { return answer }
        }
        let isSettled = { (walk: borrowing DifferenceWalk) in targets.contains { walk.isUnwanted($0.place) } }
        guard walk.run(without: tips, until: isSettled) else { return nil }
        return isSettled(walk)
    }

    /// The commits in the history of the first and in that of none of the tips, newest first, at most `limit` of them. nil
    /// where that cannot be told here.
    public func commits(
        from commits: [ObjectName], notFrom tips: [ObjectID], onlyMerges: Bool = false, limit: Int
    ) -> [ObjectName]? {
        guard let wanted = Self.identifiers(commits), let reader = reader(tips.count) else { return nil }
        var walk = DifferenceWalk(reader)
        guard walk.want(wanted) != nil, walk.run(without: tips) else { return nil }
        return walk.found(onlyMerges: onlyMerges).prefix(limit).map(ObjectName.init)
    }

    private static func identifiers(_ names: [ObjectName]) -> [ObjectID]? {
        var found: [ObjectID] = []
        for name in names {
            guard let id = name.identifier else { return nil }
            found.append(id)
        }
        return found
    }

    private func reader(_ tips: Int) -> CommitReader? {
        CommitReader(
            handle, graph: commitGraph,
            known: tips < KnownCommits.worthwhile ? nil : KnownCommits(commonDirectory))
    }

    private var commitGraph: CommitGraph? {
        guard readsCommitGraph, let graph = CommitGraph(objectFolder: commonDirectory + "/objects") else { return nil }
        var configuration: OpaquePointer?
        guard git_repository_config_snapshot(&configuration, handle) == 0 else {
            git_error_clear()
            return nil
        }
        defer { git_config_free(configuration) }
        var isOn: Int32 = 1
        switch git_config_get_bool(&isOn, configuration, "core.commitgraph") {
        case 0: return isOn != 0 ? graph : nil
        case GIT_ENOTFOUND.rawValue:
            git_error_clear()
            return graph
        default:
            git_error_clear()
            return nil
        }
    }
}

/// The walk that `git rev-list` makes (its `limit_list`): newest commits first, until all that waits is unwanted, and then
/// some more, for clocks that were wrong.
private struct DifferenceWalk {
    private struct Entry {
        var commit: CommitReader.Commit
        var isUnwanted = false
        /// Whether its parents have been added.
        var isDone = false
    }

    private let reader: CommitReader
    private var entries: [Entry] = []
    private var places: [ObjectID: Int] = [:]
    private var queue = DateQueue()
    /// How many in the queue are wanted still.
    private var open = 0

    /// How many commits behind the given ones are looked at before git is asked.
    private static let limit = 4000
    /// How many more are looked at where none is wanted any more. git takes five.
    private static let slop = 50

    init(_ reader: CommitReader) { self.reader = reader }

    func isUnwanted(_ place: Int) -> Bool { entries[place].isUnwanted }

    /// Those that are still wanted, newest first.
    func found(onlyMerges: Bool) -> [ObjectID] {
        order.filter { !entries[$0].isUnwanted && (!onlyMerges || entries[$0].commit.isMerge) }
            .map { entries[$0].commit.id }
    }

    private var order: [Int] = []

    /// Adds the commits that are asked about. Returns those that the names lead to; nil where one cannot be read.
    mutating func want(_ names: [ObjectID]) -> [(name: ObjectID, place: Int)]? {
        var found: [(ObjectID, Int)] = []
        for name in names {
            guard let tip = add(tip: name, isUnwanted: false) else { return nil }
            if let place = tip.place { found.append((entries[place].commit.id, place)) }
        }
        return found
    }

    /// Walks, to the end or until it is settled. False where an object is missing or there are too many commits.
    mutating func run(
        without tips: [ObjectID], until isSettled: (borrowing DifferenceWalk) -> Bool = { _ in false }
    ) -> Bool {
        places.reserveCapacity(tips.count)
        for tip in tips where add(tip: tip, isUnwanted: true) == nil { return false }
        if isSettled(self) { return true }
        var lastWanted = Int64.max
        var patience = Self.slop
        var looked = 0
        while let place = queue.pop() {
            looked += 1
            guard looked <= Self.limit, let isNews = finish(place) else { return false }
            if isNews && isSettled(self) { return true }
            guard entries[place].isUnwanted else {
                order.append(place)
                lastWanted = entries[place].commit.date
                continue
            }
            guard let next = queue.newest else { break }
            patience = open > 0 || lastWanted <= next ? Self.slop : patience - 1
            if patience == 0 { break }
        }
        return true
    }

    /// An object that was added.
    private struct Tip {
        /// The commit that it leads to; nil where it leads to none.
        var place: Int?
    }

    /// Adds the commit that an object leads to; nil where it cannot be read.
    private mutating func add(tip: ObjectID, isUnwanted: Bool) -> Tip? {
        if let known = places[tip] {
            if isUnwanted { paint(known) }
            return Tip(place: known)
        }
        switch isUnwanted ? reader.find(tip: tip) : reader.find(tip) {
        case .unreadable: return nil
        case .other: return Tip(place: nil)
        case .commit(let commit):
            let place: Int
            if let known = places[commit.id] {
                place = known
                if isUnwanted { paint(known) }
            } else {
                place = insert(commit, isUnwanted: isUnwanted)
            }
            // What a tip was made upon is told whatever the dates say.
            if isUnwanted { eachParent(of: place) { walk, parent in walk.places[parent].map { walk.paint($0) } } }
            return Tip(place: place)
        }
    }

    private mutating func insert(_ commit: CommitReader.Commit, isUnwanted: Bool) -> Int {
        let place = entries.count
        entries.append(Entry(commit: commit, isUnwanted: isUnwanted))
        places[commit.id] = place
        queue.push(place, date: commit.date)
        if !isUnwanted { open += 1 }
        return place
    }

    /// Hands on to the parents what a commit is. Returns whether any that was known became unwanted by that; nil where one
    /// is missing.
    private mutating func finish(_ place: Int) -> Bool? {
        entries[place].isDone = true
        let isUnwanted = entries[place].isUnwanted
        if !isUnwanted { open -= 1 }
        var isNews = false
        var isComplete = true
        eachParent(of: place) { walk, parent in
            if let known = walk.places[parent] {
                if isUnwanted && !walk.entries[known].isUnwanted {
                    walk.paint(known)
                    isNews = true
                }
            } else if case .commit(let commit) = walk.reader.find(parent) {
                _ = walk.insert(commit, isUnwanted: isUnwanted)
            } else {
                isComplete = false
            }
        }
        return isComplete ? isNews : nil
    }

    /// Makes a commit unwanted, and all that it has handed on to already.
    private mutating func paint(_ place: Int) {
        var waiting = [place]
        while let place = waiting.popLast() {
            if entries[place].isUnwanted { continue }
            entries[place].isUnwanted = true
            guard entries[place].isDone else {
                open -= 1
                continue
            }
            eachParent(of: place) { walk, parent in
                if let known = walk.places[parent] { waiting.append(known) }
            }
        }
    }

    private mutating func eachParent(of place: Int, _ body: (inout DifferenceWalk, ObjectID) -> Void) {
        guard let parent = entries[place].commit.parent else { return }
        let further = entries[place].commit.furtherParents
        body(&self, parent)
        for parent in further { body(&self, parent) }
    }
}

/// Reachability by generations: a commit reaches none of its own generation or above, and one that is in the graph none
/// that is not. No date is looked at.
private struct GenerationWalk {
    let reader: CommitReader
    let graph: CommitGraph

    /// How many commits are looked at before the other walk is taken.
    private static let limit = 20_000

    /// nil where it cannot be told.
    func isAny(of names: Set<ObjectID>, reachableFrom tips: [ObjectID]) -> Bool? {
        // Below this generation none of them is; with none in the graph, nothing in it matters.
        var lowest = UInt32.max
        for name in names where graph.contains(name) {
            guard let generation = graph.commit(name)?.generation else { return nil }
            lowest = min(lowest, generation)
        }
        var seen: Set<ObjectID> = []
        var waiting: [ObjectID] = tips
        var looked = 0
        while let name = waiting.popLast() {
            let commit: CommitReader.Commit
            if let known = graph.commit(name) {
                if known.generation.map({ $0 <= lowest }) == true && !names.contains(name) { continue }
                commit = known
            } else {
                switch reader.find(name) {
                case .commit(let found): commit = found
                case .other: continue
                case .unreadable: return nil
                }
            }
            if names.contains(commit.id) { return true }
            guard seen.insert(commit.id).inserted else { continue }
            looked += 1
            if looked > Self.limit { return nil }
            if let generation = commit.generation, generation <= lowest { continue }
            if let parent = commit.parent { waiting.append(parent) }
            waiting += commit.furtherParents
        }
        return false
    }
}

/// What waits, the newest first and of the same date the one that came first: a binary heap.
private struct DateQueue {
    private var heap: [(date: Int64, order: Int, place: Int)] = []
    private var added = 0

    var newest: Int64? { heap.first?.date }

    private func precedes(_ left: Int, _ right: Int) -> Bool {
        (heap[left].date, -heap[left].order) > (heap[right].date, -heap[right].order)
    }

    mutating func push(_ place: Int, date: Int64) {
        heap.append((date, added, place))
        added += 1
        var child = heap.count - 1
        while child > 0, precedes(child, (child - 1) / 2) {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    mutating func pop() -> Int? {
        guard let first = heap.first, let last = heap.popLast() else { return nil }
        if heap.isEmpty { return first.place }
        heap[0] = last
        var parent = 0
        while true {
            var best = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count && precedes(child, best) {
                best = child
            }
            if best == parent { return first.place }
            heap.swapAt(parent, best)
            parent = best
        }
    }
}
