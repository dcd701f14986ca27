import ByteStrings
import CLibgit2

/// The name of an object as 20 bytes: what trees, indexes and walks over many objects are compared by.
public struct ObjectID: Hashable, Sendable {
    private var high: UInt64
    private var middle: UInt64
    private var low: UInt32

    /// Copies 20 bytes.
    public init(_ bytes: UnsafeRawPointer) {
        high = bytes.loadUnaligned(as: UInt64.self)
        middle = bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
        low = bytes.loadUnaligned(fromByteOffset: 16, as: UInt32.self)
    }

    init(_ raw: git_oid) {
        self = withUnsafeBytes(of: raw) { bytes in bytes.baseAddress.map { ObjectID($0) } ?? .zero }
    }

    /// From 40 lower-case hexadecimal digits; nil for anything else.
    public init?(hex: [UInt8]) {
        guard let name = hex.withUnsafeBufferPointer({ ObjectID(hex: $0) }) else { return nil }
        self = name
    }

    /// From 40 lower-case hexadecimal digits; nil for anything else.
    public init?(hex: UnsafeBufferPointer<UInt8>) {
        guard hex.count == 40 else { return nil }
        var raw = git_oid()
        let isValid = withUnsafeMutableBytes(of: &raw) { bytes in
            for index in 0..<20 {
                guard let high = Self.value(hex[2 * index]), let low = Self.value(hex[2 * index + 1]) else {
                    return false
                }
                bytes[index] = high << 4 | low
            }
            return true
        }
        guard isValid else { return nil }
        self.init(raw)
    }

    private static func value(_ digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        default: nil
        }
    }

    /// All zeros: no object.
    public static let zero = ObjectID(high: 0, middle: 0, low: 0)

    private init(high: UInt64, middle: UInt64, low: UInt32) {
        (self.high, self.middle, self.low) = (high, middle, low)
    }

    /// The 20 bytes.
    public var bytes: [UInt8] {
        var copy = self
        return withUnsafeBytes(of: &copy) { Array($0.prefix(20)) }
    }

    /// 40 hexadecimal digits.
    public var hex: [UInt8] {
        let digits: StaticString = "0123456789abcdef"
        var copy = self
        return withUnsafeBytes(of: &copy) { bytes in
            [UInt8](unsafeUninitializedCapacity: 40) { hex, count in
                for index in 0..<20 {
                    hex[2 * index] = digits.utf8Start[Int(bytes[index] >> 4)]
                    hex[2 * index + 1] = digits.utf8Start[Int(bytes[index] & 15)]
                }
                count = 40
            }
        }
    }

    /// Numbers that compare as the bytes do.
    typealias SortingKey = (high: UInt64, middle: UInt64, low: UInt32)

    var sortingKey: SortingKey { (UInt64(bigEndian: high), UInt64(bigEndian: middle), UInt32(bigEndian: low)) }

    var raw: git_oid {
        var raw = git_oid()
        withUnsafeMutableBytes(of: &raw) { $0.copyBytes(from: bytes) }
        return raw
    }
}
