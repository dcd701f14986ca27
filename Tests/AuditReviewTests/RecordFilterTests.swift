import Auditing
import ByteStrings
import Effects
import Testing

@testable import AuditReview

@Suite("Filters of records")
struct RecordFilterTests {
    private let record: Record = {
        var record = Record(time: Timestamp(milliseconds: 1_770_000_000_000))
        record.agent = "claude-7"
        record.session = "20260218T103000Z-00000000deadbeef"
        record.repository = "/home/ada/shop"
        record.arguments = ["git", "push", "--force", "origin", "Main"]
        record.effects = [
            Effect(
                .forcePush, .remoteRef(.init(remote: "origin", url: nil, ref: "refs/heads/Main")),
                lost: .init(count: 1, first: [.init(id: "950e6b6", subject: "Prices in euro", author: "Ada")]))
        ]
        record.decision = .deny
        record.rule = "no-force-push"
        return record
    }()

    private func includes(_ change: (inout RecordFilter) throws -> Void) rethrows -> Bool {
        var filter = RecordFilter()
        try change(&filter)
        return filter.includes(record)
    }

    private func patterns(_ texts: ByteString...) throws -> [NamePattern] {
        try texts.map { try #require(NamePattern($0)) }
    }

    @Test func nothingAskedIsEverything() { #expect(RecordFilter().includes(record)) }

    @Test func boundsOfTime() {
        #expect(includes { $0.since = record.time })
        #expect(!includes { $0.until = record.time })
        #expect(includes { $0.until = Timestamp(milliseconds: record.time.milliseconds + 1) })
        #expect(!includes { $0.since = Timestamp(milliseconds: record.time.milliseconds + 1) })
    }

    @Test func names() throws {
        #expect(try includes { $0.agents = try patterns("codex", "claude-*") })
        #expect(try !includes { $0.agents = try patterns("claude") })
        #expect(try !includes { $0.agents = try patterns("-") })
        #expect(try includes { $0.sessions = try patterns("deadbeef") })
        #expect(try !includes { $0.sessions = try patterns("deadbee") })
        for name: ByteString in ["shop", "/home/ada/shop", "ada/shop", "/home/*", "sh?p"] {
            #expect(try includes { $0.repositories = try patterns(name) }, "\(name)")
        }
        #expect(try !includes { $0.repositories = try patterns("op") })
        #expect(try includes { $0.rules = try patterns("no-*") })
        #expect(NamePattern("[") == nil)
        #expect(NamePattern("shop")?.matches(.path, "/srv/git/shop.git") == true)
        #expect(NamePattern("-")?.matches(.plain, nil) == true)
    }

    @Test func conditionsCombine() {
        #expect(
            includes {
                $0.decisions = [.deny, .snapshot]
                $0.effects = [.push, .forcePush]
            })
        #expect(
            !includes {
                $0.decisions = [.deny]
                $0.effects = [.push]
            })
    }

    @Test func textIsSearchedWhereItCounts() {
        for text: ByteString in ["PUSH --force", "main", "prices in EURO", "950e6b6", "refs/heads"] {
            #expect(includes { $0.texts = [text] }, "\(text)")
        }
        #expect(!includes { $0.texts = ["main", "no-force-push"] })
    }

    @Test func whatFailed() {
        #expect(!includes { $0.onlyFailed = true })
        var failed = record
        failed.exit = 1
        #expect(failed.hasFailed)
        failed.exit = nil
        failed.signal = 9
        #expect(failed.hasFailed)
    }
}
