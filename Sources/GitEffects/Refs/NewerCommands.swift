import ByteStrings
import GitSyntax
import Libgit2

// Commands that git got after 2.39, known from the manuals and option tables of the versions that have them.

extension RefChanges {
    /// `history fixup|reword|split|drop COMMIT` makes the commit anew in every branch that contains it, or in the current
    /// one alone (git-history(1), `--update-refs`).
    func history() -> [RefChange] {
        guard !isOn("dry-run"), let commit = operands.first.flatMap(object) else { return [] }
        let isHeadOnly = arguments.value("update-refs") == "head"
        let branches = facts.references().filter { $0.name.hasPrefix("refs/heads/") }
        let touched = isHeadOnly ? branches.filter { $0.name == headName } : branches
        return touched.compactMap { branch in
            // Without a parent all of it is made anew.
            let dropped =
                facts.commits([branch.target.hex, "--not", commit.hex + "^"]) ?? facts.commits([branch.target.hex])
            guard let dropped else { return RefChange(name: branch.name, value: .unknown) }
            guard dropped.contains(commit) else { return nil }
            return RefChange(name: branch.name, value: .rewritten(dropping: dropped, certain: true))
        }
    }

    /// `replay` moves branches since 2.53 (git-replay(1), `--ref-action`); `--advance` only forwards.
    func replay() -> [RefChange] {
        let action = arguments.value("ref-action") ?? configuration.last("replay.refaction") ?? "update"
        guard action != "print", !arguments.mentions("advance") else { return [] }
        return [RefChange(name: "refs/heads/*", value: .unknown)]
    }

    /// `refs update|delete|rename|create` (git-refs(1)), which ask for no fast-forward.
    func refs() -> [RefChange] {
        guard let name = operands.first else { return [] }
        switch arguments.subcommand {
        case "delete": return operands.map { RefChange(name: resolved($0), value: .removed) }
        case "update":
            return operands.dropFirst().first.map { [RefChange(name: resolved(name), value: .object(object($0)))] }
                ?? []
        case "rename":
            guard let new = operands.dropFirst().first else { return [] }
            return [RefChange(name: new, value: .object(facts.target(of: name)))]
        default: return []
        }
    }
}
