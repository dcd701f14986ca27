import ByteStrings

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// A file that is read in parts.
public final class ReadableFile {
    private let descriptor: Int32
    private let path: ByteString
    /// What it was when it was opened.
    public let status: FileStatus

    public init(_ path: ByteString) throws(SystemError) {
        descriptor = path.withCString { open($0, O_RDONLY | O_CLOEXEC) }
        guard descriptor >= 0 else { throw SystemError(operation: "open", path: path) }
        self.path = path
        var raw = stat()
        guard fstat(descriptor, &raw) == 0 else {
            let error = SystemError(operation: "read", path: path)
            close(descriptor)
            throw error
        }
        status = FileStatus(raw)
    }

    deinit { close(descriptor) }

    /// Reads what comes next to the beginning of a block, as much as asked for or as there is room for; returns how much
    /// that was, 0 at the end.
    public func read(into block: inout [UInt8], upTo count: Int) throws(SystemError) -> Int {
        while true {
            let got = block.withUnsafeMutableBytes { buffer in
                let wanted = min(count, buffer.count)
                #if canImport(Darwin)
                return Darwin.read(descriptor, buffer.baseAddress, wanted)
                #else
                return Glibc.read(descriptor, buffer.baseAddress, wanted)
                #endif
            }
            if got >= 0 { return got }
            guard errno == EINTR else { throw SystemError(operation: "read", path: path) }
        }
    }
}
