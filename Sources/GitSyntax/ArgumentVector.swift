import ByteStrings

/// Reads git's own argument vector: everything up to the command.
public enum ArgumentVector {
    /// Understands `arguments`, `argv[0]` included, as git of `version` does: options from left to right, in full and
    /// unbundled, up to the first word that does not begin with a dash. Without a version every known option counts.
    public static func parse(_ arguments: [ByteString], version: GitVersion?) -> Parsed {
        let program = arguments.first ?? "git-help"
        let name = program.split(atLast: UInt8(ascii: "/"))?.tail ?? program
        var words = arguments.dropFirst()
        if let command = name.dropping(prefix: "git-") {
            return finish(CommandLine(command: command, arguments: Array(words), isFromProgramName: true))
        }
        var globals = CommandLine.Globals()
        while let word = words.first, word.bytes.first == UInt8(ascii: "-") {
            if let command = commandOptions[word] {
                return finish(CommandLine(globals: globals, command: command, arguments: Array(words.dropFirst())))
            }
            switch read(&words, version: version, into: &globals) {
            case .understood: continue
            case .query: return .query(globals)
            case .refused: return .usage
            }
        }
        guard let command = words.first else { return .usage }
        return finish(CommandLine(globals: globals, command: command, arguments: Array(words.dropFirst())))
    }

    /// Options that are commands in disguise; all that follows belongs to the command.
    private static let commandOptions: [ByteString: ByteString] = [
        "--version": "version", "-v": "version", "--help": "help", "-h": "help",
    ]

    /// `CMD --help` never runs CMD: git turns it into `help CMD`.
    private static func finish(_ line: CommandLine) -> Parsed {
        guard line.arguments.first == "--help" else { return .command(line) }
        var help = line
        help.command = "help"
        help.arguments = [line.command] + line.arguments.dropFirst()
        return .command(help)
    }

    private enum Outcome {
        case understood
        case query
        case refused
    }

    /// Takes one option, and its value where that is a word of its own, off `words`.
    private static func read(
        _ words: inout ArraySlice<ByteString>, version: GitVersion?, into globals: inout CommandLine.Globals
    ) -> Outcome {
        guard let word = words.popFirst() else { return .refused }
        globals.words.append(word)
        // Whatever begins like this, and has no `=` just there, prints the path.
        if let rest = word.dropping(prefix: "--exec-path"), rest.bytes.first != UInt8(ascii: "=") { return .query }
        let (name, joined) = nameAndValue(word)
        guard let row = GlobalOptionTable.text.lines(name).first(where: { holds($0, for: version) }), row.count >= 2
        else { return .refused }
        let meaning = row.count > 2 ? row[2] : ByteString()
        switch (row[1], joined) {
        case ("query", nil): return .query
        case ("flag", nil): return set(meaning, to: ByteString(), in: &globals)
        case ("word", nil), ("either", nil):
            guard let value = words.popFirst() else { return .refused }
            globals.words.append(value)
            return set(meaning, to: value, in: &globals)
        case ("either", let value?), ("joined", let value?), ("query-or-joined", let value?):
            return set(meaning, to: value, in: &globals)
        default: return .refused
        }
    }

    private static func nameAndValue(_ word: ByteString) -> (name: ByteString, value: ByteString?) {
        guard word.hasPrefix("--"), let (name, value) = word.split(atFirst: UInt8(ascii: "=")) else {
            return (word, nil)
        }
        return (name, value)
    }

    private static func holds(_ row: [ByteString], for version: GitVersion?) -> Bool {
        var versions = VersionRange()
        if let last = row.last { _ = versions.read(last) }
        return versions.contains(version)
    }

    private static func set(
        _ meaning: ByteString, to value: ByteString, in globals: inout CommandLine.Globals
    ) -> Outcome {
        switch meaning {
        case "query": return .query
        case "directory": globals.directories.append(value)
        case "configuration": globals.configuration.append(ConfigurationSetting(parameter: value))
        case "configuration-from-environment":
            guard let setting = ConfigurationSetting(environmentParameter: value) else { return .refused }
            globals.configuration.append(setting)
        case "git-directory": globals.gitDirectory = value
        case "work-tree": globals.workTree = value
        case "namespace": globals.namespace = value
        case "exec-path": globals.execPath = value
        case "shallow-file": globals.shallowFile = value
        case "super-prefix": globals.superPrefix = value
        case "attribute-source": globals.attributeSource = value
        case "paginate": globals.paginate = true
        case "no-pager": globals.paginate = false
        case "bare":
            // Only the first one counts: it sets GIT_DIR, which the others find set.
            if !globals.isBare { globals.directoriesBeforeBare = globals.directories.count }
            globals.isBare = true
        case "no-replace-objects": globals.noReplaceObjects = true
        case "literal-pathspecs": globals.literalPathspecs = true
        case "no-literal-pathspecs": globals.literalPathspecs = false
        case "glob-pathspecs": globals.globPathspecs = true
        case "noglob-pathspecs": globals.noGlobPathspecs = true
        case "icase-pathspecs": globals.ignoreCasePathspecs = true
        case "no-optional-locks": globals.noOptionalLocks = true
        case "no-lazy-fetch": globals.noLazyFetch = true
        case "no-advice": globals.noAdvice = true
        default: return .refused
        }
        return .understood
    }
}
