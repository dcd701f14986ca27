import ByteStrings
import GitEffects
import GitSyntax

/// What the words of a command line stand for once aliases are expanded (git-config(1), `alias.*`).
struct AliasExpansion {
    enum Failure: Error {
        /// git dies with this message, in its own words.
        case dies(ByteString)
        /// An alias that expands to nothing: git prints how it is used.
        case empty
    }

    /// An alias as it stands in the configuration.
    struct Alias {
        var value: ByteString
        var meaning: Meaning
    }

    enum Meaning {
        /// Words that take the place of the name.
        case words([ByteString])
        /// A command for the shell, without its `!`.
        case shell(ByteString)
    }

    /// The alias of a name: case does not count in `alias.NAME`; since git 2.54 there is `alias.NAME.command` as well,
    /// where it does. The last one in the configuration wins.
    static func alias(
        _ name: ByteString, in configuration: Configuration, version: GitVersion?
    ) throws(Failure) -> Alias? {
        let plain = ("alias." + name).lowercased
        let knowsSubsections = version.map { $0 >= GitVersion(2, 54, 0) } ?? true
        let entry = configuration.entries.last { entry in
            entry.key.lowercased == plain || (knowsSubsections && entry.key == "alias." + name + ".command")
        }
        guard let entry else { return nil }
        guard let value = entry.value else {
            throw .dies("fatal: missing value for '" + entry.key + "'")
        }
        if let command = value.dropping(prefix: "!") { return Alias(value: value, meaning: .shell(command)) }
        let words: [ByteString]
        do {
            words = try AliasText.split(value)
        } catch {
            throw .dies("fatal: bad alias." + name + " string: " + reason(error))
        }
        if words.isEmpty { throw .empty }
        return Alias(value: value, meaning: .words(words))
    }

    /// git's words.
    private static func reason(_ error: AliasTextError) -> ByteString {
        switch error {
        case .unclosedQuote: "unclosed quote"
        case .trailingBackslash: "cmdline ends with \\"
        }
    }
}
