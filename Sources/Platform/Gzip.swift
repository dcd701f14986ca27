import ByteStrings
import CPlatform

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// Gzip files (RFC 1952), by zlib.
public enum Gzip {
    /// Why a file could not be compressed or unpacked.
    public enum Problem: Error, Equatable {
        case system(SystemError)
        /// What is compressed is not whole, or more follows it.
        case damaged(path: ByteString)
    }

    /// Compresses from where one open file stands to its end into another one.
    public static func compress(
        _ source: Int32, _ sourcePath: ByteString, into target: Int32, _ targetPath: ByteString
    ) throws(Problem) {
        try check(pawl_gzip(source, target), "compress \(sourcePath) into", targetPath)
    }

    /// Unpacks one open file into another one. `path` is the first one's, for messages.
    public static func unpack(_ source: Int32, _ path: ByteString, into target: Int32) throws(Problem) {
        try check(pawl_gunzip(source, target), "unpack", path)
    }

    /// The first bytes of what is compressed, at most `count`.
    public static func head(of source: Int32, _ path: ByteString, count: Int) throws(Problem) -> [UInt8] {
        var code: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            code = pawl_gunzip_head(source, buffer.baseAddress, count, &filled)
        }
        try check(code, "unpack", path)
        return bytes
    }

    private static func check(_ code: Int32, _ operation: String, _ path: ByteString) throws(Problem) {
        if code == PAWL_DAMAGED { throw .damaged(path: path) }
        if code != 0 { throw .system(SystemError(code: code, operation: operation, path: path)) }
    }
}

extension File {
    /// Opens a new file without a name in the system's folder for temporary files; it is gone when it is closed.
    public static func openTemporary(_ name: ByteString, environment: Environment) throws(SystemError) -> Int32 {
        let chosen = environment["TMPDIR"] ?? ""
        let pattern = Path.join(Path.isAbsolute(chosen) ? chosen : "/tmp", name + ".XXXXXX")
        var template = pattern.bytes.map { CChar(bitPattern: $0) } + [0]
        let descriptor = mkstemp(&template)
        guard descriptor >= 0 else { throw SystemError(operation: "make a file like", path: pattern) }
        unlink(template)
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        return descriptor
    }
}
