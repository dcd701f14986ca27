import Auditing
import ByteStrings
import Platform

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// Writing to people and programs.
enum Output {
    /// A line on standard output.
    static func line(_ line: ByteString) { text(line + "\n") }

    /// Text on standard output, in one write where the system takes it.
    static func text(_ text: ByteString) {
        guard (try? File.writeAll(text, to: STDOUT_FILENO, path: "standard output")) != nil else {
            // Nobody reads any more, or the disk is full: nothing useful can follow.
            exit(74)
        }
    }

    /// A value as one line of JSON.
    static func json(_ value: JSON) { line(value.encoded) }

    /// A failure on standard error.
    static func error(_ failure: Failure) {
        var text = "pawl: error: " + printable(failure.message) + "\n"
        if let remedy = failure.remedy { text += "  instead " + printable(remedy) + "\n" }
        try? File.writeAll(text, to: STDERR_FILENO, path: "standard error")
    }

    /// A line on standard error about something that a person may want to know, while the command goes on.
    static func notice(_ text: ByteString) {
        try? File.writeAll("pawl: notice: " + printable(text) + "\n", to: STDERR_FILENO, path: "standard error")
    }

    /// The text without what would steer a terminal: names of refs, files and commands come from anywhere.
    static func printable(_ text: ByteString) -> ByteString {
        let isControl: (UInt8) -> Bool = { $0 < 0x20 || $0 == 0x7f }
        guard text.bytes.contains(where: isControl) else { return text }
        let digits = Array("0123456789abcdef".utf8)
        return ByteString(
            text.bytes.flatMap { byte in
                isControl(byte)
                    ? Array("\\x".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)]] : [byte]
            })
    }
}

/// Colour where a terminal shows it and nobody has switched it off (no-color.org).
struct Style {
    enum Colour: String {
        case red = "31"
        case green = "32"
        case yellow = "33"
        case magenta = "35"
        case bold = "1"
        case faint = "2"
    }

    var isColoured: Bool

    /// For standard output.
    init(_ environment: Environment) {
        isColoured =
            isatty(STDOUT_FILENO) == 1 && (environment["NO_COLOR"] ?? "").isEmpty
            && environment["TERM"] != "dumb"
    }

    func paint(_ text: ByteString, _ colour: Colour) -> ByteString {
        isColoured ? ByteString("\u{1b}[\(colour.rawValue)m") + text + "\u{1b}[0m" : text
    }
}

extension ByteString {
    /// Filled with blanks up to `width` columns, counting a character as one column.
    func padded(to width: Int) -> ByteString {
        self + ByteString(String(repeating: " ", count: max(0, width - text.count)))
    }
}
