import AuditReview
import Auditing
import ByteStrings
import PolicyEngine
import Testing

@testable import AuditIndex

/// Whatever is asked, the index answers as reading the whole log does.
@Suite("What the index answers")
struct AnswersTests {
    @Test(arguments: [1, 2, 3] as [UInt64])
    func everyFilterFindsWhatReadingTheLogFinds(seed: UInt64) throws {
        var dice = Dice(seed)
        try World.with { world in
            try world.write(someRecords(300, &dice))
            let index = try world.index()
            let records = try world.records()
            #expect(try index.count() == records.count)
            for _ in 0..<120 {
                let filter = try someFilter(records, &dice)
                let expected = try world.records(filter)
                #expect(try world.found(index, filter) == expected, "\(filter)")
            }
        }
    }

    @Test(arguments: [4, 5, 6] as [UInt64])
    func countsAreThoseOfTheRecords(seed: UInt64) throws {
        var dice = Dice(seed)
        let policy = try Policy.named("strict")
        try World.with { world in
            try world.write(someRecords(300, &dice))
            let index = try world.index()
            let records = try world.records()
            for _ in 0..<60 {
                var filter = try someFilter(records, &dice)
                filter.limit = nil
                let expected = try world.records(filter)

                var statistics = Statistics()
                for record in expected { statistics.add(record) }
                #expect(try index.statistics(filter).all == statistics.all, "\(filter)")

                let sessions = try index.sessions(filter)
                let commands = expected.filter { $0.notice == nil }
                #expect(Set(sessions.map(\.id)) == Set(commands.map(\.session)), "\(filter)")
                for session in sessions {
                    let own = commands.filter { $0.session == session.id }
                    #expect(session.commands == own.count)
                    #expect(session.denied == own.count { $0.decision == .deny })
                    #expect(session.agents == Set(own.compactMap(\.agent)))
                }

                var replay = Replay(policy)
                var counts = ReplayCounts()
                var changed: [Record] = []
                for record in expected {
                    let outcome = replay.outcome(Facet(record))
                    counts.add(outcome, count: 1)
                    if case .changed = outcome { changed.append(record) }
                }
                let answer = try index.replay(filter, &replay)
                #expect(answer.counts == counts, "\(filter)")
                let places = try index.places(filter, in: answer.changed)
                let found = world.log.entries(at: places).compactMap { entry -> Int? in
                    if case .record(let record) = entry { record.sequence } else { nil }
                }
                #expect(found == (counts.changed == 0 ? [] : changed.map(\.sequence)), "\(filter)")
            }
        }
    }

    @Test func timesOfRecordsAreTold() throws {
        var dice = Dice(7)
        try World.with { world in
            try world.write(someRecords(20, &dice))
            let index = try world.index()
            let records = try world.records()
            #expect(try index.times(of: [1, 7, 99]) == [1: records[0].time, 7: records[6].time])
        }
    }
}
