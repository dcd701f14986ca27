import ByteStrings

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// A process environment as a value: what the program was started with, or what a child is to get.
public struct Environment: Sendable {
    /// The entries as the system keeps them, `NAME=value`, in their order.
    public private(set) var entries: [ByteString]

    public init(_ entries: [ByteString] = []) {
        self.entries = entries
    }

    /// The environment of this process.
    public static var current: Environment {
        var entries: [ByteString] = []
        #if canImport(Darwin)
        var cursor = _NSGetEnviron().pointee
        #else
        var cursor = environ
        #endif
        while let entry = cursor.pointee {
            entries.append(ByteString(cString: entry))
            cursor += 1
        }
        return Environment(entries)
    }

    /// The value of a variable; nil where it is not set. Setting nil removes it. As with `getenv`, the first entry of
    /// a name counts.
    public subscript(name: ByteString) -> ByteString? {
        get {
            let head = name.bytes + [UInt8(ascii: "=")]
            for entry in entries where entry.bytes.starts(with: head) {
                return ByteString(entry.bytes.dropFirst(head.count))
            }
            return nil
        }
        set {
            let head = ByteString(name.bytes + [UInt8(ascii: "=")])
            guard let newValue else {
                entries.removeAll { $0.hasPrefix(head) }
                return
            }
            if let index = entries.firstIndex(where: { $0.hasPrefix(head) }) {
                entries[index] = head + newValue
            } else {
                entries.append(head + newValue)
            }
        }
    }
}
