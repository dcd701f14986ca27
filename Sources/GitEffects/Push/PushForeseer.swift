import ByteStrings
import Effects
import GitSyntax
import Libgit2
import Platform

/// Foresees the commands that push.
struct PushForeseer {
    let foreseer: Foreseer
    let facts: any RepositoryFacts

    private var configuration: Configuration { foreseer.configuration }

    func push(_ command: UnderstoodCommand) -> Foresight {
        merge(
            command.interpretations.map { arguments in
                foresee(isDryRun: arguments.isOn("dry-run"), receiver: receiver(arguments)) { () throws(GitRefusal) in
                    let requests = try PushCommand(
                        arguments: arguments, configuration: configuration, facts: facts
                    ).requests()
                    return (requests, submodulePushes(arguments, requests))
                }
            })
    }

    func sendPack(_ command: UnderstoodCommand) -> Foresight {
        merge(
            command.interpretations.map { arguments in
                foresee(isDryRun: arguments.isOn("dry-run"), receiver: receiver(arguments)) { () throws(GitRefusal) in
                    ([try PlumbingPush.sendPack(arguments, configuration: configuration)], nil)
                }
            })
    }

    func httpPush(_ command: UnderstoodCommand) -> Foresight {
        do {
            let (request, isDryRun) = try PlumbingPush.httpPush(command.words)
            return foresee(isDryRun: isDryRun, receiver: nil) { () throws(GitRefusal) in ([request], nil) }
        } catch {
            return Foresight(refusal: error.reason)
        }
    }

    private func foresee(
        isDryRun: Bool, receiver: ByteString?,
        _ read: () throws(GitRefusal) -> ([PushRequest], submodules: SubmodulePushes?)
    ) -> Foresight {
        if isDryRun { return Foresight() }
        do {
            let (requests, submodules) = try read()
            let push = ForeseenPush(
                requests: requests, facts: facts, masksHistory: HistoryOverlay.exists(facts, foreseer.setting),
                pushesSubmodules: submodules != nil)
            var result = Foresight(effects: push.effects(), push: push, refusal: push.refusal)
            if result.refusal == nil, let submodules { result.effects += submodules.effects(foreseer) }
            if let receiver { result.effects.append(Effect(.runNested, .named(receiver))) }
            return result
        } catch {
            return Foresight(refusal: error.reason)
        }
    }

    /// The program that is to receive the push, where the command line names one of its own.
    private func receiver(_ arguments: ParsedArguments) -> ByteString? {
        let given = arguments.options.last { ["receive-pack", "exec"].contains($0.name) }
        guard let value = given?.value, value != "git-receive-pack" else { return nil }
        return value
    }

    /// Everything that any interpretation would do; a refusal counts only if all agree.
    private func merge(_ foresights: [Foresight]) -> Foresight {
        guard var merged = foresights.first else { return Foresight() }
        for other in foresights.dropFirst() {
            merged.effects += other.effects.filter { !merged.effects.contains($0) }
            if other.refusal == nil { merged.refusal = nil }
            // Which of them git will read cannot be told, so none can be carried out as decided.
            merged.push = nil
        }
        return merged
    }

    // MARK: Submodules

    private func submodulePushes(_ arguments: ParsedArguments, _ requests: [PushRequest]) -> SubmodulePushes? {
        guard let workTree = facts.workTree, let remote = requests.first?.remote else { return nil }
        var mode = configuration.last("push.recursesubmodules")
        if mode == nil, configuration.boolean("submodule.recurse") == true { mode = "on-demand" }
        if let option = arguments.options.last(where: { $0.name == "recurse-submodules" }) {
            mode = option.isNegated ? "no" : option.value
        }
        guard let mode, ["on-demand", "only", "only-is-on-demand", "true", "yes"].contains(mode) else { return nil }
        guard File.exists(Path.join(workTree, ".gitmodules")) else { return nil }
        return SubmodulePushes(workTree: workTree, remote: remote, items: requests.first?.items ?? [])
    }
}

/// The pushes that git starts in submodules (`push.recurseSubmodules`): each gets the remote's name and the refspecs
/// as they are, `+` included, and no other option.
struct SubmodulePushes {
    let workTree: ByteString
    let remote: Remote
    let items: [PushRequest.Item]

    func effects(_ parent: Foreseer) -> [Effect] {
        var words: [ByteString] = ["--recurse-submodules=only-is-on-demand"]
        if remote.isNamed { words += [remote.name] + items.map(\.refspec.text) }
        var effects: [Effect] = []
        for path in paths(parent.setting) {
            let setting = Setting(
                executable: parent.setting.executable, globals: ["-C", path],
                environment: Self.withoutRepository(parent.setting.environment), directory: path, gitDirectory: nil)
            guard File.exists(Path.join(path, ".git")), let child = try? Foreseer(setting) else { continue }
            guard let arguments = try? OptionParser.parse(words, of: "push", version: Self.anyVersion) else { continue }
            let command = UnderstoodCommand(name: "push", words: words, interpretations: [arguments])
            effects += child.foresee(command).effects
        }
        return effects
    }

    /// The words above are the same for every version.
    private static let anyVersion = GitVersion(2, 39, 5)

    /// Variables that name the parent's repository do not reach a submodule (`git rev-parse --local-env-vars`).
    private static func withoutRepository(_ environment: Environment) -> Environment {
        var environment = environment
        for name: ByteString in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR"] {
            environment[name] = nil
        }
        return environment
    }

    private func paths(_ setting: Setting) -> [ByteString] {
        let file = Path.join(workTree, ".gitmodules")
        let question = setting.question(["config", "--file", file, "--list", "-z", "--show-scope"])
        guard let answer = try? question.capture(), answer.ending.succeeded else { return [] }
        let modules = Configuration(listing: answer.output)
        return modules.subsections(of: "submodule").compactMap { name in
            modules.last("submodule." + name + ".path").map { Path.join(workTree, $0) }
        }
    }
}

/// Replace refs and grafts, which make git see another history than the one the remote has
/// (git-replace(1), gitrepository-layout(5) on `info/grafts`).
enum HistoryOverlay {
    static func exists(_ facts: any RepositoryFacts, _ setting: Setting) -> Bool {
        if setting.environment["GIT_GRAFT_FILE"] != nil || setting.environment["GIT_REPLACE_REF_BASE"] != nil {
            return true
        }
        if File.exists(Path.join(facts.commonDirectory, "info/grafts")) { return true }
        if File.isDirectory(Path.join(facts.commonDirectory, "refs/replace")) { return true }
        guard let packed = try? File.read(Path.join(facts.commonDirectory, "packed-refs")) else {
            // Refs kept in another way: ask for all of them.
            return !File.isDirectory(Path.join(facts.commonDirectory, "refs/heads"))
                && facts.references().contains { $0.name.hasPrefix("refs/replace/") }
        }
        return packed.contains(" refs/replace/")
    }
}
