import AuditReview
import Auditing

/// Times as the clock on the wall shows them where the report is written, or in UTC.
struct WallClock {
    let isUTC: Bool
    private var offsets: [Int64: Int] = [:]

    init(isUTC: Bool) {
        self.isUTC = isUTC
    }

    /// The minutes to add to UTC at a time.
    mutating func offset(_ time: Timestamp) -> Int {
        if isUTC { return 0 }
        // No zone changes its offset but at a quarter of an hour.
        let quarter = time.milliseconds / 900_000
        if let known = offsets[quarter] { return known }
        let offset = LocalTime.offset(at: time) / 60
        offsets[quarter] = offset
        return offset
    }

    /// What the page's times are, with the offset at a time.
    func zone(_ time: Timestamp) -> String {
        let offset = isUTC ? 0 : LocalTime.offset(at: time) / 60
        if offset == 0 { return "UTC" }
        let minutes = abs(offset)
        let text = "UTC\(offset < 0 ? "-" : "+")\(Self.twoDigits(minutes / 60)):\(Self.twoDigits(minutes % 60))"
        return "local to the machine that wrote this report, \(text) then"
    }

    private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    /// A wall time as `2026-01-31 12:00`.
    static func minute(_ wallTime: Int64) -> String {
        let text = Timestamp(milliseconds: wallTime).text.text
        return text.prefix(10) + " " + text.dropFirst(11).prefix(5)
    }

    /// A wall time as `Mon 31 Jan 2026`.
    static func day(_ wallTime: Int64) -> String {
        let text = Timestamp(milliseconds: wallTime).text.text
        let names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let month = (Int(text.dropFirst(5).prefix(2)) ?? 1) - 1
        let day = Int(text.dropFirst(8).prefix(2)) ?? 1
        // The first day of 1970 was a Thursday.
        let weekday = Int(((wallTime.dividedDown(by: Span.day.milliseconds) + 3) % 7 + 7) % 7)
        let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
        return "\(weekdays[weekday]) \(day) \(names.indices.contains(month) ? names[month] : "") \(text.prefix(4))"
    }
}

extension Int64 {
    /// The quotient rounded down, also for negative numbers; `divisor` is positive.
    func dividedDown(by divisor: Int64) -> Int64 {
        let quotient = self / divisor
        return self % divisor < 0 ? quotient - 1 : quotient
    }
}
