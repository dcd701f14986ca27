import ByteStrings
import Platform

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// A file to which lines are only ever appended.
struct AnchorFile {
    private let path: ByteString

    init(_ path: ByteString) {
        self.path = path
    }

    /// Appends in one write, so that lines of several processes do not mix. Does not wait for the reader of a pipe.
    func append(_ line: ByteString) throws(SystemError) {
        let flags = O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK
        let descriptor = path.withCString { open($0, flags, 0o600) }
        guard descriptor >= 0 else { throw SystemError(operation: "open", path: path) }
        defer { close(descriptor) }
        let written = line.bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        guard written == line.count else {
            throw SystemError(code: written < 0 ? errno : ENOSPC, operation: "write to", path: path)
        }
        guard fsync(descriptor) == 0 || errno == EINVAL else { throw SystemError(operation: "flush", path: path) }
    }

    /// What it holds; nothing where it is not there yet.
    func content() throws(SystemError) -> ByteString {
        do {
            return try File.read(path)
        } catch {
            if error.code == ENOENT { return "" }
            throw error
        }
    }
}
