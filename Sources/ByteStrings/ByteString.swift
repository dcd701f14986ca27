#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// A string of bytes, as Unix hands them over: arguments, paths, ref names and configuration values are bytes, and
/// nothing promises that they are UTF-8. Holds no NUL when it came from `argv` or the environment.
public struct ByteString: Hashable, Comparable, Sendable, ExpressibleByStringLiteral,
    ExpressibleByStringInterpolation
{
    /// The bytes, without a terminator.
    public var bytes: [UInt8]

    public init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    // Inlinable: callers in other modules get a version for their own kind of sequence, several times faster.
    @inlinable
    public init(_ bytes: some Sequence<UInt8>) {
        self.bytes = Array(bytes)
    }

    public init(_ string: String) {
        // Straight from the string's storage, where it has any: a good deal faster than by its elements.
        bytes = string.utf8.withContiguousStorageIfAvailable { Array($0) } ?? Array(string.utf8)
    }

    public init(stringLiteral value: String) {
        self.init(value)
    }

    /// The empty string.
    public init() {
        bytes = []
    }

    /// Copies the bytes up to the terminating NUL.
    public init(cString: UnsafePointer<CChar>) {
        let length = strlen(cString)
        bytes = cString.withMemoryRebound(to: UInt8.self, capacity: length) {
            Array(UnsafeBufferPointer(start: $0, count: length))
        }
    }

    public var isEmpty: Bool { bytes.isEmpty }
    public var count: Int { bytes.count }

    /// The text for people: invalid UTF-8 is replaced, so this must not be used to name things to git or the system.
    public var text: String { String(decoding: bytes, as: UTF8.self) }

    public static func < (left: ByteString, right: ByteString) -> Bool {
        left.bytes.lexicographicallyPrecedes(right.bytes)
    }

    public static func + (left: ByteString, right: ByteString) -> ByteString {
        ByteString(left.bytes + right.bytes)
    }

    public static func += (left: inout ByteString, right: ByteString) {
        left.bytes += right.bytes
    }

    /// Calls `body` with a NUL-terminated copy, for C functions.
    @inlinable
    public func withCString<Result, Failure: Error>(
        _ body: (UnsafePointer<CChar>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let count = bytes.count
        let memory = UnsafeMutableRawPointer.allocate(byteCount: count + 1, alignment: 1)
        defer { memory.deallocate() }
        bytes.withUnsafeBytes { if let start = $0.baseAddress { memory.copyMemory(from: start, byteCount: count) } }
        memory.storeBytes(of: 0, toByteOffset: count, as: CChar.self)
        return try body(memory.bindMemory(to: CChar.self, capacity: count + 1))
    }
}

// MARK: - Looking into it

extension ByteString {
    public func hasPrefix(_ prefix: ByteString) -> Bool { bytes.starts(with: prefix.bytes) }

    public func hasSuffix(_ suffix: ByteString) -> Bool {
        bytes.count >= suffix.bytes.count && bytes.suffix(suffix.bytes.count).elementsEqual(suffix.bytes)
    }

    /// What follows `prefix`, or nil where the string does not begin with it.
    public func dropping(prefix: ByteString) -> ByteString? {
        hasPrefix(prefix) ? ByteString(bytes.dropFirst(prefix.count)) : nil
    }

    /// What precedes `suffix`, or nil where the string does not end with it.
    public func dropping(suffix: ByteString) -> ByteString? {
        hasSuffix(suffix) ? ByteString(bytes.dropLast(suffix.count)) : nil
    }

    public func contains(_ byte: UInt8) -> Bool { bytes.contains(byte) }

    /// Whether `needle` occurs anywhere; the empty needle does.
    public func contains(_ needle: ByteString) -> Bool {
        guard let first = needle.bytes.first else { return true }
        return bytes.withUnsafeBytes { haystack in
            needle.bytes.withUnsafeBytes { needle in
                guard let start = haystack.baseAddress, let sought = needle.baseAddress else { return false }
                var place = 0
                // What is searched can be long, as a file of refs is: memchr looks at many bytes at once.
                while place + needle.count <= haystack.count {
                    let starts = haystack.count - needle.count + 1 - place
                    guard let found = memchr(start + place, Int32(first), starts) else { return false }
                    if memcmp(found, sought, needle.count) == 0 { return true }
                    place = UnsafeRawPointer(found) - start + 1
                }
                return false
            }
        }
    }

    /// The parts before and after the first `separator`, or nil where there is none.
    public func split(atFirst separator: UInt8) -> (head: ByteString, tail: ByteString)? {
        bytes.firstIndex(of: separator).map { split(at: $0) }
    }

    /// The parts before and after the last `separator`, or nil where there is none.
    public func split(atLast separator: UInt8) -> (head: ByteString, tail: ByteString)? {
        bytes.lastIndex(of: separator).map { split(at: $0) }
    }

    private func split(at index: Int) -> (head: ByteString, tail: ByteString) {
        (ByteString(bytes[..<index]), ByteString(bytes[(index + 1)...]))
    }

    /// All parts between separators, empty ones included.
    public func split(_ separator: UInt8) -> [ByteString] {
        var parts: [ByteString] = []
        var start = bytes.startIndex
        for index in bytes.indices where bytes[index] == separator {
            parts.append(ByteString(bytes[start..<index]))
            start = index + 1
        }
        parts.append(ByteString(bytes[start...]))
        return parts
    }

    /// ASCII letters in lower case; all other bytes as they are.
    public var lowercased: ByteString {
        ByteString(bytes.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 | 0x20 : $0 })
    }

    /// Without ASCII white space at both ends.
    public var trimmed: ByteString {
        let isSpace: (UInt8) -> Bool = { $0 == 0x20 || (0x09...0x0d).contains($0) }
        let head = bytes.drop(while: isSpace)
        guard let last = head.lastIndex(where: { !isSpace($0) }) else { return ByteString() }
        return ByteString(head[...last])
    }
}

extension Sequence<ByteString> {
    /// The elements with `separator` between them.
    @inlinable
    public func joined(separator: ByteString) -> ByteString {
        var joined: [UInt8] = []
        var isFirst = true
        for element in self {
            if !isFirst { joined += separator.bytes }
            joined += element.bytes
            isFirst = false
        }
        return ByteString(joined)
    }
}

extension ByteString: CustomStringConvertible {
    public var description: String { text }
}
