import Auditing

/// A time as people say it: `2026-01-31`, `2026-01-31 14:00`, `14:00`, `2h`, `3 days ago`, `yesterday`, `tuesday`, `last
/// week`. Local time, unless it ends in `Z` or an offset.
///
/// What names a day, a week or a month means all of it: "since" begins where it begins, "until" ends where it ends.
public struct TimeExpression: Hashable, Sendable {
    /// Where it begins; for a moment also where it ends.
    public var beginning: Timestamp
    /// The first moment behind it.
    public var end: Timestamp

    /// Reads it as said at `now`; nil for what is none.
    public init?(_ text: String, now: Timestamp) {
        let words = text.lowercased().split(separator: " ").map(String.init)
        guard let today = LocalTime(now)?.startOfDay,
            let span = Self.named(words, now, today) ?? Self.ago(words, now) ?? Self.written(words, today)
        else { return nil }
        beginning = span.lowerBound
        end = span.upperBound
    }

    /// For messages: what can be said.
    public static let examples = "2026-01-31, '2026-01-31 14:00', 14:00, 2h, 3d, yesterday, tuesday, 'last week'"

    // MARK: Names

    private static let weekdays = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"]

    private static func named(_ words: [String], _ now: Timestamp, _ today: LocalTime) -> Range<Timestamp>? {
        let isLast = words.first == "last" || words.first == "previous"
        let isThis = words.first == "this"
        guard words.count == (isLast || isThis ? 2 : 1), let word = words.last,
            let weekday = LocalTime.weekday(of: now)
        else { return nil }
        if let named = weekdays.firstIndex(where: { $0 == word || $0.prefix(3) == word || $0.prefix(4) == word }) {
            // "last tuesday" said on a Tuesday is a week ago; "tuesday" is today.
            let back = (weekday - named + 7) % 7
            return days(from: today.addingDays(-(back == 0 && isLast ? 7 : back)), count: 1)
        }
        switch (word, isLast, isThis) {
        case ("now", false, false): return now..<now
        case ("today", false, false): return days(from: today, count: 1)
        case ("yesterday", false, false): return days(from: today.addingDays(-1), count: 1)
        case ("week", let isLast, _) where isLast || isThis:
            // Weeks begin on Monday (ISO 8601).
            return days(from: today.addingDays(-(weekday + 6) % 7 - (isLast ? 7 : 0)), count: 7)
        case ("month", let isLast, _) where isLast || isThis:
            return month(year: today.year, month: today.month - (isLast ? 1 : 0))
        default: return nil
        }
    }

    private static func days(from first: LocalTime, count: Int) -> Range<Timestamp>? {
        guard let beginning = first.moment, let end = first.addingDays(count).moment, beginning <= end else {
            return nil
        }
        return beginning..<end
    }

    private static func month(year: Int, month: Int) -> Range<Timestamp>? {
        guard let beginning = LocalTime(year: year, month: month, day: 1).moment,
            let end = LocalTime(year: year, month: month + 1, day: 1).moment, beginning <= end
        else { return nil }
        return beginning..<end
    }

    // MARK: Distances

    /// `2h`, `2 h`, `2 hours`, `2 hours ago`.
    private static func ago(_ words: [String], _ now: Timestamp) -> Range<Timestamp>? {
        let joined = (words.last == "ago" ? words.dropLast() : words[...]).joined()
        let digits = joined.prefix { ("0"..."9").contains($0) }
        guard digits.count <= 9, let count = Int64(digits), let seconds = seconds(of: joined.dropFirst(digits.count))
        else { return nil }
        let moment = Timestamp(milliseconds: now.milliseconds - count * seconds * 1000)
        return moment..<moment
    }

    private static func seconds(of unit: Substring) -> Int64? {
        switch unit {
        case "s", "sec", "second", "seconds": 1
        case "m", "min", "minute", "minutes": 60
        case "h", "hour", "hours": 3600
        case "d", "day", "days": 86_400
        case "w", "week", "weeks": 7 * 86_400
        default: nil
        }
    }

