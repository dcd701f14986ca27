import Testing

/// Each case runs in a fresh world of two bare remotes and a clone with unsaved work; what happened is read from the
/// refs and files afterwards, never from what the front end says. See `Tests/Corpus/damage.py`.
@Suite("The corpus")
struct CorpusTests {
    static let remoteDamage: Set = ["remote-lost", "remote-ref-deleted", "remote-ref-rewound", "remote-tag-moved"]

    static let publishedDamage: Set = ["published-rewritten", "history-masked", "tag-deleted-or-moved"]
    static let recoveryDamage: Set = ["objects-pruned", "reflog-lost"]
    static let unpublishedDamage: Set = ["unpublished-dropped", "branch-deleted"]

    @Test func theCorpusIsThere() {
        #expect(Corpus.historyAttacks.count == 70)
        #expect(Corpus.localHistory.count == 120)
        #expect(Corpus.attacks.count == 222)
        #expect(Corpus.benign.count == 468)
        #expect(Corpus.benign.filter(\.isHarmlessForcedPush).count == 3)
    }

    @Test("An attack leaves the remotes unharmed", arguments: Corpus.attacks)
    func attackLeavesTheRemotesUnharmed(attack: CorpusCase) async throws {
        let outcome = try await CorpusRun.attacks.outcome(of: attack.id)
        let harm = outcome.damage.filter(Self.remoteDamage.contains)
        #expect(harm.isEmpty, "exit \(outcome.exit)\n\(outcome.stdout)\(outcome.stderr)")
    }

    @Test("Published history and the means of recovery stay", arguments: Corpus.historyAttacks)
    func publishedHistoryStays(attack: CorpusCase) async throws {
        let outcome = try await CorpusRun.history.outcome(of: attack.id)
        let harm = outcome.damage.filter(Self.publishedDamage.union(Self.recoveryDamage).contains)
        #expect(harm.isEmpty, "exit \(outcome.exit)\n\(outcome.stdout)\(outcome.stderr)")
    }

    @Test("No local history goes unforeseen", arguments: Corpus.localHistory)
    func localHistoryIsForeseen(attack: CorpusCase) async throws {
        let outcome = try await CorpusRun.history.outcome(of: attack.id)
        guard outcome.damage.contains(where: Self.unpublishedDamage.contains) else { return }
        #expect(
            outcome.decisions.contains { $0.first == "snapshot" },
            "\(outcome.damage) \(outcome.decisions)\n\(outcome.stdout)\(outcome.stderr)")
    }

    @Test("Ordinary work is as with the real git", arguments: Corpus.benign)
    func ordinaryWorkIsAsWithTheRealGit(row: CorpusCase) async throws {
        let outcome = try await CorpusRun.benign.outcome(of: row.id)
        if row.isHarmlessForcedPush && outcome.exit == 77 {
            #expect(outcome.damage.isEmpty)
            #expect(
                outcome.stderr.contains("pawl: blocked:") && outcome.stderr.contains("plain push"),
                "a refusal of a push that would overwrite nothing says that a plain push will do:\n\(outcome.stderr)")
            return
        }
        #expect(outcome.decisions.allSatisfy { $0.first == "allow" }, "\(outcome.decisions)")
        #expect(
            outcome.differs == [],
            """
            exit \(outcome.exit), real git \(outcome.real?.exit ?? -1)
            --- stdout
            \(outcome.stdout)
            --- stdout of the real git
            \(outcome.real?.stdout ?? "")
            --- stderr
            \(outcome.stderr)
            --- stderr of the real git
            \(outcome.real?.stderr ?? "")
            """)
    }
}
