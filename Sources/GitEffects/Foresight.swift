import ByteStrings
import Effects
import GitConfiguration
import GitSyntax
import Libgit2
import Platform

/// What a command would do, worked out before it runs.
public struct Foresight {
    public var effects: [Effect]
    /// The push behind the effects, for carrying it out exactly as it was decided on; nil for other commands.
    public var push: ForeseenPush?
    /// Files that a snapshot before the command has to hold, from the top of the work tree or absolute.
    public var filesToKeep: [ByteString] = []
    /// Why git itself will refuse the command, as far as that is foreseen: then it has no effects.
    public var refusal: ByteString?

    /// The effects where git runs the command in its own way, without the words and the environment that Pawl adds.
    public var unaidedEffects: [Effect] {
        ForeseenPush.unaided(effects, masksHistory: push?.masksHistory == true)
    }

    public init(effects: [Effect] = [], push: ForeseenPush? = nil, refusal: ByteString? = nil) {
        self.effects = effects
        self.push = push
        self.refusal = refusal
    }
}

/// The real git could not say what is needed to foresee a command: it would fail the command itself in the same way.
public struct ForesightError: Error, Sendable {
    /// What git printed on standard error.
    public var message: ByteString
    public var ending: Ending

    public init(message: ByteString, ending: Ending) {
        self.message = message
        self.ending = ending
    }
}

/// A builtin command understood: its name, its words, and every way its words can be meant by the git that is
/// installed (one, unless the tables cannot tell which of two versions' options it has).
public struct UnderstoodCommand: Sendable {
    public var name: ByteString
    public var words: [ByteString]
    public var interpretations: [ParsedArguments]
    /// What the command will read from standard input, where it says there what to do; nil where that is not known.
    public var input: ByteString?

    public init(
        name: ByteString, words: [ByteString], interpretations: [ParsedArguments], input: ByteString? = nil
    ) {
        self.input = input
        self.name = name
        self.words = words
        self.interpretations = interpretations
    }
}

/// Foresees commands in one repository. Opening it starts a question for git's configuration and reads the repository
/// while git answers.
public struct Foreseer {
    let setting: Setting
    let configuration: Configuration
    let facts: (any RepositoryFacts)?

    /// Fails where the real git cannot be started or cannot list its configuration.
    public init(_ setting: Setting) throws {
        self.setting = setting
        let question = try setting.question(Configuration.question).startCapturing()
        facts = try FactsOpener.open(setting)
        let answer = question.finish()
        guard answer.ending.succeeded else {
            throw ForesightError(message: answer.errors, ending: answer.ending)
        }
        configuration = Configuration(listing: answer.output)
    }

    /// From the configuration files alone, where they are all that git reads for the call: as good as git's own list, for
    /// whatever is decided. nil where git is to be asked, as for anything out of the ordinary.
    public init?(plainly setting: Setting) {
        guard setting.gitDirectory == nil, setting.configurationWords.isEmpty,
            let left = Self.scopesLeftOut(by: setting.environment), let repository = FactsOpener.library(setting),
            let plain = PlainConfiguration(
                git: setting.executable, environment: setting.environment, scopesLeftOut: left,
                gitDirectory: repository.gitDirectory, commonDirectory: repository.commonDirectory)
        else { return nil }
        self.setting = setting
        facts = LibraryFacts(repository, setting)
        configuration = Configuration(
            entries: plain.settings.map { Configuration.Entry(key: $0.key, value: $0.value, scope: $0.scope) })
    }

    /// From what libgit2 reads in process, without asking the real git: quick, and good enough to refuse a command that
    /// its own words condemn, never to let one through. nil where configuration comes from more than files.
    public init?(readingFilesOf setting: Setting, _ globals: CommandLine.Globals) {
        guard globals.configuration.isEmpty, let unread = Self.scopesLeftOut(by: setting.environment),
            let repository = FactsOpener.library(setting), let settings = try? repository.settings()
        else { return nil }
        self.setting = setting
        facts = LibraryFacts(repository, setting)
        configuration = Configuration(
            entries: settings.filter { !unread.contains($0.scope) }
                .map { Configuration.Entry(key: $0.key, value: $0.value, scope: $0.scope) })
    }

    /// The scopes that the environment tells git to leave out, where it does no more than that; nil where it adds
    /// settings or names other files (git-config(1), ENVIRONMENT).
    public static func scopesLeftOut(by environment: Environment) -> Set<ByteString>? {
        var scopes: Set<ByteString> = []
        let family: ByteString = "GIT_CONFIG"
        for entry in environment.entries where entry.hasPrefix(family) {
            switch entry {
            case "GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_NOSYSTEM=true", "GIT_CONFIG_SYSTEM=/dev/null":
                scopes.insert("system")
            case "GIT_CONFIG_GLOBAL=/dev/null": scopes.insert("global")
            default: return nil
            }
        }
        return scopes
    }

    /// The repository's work tree, or its git directory if it is bare; nil outside a repository.
    public var repository: ByteString? { facts.map { $0.workTree ?? $0.gitDirectory } }

