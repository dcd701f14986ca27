import Testing

/// Each case runs in a fresh world of two bare remotes and a clone with unsaved work; what happened is read from the
/// refs and files afterwards, never from what the front end says. See `Tests/Corpus/damage.py`.
@Suite("The corpus")
struct CorpusTests {
    static let remoteDamage: Set = ["remote-lost", "remote-ref-deleted", "remote-ref-rewound", "remote-tag-moved"]

    static let publishedDamage: Set = ["published-rewritten", "history-masked", "tag-deleted-or-moved"]
    static let recoveryDamage: Set = ["objects-pruned", "reflog-lost"]

    @Test func theCorpusIsThere() {
        #expect(Corpus.historyAttacks.count == 70)
        #expect(Corpus.localLosses.count == 235)
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

    @Test("What is lost locally is refused or brought back bit for bit", arguments: Corpus.localLosses)
    func localLossIsUndone(attack: CorpusCase) async throws {
        let outcome = try await CorpusRun.local.outcome(of: attack.id)
        let undo = try #require(outcome.undo)
        let told = "exit \(outcome.exit)\n\(outcome.stderr)\(undo.said)"
        #expect(undo.lost.isEmpty, "\(told)")
        if outcome.exit != 77 && attack.isOneCommand {
            #expect(undo.differs.filter { !Self.isNoLoss($0, attack) }.isEmpty, "\(told)")
        }
    }

    @Test(
        "Under strict no history is rewritten and nothing is lost",
        arguments: Corpus.historyAttacks + Corpus.localLosses)
    func underStrictNothingIsLost(attack: CorpusCase) async throws {
        let outcome = try await CorpusRun.strict.outcome(of: attack.id)
        #expect(outcome.damage.isEmpty, "exit \(outcome.exit)\n\(outcome.stdout)\(outcome.stderr)")
    }

    /// What an undo leaves as the command made it, for nothing is lost by it: what was fetched, a new work tree, and
    /// tracked files that a sparse checkout has put away.
    private static func isNoLoss(_ name: String, _ attack: CorpusCase) -> Bool {
        name.hasPrefix("work refs/remotes/") || name == "HEAD of x" || name == "index of x"
            || (attack.snippet.contains("sparse-checkout")
                && ["index of work", "work/build/k", "work/src/", "work/docs/"].contains(where: name.hasPrefix))
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
