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
            guard let index = index(of: name) else { return nil }
            return ByteString(entries[index].bytes[(name.count + 1)...])
        }
        set {
            guard let newValue else {
                while let index = index(of: name) { entries.remove(at: index) }
                return
            }
            let entry = ByteString(name.bytes + [UInt8(ascii: "=")] + newValue.bytes)
            if let index = index(of: name) {
                entries[index] = entry
            } else {
                entries.append(entry)
            }
        }
    }

    private func index(of name: ByteString) -> Int? {
        let length = name.count
        return entries.firstIndex { entry in
            entry.count > length && entry.bytes[length] == UInt8(ascii: "=") && entry.hasPrefix(name)
        }
    }
}