    /// What the command would do. With several interpretations, everything that any of them would do.
    ///
    /// `isProtected` tells whether the policies protect a branch, by its full name; it is asked only where that matters.
    public func foresee(
        _ command: UnderstoodCommand, isProtected: (ByteString) -> Bool
    ) -> Foresight {
        var result = Foresight(effects: ConfigurationEffects(setting: setting).effects(of: command))
        result.effects += NestedCommands.effects(of: command, configuration)
        guard let facts else {
            if !Self.worksAnywhere.contains(command.name) { result.refusal = "not a git repository" }
            return result
        }
        let files = FileEffects(facts: facts, setting: setting, configuration: configuration)
        let touches = files.begin(command)
        if let foresee = Self.push(command.name) {
            let effects = result.effects
            result = foresee(PushForeseer(foreseer: self, facts: facts), command)
            result.effects += effects
        }
        result.effects += refEffects(of: command, facts, isProtected)
        let lost = files.foresee(command, touches)
        result.filesToKeep = lost.keep
        // A command that makes history anew may take edits into it (`commit --amend -a`).
        if result.effects.contains(where: { $0.kind == .rewriteHistory }), FileEffects.mayTakeEdits(command) {
            result.filesToKeep += files.edited()
        }
        result.effects += lost.effects
        result.effects += Shallowing.effects(of: command, facts)
        result.effects += RecoveryLoss(facts: facts, setting: setting, configuration: configuration)
            .effects(of: command)
        result.effects += HookEffects(configuration: configuration, facts: facts, environment: setting.environment)
            .effects(of: command)
        return result
    }

    private func refEffects(
        of command: UnderstoodCommand, _ facts: any RepositoryFacts, _ isProtected: (ByteString) -> Bool
    ) -> [Effect] {
        let bare = BareRepository(facts: facts, configuration: configuration)
        if facts.workTree == nil || RemoteOfCaller.isMeant(by: setting, facts) { return bare.effects(of: command) }
        let isBare = OwnBareRepository.isBare(facts, configuration)
        return withoutActuallyEscaping(isProtected) { isProtected in
            let local = LocalRefs(facts: facts, configuration: configuration, isProtected: isProtected)
            guard isBare else { return local.effects(of: command) }
            // One that is given some work tree for the occasion may still be what others push to.
            guard let own = OwnBareRepository(facts, configuration) else { return bare.effects(of: command) }
            return local.effects(of: command, where: own.holds) + bare.effects(of: command) { !own.holds($0) }
        }
    }

    /// The commands that push, and how each is read.
    private static func push(_ name: ByteString) -> ((PushForeseer, UnderstoodCommand) -> Foresight)? {
        switch name {
        case "push": { $0.push($1) }
        case "send-pack": { $0.sendPack($1) }
        case "http-push": { $0.httpPush($1) }
        case "remote-ftp", "remote-ftps", "remote-http", "remote-https": { $0.remoteHelper($1) }
        default: nil
        }
    }

    /// The commands that need no repository around them.
    private static let worksAnywhere: WordList = """
        archive clone config daemon difftool grep init init-db instaweb ls-remote remote-ext send-email
        """

    /// Whether a command's own effects are foreseen here: what it does by its words, not what hooks and programs do.
    public static func foresees(_ name: ByteString) -> Bool { push(name) != nil }

    /// Whether the command says on standard input what it is to do, in a form that is understood here.
    public static func readsInput(_ name: ByteString, _ interpretations: [ParsedArguments]) -> Bool {
        switch name {
        case "apply": interpretations.contains(where: Patching.readsInput)
        case "clean": interpretations.contains { $0.isOn("interactive") }
        case "update-ref": interpretations.contains { $0.isOn("stdin") }
        default: false
        }
    }

    /// Whether the command reads a stream that is understood here, but that may be long, or wait for answers: it can only
    /// be read ahead where it is a file.
    public static func readsStream(_ name: ByteString) -> Bool { name == "fast-import" }

    /// Whether foreseeing the command asks which branches are protected.
    public static func asksPolicies(_ name: ByteString) -> Bool { push(name) == nil }

    /// Whether `gc --auto` may run behind the command with an expiry that was set for it (git-gc(1)). Errs on the side
    /// of yes.
    ///
    /// - Parameters:
    ///   - gitDirectory: that of the work tree; nil outside a repository.
    ///   - commonDirectory: the one that linked work trees share.
    public static func mayCollectGarbage(
        _ name: ByteString, _ setting: Setting, _ globals: CommandLine.Globals, gitDirectory: ByteString?,
        commonDirectory: ByteString?
    ) -> Bool {
        guard RecoveryLoss.mayRunAutomatically(name) else { return false }
        let files = ConfigurationFiles(
            setting: setting, globals: globals, gitDirectory: gitDirectory, commonDirectory: commonDirectory)
        return files.mayHold("gc", naming: "expire")
    }

    /// Whether the command has a `--dry-run`.
    public static func canRehearse(_ name: ByteString) -> Bool { ["http-push", "push", "send-pack"].contains(name) }

    /// Whether the words of a push alone ask for force or deletion, whatever the configuration adds.
    public static func asksForForce(_ interpretations: [ParsedArguments]) -> Bool {
        interpretations.contains { arguments in
            ["force", "mirror", "delete", "prune", "force-with-lease"].contains { arguments.isOn($0) }
                || arguments.operands.contains { $0.value.hasPrefix("+") || $0.value.hasPrefix(":") }
        }
    }

    /// Whether files may be lost by a command. What git does every day, checking out and merging where nothing is in the
    /// way, is told in process.
    public static func concernsFiles(_ command: UnderstoodCommand, _ setting: Setting) -> Bool {
        FileEffects.concern(command, setting)
    }

    /// Whether the repository's state has to be looked at to foresee a command. Errs on the side of looking.
    public static func concerns(
        _ name: ByteString, _ interpretations: [ParsedArguments], _ globals: CommandLine.Globals,
        _ environment: Environment
    ) -> Bool {
        push(name) != nil || RefChanges.concern(name, interpretations) || RecoveryLoss.concern(name)
            || HookEffects.maySkip(name, interpretations) || ConfigurationWrites.concern(name, interpretations)
            || NestedCommands.concern(name, interpretations)
            || HookEffects.maySwitchOff(globals, environment)
    }
}
