import Auditing

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// A date and time of day by the clock on the wall, in the time zone of this process.
public struct LocalTime: Hashable, Sendable {
    public var year: Int
    /// From 1.
    public var month: Int
    /// From 1; may lie outside of the month and then counts into the neighbouring ones, as do the fields below.
    public var day: Int
    public var hour = 0
    public var minute = 0
    public var second = 0

    public init(year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0) {
        self.year = year
        self.month = month
        self.day = day
        self.hour = hour
        self.minute = minute
        self.second = second
    }

    /// The local time of a moment; nil for years that the system cannot express.
    public init?(_ moment: Timestamp) {
        guard let parts = Self.parts(of: moment) else { return nil }
        self.init(
            year: Int(parts.tm_year) + 1900, month: Int(parts.tm_mon) + 1, day: Int(parts.tm_mday),
            hour: Int(parts.tm_hour), minute: Int(parts.tm_min), second: Int(parts.tm_sec))
    }

    /// The moment; an hour that a clock change leaves out counts as the one after it. Nil where the system cannot
    /// express it.
    public var moment: Timestamp? {
        var parts = tm()
        let fields = [year - 1900, month - 1, day, hour, minute, second].map { Int32(exactly: $0) }
        guard let year = fields[0], let month = fields[1], let day = fields[2], let hour = fields[3],
            let minute = fields[4], let second = fields[5]
        else { return nil }
        parts.tm_year = year
        parts.tm_mon = month
        parts.tm_mday = day
        parts.tm_hour = hour
        parts.tm_min = minute
        parts.tm_sec = second
        // Whether summer time holds is for the system to find out.
        parts.tm_isdst = -1
        parts.tm_wday = -1
        let seconds = mktime(&parts)
        // -1 is also the last second of 1969: only a failure leaves the weekday alone.
        guard seconds != -1 || parts.tm_wday != -1 else { return nil }
        return Timestamp(milliseconds: Int64(seconds) * 1000)
    }

    /// The same date at midnight.
    public var startOfDay: LocalTime { LocalTime(year: year, month: month, day: day) }

    /// The day that lies so many days after this one, at midnight.
    public func addingDays(_ days: Int) -> LocalTime { LocalTime(year: year, month: month, day: day + days) }

    /// Days since Sunday of the moment's local date: 0 to 6.
    public static func weekday(of moment: Timestamp) -> Int? { parts(of: moment).map { Int($0.tm_wday) } }

    /// How far the local clock is before UTC at a moment, in seconds.
    public static func offset(at moment: Timestamp) -> Int { parts(of: moment)?.tm_gmtoff ?? 0 }

    private static func parts(of moment: Timestamp) -> tm? {
        var seconds = time_t((moment.milliseconds - (moment.milliseconds < 0 ? 999 : 0)) / 1000)
        var parts = tm()
        return localtime_r(&seconds, &parts) == nil ? nil : parts
    }
}
