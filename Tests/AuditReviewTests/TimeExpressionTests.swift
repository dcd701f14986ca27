import Auditing
import Testing

@testable import AuditReview

/// All said on Wednesday, 18 February 2026, at half past ten by the local clock.
@Suite("Times as people say them")
struct TimeExpressionTests {
    let now: Timestamp

    init() throws {
        now = try #require(LocalTime(year: 2026, month: 2, day: 18, hour: 10, minute: 30).moment)
    }

    private func day(_ month: Int, _ day: Int, _ hour: Int = 0, _ minute: Int = 0) throws -> Timestamp {
        try #require(LocalTime(year: 2026, month: month, day: day, hour: hour, minute: minute).moment)
    }

    @Test(arguments: [
        ("today", 18, 19), ("yesterday", 17, 18), ("tuesday", 17, 18), ("last tuesday", 17, 18), ("Tue", 17, 18),
        ("tues", 17, 18), ("wednesday", 18, 19), ("last wednesday", 11, 12), ("thursday", 12, 13),
        ("this week", 16, 23),
        ("last week", 9, 16), ("2026-02-03", 3, 4),
    ])
    func daysAreWhole(text: String, first: Int, end: Int) throws {
        let time = try #require(TimeExpression(text, now: now))
        #expect(time.beginning == (try day(2, first)))
        #expect(time.end == (try day(2, end)))
    }

    @Test func monthsAreWhole() throws {
        for text in ["this month", "2026-02"] {
            let time = try #require(TimeExpression(text, now: now))
            #expect(time.beginning == (try day(2, 1)))
            #expect(time.end == (try day(3, 1)))
        }
        #expect(TimeExpression("last month", now: now)?.end == (try day(2, 1)))
    }

    @Test(arguments: [
        ("2h", 7200), ("90m", 5400), ("45 s", 45), ("3d", 259_200), ("3 days ago", 259_200), ("1 week ago", 604_800),
        ("now", 0),
    ])
    func distancesAreMoments(text: String, seconds: Int64) throws {
        let time = try #require(TimeExpression(text, now: now))
        #expect(now.milliseconds - time.beginning.milliseconds == seconds * 1000)
        #expect(time.end == time.beginning)
    }

    @Test func clockTimes() throws {
        #expect(TimeExpression("09:15", now: now)?.beginning == (try day(2, 18, 9, 15)))
        #expect(TimeExpression("2026-02-03 14:00", now: now)?.beginning == (try day(2, 3, 14)))
        #expect(TimeExpression("2026-02-03T14:00", now: now)?.end == (try day(2, 3, 14)))
        let utc = try #require(Timestamp("2026-02-03T14:00:30.250Z"))
        #expect(TimeExpression("2026-02-03T14:00:30.25Z", now: now)?.beginning == utc)
        #expect(TimeExpression("2026-02-03T15:30:30.250+01:30", now: now)?.beginning == utc)
    }

    @Test(arguments: [
        "", "soon", "2026-13-01", "2026-02-30", "2026-02-03 25:00", "h", "99999999999d", "last", "last yesterday",
        "2026-02-03T14:00+99:00", "-2h", "12:60", "t", "2026-1-", "ago",
    ])
    func nonsenseIsTold(text: String) { #expect(TimeExpression(text, now: now) == nil) }
}
