import ByteStrings
import Effects
import GitEffects
import GitSyntax
import Platform
import PolicyEngine

// The gits in what a command is told to run: git puts its own folder first on PATH for them, so they do not come back to
// the front end by themselves.

extension Examiner {
    /// Adds what the gits would do that a command runs, as far as they stand in its words, examined as if they ran now and
    /// right there. Filters of `filter-branch` run on other files, and the command itself is as grave as it gets.
    func examineNested(_ evaluation: inout Evaluation) throws {
        guard evaluation.command != "filter-branch" else { return }
        let globals = evaluation.understanding.globals.words
        for (place, gits) in nestedGits(evaluation) {
            for words in gits {
                let inner: Evaluation
                do {
                    inner = try examine(["git"] + globals + place + words)
                } catch is ForesightError {
                    continue
                }
                if try add(inner, to: &evaluation) == .deny { return }
            }
        }
    }

    /// Adds one of them, and tells what it comes to.
    private func add(_ inner: Evaluation, to evaluation: inout Evaluation) throws -> Action {
        var inner = inner
        inner.effects = ForeseenPush.unaided(inner.effects, masksHistory: inner.push?.masksHistory == true)
        let isOfSubmodules = evaluation.command.hasPrefix("submodule")
        // Each repository keeps what is its own.
        if isOfSubmodules || inner.place?.common != evaluation.place?.common {
            if isOfSubmodules, evaluation.effects.contains(where: { $0.kind == .runNested }) {
                // Files are foreseen with the command itself; the rest each submodule keeps by itself.
                inner.effects.removeAll { $0.kind == .discardChanges || $0.kind == .deleteUntracked }
                inner.filesToKeep = []
            }
            if inner.action == .snapshot, !inner.effects.isEmpty { evaluation.elsewhere.append(inner) }
        } else {
            evaluation.filesToKeep += inner.filesToKeep
        }
        evaluation.effects += inner.effects.filter { !evaluation.effects.contains($0) }
        guard inner.action == .deny else { return inner.action }
        // The policy of that place may be stricter than the one here.
        var decided = evaluation
        try decide(&decided)
        if decided.action != .deny {
            evaluation.decision = inner.decision
            evaluation.policies = inner.policies
        }
        return .deny
    }

    /// The words of the gits, and where the command runs them, as global options: in every submodule, at the top of the
    /// work tree, or right here.
    private func nestedGits(_ evaluation: Evaluation) -> [(place: [ByteString], gits: [[ByteString]])] {
        let texts = evaluation.effects.compactMap { effect -> ByteString? in
            guard effect.kind == .runNested, case .named(let text) = effect.target else { return nil }
            return text
        }
        let gits = texts.flatMap(ShellCommands.gits(in:))
        guard let top = evaluation.place?.workTree else { return gits.isEmpty ? [] : [([], gits)] }
        switch evaluation.command {
        case "submodule", "submodule--helper":
            let update = evaluation.understood?.interpretations.first { $0.subcommand == "update" }
            if let update {
                let specs = update.operands.isEmpty ? [":/"] : update.operands.map(\.value)
                return Submodules.moved(specs, evaluation.setting, top: top).map {
                    (["-C", Path.join(top, $0.path)], gits + [updating(update, $0)])
                }
            }
            if gits.isEmpty { return [] }
            return Submodules.present([":/"], evaluation.setting, top: top).map {
                (["-C", Path.join(top, $0.path)], gits)
            }
        case "checkout", "merge", "pull", "read-tree", "reset", "switch":
            let carried = evaluation.understood.map {
                Submodules.carried(by: $0, evaluation.setting, top: top)
            }
            return (gits.isEmpty ? [] : [([], gits)])
                + (carried ?? []).map {
                    // Files are foreseen with the command itself.
                    (["-C", Path.join(top, $0.path)], [["checkout", "-q", "--detach", $0.recorded]])
                }
        case "bisect", "rebase": return gits.isEmpty ? [] : [(["-C", top], gits)]
        default: return gits.isEmpty ? [] : [([], gits)]
        }
    }

    /// What `submodule update` runs in a submodule (git-submodule(1), `update`).
    private func updating(_ arguments: ParsedArguments, _ submodule: Submodules.Submodule) -> [ByteString] {
        if arguments.isOn("rebase") { return ["rebase", submodule.recorded] }
        if arguments.isOn("merge") { return ["merge", submodule.recorded] }
        // What force overwrites is foreseen with the command itself.
        return ["checkout", "-q", "--detach", submodule.recorded]
    }
}
