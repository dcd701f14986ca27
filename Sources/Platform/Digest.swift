import ByteStrings
import CPlatform

/// SHA-256, by the system's cryptographic library.
public enum Digest {
    /// The digest of what comes in parts.
    public final class Running {
        private let state: UnsafeMutableRawPointer
        private var isFinished = false

        public init() {
            guard let state = pawl_sha256_begin() else { fatalError("out of memory") }
            self.state = state
        }

        deinit { if !isFinished { pawl_sha256_finish(state, nil) } }

        public func add(_ part: UnsafeRawBufferPointer) {
            guard !isFinished else { return }
            part.withMemoryRebound(to: UInt8.self) { pawl_sha256_add(state, $0.baseAddress, $0.count) }
        }

        /// The digest of all parts as 64 lower-case hexadecimal digits. Nothing is added any more.
        public func finish() -> ByteString {
            guard !isFinished else { return "" }
            isFinished = true
            return Digest.text(
                [UInt8](unsafeUninitializedCapacity: 32) { digest, count in
                    pawl_sha256_finish(state, digest.baseAddress)
                    count = 32
                })
        }
    }

    private static let digits: StaticString = "0123456789abcdef"

    /// The digest of `content` as 64 lower-case hexadecimal digits.
    public static func sha256(_ content: ByteString) -> ByteString { sha256(content.bytes[...]) }

    /// The digest of a part of some bytes, which are not copied.
    public static func sha256(_ content: ArraySlice<UInt8>) -> ByteString {
        text(sha256Bytes(content))
    }

    private static func text(_ digest: [UInt8]) -> ByteString {
        let text = [UInt8](unsafeUninitializedCapacity: 64) { text, count in
            for (index, byte) in digest.enumerated() {
                text[2 * index] = digits.utf8Start[Int(byte >> 4)]
                text[2 * index + 1] = digits.utf8Start[Int(byte & 15)]
            }
            count = 64
        }
        return ByteString(text)
    }

    /// The digest of `content` as 32 bytes.
    public static func sha256Bytes(_ content: ByteString) -> [UInt8] { sha256Bytes(content.bytes[...]) }

    private static func sha256Bytes(_ content: ArraySlice<UInt8>) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: 32) { digest, count in
            content.withUnsafeBufferPointer { pawl_sha256($0.baseAddress, $0.count, digest.baseAddress) }
            count = 32
        }
    }
}
