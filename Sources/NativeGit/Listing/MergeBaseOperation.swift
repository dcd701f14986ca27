import ByteStrings
import Libgit2

/// `git merge-base A B` and `--is-ancestor` (git-merge-base(1)), in histories of which few commits have to be seen.
enum MergeBaseOperation {
    static func run(_ form: Form, _ bench: Workbench) throws(Leave) -> NativeOutcome {
        guard form.operands.count == 2 else { throw Leave() }
        let revision = Revision(bench: bench)
        let (one, two) = (try revision.commit(form.operands[0]), try revision.commit(form.operands[1]))
        let bases = try bases(one, two, bench)
        var outcome = NativeOutcome()
        if form.has("--is-ancestor") {
            outcome.status = bases == [one] ? 0 : 1
            return outcome
        }
        // Of several, git prints the one that comes first in an order of its own.
        guard bases.count <= 1 else { throw Leave() }
        guard let base = bases.first else {
            outcome.status = 1
            return outcome
        }
        outcome.output = base.hex + "\n".utf8
        return outcome
    }

    /// The best common ancestors: those that no other common ancestor reaches. Fails where a commit is older than a
    /// parent of its.
    static func bases(_ one: ObjectID, _ two: ObjectID, _ bench: Workbench) throws(Leave) -> [ObjectID] {
        if one == two { return [one] }
        let (both, stale): (UInt8, UInt8) = (3, 4)
        var marks: [ObjectID: UInt8] = [one: 1, two: 2]
        var queue = try CommitQueue(bench, [one, two])
        var found: [ObjectID] = []
        var walked = 0
        while queue.commits.contains(where: { (marks[$0.name] ?? 0) & stale == 0 }), let item = queue.pop() {
            walked += 1
            guard walked < bench.cutOff else { throw Leave() }
            var mark = marks[item.name] ?? 0
            if mark & both == both {
                if mark & stale == 0, !found.contains(item.name) { found.append(item.name) }
                mark |= stale
            }
            for parent in item.parents {
                let before = marks[parent] ?? 0
                if before | mark == before { continue }
                marks[parent] = before | mark
                try queue.add(parent)
                guard queue.commits.allSatisfy({ $0.date <= item.date }) else { throw Leave() }
            }
        }
        return found.filter { (marks[$0] ?? 0) & stale == 0 }
    }
}
