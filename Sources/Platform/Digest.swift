import ByteStrings
import CPlatform

/// SHA-256, by the system's cryptographic library.
public enum Digest {
    /// The digest of `content` as 64 lower-case hexadecimal digits.
    public static func sha256(_ content: ByteString) -> ByteString {
        let digest = sha256Bytes(content)
        return ByteString(
            [UInt8](unsafeUninitializedCapacity: 2 * digest.count) { digits, count in
                for (index, byte) in digest.enumerated() {
                    digits[2 * index] = digit(byte >> 4)
                    digits[2 * index + 1] = digit(byte & 15)
                }
                count = 2 * digest.count
            })
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }

    /// The digest of `content` as 32 bytes.
    public static func sha256Bytes(_ content: ByteString) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: 32)
        content.bytes.withUnsafeBufferPointer { input in
            pawl_sha256(input.baseAddress, input.count, &digest)
        }
        return digest
    }
}
