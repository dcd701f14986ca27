/// Dates as git prints them (git-log(1), `--date`), from seconds since 1970 and a zone like `+0200`.
struct DateText {
    private let seconds: Int
    private let zone: [UInt8]
    private let year, month, day, hour, minute, second, weekday: Int

    init(_ signature: Signature) {
        seconds = signature.seconds
        zone = signature.zone.bytes
        let number = zone.dropFirst().reduce(0) { $0 * 10 + Int($1) - 48 }
        let offset = (number / 100 * 60 + number % 100) * (zone.first == UInt8(ascii: "-") ? -1 : 1)
        let local = seconds + offset * 60
        // Before 1970 in local time: git has ways of its own.
        let days = local >= 0 ? local / 86400 : (local - 86399) / 86400
        let rest = local - days * 86400
        (hour, minute, second) = (rest / 3600, rest / 60 % 60, rest % 60)
        weekday = ((days + 4) % 7 + 7) % 7
        (year, month, day) = Self.civil(days)
    }

    /// Year, month from 1 and day of a day since 1970 in the Gregorian calendar, by eras of 400 years that begin in
    /// March.
    private static func civil(_ days: Int) -> (Int, Int, Int) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }

    /// `Tue Nov 24 20:18:42 2026 +0000`.
    var usual: [UInt8] {
        let names: StaticString = "SunMonTueWedThuFriSatJanFebMarAprMayJunJulAugSepOctNovDec"
        func name(_ index: Int) -> [UInt8] { (0..<3).map { names.utf8Start[index * 3 + $0] } }
        return name(weekday) + " ".utf8 + name(6 + month) + " \(day) \(clock) \(year) ".utf8 + zone
    }

    /// `2026-11-24 20:18:42 +0000`.
    var iso: [UInt8] { short + " \(clock) ".utf8 + zone }

    /// `2026-11-24T20:18:42+00:00`: since git 2.45 `Z` for UTC.
    var strictISO: [UInt8] {
        let text = short + "T\(clock)".utf8
        return text + zone.prefix(3) + ":".utf8 + zone.suffix(2)
    }

    /// `2026-11-24`.
    var short: [UInt8] { Array("\(Self.padded(year, 4))-\(Self.padded(month))-\(Self.padded(day))".utf8) }

    private var clock: String { "\(Self.padded(hour)):\(Self.padded(minute)):\(Self.padded(second))" }

    private static func padded(_ number: Int, _ width: Int = 2) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }

    /// `3 days ago` (git's `show_date_relative`).
    func relative(to now: Int) -> String {
        if now < seconds { return "in the future" }
        func ago(_ count: Int, _ unit: String) -> String { "\(count) \(unit)\(count == 1 ? "" : "s") ago" }
        var difference = now - seconds
        if difference < 90 { return ago(difference, "second") }
        difference = (difference + 30) / 60
        if difference < 90 { return ago(difference, "minute") }
        difference = (difference + 30) / 60
        if difference < 36 { return ago(difference, "hour") }
        difference = (difference + 12) / 24
        if difference < 14 { return ago(difference, "day") }
        if difference < 70 { return ago((difference + 3) / 7, "week") }
        if difference < 365 { return ago((difference + 15) / 30, "month") }
        guard difference < 1825 else { return ago((difference + 183) / 365, "year") }
        let months = (difference * 24 + 365) / 730
        if months % 12 == 0 { return ago(months / 12, "year") }
        return "\(months / 12) year\(months / 12 == 1 ? "" : "s"), " + ago(months % 12, "month")
    }
}
