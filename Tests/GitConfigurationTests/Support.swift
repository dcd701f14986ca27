import ByteStrings
import Foundation
import Platform

/// Numbers that are the same in every run.
struct Repeatable: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state
    }
}

/// A folder that is gone when the test is.
final class TemporaryFolder {
    private let path: ByteString

    init() throws {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("pawl-syntax-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        path = ByteString(url.path)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path.text)
    }

    /// Writes a file; returns its path.
    func write(_ name: ByteString, _ content: ByteString) throws -> ByteString {
        let file = Path.join(path, name)
        try Data(content.bytes).write(to: URL(fileURLWithPath: file.text))
        return file
    }
}

/// The real git, without any configuration but that which a test names.
func git(_ arguments: [ByteString]) throws -> Captured {
    var environment = Environment.current
    environment["GIT_CONFIG_GLOBAL"] = "/dev/null"
    environment["GIT_CONFIG_NOSYSTEM"] = "1"
    environment["LC_ALL"] = "C"
    return try Program("/usr/bin/git", ["git"] + arguments, environment: environment).capture()
}
