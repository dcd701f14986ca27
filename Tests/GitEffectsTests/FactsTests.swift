import ByteStrings
import Libgit2
import Platform
import Testing

@testable import GitEffects

/// One protocol, two implementations, the same answers.
@Suite("Facts of a repository", .serialized)
struct FactsTests {
    private static let history = """
        commit() { git commit -q --allow-empty -m "$1"; }
        commit one; commit two; git branch old; commit three
        git tag light; git tag -a -m note heavy
        git checkout -q -b side old; commit side; git checkout -q main
        git symbolic-ref refs/heads/alias refs/heads/side
        git pack-refs --all; git update-ref refs/remotes/origin/main old
        """

    /// Both ways to ask, or plumbing alone where libgit2 cannot read the repository.
    private func both(_ scratch: ScratchRepository) throws -> [any RepositoryFacts] {
        let setting = scratch.setting()
        let plumbing = try #require(try PlumbingFacts(setting))
        guard let library = FactsOpener.library(setting) else { return [plumbing] }
        return [LibraryFacts(library, setting), plumbing]
    }

    @Test(arguments: ["sha1", "sha256"])
    func bothSayWhatGitSays(format: String) throws {
        try ScratchRepository.with(Self.history, format: format) { scratch in
            let both = try both(scratch)
            #expect(both.count == (format == "sha1" ? 2 : 1))
            for facts in both {
                let main = try #require(ObjectName(hex: scratch.run("git rev-parse main")))
                let old = try #require(ObjectName(hex: scratch.run("git rev-parse old")))
                let side = try #require(ObjectName(hex: scratch.run("git rev-parse side")))
                let heavy = try #require(ObjectName(hex: scratch.run("git rev-parse heavy")))
                #expect(facts.head() == .branch("refs/heads/main", main))
                #expect(facts.currentBranch == "main")
                #expect(facts.target(of: "refs/heads/old") == old)
                #expect(facts.target(of: "refs/heads/none") == nil)
                #expect(facts.resolvedName(of: "refs/heads/alias") == "refs/heads/side")
                #expect(facts.object(named: "main~1") == old)
                #expect(facts.object(named: "nonsense") == nil)
                #expect(facts.kind(of: heavy) == .tag && facts.kind(of: main) == .commit)
                #expect(facts.move(from: old, to: main) == .fastForward)
                #expect(facts.move(from: main, to: old) == .loses([main]))
                #expect(facts.move(from: side, to: main) == .loses([side]))
                #expect(facts.move(from: heavy, to: main) == .fastForward)
                #expect(facts.commit(side)?.subject == "side")
                #expect(facts.commit(side)?.author == "A <a@example.com>")
                let names = try scratch.run("git for-each-ref --format='%(refname)'").split(UInt8(ascii: "\n"))
                #expect(facts.references().map(\.name).sorted() == names.sorted())
                #expect(facts.workTree.flatMap(File.realPath) == File.realPath(scratch.path))
            }
        }
    }

    @Test func anUnbornBranchADetachedHeadAndALinkedWorkTreeAreTold() throws {
        try ScratchRepository.with("true") { scratch in
            for facts in try both(scratch) { #expect(facts.head() == .branch("refs/heads/main", nil)) }
            try scratch.run(
                "git commit -q --allow-empty -m x; git checkout -q --detach; git worktree add -q ../linked -b linked")
            let main = try #require(ObjectName(hex: scratch.run("git rev-parse HEAD")))
            for facts in try both(scratch) { #expect(facts.head() == .detached(main) && facts.currentBranch == nil) }
            let linked = ScratchRepository(path: Path.join(scratch.path, "../linked"), environment: scratch.environment)
            for facts in try both(linked) {
                #expect(facts.currentBranch == "linked")
                #expect(File.realPath(facts.commonDirectory) == File.realPath(Path.join(scratch.path, ".git")))
            }
        }
    }

    @Test func branchesThatWereLeftAreFoundByTheirNumber() throws {
        try ScratchRepository.with(
            Self.history
                + "; git checkout -q side; git checkout -q --detach old; git checkout -q main; git tag side old"
        ) { scratch in
            for facts in try both(scratch) {
                for number in 1...5 {
                    let revision = ByteString("@{-\(number)}")
                    let expected = try? scratch.run("git rev-parse -q --verify '\(revision)'")
                    #expect(facts.object(named: revision) == expected.flatMap { ObjectName(hex: $0) }, "\(number)")
                }
                for word in ["@{-0}", "@{-}", "@{-x}", "@{-99999999999999999999}"] as [ByteString] {
                    #expect(facts.object(named: word) == nil)
                }
            }
        }
    }

    @Test func replaceRefsAreNotFollowedWhereARemotesHistoryIsCompared() throws {
        try ScratchRepository.with(Self.history) { scratch in
            try scratch.run("git replace --graft main side")
            let main = try #require(ObjectName(hex: scratch.run("git rev-parse main")))
            let side = try #require(ObjectName(hex: scratch.run("git rev-parse side")))
            for facts in try both(scratch) { #expect(facts.move(from: side, to: main) == .loses([side])) }
            #expect(HistoryOverlay.exists(try #require(both(scratch).first), scratch.setting()))
        }
    }

    @Test func whereAShallowCloneEndsNothingIsSaidOfWhatMayBeLost() throws {
        try ScratchRepository.with(Self.history) { scratch in
            try scratch.run("git clone -q --no-local --depth=1 . ../shallow")
            let shallow = ScratchRepository(
                path: Path.join(scratch.path, "../shallow"), environment: scratch.environment)
            let main = try #require(ObjectName(hex: scratch.run("git rev-parse main")))
            let old = try #require(ObjectName(hex: scratch.run("git rev-parse old")))
            for facts in try both(shallow) { #expect(facts.move(from: old, to: main) == .unknown) }
        }
    }

    @Test func beyondTheLimitOfCommitsTheAnswerIsUnknownAndNeverWrong() throws {
        try ScratchRepository.with(
            "git commit -q --allow-empty -m base; for i in 1 2 3 4 5; do git commit -q --allow-empty -m $i; done"
        ) { scratch in
            let repository = try #require(FactsOpener.library(scratch.setting()))
            let tip = try #require(repository.object(named: "main"))
            let base = try #require(repository.object(named: "main~5"))
            #expect(repository.move(from: base, to: tip, limit: 3) == .unknown)
            #expect(repository.move(from: base, to: tip, limit: 10) == .fastForward)
        }
    }

    @Test func noRepositoryIsNone() throws {
        try ScratchRepository.with("rm -rf .git") { scratch in
            let facts = try FactsOpener.open(scratch.setting())
            #expect(facts == nil)
        }
    }
}
