import ByteStrings

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// The system's log, as syslog(3) reaches it; unlike that function, this says when nobody took the message.
public enum SystemLog {
    #if canImport(Darwin)
    public static let socketPath: ByteString = "/var/run/syslog"
    #else
    public static let socketPath: ByteString = "/dev/log"
    #endif

    /// Security messages for the administrator's eyes, a normal but significant one: `LOG_AUTHPRIV` and `LOG_NOTICE` of
    /// <syslog.h>.
    private static let priority = 10 << 3 | 5

    /// Sends one message under a tag, in the form of syslog(3) (RFC 3164, section 4.1). Never waits: a log that is
    /// stuck is a failure.
    public static func send(
        _ message: ByteString, tag: ByteString, to path: ByteString = socketPath
    ) throws(SystemError) {
        #if canImport(Darwin)
        let kind = SOCK_DGRAM
        #else
        let kind = Int32(SOCK_DGRAM.rawValue)
        #endif
        let descriptor = socket(AF_UNIX, kind, 0)
        guard descriptor >= 0 else { throw SystemError(operation: "reach the system's log at", path: path) }
        defer { close(descriptor) }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
        var address = sockaddr_un()
        let capacity = MemoryLayout.size(ofValue: address.sun_path)
        guard path.count < capacity else {
            throw SystemError(code: ENAMETOOLONG, operation: "reach the system's log at", path: path)
        }
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.bytes) }
        let size = socklen_t(MemoryLayout<sockaddr_un>.size)
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, size) }
        }
        guard connected == 0 else { throw SystemError(operation: "reach the system's log at", path: path) }
        let text = ByteString("<\(priority)>\(now()) ") + tag + ByteString("[\(getpid())]: ") + message
        let sent = text.bytes.withUnsafeBytes { Self.send(descriptor, $0) }
        guard sent == text.count else { throw SystemError(operation: "write to the system's log at", path: path) }
    }

    private static func send(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
        #if canImport(Darwin)
        Darwin.send(descriptor, bytes.baseAddress, bytes.count, 0)
        #else
        Glibc.send(descriptor, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
        #endif
    }

    /// The local time as `Jan  2 15:04:05`, in the C locale.
    private static func now() -> String {
        var seconds = time(nil)
        var parts = tm()
        var buffer = [CChar](repeating: 0, count: 32)
        guard localtime_r(&seconds, &parts) != nil, strftime(&buffer, buffer.count, "%b %e %H:%M:%S", &parts) > 0
        else { return "Jan  1 00:00:00" }
        return ByteString(cString: buffer).text
    }
}
