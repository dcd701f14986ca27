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

    func remoteHelper(_ command: UnderstoodCommand) -> Foresight {
        foresee(isDryRun: false, receiver: nil) { () throws(GitRefusal) in
            ([PlumbingPush.remoteHelper(command.words)], nil)
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
        guard foresights.count > 1 else { return merged }
        merged.effects = merged.unaidedEffects
        for other in foresights.dropFirst() {
            merged.effects += other.unaidedEffects.filter { !merged.effects.contains($0) }
            if other.refusal == nil { merged.refusal = nil }
            // Which of them git will read cannot be told, so none can be carried out as decided.
            merged.push = nil
        }
        return merged
    }

    // MARK: Submodules

    private func submodulePushes(_ arguments: ParsedArguments, _ requests: [PushRequest]) -> SubmodulePushes? {
        guard let remote = requests.first?.remote else { return nil }
        // The later of the two settings counts.
        var mode: ByteString?
        for entry in configuration.entries {
            switch entry.key {
            case "push.recursesubmodules": mode = entry.value
            case "submodule.recurse":
                mode = Configuration(entries: [entry]).boolean(entry.key) == true ? "on-demand" : "no"
            default: break
            }
        }
        if let option = arguments.options.last(where: { $0.name == "recurse-submodules" }) {
            mode = option.isNegated ? "no" : option.value
        }
        guard let mode, ["on-demand", "only", "only-is-on-demand", "true", "yes"].contains(mode) else { return nil }
        let pushes = SubmodulePushes(
            setting: foreseer.setting, remote: remote, items: requests.first?.items ?? [])
        return pushes.paths.isEmpty ? nil : pushes
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
            return !facts.keepsRefsInFiles && facts.references().contains { $0.name.hasPrefix("refs/replace/") }
        }
        return packed.contains(" refs/replace/")
    }
}
