import ByteStrings
import GitSyntax
import Libgit2
import Platform

// The commands that make commits anew, so that the old ones leave the branch.

extension RefChanges {
    /// `commit --amend`: the tip is replaced, unless the command only shows what it would do (git-commit(1): `--short`,
    /// `--porcelain`, `--long` and `-z` imply `--dry-run`).
    func amend() -> [RefChange] {
        guard isOn("amend"), !isOn("dry-run", "short", "porcelain", "long", "null"),
            let tip = facts.object(named: "HEAD")
        else { return [] }
        return [RefChange(name: headName, value: .rewritten(dropping: [tip], certain: true))]
    }

    /// Options with which a rebase makes commits anew although they already lie where they belong (git-rebase(1)).
    private static let forcing: [ByteString] = [
        "autosquash", "committer-date-is-author-date", "exec", "force-rebase", "ignore-date", "interactive", "no-ff",
        "preserve-merges", "reset-author-date", "root", "signoff", "trailer", "whitespace",
    ]

    /// `rebase [UPSTREAM [BRANCH]]`, and a rebase that goes on.
    func rebase() -> [RefChange] {
        if isOn("abort", "quit", "edit-todo", "show-current-patch") { return [] }
        if isOn("continue", "skip") { return rebaseInProgress() }
        let isRoot = isOn("root")
        let branch = isRoot ? operands.first : operands.dropFirst().first
        guard let tip = object(branch) else { return [] }
        let name = branch.map(branchRef) ?? headName
        let upstream = isRoot ? nil : facts.object(named: operands.first ?? "@{upstream}")
        if !isRoot && upstream == nil { return [] }
        let onto = arguments.value("onto").map { facts.object(named: $0) } ?? upstream
        return rebased(name, tip, upstream: upstream, onto: onto, isForced: isOn(Self.forcing))
    }

    /// What a rebase drops: all commits that are not in the commit it goes onto, unless they stay as they are.
    private func rebased(
        _ name: ByteString, _ tip: ObjectName, upstream: ObjectName?, onto: ObjectName?, isForced: Bool
    ) -> [RefChange] {
        let limits: [ByteString] = [tip.hex] + (onto.map { ["--not", $0.hex] } ?? [])
        guard let dropped = facts.commits(limits) else { return [RefChange(name: name, value: .unknown)] }
        if dropped.isEmpty { return [] }
        if !isForced, let upstream, upstream == onto, facts.commits([upstream.hex, "--not", tip.hex])?.isEmpty == true,
            facts.commits(["--merges"] + limits)?.isEmpty == true
        {
            // Up to date: git says so and does nothing.
            return []
        }
        // An edited list may keep the commits as they are.
        let isCertain = !isOn("interactive", "autosquash", "exec")
        var changes = [RefChange(name: name, value: .rewritten(dropping: dropped, certain: isCertain))]
        if arguments.isOn("update-refs", default: configuration.boolean("rebase.updaterefs") ?? false) {
            let gone = Set(dropped)
            for reference in facts.references()
            where reference.name.hasPrefix("refs/heads/") && reference.name != name && gone.contains(reference.target) {
                let lost = facts.commits([reference.target.hex] + limits.dropFirst()) ?? []
                changes.append(RefChange(name: reference.name, value: .rewritten(dropping: lost, certain: false)))
            }
        }
        return changes
    }

    /// The rest of a rebase: the branch is set when it ends (git keeps its name and old tip in the git directory).
    private func rebaseInProgress() -> [RefChange] {
        for folder in ["rebase-merge", "rebase-apply"] as [ByteString] {
            let place = Path.join(facts.gitDirectory, folder)
            func read(_ name: ByteString) -> ByteString? {
                (try? File.read(Path.join(place, name), limit: 4096))?.trimmed
            }
            guard let name = read("head-name"), name.hasPrefix("refs/"),
                let tip = read("orig-head").flatMap({ ObjectName(hex: $0) }),
                let onto = read("onto").flatMap({ ObjectName(hex: $0) })
            else { continue }
            let dropped = facts.commits([tip.hex, "--not", onto.hex, "HEAD"]) ?? [tip]
            return dropped.isEmpty
                ? [] : [RefChange(name: name, value: .rewritten(dropping: dropped, certain: false))]
        }
        return []
    }

    /// `--abort` of a series that has made commits already: HEAD goes back to where it began, unless it was moved by hand
    /// meanwhile (git-cherry-pick(1), git-revert(1), git-am(1); the files are those of git's `sequencer.c` and `am.c`).
    func abort() -> [RefChange] {
        guard isOn("abort"), let tip = facts.object(named: "HEAD") else { return [] }
        let isAm = File.exists(Path.join(facts.gitDirectory, "rebase-apply/applying"))
        let folder = Path.join(facts.gitDirectory, isAm ? "rebase-apply" : "sequencer")
        guard let reached = try? File.read(Path.join(folder, "abort-safety"), limit: 4096).trimmed, reached == tip.hex
        else { return [] }
        let began =
            isAm
            ? facts.object(named: "ORIG_HEAD")
            : (try? File.read(Path.join(folder, "head"), limit: 4096)).flatMap { ObjectName(hex: $0.trimmed) }
        return [RefChange(name: headName, value: .object(began))]
    }

    /// `pull --rebase`, or a pull that configuration makes one: local commits are made anew where the other side has
    /// moved (git-pull(1)).
    func pull() -> [RefChange] {
        guard pullRebases, let tip = facts.object(named: "HEAD") else { return [] }
        let upstream: ObjectName? =
            operands.isEmpty
            ? facts.object(named: "@{upstream}")
            : operands.dropFirst().first.flatMap { word in
                facts.object(named: "refs/remotes/" + operands[0] + "/" + (word.dropping(prefix: "+") ?? word))
            }
        let limits: [ByteString] = upstream.map { ["--not", $0.hex] } ?? ["--not", "--remotes"]
        guard let dropped = facts.commits([tip.hex] + limits), !dropped.isEmpty else { return [] }
        return [RefChange(name: headName, value: .rewritten(dropping: dropped, certain: false))]
    }

    /// `--rebase` beats `branch.NAME.rebase`, which beats `pull.rebase`; `--ff-only` beats them all.
    private var pullRebases: Bool {
        if isOn("ff-only") { return false }
        if let option = arguments.options.last(where: { $0.name == "rebase" }) {
            return !option.isNegated && option.value?.lowercased != "false"
        }
        let keys: [ByteString] = (facts.currentBranch.map { ["branch." + $0 + ".rebase"] } ?? []) + ["pull.rebase"]
        guard let value = keys.lazy.compactMap({ configuration.last($0) }).first else { return false }
        return !["false", "no", "off", "0"].contains(value.lowercased)
    }

    /// A branch that a rebase is told to switch to first, by its full name; something else leaves HEAD detached.
    private func branchRef(_ word: ByteString) -> ByteString {
        let name = "refs/heads/" + word
        return facts.target(of: name) == nil ? "HEAD" : resolved(name)
    }

    private func isOn(_ names: [ByteString]) -> Bool { names.contains { arguments.isOn($0) } }
}
