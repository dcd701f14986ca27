import ByteStrings
import CPlatform

/// SHA-256, by the system's cryptographic library.
public enum Digest {
    /// The digest of `content` as 64 lower-case hexadecimal digits.
    public static func sha256(_ content: ByteString) -> ByteString {
        let digits = Array("0123456789abcdef".utf8)
        return ByteString(sha256Bytes(content).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
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
