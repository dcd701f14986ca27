import ByteStrings
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
    /// nil for a command without effects: no policy was read for it.
    public var decision: Decision?
    /// The policies that decided.
    public var policies: PolicyStack?
    /// Why git will refuse the command by itself, where that is foreseen.
    public var refusal: ByteString?
    /// Whether the words were understood; false for those that git refuses or that are no command.
    public var isUnderstood = true

    var understanding: Understanding
    var setting: Setting
    var push: ForeseenPush?
    var understood: UnderstoodCommand?
    var route: Route

    /// What is to be done about it.
    public var action: Action { decision?.action ?? .allow }
}

/// Examines command lines: the way from argv to a decision, without running anything.
public struct Examiner {
    public let installation: Installation
    public let git: RealGit
    public let environment: Environment
    /// A policy to try instead of those that hold here.
    public var trialPolicy: PolicyStack?

    public init(installation: Installation, git: RealGit, environment: Environment, trialPolicy: PolicyStack? = nil) {
        self.installation = installation
        self.git = git
        self.environment = environment
        self.trialPolicy = trialPolicy
    }

    /// What the command line would do and what the policy says to that. Fails where a policy cannot be read, and with
    /// `ForesightError` where git itself would fail over its configuration.
    public func examine(_ arguments: [ByteString]) throws -> Evaluation {
        let reader = CommandReader(git: git, environment: environment)
        let understanding = try reader.read(arguments)
        let setting = reader.setting(understanding.globals)
        var evaluation = Evaluation(
            arguments: arguments, command: understanding.command, expansion: understanding.expansion, effects: [],
            understanding: understanding, setting: setting,
            route: .replace(realGit(Array(arguments.dropFirst()), calledBy: arguments.first)))
        switch understanding.subject {
        case .git:
            evaluation.isUnderstood = understanding.command != "usage"
        case .dies(let message, let status):
            evaluation.isUnderstood = false
            evaluation.route = .die(message, status: status)
        case .slip:
            evaluation.isUnderstood = false
            evaluation.route = .replace(realGit(withoutGuessing(understanding)))
        case .program:
            evaluation.effects = KnownPrograms.effects(of: understanding.command, understanding.words)
            evaluation.route = .wait(realGit(words(of: understanding)))
        case .shell(let text, let key):
            evaluation.effects = [Effect(.runNested, .named(text))]
            evaluation.route = .wait(shellAlias(understanding, text, key: key))
        case .command(let entry):
            try examine(entry, &evaluation)
        }
        try decide(&evaluation)
        return evaluation
    }

    // MARK: git's own commands

    private func examine(_ entry: CommandEntry, _ evaluation: inout Evaluation) throws {
        let understanding = evaluation.understanding
        let program = realGit(words(of: understanding))
        evaluation.route = .replace(program)
        // A name that is taken from argv[0], or one that an alias stood for, is handed on as a plain command.
        if entry.isHarmlessAlways { return }
        let outcomes = interpretations(of: understanding)
        let interpretations = outcomes.compactMap { try? $0.get() }
        guard !interpretations.isEmpty else {
            // git refuses the words or prints help, unless it is a version that knows more than the tables do.
            evaluation.isUnderstood = false
            if mayKnowMore, Foreseer.foresees(understanding.command) { evaluation.effects = [Self.anything] }
            return
        }
        let onlyReads =
            entry.nature == .readOnly
            || interpretations.allSatisfy { ReadOnlyForms.isReadOnly(understanding.command, $0) }
        if onlyReads { return }
        evaluation.route = .wait(program)
        if understanding.command == "for-each-repo" {
            for arguments in interpretations { try examineEachRepository(arguments, &evaluation) }
        }
        if let folder = foreignPrograms(understanding.globals) {
            evaluation.effects.append(Effect(.runUnknown, .named("git's programs in " + folder)))
        }
        guard
            Foreseer.concerns(understanding.command, interpretations, understanding.globals, environment)
        else { return }
        let command = UnderstoodCommand(
            name: understanding.command, words: understanding.words, interpretations: interpretations)
        let foresight = try Foreseer(evaluation.setting).foresee(command)
        evaluation.effects += foresight.effects
        evaluation.refusal = foresight.refusal
        evaluation.push = foresight.push
        evaluation.understood = command
        if foresight.push?.masksHistory == true {
            evaluation.route = .wait(Self.withoutOverlays(program))
        }
    }

    /// `for-each-repo` runs a git of its own in every repository that a setting lists (git-for-each-repo(1)): all that
    /// any of them would do.
    private func examineEachRepository(_ arguments: ParsedArguments, _ evaluation: inout Evaluation) throws {
        guard let key = arguments.value("config") else { return }
        let globals = evaluation.understanding.globals.words
        let words = arguments.operands.map(\.value)
        let listed = try CommandReader.configuration(evaluation.setting).values(key.lowercasedKey)
        for place in Set(listed).sorted() {
            let home = environment["HOME"] ?? ByteString()
            let folder = place.dropping(prefix: "~/").map { Path.join(home, $0) } ?? place
            let inner = try? examine(["git"] + globals + ["-C", folder] + words)
            for effect in inner?.effects ?? [] where !evaluation.effects.contains(effect) {
                evaluation.effects.append(effect)
            }
        }
    }

    private func interpretations(of understanding: Understanding) -> [Result<ParsedArguments, ParseRefusal>] {
        // Only commands that are foreseen from their words need the very version.
        let version = git.version(environment) ?? Self.oldestKnown
        return OptionParser.interpretations(
            of: understanding.words, for: understanding.command, version: version)
    }

