import ByteStrings
import Libgit2

/// Commits in git's default order: by committer date, the youngest first, each after those it was reached from
/// (git-log(1), "Commit Ordering").
struct HistoryWalk {
    private let bench: Workbench
    private let firstParents: Bool
    private var queue: CommitQueue
    private var seen: Set<ObjectID>
    /// With something left out: the commits to print, worked out beforehand as git does.
    private var limited: [Commit]?

    init(_ bench: Workbench, _ tip: ObjectID, without unwanted: ObjectID?, firstParents: Bool) throws(Leave) {
        self.bench = bench
        self.firstParents = firstParents
        seen = [tip]
        queue = try CommitQueue(bench, [tip])
        if let unwanted { limited = try Self.limit(bench, tip, unwanted).reversed() }
    }

    mutating func next() throws(Leave) -> Commit? {
        if limited != nil { return limited?.popLast() }
        guard let item = queue.pop() else { return nil }
        for parent in firstParents ? item.parents.prefix(1) : item.parents[...] where seen.insert(parent).inserted {
            try queue.add(parent)
        }
        return item.commit
    }

    /// Beyond that many commits git with its commit-graph is better at it.
    private static let walkLimit = 500

    /// All that `tip` reaches and `unwanted` does not. Fails where a commit is older than a parent of its: there the
    /// bounded walk of git may end early.
    private static func limit(_ bench: Workbench, _ tip: ObjectID, _ unwanted: ObjectID) throws(Leave) -> [Commit] {
        if tip == unwanted { return [] }
        var isUnwanted: Set<ObjectID> = [unwanted]
        var seen: Set<ObjectID> = [tip, unwanted]
        var queue = try CommitQueue(bench, [tip, unwanted])
        var found: [Commit] = []
        var walked = 0
        while queue.commits.contains(where: { !isUnwanted.contains($0.name) }), let item = queue.pop() {
            walked += 1
            guard walked < walkLimit else { throw Leave() }
            let mark = isUnwanted.contains(item.name)
            if !mark { found.append(item.commit) }
            for parent in item.parents {
                if mark { isUnwanted.insert(parent) }
                guard seen.insert(parent).inserted else { continue }
                try queue.add(parent)
                guard queue.commits.allSatisfy({ $0.date <= item.date }) else { throw Leave() }
            }
        }
        return found.filter { !isUnwanted.contains($0.name) }
    }
}
