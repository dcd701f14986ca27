import ByteStrings
import Effects
import Foundation
import Platform
import Testing

@testable import PolicyEngine

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
    let path: ByteString

    init() throws {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("pawl-policy-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        path = ByteString(url.path)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path.text)
    }

    /// Writes a file, with the folders it needs; returns its path.
    @discardableResult
    func write(_ name: ByteString, _ content: ByteString) throws -> ByteString {
        let file = Path.join(path, name)
        let url = URL(fileURLWithPath: file.text)
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(content.bytes).write(to: url)
        return file
    }
}

/// The real git, without any configuration but that which a test names.
func git(_ arguments: [ByteString], in directory: ByteString? = nil) throws -> Captured {
    var environment = Environment.current
    environment["GIT_CONFIG_GLOBAL"] = "/dev/null"
    environment["GIT_CONFIG_NOSYSTEM"] = "1"
    environment["LC_ALL"] = "C"
    return try Program("/usr/bin/git", ["git"] + arguments, environment: environment, directory: directory).capture()
}

/// The root of the package.
let packageFolder = Path.parent(Path.parent(Path.parent(ByteString(#filePath))))

func parse(_ text: ByteString) throws(PolicyError) -> Policy {
    try Policy.parse(text: text, file: "policy")
}

/// The error that a text gives.
func problem(_ text: ByteString) -> PolicyError? {
    do {
        _ = try parse(text)
        return nil
    } catch {
        return error
    }
}

extension Policy {
    /// What this policy alone decides.
    func action(_ effect: Effect, in context: Context = Context()) -> Action {
        PolicyStack(layers: [LayeredPolicy(layer: .user, policy: self)]).decide([effect], in: context).action
    }
}

extension Effect {
    /// An effect on a remote ref.
    static func remote(
        _ kind: Kind, _ ref: ByteString = "refs/heads/main", remote: ByteString = "origin",
        url: ByteString? = "https://example.com/x", lease: Bool = false, certainty: Certainty = .certain
    ) -> Effect {
        let target = RemoteRef(remote: remote, url: url, ref: ref, lease: lease)
        return Effect(kind, .remoteRef(target), certainty: certainty)
    }

    /// An effect on a ref of this repository.
    static func local(_ kind: Kind, _ ref: ByteString = "refs/heads/main", published: Bool? = nil) -> Effect {
        Effect(kind, .localRef(ref), published: published)
    }

    /// Some effect of each kind.
    static func sample(_ kind: Kind, protected: Bool = false, published: Bool? = nil) -> Effect {
        let branch: ByteString = protected ? "refs/heads/main" : "refs/heads/topic"
        switch kind {
        case .push, .forcePush, .deleteRemoteRef: return .remote(kind, branch)
        case .rewriteHistory, .deleteBranch: return .local(kind, branch, published: published)
        case .moveTag, .deleteTag: return .local(kind, "refs/tags/v1")
        case .discardChanges, .deleteUntracked: return Effect(kind, .files(paths: ["a"], count: 1))
        case .dropStash, .destroyRecovery, .skipHooks, .changeConfig, .runNested, .runUnknown:
            return Effect(kind, .named("x"))
        }
    }
}
