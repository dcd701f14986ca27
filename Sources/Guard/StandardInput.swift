import ByteStrings
import Platform

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// Standard input read before the command that it is meant for runs.
enum StandardInput {
    private static let name: ByteString = "standard input"

    /// Whether it is a file, of at most 16 MiB: reading that ahead keeps nobody waiting.
    static var isShortFile: Bool {
        var status = stat()
        return fstat(0, &status) == 0 && status.st_mode & S_IFMT == S_IFREG && status.st_size <= 16 << 20
    }

    /// All that is on standard input, which then begins anew for the command. nil on a terminal. Waits for the input's
    /// end; fails where it cannot be kept for the command.
    static func ahead() throws(SystemError) -> ByteString? {
        if isatty(0) != 0 { return nil }
        let text = try File.read(descriptor: 0, path: name)
        try begin(with: text)
        return text
    }

    /// Puts a file without a name in the place of standard input.
    private static func begin(with text: ByteString) throws(SystemError) {
        let folder = Environment.current["TMPDIR"].flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp"
        var path = Array(Path.join(folder, "pawl-input-XXXXXX").bytes.map { CChar(bitPattern: $0) }) + [0]
        let descriptor = mkstemp(&path)
        guard descriptor >= 0 else { throw SystemError(operation: "keep", path: name) }
        defer { close(descriptor) }
        unlink(path)
        try File.writeAll(text, to: descriptor, path: name)
        guard lseek(descriptor, 0, SEEK_SET) == 0, dup2(descriptor, 0) == 0 else {
            throw SystemError(operation: "keep", path: name)
        }
    }
}
