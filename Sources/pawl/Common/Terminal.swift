import ByteStrings
import Platform

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// The terminal on standard output.
enum Terminal {
    struct Size {
        var columns: Int
        var rows: Int
    }

    /// Its size; nil where standard output is none. As with git, `COLUMNS` and `LINES` count before what the terminal
    /// tells.
    static var size: Size? {
        guard isatty(STDOUT_FILENO) == 1 else { return nil }
        var told = winsize()
        if ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &told) != 0 { told = winsize() }
        func number(_ variable: ByteString, _ told: UInt16, _ usual: Int) -> Int {
            if let set = Environment.current[variable].flatMap({ Int($0.text) }), set > 0 { return set }
            return told > 0 ? Int(told) : usual
        }
        return Size(columns: number("COLUMNS", told.ws_col, 80), rows: number("LINES", told.ws_row, 24))
    }

    /// Shows text on standard output, through a pager where a terminal is too low for it.
    static func show(_ text: ByteString) {
        let lines = text.bytes.count { $0 == UInt8(ascii: "\n") }
        guard let size, lines >= size.rows, let pager = pager(.current), page(text, through: pager) else {
            return Output.text(text)
        }
    }

    /// The command line of the pager: `PAWL_PAGER`, `PAGER` or less; nil where it is to be none.
    private static func pager(_ environment: Environment) -> ByteString? {
        let named = environment["PAWL_PAGER"] ?? environment["PAGER"]
        if let named { return named.trimmed.isEmpty || named.trimmed == "cat" ? nil : named }
        return environment["TERM"] == "dumb" ? nil : "less"
    }

    /// False where it cannot be started.
    private static func page(_ text: ByteString, through pager: ByteString) -> Bool {
        var environment = Environment.current
        // As git sets it: colours as they are, nothing for a short text, and the screen left as it is.
        if environment["LESS"] == nil { environment["LESS"] = "FRX" }
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { return false }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        // A pager that is missing makes the shell end with 127, and the text is shown as it is.
        let program = Program("/bin/sh", ["sh", "-c", pager], environment: environment)
        let child: Child
        do {
            child = try program.start(input: ends[0])
        } catch {
            ends.forEach { close($0) }
            return false
        }
        close(ends[0])
        // A pager that is left early takes no more text: that is no error. Interrupts are for the pager.
        signal(SIGPIPE, SIG_IGN)
        signal(SIGINT, SIG_IGN)
        try? File.writeAll(text, to: ends[1], path: "the pager")
        close(ends[1])
        return child.wait() != .exited(127)
    }
}
