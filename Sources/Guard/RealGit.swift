import ByteStrings
import GitSyntax
import Platform

/// The git that Pawl stands in for: found at installation, never by PATH, never Pawl itself.
public struct RealGit: Sendable {
    /// An absolute path.
    public var path: ByteString
    /// Its version and the folder of its programs, as installation recorded them; nil where the file has changed
    /// since, or nothing was recorded.
    public var recorded: Recorded?

    public struct Recorded: Sendable {
        public var version: GitVersion
        public var programFolder: ByteString
    }

    /// Where git usually is, for a Pawl that runs from where it was built.
    private static let usualPlaces: [ByteString] = [
        "/usr/bin/git", "/usr/local/bin/git", "/opt/homebrew/bin/git", "/opt/local/bin/git", "/usr/pkg/bin/git",
    ]

    /// Finds the real git. Fails with a message that says where it was looked for and what to do.
    public static func locate(_ installation: Installation) throws(GuardError) -> RealGit {
        let own = File.status(installation.executable)
        let isFrontEnd = installation.frontEnd == installation.executable
        let frontEnd = isFrontEnd ? own : File.status(installation.frontEnd)
        func isPawl(_ status: FileStatus) -> Bool {
            own.map(status.isSameFile) == true || frontEnd.map(status.isSameFile) == true
        }
        if let file = installation.realGitFile {
            guard let content = try? File.read(file, limit: 1 << 16) else {
                throw GuardError.noRealGitRecord(file: file)
            }
            let lines = content.split(UInt8(ascii: "\n"))
            let path = lines.first ?? ByteString()
            guard Path.isAbsolute(path), let status = File.status(path), status.isExecutable else {
                throw GuardError.realGitMissing(path: path, file: file)
            }
            if isPawl(status) { throw GuardError.realGitIsPawl(path: path, file: file) }
            return RealGit(path: path, recorded: Recorded(lines, unchangedSince: status))
        }
        for path in usualPlaces {
            guard let status = File.status(path), status.isExecutable, !isPawl(status) else { continue }
            return RealGit(path: path, recorded: nil)
        }
        throw GuardError.realGitNowhere(places: usualPlaces)
    }

    /// Its version, asked of it where it is not on record.
    public func version(_ environment: Environment) -> GitVersion? {
        if let recorded { return recorded.version }
        guard let answer = try? Program(path, ["git", "version"], environment: environment).capture() else {
            return nil
        }
        return GitVersion(parsing: answer.output.trimmed)
    }

    /// The folder of its programs (`git --exec-path`).
    public func programFolder(_ environment: Environment) -> ByteString? {
        if let recorded { return recorded.programFolder }
        var environment = environment
        environment["GIT_EXEC_PATH"] = nil
        guard let answer = try? Program(path, ["git", "--exec-path"], environment: environment).capture(),
            answer.ending.succeeded
        else { return nil }
        return answer.output.trimmed
    }
}

extension RealGit.Recorded {
    /// From the lines that installation wrote: path, `git version`, `size mtime inode`, `git --exec-path`. nil where
    /// they cannot be read or the file is not the one they speak of.
    fileprivate init?(_ lines: [ByteString], unchangedSince status: FileStatus) {
        guard lines.count >= 4, let version = GitVersion(parsing: lines[1]) else { return nil }
        let identity = lines[2].split(UInt8(ascii: " "))
        guard identity.count == 3, identity[0].number == UInt64(exactly: status.size),
            identity[1].number == UInt64(exactly: status.modified), identity[2].number == status.inode
        else { return nil }
        self.version = version
        programFolder = lines[3]
    }
}

extension ByteString {
    /// A number written in decimal digits alone; nil for anything else, and for one beyond 64 bits.
    fileprivate var number: UInt64? {
        guard !isEmpty else { return nil }
        var value: UInt64 = 0
        for byte in bytes {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
            let (product, overflows) = value.multipliedReportingOverflow(by: 10)
            let (sum, carries) = product.addingReportingOverflow(UInt64(byte - UInt8(ascii: "0")))
            if overflows || carries { return nil }
            value = sum
        }
        return value
    }
}
