import ByteStrings
import CompactOutput
import Platform

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// A pipe between a command and this process's standard output, in which what it prints is shortened.
final class OutputFilter {
    /// What the command writes to.
    private(set) var input: Int32
    private let reading: Int32
    private var stream: ShortenedStream

    init(_ shortener: any LineShortener, of program: Program) throws(SystemError) {
        (reading, input) = try program.makePipe()
        stream = ShortenedStream(shortener)
    }

    /// Passes everything on until the command closes its end. Where nobody reads any more, the command learns of it as
    /// it would without a filter: its next write fails.
    func pass() {
        close(input)
        let previous = signal(SIGPIPE, SIG_IGN)
        defer {
            signal(SIGPIPE, previous)
            close(reading)
        }
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        let size = buffer.count
        while true {
            let got = buffer.withUnsafeMutableBytes { read(reading, $0.baseAddress, size) }
            if got < 0 && errno == EINTR { continue }
            guard got > 0 else { break }
            guard (try? File.writeAll(ByteString(stream.take(buffer[..<got])), to: 1, path: "standard output")) != nil
            else { return }
        }
        try? File.writeAll(ByteString(stream.finish()), to: 1, path: "standard output")
    }
}
