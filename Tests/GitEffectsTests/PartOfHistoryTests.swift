import ByteStrings
import Libgit2
import Platform
import Testing

@testable import GitEffects

/// Which part of history some commits have and others not: told in process as the real git tells it, and as it is.
@Suite("Parts of history", .serialized)
struct PartOfHistoryTests {
    /// A history whose commits have the parents and dates that a seed says, each with a ref of its own.
    private struct History {
        var parents: [[Int]] = []
        var stream = ByteString()
        private var state: UInt64

        init(seed: UInt64, count: Int, skew: Int) {
            state = seed &* 0x9e37_79b9_7f4a_7c15 | 1
            for number in 0..<count {
                // Mostly a line, with branches and merges, and now and then a new root.
                let number = number + 1
                let isRoot = number == 1 || next(40) == 0
                var chosen = isRoot ? [] : [max(1, number - 1 - next(4))]
                while !isRoot, next(5) == 0, let more = [max(1, number - 1 - next(9))].first, !chosen.contains(more) {
                    chosen.append(more)
                }
                parents.append(chosen.map { $0 - 1 })
                let date = 1_700_000_000 + 60 * number + (skew == 0 ? 0 : next(2 * skew) - skew)
                stream += "commit refs/heads/made\nmark :\(number)\n"
                stream += "committer C <c@example.com> \(date) +0000\ndata 1\nc\n"
                if isRoot { stream += "deleteall\n" }
                for (index, parent) in chosen.enumerated() {
                    stream += index == 0 ? "from :\(parent)\n" : "merge :\(parent)\n"
                }
                stream += "\n"
                stream += "reset refs/heads/made\n"
                if isRoot { stream += "\n" }
                stream += "reset refs/all/\(number)\nfrom :\(number)\n\n"
            }
        }

        /// Below a bound.
        mutating func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }

