import ByteStrings
import Platform

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// What pseudonyms are made with: whoever has not got it cannot find out by trying which name a pseudonym stands for.
public struct DisguiseKey: Sendable {
    /// 32 bytes.
    let bytes: [UInt8]

    static let length = 32

    /// Why there is no key.
    public enum Failure: Error, CustomStringConvertible {
        case system(SystemError)
        case malformed(ByteString)

        public var description: String {
            switch self {
            case .system(let error): error.description
            case .malformed(let file): "\(file) does not hold a key of \(DisguiseKey.length) bytes"
            }
        }
    }

    /// A key of one's own; shorter ones are filled up with zeros.
    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The key in a file, which is made, for this user alone, where it is not there yet.
    public static func stored(in file: ByteString) throws(Failure) -> DisguiseKey {
        do {
            if !File.exists(file) {
                var generator = SystemRandomNumberGenerator()
                let fresh = (0..<length).map { _ in UInt8.random(in: 0...255, using: &generator) }
                try File.makeFolder(Path.parent(file), mode: 0o700)
                try File.write(ByteString(fresh), to: file, mode: 0o600)
            }
            // Read back: another process may have been faster.
            let content = try File.read(file)
            guard content.count == length else { throw Failure.malformed(file) }
            return DisguiseKey(bytes: content.bytes)
        } catch let failure as Failure {
            throw failure
        } catch let error as SystemError {
            throw .system(error)
        } catch {
            throw .malformed(file)
        }
    }

    /// HMAC-SHA-256 (RFC 2104) of a text.
    func code(for text: ByteString) -> [UInt8] {
        let block = 64
        let padded = bytes + [UInt8](repeating: 0, count: max(0, block - bytes.count))
        let inner = Digest.sha256Bytes(ByteString(padded.map { $0 ^ 0x36 } + text.bytes))
        return Digest.sha256Bytes(ByteString(padded.map { $0 ^ 0x5c } + inner))
    }
}
