import Auditing
import ByteStrings
import Guard
import Platform
import PolicyEngine

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// A program that is started with Pawl in front of git.
public struct Session: Sendable {
    public enum Failure: Error {
        /// There is no front end in its folder.
        case noFrontEnd(path: ByteString)
        case policy(PolicyError)
        /// The command is nowhere on PATH, or the file does not exist.
        case notFound(command: ByteString)
        case notExecutable(path: ByteString, reason: String)
    }

    /// Distinguishes this session in the log.
    public let id: ByteString
    public let environment: Environment

    /// Prepares the environment: the front end's folder first on PATH, the session's id, the agent's name and the
    /// policy where they are given. Everything else is inherited.
    public init(
        agent: ByteString?, policy: ByteString?, _ installation: Installation, _ inherited: Environment
    ) throws(Failure) {
        guard File.status(installation.frontEnd)?.isExecutable == true else {
            throw .noFrontEnd(path: installation.frontEnd)
        }
        var environment = Self.guarded(inherited, installation)
        id = Self.freshID()
        environment["PAWL_SESSION"] = id
        if let agent { environment["PAWL_AGENT"] = agent }
        if let policy {
            let place = PolicyPlace(policy, installation)
            do {
                _ = try place.load(installation, inherited)
            } catch {
                throw .policy(error)
            }
            environment["PAWL_POLICY"] = place.name
        }
        self.environment = environment
    }

    /// The environment with the front end's folder first on PATH, once.
    public static func guarded(_ environment: Environment, _ installation: Installation) -> Environment {
        var environment = environment
        let folders = (environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin").split(UInt8(ascii: ":"))
        let others = folders.filter { $0 != installation.frontEndFolder }
        environment["PATH"] = ([installation.frontEndFolder] + others).joined(separator: ":")
        return environment
    }

    /// Replaces this process by the command, found as a shell finds it. Returns only by throwing.
    public func start(_ command: [ByteString]) throws(Failure) -> Never {
        let name = command.first ?? ""
        var failure = Failure.notFound(command: name)
        for path in candidates(name) {
            do {
                try Program(path, command, environment: environment).replaceThisProcess()
            } catch {
                switch error.code {
                case ENOENT where File.status(path) == nil, ENOTDIR: continue
                case ENOEXEC: failure = runAsScript(path, command)
                default: failure = .notExecutable(path: path, reason: error.reason)
                }
                // A shell goes on looking behind a file that it may not run, and stops at one that fails to.
                if error.code != EACCES { throw failure }
            }
        }
        throw failure
    }

    private func candidates(_ name: ByteString) -> [ByteString] {
        guard !name.isEmpty else { return [] }
        if name.contains(UInt8(ascii: "/")) { return [name] }
        return (environment["PATH"] ?? "").split(UInt8(ascii: ":")).map { Path.join($0.isEmpty ? "." : $0, name) }
    }

    /// A script without `#!`, which every shell runs itself.
    private func runAsScript(_ path: ByteString, _ command: [ByteString]) -> Failure {
        let arguments = ["sh", path] + command.dropFirst()
        do {
            try Program("/bin/sh", arguments, environment: environment).replaceThisProcess()
        } catch {
            return .notExecutable(path: path, reason: error.reason)
        }
    }

    /// The time and 64 random bits.
    private static func freshID() -> ByteString {
        let digits = Timestamp.now.text.bytes.prefix(19).filter { $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: ":") }
        let random = String(UInt64.random(in: 0...UInt64.max), radix: 16)
        let padding = String(repeating: "0", count: 16 - random.count)
        return ByteString(digits) + ByteString("Z-" + padding + random)
    }
}
