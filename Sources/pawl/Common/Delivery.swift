import ByteStrings
import Platform

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// Where a long output goes, written as it comes: standard output, or a file that appears under its name when it is
/// complete. The file is for this user alone: a log is nobody else's business.
struct Delivery {
    private let descriptor: Int32
    private let path: ByteString
    /// The name of the unfinished file; nil for standard output.
    private let draft: ByteString?
    private var buffer: [UInt8] = []

    /// `path` nil or `-` is standard output.
    init(to path: String?) throws(Failure) {
        guard let path, path != "-" else {
            descriptor = STDOUT_FILENO
            self.path = "standard output"
            draft = nil
            return
        }
        let file = ByteString(path)
        guard !File.isDirectory(file) else { throw Failure(file + " is a folder", remedy: "name a file in it") }
        let draft = file + ByteString(".new-\(getpid())")
        descriptor = draft.withCString { open($0, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600) }
        guard descriptor >= 0 else {
            throw Failure(
                ByteString(SystemError(operation: "create", path: draft).description),
                remedy: "name another file with --output")
        }
        self.path = file
        self.draft = draft
    }

    /// Whether people see it as it is written.
    var isTerminal: Bool { draft == nil && isatty(descriptor) == 1 }

    mutating func write(_ bytes: ByteString) throws(Failure) {
        buffer += bytes.bytes
        if buffer.count >= 1 << 18 { try flush() }
    }

    /// Writes the rest and gives a file its name; one that was there before is replaced.
    mutating func finish() throws(Failure) {
        try flush()
        guard let draft else { return }
        let closed = close(descriptor) == 0
        guard closed, draft.withCString({ from in path.withCString { rename(from, $0) } }) == 0 else {
            let error = SystemError(operation: "write", path: path)
            _ = draft.withCString { unlink($0) }
            throw Failure(ByteString(error.description))
        }
    }

    /// Takes back what was written of a file.
    func abandon() {
        guard let draft else { return }
        close(descriptor)
        _ = draft.withCString { unlink($0) }
    }

    private mutating func flush() throws(Failure) {
        defer { buffer.removeAll(keepingCapacity: true) }
        do {
            try File.writeAll(ByteString(buffer), to: descriptor, path: path)
        } catch {
            abandon()
            throw Failure(ByteString(error.description), status: 74)
        }
    }
}
