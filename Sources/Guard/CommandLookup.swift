import ByteStrings
import GitSyntax
import Platform

/// Finds what a command word stands for, in git's order: builtin, program, alias (git(1), and `execv_dashed_external`
/// in git's `git.c`).
struct CommandLookup {
    enum Found {
        /// One of git's own, with what the table knows of it.
        case command(CommandEntry)
        /// Somebody else's `git-NAME`.
        case program(ByteString)
        /// No command and no program: an alias or a slip.
        case nothing
    }

    let git: RealGit
    let environment: Environment
    /// `--exec-path=DIR` of the command line.
    let execPath: ByteString?

    func find(_ name: ByteString) -> Found {
        guard let entry = CommandTable.entry(named: name) else {
            return program(name).map { .program($0.path) } ?? .nothing
        }
        if entry.isBuiltin, entry.exists(in: entry.needsVersion ? git.version(environment) : nil) {
            return .command(entry)
        }
        guard let (path, isInFolder) = program(name) else { return .nothing }
        return isInFolder && (entry.origin == .program || entry.origin == .builtin) ? .command(entry) : .program(path)
    }

    /// Builtins that an alias may shadow since git 2.52, which calls them deprecated.
    static func mayBeShadowed(_ name: ByteString) -> Bool { ["pack-redundant", "whatchanged"].contains(name) }

    /// The file of `git-NAME`: in git's own folder first, then on PATH; a name with a slash is a path.
    private func program(_ name: ByteString) -> (path: ByteString, isInProgramFolder: Bool)? {
        let file = "git-" + name
        if name.contains(UInt8(ascii: "/")) { return isProgram(file) ? (file, false) : nil }
        let own = git.programFolder(environment)
        if let folder = execPath ?? environment["GIT_EXEC_PATH"].flatMap({ $0.isEmpty ? nil : $0 }) ?? own {
            let path = Path.join(folder, file)
            if isProgram(path) { return (path, folder == own) }
        }
        for folder in (environment["PATH"] ?? "").split(UInt8(ascii: ":")) {
            let path = Path.join(folder.isEmpty ? "." : folder, file)
            if isProgram(path) { return (path, false) }
        }
        return nil
    }

    private func isProgram(_ path: ByteString) -> Bool {
        File.status(path).map { $0.kind == .regular && $0.isExecutable } == true
    }
}

extension CommandEntry {
    /// Whether only the version of the installed git tells if it has the command.
    fileprivate var needsVersion: Bool { since != nil || until != nil }
}
