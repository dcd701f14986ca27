import ByteStrings
import Effects
import GitSyntax
import Libgit2
import Platform

/// Foresees that hooks which would run are turned off (githooks(5)).
struct HookEffects {
    let configuration: Configuration
    let facts: any RepositoryFacts
    let environment: Environment

    /// The hooks that `--no-verify` skips, by command (githooks(5); each command's manual on `--no-verify`).
    private static let skippedByNoVerify: [ByteString: [ByteString]] = [
        "am": ["applypatch-msg", "pre-applypatch"],
        "commit": ["pre-commit", "commit-msg"],
        "merge": ["pre-merge-commit", "commit-msg"],
        "pull": ["pre-merge-commit", "commit-msg", "pre-rebase"],
        "push": ["pre-push"],
        "rebase": ["pre-rebase"],
    ]

    /// Environment by which common hook managers are told to do nothing; nil for any value but an empty one.
    private static let managers: [(name: ByteString, value: ByteString?)] = [
        ("HUSKY", "0"), ("HUSKY_SKIP_HOOKS", "1"), ("LEFTHOOK", "0"), ("SKIP", nil),
    ]

    func effects(of command: UnderstoodCommand) -> [Effect] {
        var names: [ByteString] = []
        if Self.maySkip(command.name, command.interpretations) {
            let present = presentHooks()
            let hooks = Self.skippedByNoVerify[command.name] ?? []
            names += hooks.filter(present.contains).map { $0 + " (--no-verify)" }
        }
        names += switchedOff()
        return names.map { Effect(.skipHooks, .named($0)) }
    }

    /// Whether the words of the command ask for hooks to be skipped.
    static func maySkip(_ name: ByteString, _ interpretations: [ParsedArguments]) -> Bool {
        // The words first: the table is not even built for the many commands without such a word.
        interpretations.contains(where: isUnverified) && skippedByNoVerify[name] != nil
    }

    /// Whether `--no-verify` is in force, whichever of the two names the command's table has.
    private static func isUnverified(_ arguments: ParsedArguments) -> Bool {
        let option = arguments.options.last { $0.name == "no-verify" || $0.name == "verify" }
        guard let option else { return false }
        return (option.name == "no-verify") != option.isNegated
    }

    /// Hooks that configuration or environment of this one command turns off.
    private func switchedOff() -> [ByteString] {
        var names: [ByteString] = []
        let commandScope = configuration.entries.filter { $0.scope == "command" }
        if let path = commandScope.last(where: { $0.key == "core.hookspath" })?.value {
            let before = presentHooks(ignoringCommandScope: true)
            let now = Set(Self.hooks(in: resolved(path)))
            names += before.subtracting(now).sorted().map { $0 + " (core.hooksPath=" + path + ")" }
        }
        for entry in commandScope {
            guard let name = entry.key.dropping(prefix: "hook.")?.dropping(suffix: ".enabled") else { continue }
            if configuration.boolean(entry.key) == false { names.append("hook." + name + ".enabled=false") }
        }
        for (name, value) in Self.managers {
            guard let given = environment[name], value.map({ $0 == given }) ?? !given.isEmpty else { continue }
            if !presentHooks().isEmpty { names.append(name + "=" + given) }
        }
        return names
    }

    private func presentHooks(ignoringCommandScope: Bool = false) -> Set<ByteString> {
        let entries = configuration.entries.filter {
            $0.key == "core.hookspath" && !(ignoringCommandScope && $0.scope == "command")
        }
        let folder = entries.last?.value.map(resolved) ?? Path.join(facts.commonDirectory, "hooks")
        return Set(Self.hooks(in: folder))
    }

    /// A relative core.hooksPath counts from the folder hooks run in: the top of the work tree.
    private func resolved(_ path: ByteString) -> ByteString {
        if let rest = path.dropping(prefix: "~/"), let home = environment["HOME"] { return Path.join(home, rest) }
        return Path.join(facts.workTree ?? facts.gitDirectory, path)
    }

    private static func hooks(in folder: ByteString) -> [ByteString] {
        (File.list(folder) ?? []).filter { name in
            !name.hasSuffix(".sample")
                && File.status(Path.join(folder, name)).map { $0.kind == .regular && $0.isExecutable } == true
        }
    }

    /// Whether the words before the command or the environment may turn hooks off, so that the configuration has to be
    /// looked at. Errs on the side of looking.
    static func maySwitchOff(_ globals: CommandLine.Globals, _ environment: Environment) -> Bool {
        let marks: [ByteString] = ["core.hookspath", "hook.", "include"]
        let keys = globals.configuration.map(\.key.lowercased)
        if keys.contains(where: { key in marks.contains(where: key.contains) }) { return true }
        // Made once, not for each of the many entries.
        let (key, parameters): (ByteString, ByteString) = ("GIT_CONFIG_KEY_", "GIT_CONFIG_PARAMETERS=")
        for entry in environment.entries where entry.hasPrefix(key) || entry.hasPrefix(parameters) {
            let text = entry.lowercased
            if marks.contains(where: text.contains) { return true }
        }
        return managers.contains { environment[$0.name] != nil }
    }
}
