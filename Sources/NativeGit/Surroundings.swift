import ByteStrings
import GitSyntax
import Platform

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// The process around a command: its environment, its global options, where its output goes.
enum Surroundings {
    /// The versions whose output the operations have been compared with. A later git may say things differently.
    private static let versions = GitVersion(2, 39, 0)..<GitVersion(2, 40, 0)

    /// Sorted. Variables of git's that do not touch what is native here (git(1), "Environment Variables"). Any other `GIT_…`
    /// leaves the command to git.
    static let harmless: TableText = TableText(
        """
        GIT_ASKPASS
        GIT_AUTHOR_DATE
        GIT_AUTHOR_EMAIL
        GIT_AUTHOR_NAME
        GIT_CEILING_DIRECTORIES
        GIT_COMMITTER_DATE
        GIT_COMMITTER_EMAIL
        GIT_COMMITTER_NAME
        GIT_CONFIG_GLOBAL
        GIT_CONFIG_NOSYSTEM
        GIT_CONFIG_SYSTEM
        GIT_EDITOR
        GIT_HTTP_LOW_SPEED_LIMIT
        GIT_HTTP_LOW_SPEED_TIME
        GIT_HTTP_USER_AGENT
        GIT_LFS_SKIP_SMUDGE
        GIT_MERGE_AUTOEDIT
        GIT_OPTIONAL_LOCKS
        GIT_PAGER
        GIT_SEQUENCE_EDITOR
        GIT_SSH
        GIT_SSH_COMMAND
        GIT_SSL_CAINFO
        GIT_SSL_CAPATH
        GIT_SSL_NO_VERIFY
        GIT_TERMINAL_PROMPT

        """)

    static func check(_ request: NativeRequest) throws(Leave) {
        guard let version = request.version, versions.contains(version), request.scopesLeftOut != nil else {
            throw Leave()
        }
        try checkGlobals(request.globals)
        try checkEnvironment(request.environment)
        try checkOutput(1)
        try checkOutput(2)
    }

    /// Only `-C`, `--no-pager` and `--no-optional-locks`.
    private static func checkGlobals(_ globals: CommandLine.Globals) throws(Leave) {
        var rest = globals.words[...]
        while let word = rest.popFirst() {
            switch word {
            case "-C": rest = rest.dropFirst()
            case "--no-pager", "-P", "--no-optional-locks": break
            default: throw Leave()
            }
        }
    }

    private static func checkEnvironment(_ environment: Environment) throws(Leave) {
        for entry in environment.entries where entry.hasPrefix("GIT_") {
            guard let (name, _) = entry.split(atFirst: UInt8(ascii: "=")), harmless.sortedLine(name) != nil else {
                throw Leave()
            }
        }
        // git's words are translated (gettext(3)): LC_ALL, LC_MESSAGES, LANG; and LANGUAGE where those are no "C".
        let names: [ByteString] = ["LC_ALL", "LC_MESSAGES", "LANG"]
        let locale = names.lazy.compactMap { environment[$0] }.first { !$0.isEmpty } ?? "C"
        guard isEnglish(locale), isEnglish(environment["LANGUAGE"] ?? "") else { throw Leave() }
    }

    private static func isEnglish(_ locale: ByteString) -> Bool {
        locale.isEmpty || locale == "C" || locale == "POSIX" || locale.hasPrefix("C.") || locale.hasPrefix("en_")
    }

    /// No terminal, where git would colour, page or arrange columns, and nothing else out of the ordinary.
    private static func checkOutput(_ descriptor: Int32) throws(Leave) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw Leave() }
        switch UInt32(status.st_mode) & UInt32(S_IFMT) {
        case UInt32(S_IFREG), UInt32(S_IFIFO), UInt32(S_IFSOCK): return
        case UInt32(S_IFCHR):
            var null = stat()
            // Standard error may be a terminal: nothing here prints to it in colour.
            guard descriptor == 2 || (stat("/dev/null", &null) == 0 && null.st_rdev == status.st_rdev) else {
                throw Leave()
            }
        default: throw Leave()
        }
    }
}
