import Auditing
import ByteStrings
import GitSyntax

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

    /// The agent, else the session, else the program that called git.
    static func who(_ record: Record) -> ByteString {
        if let agent = record.agent { return agent }
        // Its end tells sessions apart, its beginning only when they began.
        if let session = record.session { return "session " + ByteString(session.bytes.suffix(8)) }
        return record.parents.first?.executable.flatMap { $0.split(atLast: UInt8(ascii: "/"))?.tail ?? $0 } ?? "-"
    }

    static func decision(_ record: Record) -> ByteString {
        switch record.decision {
        case .allow: "allowed"
        case .snapshot: "recovery point"
        case .deny: "blocked"
        case nil: "-"
        }
    }

    static func commandLine(_ record: Record) -> ByteString {
        ShellQuoting.quote(["git"] + record.arguments.dropFirst())
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
