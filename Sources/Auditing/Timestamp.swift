import ByteStrings

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// A point in time in UTC, in milliseconds. Written as in RFC 3339: `2026-01-31T12:00:00.250Z`.
public struct Timestamp: Hashable, Comparable, Sendable {
    /// Since the beginning of 1970, leap seconds not counted.
    public var milliseconds: Int64

    public init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    /// The present time by the system's clock.
    public static var now: Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }

    public static func < (left: Timestamp, right: Timestamp) -> Bool { left.milliseconds < right.milliseconds }

    /// The first and the last moment that four digits of year can express; others are written as the nearer of them.
    private static let expressible: ClosedRange<Int64> = -62_167_219_200_000...253_402_300_799_999

    static let millisecondsPerDay: Int64 = 86_400_000

    /// The RFC 3339 text with milliseconds, always 24 characters.
    public var text: ByteString {
        let moment = min(max(milliseconds, Self.expressible.lowerBound), Self.expressible.upperBound)
        let days = Int64(floorDividing: moment, by: Self.millisecondsPerDay)
        var rest = moment - days * Self.millisecondsPerDay
        let (year, month, day) = Self.date(days: days)
        let millisecond = rest % 1000
        rest /= 1000
        var output: [UInt8] = []
        output.reserveCapacity(24)
        let fields: [(Int64, Int, Unicode.Scalar)] = [
            (year, 4, "-"), (month, 2, "-"), (day, 2, "T"), (rest / 3600, 2, ":"), (rest / 60 % 60, 2, ":"),
            (rest % 60, 2, "."), (millisecond, 3, "Z"),
        ]
        for (value, width, separator) in fields {
            var divisor: Int64 = width == 4 ? 1000 : width == 3 ? 100 : 10
            while divisor > 0 {
                output.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value / divisor % 10))
                divisor /= 10
            }
            output.append(UInt8(ascii: separator))
        }
        return ByteString(output)
    }

    /// Reads exactly the form that `text` writes; nil for anything else.
    public init?(_ text: ByteString) {
        let bytes = text.bytes
        guard bytes.count == 24 else { return nil }
        let separators = [
            4: UInt8(ascii: "-"), 7: UInt8(ascii: "-"), 10: UInt8(ascii: "T"), 13: UInt8(ascii: ":"),
            16: UInt8(ascii: ":"), 19: UInt8(ascii: "."), 23: UInt8(ascii: "Z"),
        ]
        var numbers: [Int64] = [0]
        for (index, byte) in bytes.enumerated() {
            if let separator = separators[index] {
                guard byte == separator else { return nil }
                numbers.append(0)
            } else {
                guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
                numbers[numbers.count - 1] = numbers[numbers.count - 1] * 10 + Int64(byte - UInt8(ascii: "0"))
            }
        }
        guard (1...12).contains(numbers[1]), (1...31).contains(numbers[2]), numbers[3] < 24, numbers[4] < 60,
            numbers[5] < 60
        else { return nil }
        let days = Self.days(year: numbers[0], month: numbers[1], day: numbers[2])
        let seconds = numbers[3] * 3600 + numbers[4] * 60 + numbers[5]
        milliseconds = days * Self.millisecondsPerDay + seconds * 1000 + numbers[6]
        guard self.text == text else { return nil }
    }

    /// Days since 1970 as a date, by the Gregorian calendar. Years are counted from March, so that the leap day is
    /// the last of its year; 719,468 days lie between March of year 0 and 1970.
    private static func date(days: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let shifted = days + 719_468
        let era = Int64(floorDividing: shifted, by: 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }

    /// The inverse of `date(days:)`.
    private static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let era = Int64(floorDividing: shifted, by: 400)
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}

extension Int64 {
    /// The quotient rounded down, also for negative numbers; `divisor` is positive.
    fileprivate init(floorDividing dividend: Int64, by divisor: Int64) {
        let quotient = dividend / divisor
        self = dividend % divisor < 0 ? quotient - 1 : quotient
    }
}
