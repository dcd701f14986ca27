import ByteStrings
import CPlatform

/// SHA-256, by the system's cryptographic library.
public enum Digest {
    /// The digest of `content` as 64 lower-case hexadecimal digits.
    public static func sha256(_ content: ByteString) -> ByteString {
        var digest = [UInt8](repeating: 0, count: 32)
        content.bytes.withUnsafeBufferPointer { input in
            pawl_sha256(input.baseAddress, input.count, &digest)
        }
        let digits = Array("0123456789abcdef".utf8)
        return ByteString(digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }
}
