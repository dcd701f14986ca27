import Auditing
import ByteStrings
import GitSyntax
import Guard
import Platform

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// Whether a `git` in a shell is the front end. Told from its log, not from PATH: shells have aliases, functions and
/// start-up files.
struct ReachCheck {
    private let doctor: Doctor
    private let sessions: Environment
    private let outside: Environment

    init(_ doctor: Doctor) {
        self.doctor = doctor
        var sessions = Session.guarded(doctor.environment.withoutPawl(), doctor.installation)
        sessions["XDG_STATE_HOME"] = doctor.scratch + "/reach"
        self.sessions = sessions
        var outside = sessions
        let folders = (sessions["PATH"] ?? "").split(UInt8(ascii: ":"))
        outside["PATH"] = folders.filter { $0 != doctor.installation.frontEndFolder }.joined(separator: ":")
        self.outside = outside
    }

    func examine(_ tell: (Finding) -> Void) {
        for shell: ByteString in ["sh", "bash"] {
            guard let path = find(shell) else { continue }
            let name = shell + " -c"
            tell(isReached(path, [shell, "-c"], sessions) { $0 } ? .reached(by: name) : .notReached(by: name))
        }
        if let bash = find("bash") {
            // An alias counts from the line after the one that defines it.
            let isReached = isReached(bash, ["bash", "--norc", "-c"], outside) { command in
                "shopt -s expand_aliases\n" + Activation.code(for: .bash, doctor.installation)
                    + "PATH=/usr/bin:/bin\n" + command
            }
            tell(isReached ? .reached(by: "the alias") : .notReached(by: "the alias"))
        }
        for (shell, path) in loginShells() {
            let reach: Finding.LoginReach =
                isReached(path, [shell, "-l", "-c"], outside) { $0 }
                ? .always : isReached(path, [shell, "-l", "-c"], sessions) { $0 } ? .onlyInSessions : .never
            let (line, file) = activation(shell)
            tell(.loginShell(shell, reach, activation: line, file: file))
        }
    }

    /// bash, which agents use, and the user's own shell.
    private func loginShells() -> [(name: ByteString, path: ByteString)] {
        var shells: [(ByteString, ByteString)] = []
        if let bash = find("bash") { shells.append(("bash", bash)) }
        if let own = doctor.environment["SHELL"], File.exists(own) {
            let name = Path.name(own)
            if name != "bash", Shell(rawValue: name.text) != nil { shells.append((name, own)) }
        }
        return shells
    }

    /// The line that puts Pawl into a shell's start-up, and the file for it.
    private func activation(_ shell: ByteString) -> (line: ByteString, file: ByteString) {
        let pawl = ShellQuoting.quote(doctor.installation.executable)
        switch shell {
        case "fish": return (pawl + " init fish | source", "~/.config/fish/config.fish")
        case "zsh": return ("eval \"$(" + pawl + " init zsh)\"", "~/.zprofile")
        default: return ("eval \"$(" + pawl + " init bash)\"", "~/.bash_profile, or ~/.profile where there is none")
        }
    }

    private func isReached(
        _ path: ByteString, _ words: [ByteString], _ environment: Environment,
        script: (ByteString) -> ByteString
    ) -> Bool {
        let mark = "pawl.doctor=" + ByteString(String(UInt32.random(in: 0...UInt32.max), radix: 16))
        // Its streams are not pipes: what a start-up file leaves running would keep those open.
        let null = open("/dev/null", O_RDWR | O_CLOEXEC)
        guard null >= 0 else { return false }
        defer { close(null) }
        let line = script("git -c " + mark + " --version")
        let program = Program(path, words + [line], environment: environment, directory: "/")
        guard let child = try? program.start(input: null, output: null, errors: null) else { return false }
        _ = child.wait()
        return isOnRecord(mark)
    }

    private func isOnRecord(_ mark: ByteString) -> Bool {
        let log = AuditLog(directory: doctor.scratch + "/reach/pawl/audit")
        guard let records = try? log.records(.newestFirst) else { return false }
        return records.contains { entry in
            if case .record(let record) = entry { return record.arguments.contains(mark) }
            return false
        }
    }

    private func find(_ shell: ByteString) -> ByteString? {
        let folders = (outside["PATH"] ?? "").split(UInt8(ascii: ":")) + ["/bin", "/usr/bin"]
        return folders.lazy.filter(Path.isAbsolute).map { Path.join($0, shell) }
            .first { File.status($0)?.isExecutable == true }
    }
}