    // MARK: Dates

    /// `2026-01`, `2026-01-31`, `2026-01-31T14:00:30.250+01:00` or with a blank, `14:00`.
    private static func written(_ words: [String], _ today: LocalTime) -> Range<Timestamp>? {
        if words.count == 1, let time = ClockTime(words[0][...]) { return time.moment(on: today).map { $0..<$0 } }
        let halves = words.count == 1 ? words[0].split(separator: "t", maxSplits: 1) : words.map { $0[...] }
        guard let first = halves.first, halves.count <= 2 else { return nil }
        let numbers = first.split(separator: "-", omittingEmptySubsequences: false).map(digits)
        guard numbers.count == 2 || numbers.count == 3, let year = numbers[0], (1970...9999).contains(year),
            let month = numbers[1], (1...12).contains(month)
        else { return nil }
        if numbers.count == 2 { return halves.count == 1 ? Self.month(year: year, month: month) : nil }
        guard let day = numbers[2] else { return nil }
        let date = LocalTime(year: year, month: month, day: day)
        // A 31st of a month that has none would silently be another day.
        guard let noon = LocalTime(year: year, month: month, day: day, hour: 12).moment, LocalTime(noon)?.day == day
        else { return nil }
        if halves.count == 1 { return days(from: date, count: 1) }
        guard let time = ClockTime(halves[1]) else { return nil }
        return time.moment(on: date).map { $0..<$0 }
    }

    fileprivate static func digits(_ text: Substring) -> Int? {
        text.count <= 4 && text.allSatisfy({ ("0"..."9").contains($0) }) ? Int(text) : nil
    }
}

/// `14:00`, `14:00:30`, `14:00:30.250`, each perhaps with `z` or an offset such as `+01:00`.
private struct ClockTime {
    private var hour: Int
    private var minute: Int
    private var second = 0
    private var millisecond = 0
    /// Seconds before UTC; nil for local time.
    private var offset: Int?

    init?(_ text: Substring) {
        var clock = text
        if clock.last == "z" {
            offset = 0
            clock = clock.dropLast()
        } else if let sign = clock.lastIndex(where: { $0 == "+" || $0 == "-" }) {
            let zone = clock[sign...].dropFirst().filter { $0 != ":" }
            guard zone.count == 4, let number = TimeExpression.digits(zone[...]), number % 100 < 60, number <= 1400
            else { return nil }
            offset = (number / 100 * 3600 + number % 100 * 60) * (clock[sign] == "-" ? -1 : 1)
            clock = clock[..<sign]
        }
        if let point = clock.firstIndex(of: ".") {
            let fraction = clock[point...].dropFirst()
            guard (1...3).contains(fraction.count), let number = TimeExpression.digits(fraction) else { return nil }
            millisecond = number * [100, 10, 1][fraction.count - 1]
            clock = clock[..<point]
        }
        let parts = clock.split(separator: ":", omittingEmptySubsequences: false).map(TimeExpression.digits)
        guard parts.count == 2 || parts.count == 3, let hour = parts[0], let minute = parts[1],
            let second = parts.count == 3 ? parts[2] : 0, hour < 24, minute < 60, second < 60
        else { return nil }
        self.hour = hour
        self.minute = minute
        self.second = second
    }

    func moment(on date: LocalTime) -> Timestamp? {
        var time = date
        (time.hour, time.minute, time.second) = (hour, minute, second)
        guard let offset else {
            return time.moment.map { Timestamp(milliseconds: $0.milliseconds + Int64(millisecond)) }
        }
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let utc = "\(date.year)-\(two(date.month))-\(two(date.day))T\(two(hour)):\(two(minute)):\(two(second)).000Z"
        return Timestamp(.init(utc)).map {
            Timestamp(milliseconds: $0.milliseconds + Int64(millisecond) - Int64(offset) * 1000)
        }
    }
}
