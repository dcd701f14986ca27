import Auditing
import ByteStrings
import CompactOutput
import Effects
import GitEffects
import GitSyntax
import Platform
import PolicyEngine

/// A command line with all that Pawl knows of it before anything runs.
public struct Evaluation {
    /// How an allowed command is run.
    enum Route {
        /// The real git takes this process over: nothing lasting comes of the command.
        case replace(Program)
        /// The real git runs and is waited for.
        case wait(Program)
        /// A shell runs the text of an alias, and is waited for.
        case shell(ShellAlias)
        /// Nothing runs: git would die with this message and status.
        case die(ByteString, status: Int32)
    }

    /// The words that were given, the program's name first.
    public var arguments: [ByteString]
    /// The command's name, aliases expanded.
    public var command: ByteString
    /// What the aliases stood for; nil where there was none.
    public var expansion: [ByteString]?
    public var effects: [Effect]
    /// Files that a snapshot before the command has to hold, from the top of the work tree or absolute.
    var filesToKeep: [ByteString] = []
    /// What git runs in other repositories on the command's behalf, each to be kept for by itself.
    var elsewhere: [Evaluation] = []
    /// nil for a command without effects: no policy was read for it.
    public var decision: Decision?
    /// The policies that decided.
    public var policies: PolicyStack?
    /// Why git will refuse the command by itself, where that is foreseen.
    public var refusal: ByteString?
    /// What has become of the remote since a push that it refused, where that is why this one is forced.
    var moved: ByteString?
    /// Whether the words were understood; false for those that git refuses or that are no command.
    public var isUnderstood = true

    var understanding: Understanding
    /// The command's words with Pawl's own refs taken out of them; nil where they are run as they stand.
    var shieldedWords: [ByteString]?
    var setting: Setting
    /// The real git's version; nil where it is not on record.
    var installedVersion: GitVersion?
    /// The repository as it was found before the command; nil outside one.
    let place: GitDirectory?
    var push: ForeseenPush?
    var understood: UnderstoodCommand?
    var route: Route
    /// The form that was chosen for what the command prints; nil for git's own.
    var compact: CompactForm?

    /// Before anything is known of what the command does.
    init(
        _ arguments: [ByteString], _ understanding: Understanding, _ setting: Setting, installedVersion: GitVersion?
    ) {
        self.arguments = arguments
        command = understanding.command
        expansion = understanding.expansion
        effects = []
        self.understanding = understanding
        self.setting = setting
        self.installedVersion = installedVersion
        place = GitDirectory(setting)
        route = .die("", status: 0)
    }

    /// Whether the real git takes this process over, so that nothing lasting comes of the command.
    var isReplaced: Bool {
        if case .replace = route { true } else { false }
    }

    /// What is to be done about it.
    public var action: Action { decision?.action ?? .allow }

    /// The evaluation without credentials, for every message and every printed object.
    public var shown: Evaluation {
        var shown = self
        shown.arguments = Redaction.redact(arguments: arguments)
        shown.expansion = expansion.map(Redaction.redact(arguments:))
        shown.effects = effects.map(\.redacted)
        shown.decision = decision?.worded(by: \.redacted)
        shown.refusal = refusal.map(Redaction.redact(word:))
        return shown
    }

    /// What the policies are told besides the effects.
    func context(_ environment: Environment) -> Context {
        var urls = effects.compactMap { effect -> ByteString? in
            if case .remoteRef(let reference) = effect.target { return reference.url }
            return nil
        }
        if policies?.asksForRepository == true { urls += RepositoryRemotes.urls(setting, understanding.globals) }
        return Context(repository: place?.name, repositoryURLs: urls, agent: environment["PAWL_AGENT"])
    }
}
