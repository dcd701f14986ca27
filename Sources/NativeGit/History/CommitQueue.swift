import ByteStrings
import Libgit2

/// Commits waiting in a walk, the one with the youngest committer date first and, of the same date, the one that came
/// first (git's `commit_list_insert_by_date`).
struct CommitQueue {
    struct Item {
        var name: ObjectID
        var parents: [ObjectID]
        var commit: Commit
        var date: Int
    }

    private let bench: Workbench
    private(set) var commits: [Item] = []

    init(_ bench: Workbench, _ names: [ObjectID]) throws(Leave) {
        self.bench = bench
        for name in names { try add(name) }
    }

    mutating func add(_ name: ObjectID) throws(Leave) {
        let commit = try Commit(name, bench)
        let date = try Signature(commit.committer).seconds
        let position = commits.firstIndex { $0.date < date } ?? commits.endIndex
        commits.insert(Item(name: name, parents: commit.parents, commit: commit, date: date), at: position)
    }

    mutating func pop() -> Item? { commits.isEmpty ? nil : commits.removeFirst() }
}
