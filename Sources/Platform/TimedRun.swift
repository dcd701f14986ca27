import ByteStrings

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// Running programs that may hang.
extension Program {
    /// What came of such a run.
    public enum TimedEnding: Equatable, Sendable {
        case ended(Ending)
        /// It took too long, and was killed with all that it had started.
        case overdue
    }

    /// Runs it with `input` on its standard input, for a number of milliseconds at most. What it prints is cut at
    /// `limit` bytes.
    public func run(
        input: ByteString = "", milliseconds: Int, limit: Int = 64 << 20
    ) throws(SystemError) -> (ending: TimedEnding, output: ByteString, errors: ByteString) {
        // Files instead of pipes: nothing that it does or leaves undone can make this process wait.
        let files = try [input, "", ""].map { content throws(SystemError) in try Self.file(holding: content) }
        defer { files.forEach { close($0) } }
        let child = try start(input: files[0], output: files[1], errors: files[2], inOwnGroup: true)
        var status: Int32 = 0
        var waited = 0
        var ending: TimedEnding?
        while ending == nil {
            let result = waitpid(child.identifier, &status, WNOHANG)
            if result == child.identifier {
                ending = .ended(Ending(waitStatus: status))
            } else if result < 0 && errno != EINTR {
                ending = .ended(.exited(127))
            } else if waited >= milliseconds {
                kill(-child.identifier, SIGKILL)
                _ = child.wait()
                ending = .overdue
            } else {
                let pause = min(1 + waited / 10, 20)
                usleep(useconds_t(pause * 1000))
                waited += pause
            }
        }
        return (ending ?? .overdue, try Self.content(of: files[1], limit), try Self.content(of: files[2], limit))
    }

    private static func file(holding content: ByteString) throws(SystemError) -> Int32 {
        let descriptor = try File.openTemporary("pawl-run", environment: .current)
        do {
            try File.writeAll(content, to: descriptor, path: "a temporary file")
        } catch {
            close(descriptor)
            throw error
        }
        lseek(descriptor, 0, SEEK_SET)
        return descriptor
    }

    private static func content(of descriptor: Int32, _ limit: Int) throws(SystemError) -> ByteString {
        lseek(descriptor, 0, SEEK_SET)
        return try File.read(descriptor: descriptor, path: "a temporary file", limit: limit)
    }
}
