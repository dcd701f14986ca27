import ByteStrings

/// A command line up to and including the command, understood as git reads it (git(1), OPTIONS).
public struct CommandLine: Hashable, Sendable {
    /// The options between `git` and the command.
    public struct Globals: Hashable, Sendable {
        /// The words exactly as given, in order: what the real git is to be handed.
        public var words: [ByteString] = []
        /// The values of `-C` in order, each relative to the one before.
        public var directories: [ByteString] = []
        /// The settings of `-c` and `--config-env`, in order.
        public var configuration: [ConfigurationSetting] = []
        /// `--git-dir`: read after every `-C`, wherever it stands.
        public var gitDirectory: ByteString?
        /// `--work-tree`.
        public var workTree: ByteString?
        /// `--namespace`.
        public var namespace: ByteString?
        /// `--exec-path=DIRECTORY`.
        public var execPath: ByteString?
        /// `--shallow-file`.
        public var shallowFile: ByteString?
        /// `--super-prefix`, before 2.40.
        public var superPrefix: ByteString?
        /// `--attr-source`, from 2.41.
        public var attributeSource: ByteString?
        /// `--bare`.
        public var isBare = false
        /// How many `-C` stand before `--bare`, which takes the folder they lead to for the repository.
        public var directoriesBeforeBare = 0
        /// `--no-replace-objects`.
        public var noReplaceObjects = false
        /// `--no-optional-locks`.
        public var noOptionalLocks = false
        /// `--no-lazy-fetch`, from 2.45.
        public var noLazyFetch = false
        /// `--no-advice`, from 2.46.
        public var noAdvice = false
        /// `--paginate` or `--no-pager`, whichever came last.
        public var paginate: Bool?
        /// `--literal-pathspecs` or `--no-literal-pathspecs`, whichever came last.
        public var literalPathspecs: Bool?
        /// `--glob-pathspecs`.
        public var globPathspecs = false
        /// `--noglob-pathspecs`.
        public var noGlobPathspecs = false
        /// `--icase-pathspecs`.
        public var ignoreCasePathspecs = false

        public init() {}

        /// Whether an option other than `-c`, `--config-env`, `-p` and `--exec-path` is among them: git dies over an
        /// alias that begins with such a one (git's `handle_alias`).
        public var changesSurroundings: Bool {
            var rest = words[...]
            while let word = rest.popFirst() {
                if word == "-c" || word == "--config-env" {
                    rest = rest.dropFirst()
                } else if word != "-p" && word != "--paginate" && !word.hasPrefix("--config-env=")
                    && !word.hasPrefix("--exec-path=")
                {
                    return true
                }
            }
            return false
        }

        /// Takes over the options that an alias begins with, as if they stood behind these.
        public mutating func add(_ inner: Globals) {
            words += inner.words
            configuration += inner.configuration
            execPath = inner.execPath ?? execPath
            paginate = inner.paginate ?? paginate
        }
    }

    public var globals: Globals
    /// The command as typed; `--version` and `-v` are `version`, `--help` and `-h` are `help`, and `CMD --help` is
    /// `help` with CMD as its first argument.
    public var command: ByteString
    /// The words after the command.
    public var arguments: [ByteString]
    /// Whether the command came from `argv[0]` (`git-push`): git then runs it only if it is built in, and looks up
    /// neither programs nor aliases.
    public var isFromProgramName: Bool

    public init(
        globals: Globals = Globals(), command: ByteString, arguments: [ByteString] = [],
        isFromProgramName: Bool = false
    ) {
        self.globals = globals
        self.command = command
        self.arguments = arguments
        self.isFromProgramName = isFromProgramName
    }
}

/// One configuration variable given outside a file.
public struct ConfigurationSetting: Hashable, Sendable {
    /// Where the value comes from.
    public enum Source: Hashable, Sendable {
        case value(ByteString)
        /// The key alone: boolean true.
        case implicitTrue
        /// The value of the environment variable of this name; git dies where it is not set.
        case environment(ByteString)
    }

    /// The key as given: section and variable may be in any case.
    public var key: ByteString
    public var source: Source

    public init(key: ByteString, source: Source) {
        self.key = key
        self.source = source
    }

    /// What `git -c TEXT` sets: split at the first `=`.
    public init(parameter text: ByteString) {
        if let (key, value) = text.split(atFirst: UInt8(ascii: "=")) {
            self.init(key: key, source: .value(value))
        } else {
            self.init(key: text, source: .implicitTrue)
        }
    }

    /// What `--config-env=TEXT` sets: split at the last `=`; nil where git refuses the text.
    public init?(environmentParameter text: ByteString) {
        guard let (key, name) = text.split(atLast: UInt8(ascii: "=")), !name.isEmpty else { return nil }
        self.init(key: key, source: .environment(name))
    }
}

/// What git makes of its argument vector.
public enum Parsed: Hashable, Sendable {
    case command(CommandLine)
    /// `--exec-path`, `--html-path`, `--man-path`, `--info-path` or `--list-cmds=`: git prints and exits, and nothing
    /// that follows is run.
    case query(CommandLine.Globals)
    /// No command, or an option that git refuses: git prints its usage or an error, and nothing is run.
    case usage
}
