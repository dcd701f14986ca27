/// A span of time that a bar of the timeline stands for.
struct Span {
    var milliseconds: Int64
    var words: String

    static let minute = Span(milliseconds: 60_000, words: "a minute")
    static let day = Span(milliseconds: 86_400_000, words: "a day")
    static let week = Span(milliseconds: 7 * day.milliseconds, words: "a week, beginning on Monday")

    /// From the smallest.
    static let all: [Span] = [
        minute,
        Span(milliseconds: 5 * minute.milliseconds, words: "5 minutes"),
        Span(milliseconds: 15 * minute.milliseconds, words: "a quarter of an hour"),
        Span(milliseconds: 60 * minute.milliseconds, words: "an hour"),
        Span(milliseconds: 180 * minute.milliseconds, words: "3 hours"),
        Span(milliseconds: 360 * minute.milliseconds, words: "6 hours"),
        day, week,
        Span(milliseconds: 4 * week.milliseconds, words: "4 weeks"),
        Span(milliseconds: 52 * week.milliseconds, words: "52 weeks"),
    ]
}

/// The records counted by time, in at most `longest` bars.
struct Timeline {
    static let longest = 96
    static let quarters = 4

    var span = Span.minute
    /// The wall time at which the first bar begins.
    var start: Int64 = 0
    /// Bars, empty ones included; a multiple of `quarters`, so that the marks below fall between bars.
    var count = 0
    /// By decision (`Column.decision`), then by bar.
    var lanes: [Int: [Int]] = [:]

    init(_ rows: [Row]) {
        let times = rows.map(\.wallTime)
        guard let first = times.min(), let last = times.max() else { return }
        func bars(_ span: Span) -> Int64 { Self.index(last, span) - Self.index(first, span) + 1 }
        span = Span.all.first { bars($0) <= Self.longest } ?? Span.all.last ?? span
        while bars(span) > Self.longest {
            span = Span(milliseconds: span.milliseconds * 2, words: "a long time")
        }
        let origin = Self.index(first, span)
        start = Self.begin(origin, span)
        count = (Int(bars(span)) + Self.quarters - 1) / Self.quarters * Self.quarters
        for decision in 1...3 { lanes[decision] = [Int](repeating: 0, count: count) }
        for row in rows {
            lanes[row[.decision]]?[Int(Self.index(row.wallTime, span) - origin)] += 1
        }
    }

    /// When a bar begins, as precisely as its span asks for.
    func label(_ bar: Int) -> String {
        let time = begin(bar)
        return span.milliseconds < Span.day.milliseconds ? WallClock.minute(time) : WallClock.day(time)
    }

    func begin(_ bar: Int) -> Int64 { start + Int64(bar) * span.milliseconds }

    /// Weeks begin on Mondays; the first day of 1970 was a Thursday.
    private static let monday = 4 * Span.day.milliseconds

    private static func shift(_ span: Span) -> Int64 { span.milliseconds >= Span.week.milliseconds ? monday : 0 }

    private static func index(_ time: Int64, _ span: Span) -> Int64 {
        (time - shift(span)).dividedDown(by: span.milliseconds)
    }

    private static func begin(_ index: Int64, _ span: Span) -> Int64 { index * span.milliseconds + shift(span) }
}
