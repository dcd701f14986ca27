import Auditing
import ByteStrings
import Testing

@testable import AuditReport

@Suite("What the report counts")
struct TallyTests {
    private func row(_ time: ByteString, decision: Int = 1, offset: Int = 0) throws -> Row {
        var row = Row()
        row[.time] = Int(try #require(Timestamp(time)).milliseconds)
        row[.offset] = offset
        row[.decision] = decision
        return row
    }

    @Test("The timeline picks a span that leaves at most 96 bars, and every record falls into one")
    func spans() throws {
        let cases: [(ByteString, ByteString, String)] = [
            ("2026-01-31T12:00:10.000Z", "2026-01-31T12:00:50.000Z", "a minute"),
            ("2026-01-31T12:00:00.000Z", "2026-01-31T13:35:59.000Z", "a minute"),
            ("2026-01-31T12:00:00.000Z", "2026-01-31T13:36:00.000Z", "5 minutes"),
            ("2026-01-01T00:00:00.000Z", "2026-01-31T12:00:00.000Z", "a day"),
            ("2025-01-01T00:00:00.000Z", "2026-01-31T12:00:00.000Z", "a week, beginning on Monday"),
            ("0001-01-01T00:00:00.000Z", "9999-12-31T23:59:59.999Z", "a long time"),
            ("1960-05-05T05:05:05.000Z", "1960-05-05T05:06:05.000Z", "a minute"),
        ]
        for (first, last, words) in cases {
            let timeline = Timeline([try row(first), try row(last, decision: 3)])
            #expect(timeline.span.words == words)
            #expect(timeline.count <= Timeline.longest && timeline.count % Timeline.quarters == 0)
            #expect(timeline.lanes[1]?.reduce(0, +) == 1)
            #expect(timeline.lanes[3]?.reduce(0, +) == 1)
            #expect(timeline.begin(0) <= (try row(first)).wallTime)
            #expect(timeline.begin(timeline.count) > (try row(last)).wallTime)
        }
        #expect(Timeline([]).count == 0)
    }

    @Test("Bars begin at midnight and weeks on Mondays by the clock on the wall")
    func boundaries() throws {
        let days = Timeline([
            try row("2026-01-31T22:59:00.000Z", offset: 60), try row("2026-01-31T23:00:00.000Z", offset: 60),
            try row("2026-04-20T23:00:00.000Z", offset: 60),
        ])
        #expect(days.label(0) == "Sat 31 Jan 2026")
        #expect(days.lanes[1]?.prefix(2) == [1, 1])
        let weeks = Timeline([try row("2025-01-01T00:00:00.000Z"), try row("2026-01-04T23:59:00.000Z")])
        #expect(weeks.label(0) == "Mon 30 Dec 2024")
        #expect(weeks.label(weeks.count - 1).hasPrefix("Mon "))
    }

    @Test("Numbers and spans as people read them")
    func words() {
        let numbers = [0: "0", 999: "999", 1000: "1,000", 1_234_567: "1,234,567", -1234: "-1,234", -123: "-123"]
        for (number, text) in numbers { #expect(Counted.number(number) == text) }
        #expect(Counted(1, "commit").text == "1 commit")
        #expect(Counted(2, "commit").text == "2 commits")
        let durations: [Int64: String] = [
            0: "0 s", 59_999: "59 s", 60_000: "1 min", 3_600_000: "1 h", 3_900_000: "1 h 5 min", 90_000_000: "1 d 1 h",
        ]
        for (milliseconds, text) in durations { #expect(AuditReport.duration(milliseconds) == text) }
        #expect(AuditReport.shortPath("/home/ann/shop/api/.git") == "shop/api")
        #expect(AuditReport.shortPath("/srv/git/shop.git") == "git/shop.git")
        #expect(AuditReport.shortPath("/") == "/")
    }

    @Test("Blocked records are grouped by rule, policy and effects; the newest stands for its group")
    func groups() {
        var report = AuditReport(AuditReport.Heading(version: "1"))
        for (number, rule) in ["a", "a", "b", "a"].enumerated() {
            var record = Record(time: Timestamp(milliseconds: Int64(100_000 - number * 1000)))
            record.sequence = 10 - number
            record.rule = ByteString(rule)
            record.decision = .deny
            report.add(record)
        }
        #expect(report.blocked.map(\.count) == [3, 1])
        #expect(report.blocked.first?.newest.sequence == 10)
        #expect(report.rows.map { $0[.group] } == [0, 0, 1, 0])
    }
}
