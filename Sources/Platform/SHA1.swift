import CPlatform

/// SHA-1, for git's own file formats only: it vouches for nothing.
public enum SHA1 {
    /// The 20 bytes of the digest.
    public static func digest(_ bytes: [UInt8]) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: 20)
        bytes.withUnsafeBufferPointer { pawl_sha1($0.baseAddress, $0.count, &digest) }
        return digest
    }
}
