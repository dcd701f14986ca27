import ByteStrings

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// A system call that failed.
public struct SystemError: Error, Equatable, CustomStringConvertible {
    /// The value of `errno`.
    public var code: Int32
    /// What was being done, as a verb: "open", "read", "start".
    public var operation: String
    /// The file concerned.
    public var path: ByteString

    public init(code: Int32 = errno, operation: String, path: ByteString) {
        self.code = code
        self.operation = operation
        self.path = path
    }

    /// The system's words for `code`.
    public var reason: String { String(cString: strerror(code)) }

    /// Whether it failed because there is no such file.
    public var isAbsence: Bool { code == ENOENT || code == ENOTDIR }

    public var description: String { "cannot \(operation) \(path): \(reason)" }
}
