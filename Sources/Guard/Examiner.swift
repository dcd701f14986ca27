import ByteStrings
import Effects
import GitEffects
import GitSyntax
import Platform
import PolicyEngine

/// Examines command lines: the way from argv to a decision, without running anything.
public struct Examiner {
    public let installation: Installation
    public let git: RealGit
    public let environment: Environment
    /// A policy to try instead of those that hold here.
    public var trialPolicy: PolicyStack?
    /// Gives what the command will find on standard input; nil where nothing is run, so that nothing is to be read.
    var input: (() throws -> ByteString?)?

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
        let setting = answeringNatively(reader.setting(understanding.globals), understanding.globals)
        var evaluation = Evaluation(arguments, understanding, setting, installedVersion: git.recorded?.version)
        switch understanding.subject {
        case .git:
            evaluation.isUnderstood = understanding.command != "usage"
            evaluation.route = .replace(realGit(evaluation))
        case .dies(let message, let status):
            evaluation.isUnderstood = false
            evaluation.route = .die(message, status: status)
        case .slip:
            evaluation.route = .replace(realGit(evaluation))
            try examineSlip(&evaluation)
            return evaluation
        case .program:
            evaluation.effects = KnownPrograms.effects(of: understanding.command, understanding.words)
            evaluation.route = .wait(realGit(evaluation))
        case .shell(let text):
            evaluation.effects = [Effect(.runNested, .named(text))]
            evaluation.route = .shell(
                ShellAlias(name: understanding.command, text: text, words: understanding.words))
        case .command(let entry):
            try examine(entry, &evaluation)
            if evaluation.decision == nil { try examineNested(&evaluation) }
        }
        try decide(&evaluation)
        return evaluation
    }

    // MARK: git's own commands

    private func examine(_ entry: CommandEntry, _ evaluation: inout Evaluation) throws {
        let understanding = evaluation.understanding
        evaluation.shieldedWords = SnapshotShield.words(of: understanding.command, understanding.words) {
            evaluation.place?.common
        }
        let program = realGit(evaluation)
        evaluation.route = .replace(program)
        if entry.isHarmlessAlways { return }
        let namesOutput = OutputFiles.mayBeNamed(by: understanding.command, understanding.words)
        let namesProgram = NestedCommands.mayBeNamed(by: understanding.command, understanding.words)
        if entry.nature == .readOnly && !namesOutput && !namesProgram { return }
        let outcomes = interpretations(of: understanding)
        let interpretations = outcomes.compactMap { try? $0.get() }
        guard !interpretations.isEmpty else {
            // git refuses the words or prints help, unless it is a version that knows more than the tables do.
            evaluation.isUnderstood = false
            guard Foreseer.foresees(understanding.command) else { return }
            if mayKnowMore { evaluation.effects = [Self.anything] }
            let isQuestion =
                outcomes.contains(.failure(.help))
                || understanding.words.first?.hasPrefix("--git-completion-helper") == true
            if !isQuestion { rehearse(&evaluation) }
            return
        }
        let onlyReads =
            entry.nature == .readOnly
            || interpretations.allSatisfy { ReadOnlyForms.isReadOnly(understanding.command, $0) }
        var command = UnderstoodCommand(
            name: understanding.command, words: understanding.words, interpretations: interpretations)
        let readsAhead =
            Foreseer.readsInput(command.name, interpretations)
            || (Foreseer.readsStream(command.name) && StandardInput.isShortFile)
        if readsAhead { command.input = try input?() }
        if namesOutput {
            let written = OutputFiles.foresee(command, evaluation.setting)
            evaluation.effects += written.effects
            evaluation.filesToKeep = written.keep
            if !written.keep.isEmpty { evaluation.route = .wait(program) }
        }
        if entry.nature == .readOnly && namesProgram { evaluation.effects += NestedCommands.effects(of: command) }
        if onlyReads { return }
        evaluation.route = .wait(program)
        if entry.origin == .program, KnownPrograms.holds(command.name) {
            evaluation.effects += KnownPrograms.effects(of: command.name, command.words)
        }
        if entry.nature == .serverSide {
            evaluation.effects += ServerSide.effects(of: command.name, command.words, environment)
        }
        if understanding.command == "for-each-repo" {
            for arguments in interpretations { try examineEachRepository(arguments, &evaluation) }
        }
        if let folder = foreignPrograms(understanding.globals) {
            evaluation.effects.append(Effect(.runUnknown, .named("git's programs in " + folder)))
        }
        guard
            Foreseer.concerns(
                understanding.command, interpretations, understanding.globals, environment)
                || Foreseer.concernsFiles(command, evaluation.setting)
                || Foreseer.mayCollectGarbage(
                    understanding.command, evaluation.setting, understanding.globals,
                    gitDirectory: evaluation.place?.path, commonDirectory: evaluation.place?.common)
        else { return }
        let plain = Foreseer(plainly: evaluation.setting)
        if plain == nil, Foreseer.foresees(command.name), Foreseer.asksForForce(interpretations),
            let foreseer = Foreseer(readingFilesOf: evaluation.setting, understanding.globals)
        {
            var refused = evaluation
            let foresight = foreseer.foresee(command, isProtected: isProtected(evaluation))
            refused.effects += foresight.effects
            refused.push = foresight.push
            try decide(&refused)
            if refused.action == .deny {
                evaluation = refused
                return
            }
        }
        // A policy that cannot be read is an error before anything is asked of it.
        if Foreseer.asksPolicies(command.name) { evaluation.policies = try policies(evaluation) }
        let foreseer = try plain ?? Foreseer(evaluation.setting)
        let foresight = foreseer.foresee(command, isProtected: isProtected(evaluation))
        evaluation.effects += foresight.effects
        evaluation.push = foresight.push
        if plain != nil, Foreseer.foresees(command.name), Foreseer.asksForForce(interpretations) {
            // What is refused need not be made ready.
            var refused = evaluation
            try decide(&refused)
            if refused.action == .deny {
                evaluation = refused
                return
            }
            evaluation.policies = refused.policies
        }
        evaluation.filesToKeep += foresight.filesToKeep
        evaluation.refusal = foresight.refusal
        evaluation.understood = command
        if foresight.refusal != nil {
            rehearse(&evaluation)
            return
        }
        guard let push = foresight.push else { return }
        var exact = program
        let (leases, shield) = (push.leaseWords, push.shield)
        if !leases.isEmpty || !shield.globals.isEmpty || !shield.words.isEmpty {
            exact.arguments = ["git"] + understanding.globals.words + shield.globals + [understanding.command]
            exact.arguments += leases + understanding.words + shield.words
        }
        evaluation.route = .wait(push.masksHistory ? Self.withoutOverlays(exact) : exact)
    }

    /// A push that git is expected to refuse by itself runs as a rehearsal: git says what it would have said, and should
    /// it not refuse after all, nothing happens (git-push(1), `--dry-run`).
    private func rehearse(_ evaluation: inout Evaluation) {
        let understanding = evaluation.understanding
        guard Foreseer.canRehearse(understanding.command) else { return }
        let options = understanding.words.prefix { $0 != "--" && $0 != "--end-of-options" }
        guard !options.contains(where: { $0.hasPrefix("--no-d") }) else {
            evaluation.effects = [Self.anything]
            return
        }
        evaluation.route = .wait(
            realGit(understanding.globals.words + [understanding.command, "--dry-run"] + understanding.words))
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
            let inner: Evaluation
            do {
                inner = try examine(["git"] + globals + ["-C", folder] + words)
            } catch is ForesightError {
                // git fails there in the same way, and goes on to the next one.
                continue
            }
            let effects = ForeseenPush.unaided(inner.effects, masksHistory: inner.push?.masksHistory == true)
            evaluation.effects += effects.filter { !evaluation.effects.contains($0) }
            if inner.action == .snapshot { evaluation.elsewhere.append(inner) }
            if case .shell = inner.understanding.subject, !evaluation.effects.contains(Self.hiddenShell) {
                evaluation.effects.append(Self.hiddenShell)
            }
            // The policy of that repository may be stricter than the one here.
            if inner.action == .deny {
                evaluation.decision = inner.decision
                evaluation.policies = inner.policies
                return
            }
        }
    }

    func interpretations(of understanding: Understanding) -> [Result<ParsedArguments, ParseRefusal>] {
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

    /// A shell that git starts by itself: a `git` in it is the real one.
    private static let hiddenShell = Effect(
        .forcePush,
        .remoteRef(
            Effect.RemoteRef(remote: "any remote", url: nil, ref: "refs/*", forcedBy: .option("a shell alias"))),
        certainty: .possible, safer: "run the alias in each repository by itself")

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

    private func policies(_ evaluation: Evaluation) throws -> PolicyStack {
        try trialPolicy
            ?? PolicyStack.load(
                environment: environment, workTree: evaluation.place?.workTree, policyFolder: installation.policyFolder)
    }

    /// Whether any of the policies that hold protects a branch.
    private func isProtected(_ evaluation: Evaluation) -> (ByteString) -> Bool {
        { name in evaluation.policies?.protects(name) ?? true }
    }

    func decide(_ evaluation: inout Evaluation) throws {
        guard !evaluation.effects.isEmpty, evaluation.decision == nil else { return }
        let stack = try evaluation.policies ?? policies(evaluation)
        evaluation.policies = stack
        evaluation.decision = stack.decide(evaluation.effects, in: evaluation.context(environment))
    }

    // MARK: Programs

    /// The real git with the words that were given, or with those that aliases stood for.
    private func realGit(_ evaluation: Evaluation) -> Program {
        let understanding = evaluation.understanding
        if let words = evaluation.shieldedWords {
            return realGit(understanding.globals.words + [understanding.command] + words)
        }
        guard let expansion = evaluation.expansion else {
            return realGit(Array(evaluation.arguments.dropFirst()), calledBy: evaluation.arguments.first)
        }
        return realGit(Array(expansion.dropFirst()))
    }

    /// The real git with these words, in the environment that every child gets.
    private func realGit(_ words: [ByteString], calledBy name: ByteString? = nil) -> Program {
        Program(git.path, [name ?? "git"] + words, environment: Nesting.deeper(environment))
    }

    // MARK: Slips

    /// A word that is no command: git says so, or with help.autoCorrect takes it for the one that is most like it. What
    /// it would take it for is examined then, and only what is allowed as it stands is left to git.
    private func examineSlip(_ evaluation: inout Evaluation) throws {
        let understanding = evaluation.understanding
        evaluation.isUnderstood = false
        let guessing = understanding.configuration?.last("help.autocorrect")?.lowercased
        let suggests: [ByteString?] = [nil, "0", "never", "false", "no", "off", "show"]
        guard !suggests.contains(guessing) else { return }
        let rest = [understanding.command] + understanding.words
        let asked = realGit(understanding.globals.words + ["-c", "help.autoCorrect=0"] + rest)
        evaluation.route = .replace(asked)
        guard let guess = Self.guess(in: try asked.capture().errors) else { return }
        let corrected = try examine(["git"] + understanding.globals.words + [guess] + understanding.words)
        evaluation.expansion = corrected.expansion ?? corrected.arguments
        evaluation.effects = corrected.effects
        evaluation.decision = corrected.decision
        evaluation.policies = corrected.policies
        evaluation.refusal = corrected.refusal
        let asItStands =
            !ForeseenPush.needsPin(corrected.effects) && corrected.push?.masksHistory != true
            && corrected.push?.leaseWords.isEmpty != false
        guard corrected.action == .allow, asItStands else { return }
        switch corrected.route {
        case .replace: evaluation.route = .replace(realGit(evaluation.arguments.dropFirst().map { $0 }))
        case .wait: evaluation.route = .wait(realGit(evaluation.arguments.dropFirst().map { $0 }))
        case .shell, .die: break
        }
    }

    /// The one command that git finds most similar, out of its answer to a slip; nil where there are several or none.
    private static func guess(in answer: ByteString) -> ByteString? {
        let names = answer.split(UInt8(ascii: "\n")).compactMap { $0.dropping(prefix: "\t") }
        return names.count == 1 ? names.first : nil
    }
}