    private static let oldestKnown = GitVersion(2, 39, 0)

    /// Whether the installed git may accept options that the tables do not have.
    private var mayKnowMore: Bool { git.version(environment).map(OptionParser.isBeyondTables) ?? true }

    /// The worst that a push can do.
    private static let anything = Effect(
        .forcePush,
        .remoteRef(
            Effect.RemoteRef(remote: "any remote", url: nil, ref: "refs/*", forcedBy: .option("an unknown option"))),
        certainty: .possible, safer: "the same push without options that pawl does not know")

    /// A folder of programs that is not the real git's own: git would run those in place of its own.
    private func foreignPrograms(_ globals: CommandLine.Globals) -> ByteString? {
        let folder = globals.execPath ?? environment["GIT_EXEC_PATH"]
        guard let folder, !folder.isEmpty, let own = git.programFolder(environment), folder != own else { return nil }
        guard File.realPath(folder) != File.realPath(own) else { return nil }
        return folder
    }

    /// A push that runs so sees the history that the remote has (git-replace(1)).
    private static func withoutOverlays(_ program: Program) -> Program {
        var program = program
        program.environment["GIT_NO_REPLACE_OBJECTS"] = "1"
        // A file that cannot be there: git gives advice over every graft file that it finds, an empty one too.
        program.environment["GIT_GRAFT_FILE"] = "/dev/null/none"
        return program
    }

    // MARK: Deciding

    private func decide(_ evaluation: inout Evaluation) throws {
        guard !evaluation.effects.isEmpty else { return }
        let place = GitDirectory(evaluation.setting)
        let stack =
            try trialPolicy
            ?? PolicyStack.load(
                environment: environment, workTree: place?.workTree, policyFolder: installation.policyFolder)
        evaluation.policies = stack
        evaluation.decision = stack.decide(evaluation.effects, in: context(evaluation, place))
    }

    func context(_ evaluation: Evaluation, _ place: GitDirectory?) -> Context {
        let urls = evaluation.effects.compactMap { effect -> ByteString? in
            if case .remoteRef(let reference) = effect.target { return reference.url }
            return nil
        }
        return Context(repository: place?.name, repositoryURLs: urls, agent: environment["PAWL_AGENT"])
    }

    // MARK: Programs

    /// The words behind `git`, aliases expanded.
    func words(of understanding: Understanding) -> [ByteString] {
        understanding.globals.words + [understanding.command] + understanding.words
    }

    /// The real git with these words, in the environment that every child gets.
    func realGit(_ words: [ByteString], calledBy name: ByteString? = nil) -> Program {
        Program(git.path, [name ?? "git"] + words, environment: Nesting.deeper(environment))
    }

    /// A word that is no command is not to be turned into one: whatever help.autoCorrect says, git only suggests.
    private func withoutGuessing(_ understanding: Understanding) -> [ByteString] {
        let guessing = understanding.configuration?.last("help.autocorrect")?.lowercased
        let keeps: [ByteString?] = [nil, "0", "never", "false", "no", "off", "show"]
        guard !keeps.contains(guessing) else { return words(of: understanding) }
        return understanding.globals.words + ["-c", "help.autoCorrect=0", understanding.command] + understanding.words
    }

    /// A shell alias is run by the real git, which sets up folder and environment as it does, with the front end put
    /// back in front of PATH: a `git` in it is examined again.
    private func shellAlias(_ understanding: Understanding, _ text: ByteString, key: ByteString) -> Program {
        var line: ByteString =
            "PATH=" + ShellQuoting.quoteAlways(installation.frontEndFolder) + ":" + searchPath + "; export PATH; "
        var words = understanding.words
        if words.first == "-h" {
            // git would print the changed text; the line that it prints about the alias is printed beforehand.
            line += "set -- " + ShellQuoting.quote(words) + "; " + text + " \"$@\""
            words = []
        } else {
            line += text
        }
        // A key may hold a `=`, at which `-c` would split it; `--config-env` splits at the last one.
        let isPlain = !key.contains(UInt8(ascii: "="))
        let setting: [ByteString] =
            isPlain ? ["-c", key + "=!" + line] : ["--config-env", key + "=" + Self.aliasVariable]
        var program = realGit(understanding.globals.words + setting + [understanding.command] + words)
        if !isPlain { program.environment[Self.aliasVariable] = "!" + line }
        return program
    }

    private static let aliasVariable: ByteString = "PAWL_ALIAS"

    /// What a shell alias finds behind the front end on PATH. git puts the folder of its programs first, and in it there
    /// is a `git-push`: only where the front end stands in for that one as well may the folder stay.
    private var searchPath: ByteString {
        let stands = KnownPrograms.dashedPushes.allSatisfy {
            File.exists(Path.join(installation.frontEndFolder, $0))
        }
        return stands ? "\"$PATH\"" : ShellQuoting.quoteAlways(environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin")
    }
}

/// Counts how deep git is started inside git, so that a loop ends.
enum Nesting {
    static let variable: ByteString = "PAWL_DEPTH"
    static let limit = 64

    static func depth(_ environment: Environment) -> Int { environment[variable].flatMap { Int($0.text) } ?? 0 }

    static func deeper(_ environment: Environment) -> Environment {
        var environment = environment
        environment[variable] = ByteString(String(depth(environment) + 1))
        return environment
    }
}