        func reachable(from tips: [Int]) -> Set<Int> {
            var found: Set<Int> = []
            var waiting = tips
            while let commit = waiting.popLast() {
                if found.insert(commit).inserted { waiting += parents[commit] }
            }
            return found
        }
    }

    private static let noRefs = RefSelection([])

    private func library(_ scratch: ScratchRepository) throws -> LibraryFacts {
        let setting = scratch.setting()
        return LibraryFacts(try #require(FactsOpener.library(setting)), setting)
    }

    @Test(arguments: [0, 90, 4000], [false, true])
    func isToldOfAnyHistoryWithAndWithoutACommitGraph(skew: Int, graph: Bool) throws {
        for seed in 1...6 as ClosedRange<UInt64> {
            var history = History(seed: seed, count: 60, skew: skew)
            try ScratchRepository.with("true") { scratch in
                _ = try Program(
                    ScratchRepository.git, ["git", "fast-import", "--quiet"], environment: scratch.environment,
                    directory: scratch.path
                ).capture(input: history.stream)
                let listed = try scratch.run("git for-each-ref --format='%(objectname) %(refname:lstrip=2)' refs/all")
                var names: [Int: ObjectName] = [:]
                for line in listed.split(UInt8(ascii: "\n")) {
                    let (id, number) = try #require(line.split(atFirst: UInt8(ascii: " ")))
                    names[try #require(Int(number.text)) - 1] = ObjectName(hex: id)
                }
                func name(_ commit: Int) throws -> ObjectName { try #require(names[commit]) }
                if graph { try scratch.run("git commit-graph write --reachable") }
                let facts = try library(scratch)
                for _ in 0..<40 {
                    let tips = (0...history.next(3)).map { _ in history.next(60) }
                    let excluded = (0...history.next(5)).map { _ in history.next(60) }
                    let held = history.reachable(from: excluded)
                    let truth = history.reachable(from: tips).subtracting(held)
                    let part = PartOfHistory(try tips.map(name), notFrom: try excluded.map(name))
                    let merges = PartOfHistory(part.tips, notFrom: part.excludedTips, onlyMerges: true)
                    #expect(try Set(facts.commits(part) ?? []) == Set(truth.map(name)))
                    #expect(
                        try Set(facts.commits(merges) ?? [])
                            == Set(truth.filter { history.parents[$0].count > 1 }.map(name)))
                    if skew == 0 { #expect(facts.commits(part) == facts.commits(part.limits)) }
                    let identifiers = try excluded.map { try #require(try name($0).identifier) }
                    let repository = try #require(FactsOpener.library(scratch.setting()))
                    #expect(
                        try repository.isAny(of: tips.map(name), reachableFrom: identifiers)
                            == !held.isDisjoint(with: tips))
                }
            }
        }
    }

    /// Loose and packed refs, one that is both, a tag object, a tag of a blob, a symbolic ref.
    private static let refs = """
        commit() { git commit -q --allow-empty -m "$1"; }
        commit one; git tag -a -m note heavy; git tag -a -m note heavier heavy; commit two
        git update-ref refs/remotes/origin/old HEAD; git update-ref refs/remotes/origin/moved HEAD
        git tag blob $(echo x | git hash-object -w --stdin)
        git pack-refs --all; commit three; git update-ref refs/remotes/origin/moved HEAD~2; commit four
        git update-ref refs/remotes/deep/er/one HEAD~1
        git symbolic-ref refs/remotes/origin/HEAD refs/remotes/origin/old; git branch side HEAD~1; commit five
        """

    private func expectGitsAnswers(_ scratch: ScratchRepository, _ more: [RefSelection] = []) throws {
        let facts = try library(scratch)
        let plumbing = try #require(try PlumbingFacts(scratch.setting()))
        let commits = try scratch.run("git rev-list --branches HEAD").split(UInt8(ascii: "\n")).compactMap {
            ObjectName(hex: $0)
        }
        let selections =
            [
                RefSelection([.remotes]), RefSelection([.tags]), RefSelection([.branches]),
                RefSelection([.remotes, .tags]), .holding,
                RefSelection([.branches, .remotes], exceptBranch: "refs/heads/main"),
                RefSelection([.branches, .tags, .remotes], exceptBranch: "refs/heads/side"),
                RefSelection([.tags], names: ["refs/heads/side"]),
            ] + more
        for refs in selections {
            for commit in commits {
                let part = PartOfHistory([commit], notFromRefs: refs)
                #expect(facts.commits(part) == plumbing.commits(part), "\(refs)")
                // git fails over a broken ref, even where another one tells enough.
                let (isAny, gits) = (
                    facts.isAny(of: [commit], reachableFrom: refs), plumbing.isAny(of: [commit], reachableFrom: refs)
                )
                #expect(isAny == gits || (gits == nil && isAny == true), "\(refs)")
            }
        }
    }

    @Test func refsOfAllKindsCount() throws {
        try ScratchRepository.with(Self.refs) { scratch in
            try expectGitsAnswers(scratch)
            let files = RefFiles(commonDirectory: Path.join(scratch.path, ".git"))
            // None of them is left to git.
            for selection in [RefSelection([.remotes, .tags]), .holding] { #expect(files.targets(selection) != nil) }
            try scratch.run("git pack-refs --all; git commit-graph write --reachable")
            try expectGitsAnswers(scratch)
            try scratch.run("git worktree add -q ../linked side")
            try expectGitsAnswers(
                ScratchRepository(path: Path.join(scratch.path, "../linked"), environment: scratch.environment))
        }
    }

    @Test(arguments: [
        // Refs that are odd, broken, or lead elsewhere.
        "git symbolic-ref refs/remotes/origin/alias refs/heads/main",
        "git symbolic-ref refs/remotes/origin/HEAD refs/remotes/origin/gone",
        "printf '%s \\n' $(git rev-parse HEAD) > .git/refs/remotes/origin/blank",
        "printf 'ref:refs/remotes/origin/old' > .git/refs/remotes/origin/HEAD",
        "ln -s old .git/refs/remotes/origin/link; cp .git/refs/remotes/origin/moved .git/refs/remotes/origin/x.lock",
        "rm -rf .git/refs/remotes",
        "echo 1234567890123456789012345678901234567890 > .git/refs/remotes/origin/broken",
        // History that is read otherwise than it is stored.
        "git replace --graft HEAD~1",
        "git rev-parse HEAD~1 > .git/info/grafts",
        "git rev-parse HEAD~2 > .git/shallow",
        // Objects that are elsewhere.
        "git clone -q -s . ../borrowing; echo ../borrowing/.git/objects > .git/objects/info/alternates",
    ])
    func whatIsOutOfTheOrdinaryIsToldAsGitTellsIt(change: String) throws {
        try ScratchRepository.with(Self.refs + "\n" + change) { try expectGitsAnswers($0) }
    }

    /// A commit-graph that says what is not so, and that git was told not to read.
    @Test func aCommitGraphThatIsSwitchedOffIsNotRead() throws {
        try ScratchRepository.with(
            """
            commit() { git commit -q --allow-empty -m "$1"; }
            commit one; commit two; commit three; git update-ref refs/remotes/origin/main HEAD
            git commit-graph write --reachable 2>/dev/null; mkdir kept; cp .git/objects/info/commit-graph kept
            """
        ) { scratch in
            let two = try #require(ObjectName(hex: scratch.run("git rev-parse HEAD~1")))
            let refs = RefSelection([.remotes])
            func isSeen(_ setting: Setting) throws -> Bool? {
                LibraryFacts(try #require(FactsOpener.library(setting)), setting).isAny(of: [two], reachableFrom: refs)
            }
            #expect(try isSeen(scratch.setting()) == true)
            // All generations the same: nothing reaches anything, by that.
            let graph = try File.read(Path.join(scratch.path, "kept/commit-graph"))
            let names = Array(graph.bytes)
            let data = try #require(names.indices.first { names[$0...].starts(with: "CDAT".utf8) })
            let start = names[(data + 4)..<(data + 12)].reduce(0) { $0 << 8 | Int($1) }
            var bytes = names
            for commit in 0..<3 { for byte in 28..<32 { bytes[start + 36 * commit + byte] = byte == 31 ? 4 : 0 } }
            try scratch.run("chmod u+w .git/objects/info/commit-graph")
            try File.write(ByteString(bytes), to: Path.join(scratch.path, ".git/objects/info/commit-graph"))
            #expect(try isSeen(scratch.setting()) == false)
            #expect(try isSeen(scratch.setting(["-c", "core.commitGraph=false"])) == true)
            try scratch.run("git config core.commitGraph false")
            #expect(try isSeen(scratch.setting()) == true)
        }
    }

    /// Of many refs what was read is written down, and what is there is not read again: the answers stay the same, also
    /// with refs that came since, and where the file is damaged.
    @Test func ofManyRefsTheCommitsAreRemembered() throws {
        try ScratchRepository.with("git commit -q --allow-empty -m base") { scratch in
            func add(_ numbers: ClosedRange<Int>, parent: String) throws {
                var stream = ByteString()
                for number in numbers {
                    stream += "commit refs/remotes/origin/b\(number)\n"
                    stream += "committer C <c@example.com> \(1_700_000_000 + number) +0000\ndata 1\nc\n"
                    stream += ByteString("from \(parent)\n\n")
                }
                _ = try Program(
                    ScratchRepository.git, ["git", "fast-import", "--quiet"], environment: scratch.environment,
                    directory: scratch.path
                ).capture(input: stream)
            }
            let file = Path.join(scratch.path, ".git/pawl-commits")
            func expectTruth() throws {
                let facts = try library(scratch)
                let plumbing = try #require(try PlumbingFacts(scratch.setting()))
                for revision in ["main", "main~1", "refs/remotes/origin/b7", "refs/remotes/origin/b7~1"] as [ByteString]
                {
                    guard let commit = facts.object(named: revision) else { continue }
                    for refs in [RefSelection([.remotes]), RefSelection([.remotes, .tags])] {
                        let part = PartOfHistory([commit], notFromRefs: refs)
                        #expect(facts.commits(part) == plumbing.commits(part), "\(revision)")
                        #expect(
                            facts.isAny(of: [commit], reachableFrom: refs)
                                == plumbing.isAny(of: [commit], reachableFrom: refs), "\(revision)")
                    }
                }
            }
            try add(1...200, parent: "refs/heads/main^0")
            try scratch.run("git pack-refs --all; git commit -q --allow-empty -m own")
            try expectTruth()
            #expect(!File.exists(file))
            try add(201...300, parent: "refs/heads/main~1")
            try expectTruth()
            #expect(File.status(file)?.size == Int64(16 + 48 * 300))
            // Now one of them has the commit that none had.
            try add(301...301, parent: "refs/heads/main^0")
            try scratch.run("git tag -a -m note tagged refs/remotes/origin/b9; git pack-refs --all")
            try expectTruth()
            for damage in [
                "printf x | dd of=.git/pawl-commits bs=1 seek=900 conv=notrunc", "printf x >> .git/pawl-commits",
            ] {
                try scratch.run(damage)
                try expectTruth()
                #expect(File.status(file)?.size == Int64(16 + 48 * 301))
            }
            try scratch.run("rm .git/pawl-commits; mkdir .git/pawl-commits")
            try expectTruth()
        }
    }

    @Test func whereObjectsAreMissingNothingIsSaid() throws {
        try ScratchRepository.with(
            Self.refs + "\nrm .git/objects/$(git rev-parse HEAD~3 | sed 's,..,&/,')"
        ) { scratch in
            let facts = try library(scratch)
            let main = try #require(ObjectName(hex: scratch.run("git rev-parse HEAD")))
            #expect(facts.commits(PartOfHistory([main])) == nil)
            #expect(facts.isAny(of: [main], reachableFrom: RefSelection([.remotes])) == nil)
        }
    }

    @Test func aTagIsPublishedWithWhatItIsPutOn() throws {
        try ScratchRepository.with(Self.refs) { scratch in
            let facts = try library(scratch)
            let heavier = try #require(ObjectName(hex: scratch.run("git rev-parse heavier")))
            #expect(facts.commits(PartOfHistory([heavier], notFromRefs: RefSelection([.remotes]))) == [])
        }
    }
}
