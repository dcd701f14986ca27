import ByteStrings
import Platform

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// Where Pawl is installed, told from the path of the running program: `DIR/bin/pawl` or `DIR/libexec/pawl/git`.
public struct Installation: Sendable {
    /// The running program, symbolic links resolved.
    public var executable: ByteString
    /// DIR; nil for a program that runs from where it was built.
    public var prefix: ByteString?

    public init(executable: ByteString) {
        self.executable = executable
        let folder = Path.parent(executable)
        if let prefix = folder.dropping(suffix: "/libexec/pawl") {
            self.prefix = prefix.isEmpty ? "/" : prefix
        } else if let prefix = folder.dropping(suffix: "/bin"),
            File.exists(Path.join(prefix, "libexec/pawl/git"))
        {
            self.prefix = prefix.isEmpty ? "/" : prefix
        }
    }

    /// The installation that the running program belongs to; nil where the system does not tell its path.
    public static var current: Installation? {
        #if canImport(Darwin)
        var size: UInt32 = 0
        _ = _NSGetExecutablePath(nil, &size)
        var buffer = [CChar](repeating: 0, count: Int(size))
        guard _NSGetExecutablePath(&buffer, &size) == 0 else { return nil }
        let path = ByteString(buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) })
        return File.realPath(path).map(Installation.init)
        #else
        return File.linkTarget("/proc/self/exe").map(Installation.init)
        #endif
    }

    /// The folder to put first on PATH: it holds the front end as `git`.
    public var frontEndFolder: ByteString {
        prefix.map { Path.join($0, "libexec/pawl") } ?? Path.parent(executable)
    }

    /// The front end.
    public var frontEnd: ByteString { Path.join(frontEndFolder, "git") }

    /// A folder in which the front end stands under the dashed names of git's programs that push (`git-push`); nil
    /// where there is none.
    var dashedFolder: ByteString? {
        prefix.map { Path.join($0, "libexec/pawl-dashed") }.flatMap { File.isDirectory($0) ? $0 : nil }
    }

    /// The shipped policies; nil where nothing is installed.
    public var policyFolder: ByteString? { prefix.map { Path.join($0, "share/pawl/policies") } }

    /// What installation found out about the real git.
    public var realGitFile: ByteString? { prefix.map { Path.join($0, "share/pawl/real-git") } }
}
