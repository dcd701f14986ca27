import ByteStrings
import Effects
import GitSyntax
import Platform

/// Foresees what commands do to files that no commit has.
struct FileEffects {
    let facts: any RepositoryFacts
    let setting: Setting
    let configuration: Configuration

    private let questions: StartedQuestions
    /// What `git status` told: a large work tree takes long to look at.
    private let statuses: WorkTreeStatuses

    init(facts: any RepositoryFacts, setting: Setting, configuration: Configuration) {
        self.facts = facts
        self.setting = setting
        self.configuration = configuration
        questions = StartedQuestions(setting)
        statuses = WorkTreeStatuses(setting, questions)
    }

    /// How many paths an effect names; all of them are kept.
    private static let named = 20

    /// Whether the command may lose files, or commits that only a detached HEAD has, as far as libgit2 can tell in process. Errs on the side of looking.
    static func concern(_ command: UnderstoodCommand, _ setting: Setting) -> Bool {
        guard FileTouches.concern(command.name) else { return false }
        guard let repository = FactsOpener.library(setting) else { return true }
        let facts = LibraryFacts(repository, setting)
        if RefChanges.mayStrand(command.name, facts) { return true }
        if Submodules.mayBeCarried(by: command, top: facts.workTree) { return true }
        let touches = command.interpretations.flatMap {
            FileTouches.of(command, $0, facts, Configuration(entries: []))
        }
        return touches.contains { touch in
            guard case .switchTo(let revision) = touch else { return true }
            return !IgnoredInTheWay(facts: facts, setting: setting).candidates(revision).isEmpty
        }
    }

    /// A way in which a command touches files, and the reading of its words that says so.
    typealias Touch = (touch: FileTouch, arguments: ParsedArguments)

    /// The ways in which a command touches files, each once. git is asked at once what it will take longest to tell.
    func begin(_ command: UnderstoodCommand) -> [Touch] {
        guard let top = facts.workTree else { return [] }
        var seen: Set<FileTouch> = []
        var touches: [Touch] = []
        for arguments in command.interpretations {
            for touch in FileTouches.of(command, arguments, facts, configuration) where seen.insert(touch).inserted {
                if case .overwrite(let overwrite) = touch { overwriting(overwrite, top).start() }
                touches.append((touch, arguments))
            }
        }
        return touches
    }

    /// The effects, and every path that a snapshot before the command has to hold.
    func foresee(_ command: UnderstoodCommand, _ touches: [Touch]) -> (effects: [Effect], keep: [ByteString]) {
        guard let top = facts.workTree else { return ([], []) }
        var loss = FileLoss()
        for (touch, arguments) in touches { loss.add(self.loss(touch, command, arguments, top)) }
        return Self.effects(loss, safer: SaferForFiles.way(command))
    }

    private func overwriting(_ overwrite: FileTouch.Overwrite, _ top: ByteString) -> Overwriting {
        Overwriting(
            overwrite: overwrite, facts: facts, setting: setting, top: top, questions: questions, statuses: statuses)
    }

    /// Whether the command may change or commit files that were edited. A commit of what is staged does not even look at
    /// them.
    static func mayTakeEdits(_ command: UnderstoodCommand) -> Bool {
        guard command.name == "commit" else { return true }
        let taking: [ByteString] = ["all", "include", "interactive", "only", "patch", "pathspec-from-file"]
        return command.interpretations.contains { arguments in
            !arguments.operands.isEmpty || taking.contains { arguments.isOn($0) }
        }
    }

    /// Tracked files that differ from HEAD or the index.
    func edited() -> [ByteString] {
        guard facts.workTree != nil, let status = statuses.ofTracked() else { return [] }
        return status.entries.filter { !$0.isSubmodule }.map(\.path)
    }

    static func effects(_ loss: FileLoss, safer: ByteString) -> (effects: [Effect], keep: [ByteString]) {
        guard !loss.isEmpty else { return ([], loss.always.sorted()) }
        var effects: [Effect] = []
        for (kind, paths) in [(Effect.Kind.discardChanges, loss.changes), (.deleteUntracked, loss.untracked)]
        where !paths.isEmpty {
            // Of a few files the very words; more of them would not fit.
            let names = paths.sorted().prefix(4)
            let isShort = kind == .discardChanges && safer == SaferForFiles.stash && names.count < 4
            let safer =
                isShort ? ShellQuoting.quote(["git", "stash", "push", "--"] + names) + " first" : safer
            effects.append(
                Effect(
                    kind, .files(paths: Array(paths.sorted().prefix(named)), count: paths.count),
                    certainty: loss.certainty, safer: safer))
        }
        return (effects, loss.changes.union(loss.untracked).union(loss.around).union(loss.always).sorted())
    }

    private func loss(
        _ touch: FileTouch, _ command: UnderstoodCommand, _ arguments: ParsedArguments, _ top: ByteString
    ) -> FileLoss {
        switch touch {
        case .overwrite(let overwrite):
            // git fails over what it cannot read here as well.
            return overwriting(overwrite, top).loss() ?? FileLoss()
        case .switchTo(let revision):
            return FileLoss(untracked: IgnoredInTheWay(facts: facts, setting: setting).paths(revision))
        case .files(let names, let index, let moved):
            return NamedFiles(setting: setting, top: top).loss(names, index: index, moved: moved)
        case .patch: return Patching(command: command, arguments: arguments, setting: setting).loss()
        case .clean:
            return Cleaning(
                arguments: arguments, configuration: configuration, setting: setting, top: top, input: command.input
            ).loss()
        case .removeWorkTree(let word): return LinkedWorkTree(setting: setting).loss(of: word)
        case .pruneWorkTrees: return FileLoss(always: Set(LinkedWorkTree.missing(facts).map(\.gitDirectory)))
        case .submodules(let specs, let discards):
            let files = SubmoduleFiles(top: top, setting: setting)
            return files.paths(specs).reduce(into: FileLoss()) { $0.add(files.loss(in: $1, discards: discards)) }
        case .foreach(let text):
            guard SubmoduleCommand(text).mayLose else { return FileLoss() }
            let files = SubmoduleFiles(top: top, setting: setting)
            var loss = files.paths([]).reduce(into: FileLoss()) { $0.add(files.loss(in: $1, discards: .everything)) }
            loss.certainty = .possible
            return loss
        case .sparse(let kept): return SparseFolders(setting: setting, kept: kept).loss()
        }
    }
}

/// The way to what each command is after that keeps what it would lose.
enum SaferForFiles {
    private static let ways: [ByteString: ByteString] = [
        "apply": "git stash push first, or git apply --3way after a commit",
        "clean": "git stash push --all, or move the files away",
        "merge-file": "git merge-file -p, which prints the result",
        "mv": "another name, or git mv of what is there first",
        "rm": "git rm --cached, which leaves the file, or git commit first",
        "submodule": "commit or stash in the submodule first",
        "worktree": "commit or stash in that work tree first: git -C PATH stash push --all",
    ]

    static let stash: ByteString = "git stash push -u first"

    static func way(_ command: UnderstoodCommand) -> ByteString {
        if let way = ways[command.name] { return way }
        return WrittenFiles.names(command).isEmpty ? stash : "write to a file of another name"
    }
}
