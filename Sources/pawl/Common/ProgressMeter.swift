import Auditing
import ByteStrings
import Platform

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// How far a long work has come, in one line on a terminal's standard error; nothing elsewhere, nor for short works.
struct ProgressMeter {
    private let what: String
    private let isShown = isatty(STDERR_FILENO) == 1
    private let begun = Timestamp.now.milliseconds
    private var last: Int64
    private var hasShown = false

    /// Milliseconds before the first line, and between lines.
    private static let pause: Int64 = 200

    init(_ what: String) {
        self.what = what
        last = begun
    }

    mutating func show(_ done: Int, of total: Int) {
        let now = Timestamp.now.milliseconds
        guard isShown, total > 0, now - last >= Self.pause else { return }
        last = now
        hasShown = true
        let share = Double(done) / Double(total)
        let left = share > 0 ? Int(Double(now - begun) / share * (1 - share) / 1000) : 0
        let width = 30
        let filled = min(width, Int(share * Double(width)))
        let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: width - filled)
        write("\r\u{1b}[Kpawl: \(what) [\(bar)] \(Int(share * 100)) %, \(left) s left")
    }

    /// Takes the line away.
    func finish() {
        if hasShown { write("\r\u{1b}[K") }
    }

    private func write(_ text: String) {
        try? File.writeAll(ByteString(text), to: STDERR_FILENO, path: "standard error")
    }
}
