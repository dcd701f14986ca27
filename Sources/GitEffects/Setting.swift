import ByteStrings
import Platform

/// How and where git was called: what every question to the real git has to repeat, so that it answers for the same
/// repository and the same configuration.
public struct Setting: Sendable {
    /// The real git.
    public var executable: ByteString
    /// The global options of the command line, as they were given.
    public var globals: [ByteString]
    public var environment: Environment
    /// The folder that the command line's `-C` options lead to, from the working directory; empty for right here.
    public var directory: ByteString
    /// `--git-dir` or `GIT_DIR`, relative to `directory`; nil for discovery.
    public var gitDirectory: ByteString?
    /// Answers a question in process with what the real git would print, given a command and its words; nil where it is
    /// the real git's to answer.
    public var nativeAnswer: (@Sendable (_ command: ByteString, _ words: [ByteString]) -> ByteString?)?

    public init(
        executable: ByteString, globals: [ByteString], environment: Environment, directory: ByteString,
        gitDirectory: ByteString?
    ) {
        self.executable = executable
        self.globals = globals
        self.environment = environment
        self.directory = directory
        self.gitDirectory = gitDirectory
    }

    /// The global options that set configuration.
    var configurationWords: [ByteString] {
        var found: [ByteString] = []
        var rest = globals[...]
        while let word = rest.popFirst() {
            if word == "-c" || word == "--config-env" {
                found += [word] + rest.prefix(1)
                rest = rest.dropFirst()
            } else if word.hasPrefix("--config-env=") {
                found.append(word)
            } else if Self.takesWord.contains(word) {
                rest = rest.dropFirst()
            }
        }
        return found
    }

    /// Other global options whose value is a word of its own (git(1)).
    private static let takesWord: Set<ByteString> = [
        "-C", "--attr-source", "--git-dir", "--namespace", "--shallow-file", "--super-prefix", "--work-tree",
    ]

    /// Whether the call itself says where the work tree is (git(1), `--work-tree`).
    public var namesWorkTree: Bool {
        environment["GIT_WORK_TREE"] != nil || globals.contains { $0 == "--work-tree" || $0.hasPrefix("--work-tree=") }
            || configurationWords.contains { $0.lowercased.hasPrefix("core.worktree=") }
    }

    /// A path as git reads it after its `-C` options, as seen from the working directory.
    public func path(_ path: ByteString) -> ByteString { Path.join(directory, path) }

    /// A question to the real git: same global options, same repository, and without the side effects a question
    /// must not have (index refresh, lazy fetches, hooks of file system monitors, entries in the user's traces).
    /// Replace refs are switched off: what a remote holds is compared as it is.
    public func question(_ words: [ByteString]) -> Program {
        var environment = environment
        for (name, value) in Self.quiet { environment[name] = value }
        // Only `git config` reads it, and it would hide every other source.
        environment["GIT_CONFIG"] = nil
        return Program(executable, ["git"] + globals + words, environment: environment)
    }

    /// Environment that keeps a question free of side effects (git(1), "Environment Variables"; api-trace2).
    private static let quiet: [(ByteString, ByteString)] = [
        ("GIT_OPTIONAL_LOCKS", "0"), ("GIT_NO_REPLACE_OBJECTS", "1"), ("GIT_NO_LAZY_FETCH", "1"),
        ("GIT_TERMINAL_PROMPT", "0"), ("GIT_TRACE", "0"), ("GIT_TRACE_SETUP", "0"), ("GIT_TRACE_PACKET", "0"),
        ("GIT_TRACE2", "0"), ("GIT_TRACE2_EVENT", "0"), ("GIT_TRACE2_PERF", "0"),
    ]
}

extension Setting {
    /// The same git, called in another work tree: what names a repository or index is left out.
    func elsewhere(_ folder: ByteString) -> Setting {
        var environment = environment
        for name in Self.local { environment[name] = nil }
        return Setting(
            executable: executable, globals: ["-C", folder] + configurationWords, environment: environment,
            directory: folder, gitDirectory: nil)
    }

    /// The environment that belongs to one repository (git-rev-parse(1), `--local-env-vars`), configuration aside.
    private static let local: [ByteString] = [
        "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_COMMON_DIR", "GIT_DIR", "GIT_GRAFT_FILE", "GIT_IMPLICIT_WORK_TREE",
        "GIT_INDEX_FILE", "GIT_INTERNAL_SUPER_PREFIX", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX", "GIT_SHALLOW_FILE",
        "GIT_WORK_TREE",
    ]
}
