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

    /// A line that is a warning already, as the front end has them.
    static func warning(_ line: ByteString) {
        try? File.writeAll(printable(line) + "\n", to: STDERR_FILENO, path: "standard error")
    }

    /// The text without what would steer a terminal: names of refs, files and commands come from anywhere. Control
    /// characters, also those from U+0080 to U+009F, and marks that turn the direction of text are shown by their bytes.
    static func printable(_ text: ByteString) -> ByteString {
        let bytes = text.bytes
        guard bytes.contains(where: { $0 < 0x20 || $0 >= 0x7F }) else { return text }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            let hidden = steeringLength(bytes[index...])
            if hidden == 0 {
                result.append(bytes[index])
                index += 1
            }
            for byte in bytes[index..<(index + hidden)] {
                let digits = Array("0123456789abcdef".utf8)
                result += Array("\\x".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
            index += hidden
        }
        return ByteString(result)
    }

    /// The length of the character at the beginning if it steers a terminal, else 0.
    private static func steeringLength(_ bytes: ArraySlice<UInt8>) -> Int {
        let start = Array(bytes.prefix(3))
        switch start.first {
        case .some(0..<0x20), 0x7F: return 1
        case 0xC2 where start.count > 1 && (0x80...0x9F).contains(start[1]): return 2
        // U+202A to U+202E, U+2066 to U+2069.
        case 0xE2 where start.count > 2 && start[1] == 0x80 && (0xAA...0xAE).contains(start[2]): return 3
        case 0xE2 where start.count > 2 && start[1] == 0x81 && (0xA6...0xA9).contains(start[2]): return 3
        default: return 0
        }
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

    init(isColoured: Bool) { self.isColoured = isColoured }

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
