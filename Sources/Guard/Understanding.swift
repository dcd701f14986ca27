import ByteStrings
import GitEffects
import GitSyntax
import Platform

/// A command line with its aliases expanded, and what it is going to run.
struct Understanding {
    enum Subject {
        /// git prints something and exits, or refuses the words: nothing is run.
        case git
        /// One of git's commands.
        case command(CommandEntry)
        /// A `git-NAME` program of somebody else's.
        case program
        /// A shell alias, with the text behind its `!`.
        case shell(ByteString)
        /// No command at all: git will say so, unless it is told to guess.
        case slip
        /// git dies over an alias, with this message and status.
        case dies(ByteString, status: Int32)
    }

    var subject: Subject
    /// The global options, those of aliases included.
    var globals: CommandLine.Globals
    var command: ByteString
    var words: [ByteString]
    /// What the aliases stood for: the command line that is examined and run; nil where there was none.
    var expansion: [ByteString]?
    /// Lines that git prints on standard error before it runs what an alias stands for.
    var notices: [ByteString]
    /// What had to be read to expand aliases.
    var configuration: Configuration?
}

/// Reads command lines as the installed git does.
struct CommandReader {
    let git: RealGit
    let environment: Environment

    func read(_ arguments: [ByteString]) throws -> Understanding {
        switch ArgumentVector.parse(arguments, version: git.recorded?.version) {
        case .query(let globals): return nothing(globals, "query")
        case .usage: return nothing(CommandLine.Globals(), "usage")
        case .command(let line): return try read(line)
        }
    }

    private func nothing(_ globals: CommandLine.Globals, _ command: ByteString) -> Understanding {
        Understanding(subject: .git, globals: globals, command: command, words: [], notices: [])
    }

    private func read(_ line: CommandLine) throws -> Understanding {
        var globals = line.globals
        var command = line.command
        var words = line.arguments
        var names: [ByteString] = []
        var notices: [ByteString] = []
        var configuration: Configuration?
        func understood(_ subject: Understanding.Subject) -> Understanding {
            Understanding(
                subject: subject, globals: globals, command: command, words: words,
                expansion: names.isEmpty ? nil : ["git"] + globals.words + [command] + words, notices: notices,
                configuration: configuration)
        }
        while true {
            let found = CommandLookup(git: git, environment: environment, execPath: globals.execPath).find(command)
            switch found {
            case .command(let entry) where line.isFromProgramName || !CommandLookup.mayBeShadowed(command):
                return understood(.command(entry))
            case .program where !line.isFromProgramName: return understood(.program)
            default: break
            }
            if line.isFromProgramName { return understood(.git) }
            let known = try configuration ?? Self.configuration(setting(globals))
            configuration = known
            let alias: AliasExpansion.Alias?
            do {
                alias = try AliasExpansion.alias(command, in: known, version: git.version(environment))
            } catch AliasExpansion.Failure.dies(let message) {
                return understood(.dies(message, status: 128))
            } catch {
                return understood(.git)
            }
            guard let alias else {
                if case .command(let entry) = found { return understood(.command(entry)) }
                guard let first = names.first else { return understood(.slip) }
                let message =
                    "expansion of alias '" + first + "' failed; '" + command + "' is not a git command"
                return understood(.dies(message, status: 1))
            }
            if words.first == "-h" { notices.append("'" + command + "' is aliased to '" + alias.value + "'") }
            if names.contains(command) { return understood(.dies(loopMessage(names, command), status: 128)) }
            names.append(command)
            switch alias.meaning {
            case .shell(let text): return understood(.shell(text))
            case .words(let replacement):
                guard
                    case .command(let inner) = ArgumentVector.parse(
                        ["git"] + replacement, version: git.recorded?.version)
                else { return understood(.git) }
                if inner.globals.changesSurroundings {
                    let message =
                        "fatal: alias '" + command + "' changes environment variables.\n"
                        + "You can use '!git' in the alias to do this"
                    return understood(.dies(message, status: 128))
                }
                if inner.command == command {
                    return understood(.dies("fatal: recursive alias: " + command, status: 128))
                }
                if !inner.globals.words.isEmpty {
                    globals.add(inner.globals)
                    configuration = nil
                }
                command = inner.command
                words = inner.arguments + words
            }
        }
    }

    private func loopMessage(_ names: [ByteString], _ command: ByteString) -> ByteString {
        var message = "fatal: alias loop detected: expansion of '" + (names.first ?? command) + "' does not terminate:"
        for (index, name) in names.enumerated() {
            message += "\n  " + name
            if name == command {
                message += " <=="
            } else if index == names.count - 1 {
                message += " ==>"
            }
        }
        return message
    }

    /// The setting that a command with these global options runs in.
    func setting(_ globals: CommandLine.Globals) -> Setting {
        Setting(
            executable: git.path, globals: globals.words, environment: environment,
            directory: globals.directories.reduce(ByteString()) { Path.join($0, $1) },
            gitDirectory: globals.gitDirectory ?? (globals.isBare ? "." : nil) ?? environment["GIT_DIR"])
    }

    /// git's configuration for a setting; fails as git itself would fail over it.
    static func configuration(_ setting: Setting) throws -> Configuration {
        let answer = try setting.question(Configuration.question).capture()
        guard answer.ending.succeeded else {
            throw ForesightError(message: answer.errors, ending: answer.ending)
        }
        return Configuration(listing: answer.output)
    }
}
