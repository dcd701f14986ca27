import ByteStrings
import GitEffects
import GitSyntax
import Platform

/// A shell alias (`alias.NAME = !TEXT`), run as git runs it, but with the front end in front of PATH: a `git` in it is
/// examined again (git-config(1), `alias.*`; `run-command.c` on how a shell is called).
struct ShellAlias {
    let name: ByteString
    /// What stands behind the `!`.
    let text: ByteString
    let words: [ByteString]

    /// Bytes that make git call a shell; a text without them is a program's name.
    private static let needingShell: ByteString = "|&;<>()$`\\\"' \t\n*?[#~=%"

    /// The program to run. The real git is asked for the folder and the environment that it would run it in.
    func program(_ setting: Setting, _ nested: Environment, frontEndFolder: ByteString) throws -> Program {
        let surroundings = try Surroundings(setting)
        var environment = nested
        for (name, value) in surroundings.variables { environment[name] = value }
        environment["PATH"] = frontEndFolder + ":" + (surroundings.path ?? environment["PATH"] ?? "")
        let directory = surroundings.directory
        if text.bytes.contains(where: Self.needingShell.bytes.contains) {
            let line = words.isEmpty ? text : text + " \"$@\""
            return Program(
                "/bin/sh", ["sh", "-c", line, text] + words, environment: environment, directory: directory)
        }
        guard let file = Self.find(text, environment, from: directory) else {
            throw ForesightError(
                message: "error: cannot run " + text + ": No such file or directory\nfatal: while expanding alias '" + name + "': '" + text + "': No such file or directory",
                ending: .exited(128))
        }
        return Program(file, [text] + words, environment: environment, directory: directory)
    }

    /// What git says of an alias that a signal ended; nil where it says nothing.
    func epitaph(_ ending: Ending) -> ByteString? {
        guard case .signaled(let signal) = ending, !Self.silentSignals.contains(signal) else { return nil }
        return "error: " + text + ByteString(" died of signal \(signal)")
    }

    /// SIGINT, SIGQUIT and SIGPIPE: the user's own doing, which git does not comment on.
    private static let silentSignals: [Int32] = [2, 3, 13]

    private static func find(_ name: ByteString, _ environment: Environment, from folder: ByteString) -> ByteString? {
        if name.contains(UInt8(ascii: "/")) { return File.exists(Path.join(folder, name)) ? name : nil }
        for entry in (environment["PATH"] ?? "").split(UInt8(ascii: ":")) {
            let path = Path.join(entry.isEmpty ? "." : entry, name)
            if let status = File.status(Path.join(folder, path)), status.kind == .regular, status.isExecutable {
                return path
            }
        }
        return nil
    }
}

/// Where git would run a shell alias, and with which environment: asked of git itself, by an alias that prints them.
private struct Surroundings {
    var directory: ByteString
    var path: ByteString?
    /// The variables of git's own.
    var variables: [(ByteString, ByteString)] = []

    private static let probe: ByteString = "pawl-surroundings"
    private static let probeText: ByteString = "!pwd -P && env -0"

    init(_ setting: Setting) throws {
        let program = Program(
            setting.executable,
            ["git"] + setting.globals.filter { $0 != "-p" && $0 != "--paginate" }
                + ["-c", "alias." + Self.probe + "=" + Self.probeText, Self.probe],
            environment: setting.environment)
        let answer = try program.capture()
        guard answer.ending.succeeded, let (directory, listing) = answer.output.split(atFirst: UInt8(ascii: "\n")) else {
            throw ForesightError(message: answer.errors, ending: answer.ending)
        }
        self.directory = directory
        for entry in listing.split(0) {
            guard let (name, value) = entry.split(atFirst: UInt8(ascii: "=")) else { continue }
            if name == "PATH" { path = value }
            if name == "GIT_CONFIG_PARAMETERS" {
                // Without the probe itself, which git has put last.
                let own = ShellQuoting.quoteAlways("alias." + Self.probe) + "=" + ShellQuoting.quoteAlways(Self.probeText)
                if let before = value.dropping(suffix: own) {
                    let trimmed = before.dropping(suffix: " ") ?? before
                    if !trimmed.isEmpty { variables.append((name, trimmed)) }
                    continue
                }
            }
            if name.hasPrefix("GIT_") { variables.append((name, value)) }
        }
    }
}
