import AuditReview
import Auditing
import ByteStrings
import Effects
import GitSyntax
import Guard

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// What records say, in people's words.
enum AuditWords {
    /// The local time.
    static func time(_ time: Timestamp) -> ByteString {
        var seconds = time_t(time.milliseconds / 1000)
        var parts = tm()
        var buffer = [CChar](repeating: 0, count: 64)
        guard localtime_r(&seconds, &parts) != nil, strftime(&buffer, buffer.count, "%Y-%m-%d %H:%M:%S", &parts) > 0
        else { return time.text }
        return ByteString(cString: buffer)
    }

    /// The local time without year and seconds.
    static func shortTime(_ time: Timestamp) -> ByteString { ByteString(Self.time(time).bytes.dropFirst(5).prefix(11)) }

    /// The agent, else the session, else the program that called git.
    static func who(_ record: Record) -> ByteString {
        if let agent = record.agent { return agent }
        // Its end tells sessions apart, its beginning only when they began.
        if let session = record.session { return "session " + ByteString(session.bytes.suffix(8)) }
        return record.parents.first?.executable.flatMap { $0.split(atLast: UInt8(ascii: "/"))?.tail ?? $0 } ?? "-"
    }

    static func decision(_ decision: Record.Decision?) -> ByteString {
        switch decision {
        case .allow: "allowed"
        case .snapshot: "recovery point"
        case .deny: "blocked"
        case nil: "-"
        }
    }

    /// What was decided; of what Pawl does itself, that nobody was asked.
    static func decision(of record: Record) -> ByteString {
        record.isOfPawl ? (record.command == "pawl undo" ? "undo" : "pawl") : decision(record.decision)
    }

    static func colour(_ decision: Record.Decision?) -> Style.Colour? {
        switch decision {
        case .allow: .green
        case .snapshot: .yellow
        case .deny: .red
        case nil: nil
        }
    }

    /// How a command that failed ended, to be put behind its command line; else nothing.
    static func mishap(_ record: Record) -> ByteString {
        if let signal = record.signal { return ByteString("  (signal \(signal))") }
        guard record.hasFailed, let exit = record.exit else { return "" }
        return ByteString("  (exit \(exit))")
    }

    /// A number with its thousands apart.
    static func number(_ number: Int) -> String {
        var digits = String(number)
        var index = digits.count - 3
        while index > (number < 0 ? 1 : 0) {
            digits.insert(",", at: digits.index(digits.startIndex, offsetBy: index))
            index -= 3
        }
        return digits
    }

    /// A length of time: `4 s`, `12 min`, `3 h 05 min`, `2 d 4 h`.
    static func duration(_ milliseconds: Int64) -> String {
        let seconds = max(0, milliseconds / 1000)
        let (minutes, hours, days) = (seconds / 60, seconds / 3600, seconds / 86_400)
        if seconds < 60 { return "\(seconds) s" }
        if minutes < 60 { return "\(minutes) min" }
        if hours < 24 { return "\(hours) h \(minutes % 60 < 10 ? "0" : "")\(minutes % 60) min" }
        return "\(days) d \(hours % 24) h"
    }

    /// An effect, with what would be lost in a few words.
    static func effect(_ effect: Effect) -> ByteString {
        var text = effect.summary
        if effect.certainty == .possible { text += ", possibly" }
        guard let lost = effect.lost else { return text }
        let names = lost.first.map { ByteString($0.id.bytes.prefix(7)) }.joined(separator: ", ")
        let count = ByteString("; \(AuditWords.number(lost.count)) commit\(lost.count == 1 ? "" : "s") lost")
        guard !lost.first.isEmpty else { return text + count }
        return text + count + " (" + names + (lost.count > lost.first.count ? ", ...)" : ")")
    }

    /// By what a push is forced.
    static func force(_ force: Effect.Force) -> ByteString {
        switch force {
        case .option(let name): name
        case .refspec(let text): "the refspec " + text
        case .configuration(let text): "the configuration " + text
        case .overlay(let text): text
        }
    }

    static func commandLine(_ record: Record) -> ByteString {
        ShellQuoting.quote(record.calledWords)
    }

    /// How the command was run and ended.
    static func outcome(_ record: Record) -> ByteString {
        let way: ByteString =
            switch record.ran {
            case .native: "by pawl itself"
            case .exec: "handed over to the real git; its end was not waited for"
            case .spawn: "by the real git"
            case .no: "not run"
            case nil: "not known"
            }
        if let signal = record.signal { return way + ByteString(", ended by signal \(signal)") }
        if let exit = record.exit { return way + ByteString(", exit status \(exit)") }
        return way
    }
}
