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
        let takesForkPoint =
            arguments.isOn(
                "fork-point", default: operands.isEmpty && configuration.boolean("rebase.forkpoint") != false)
        let isForced = isOn(Self.forcing) || (takesForkPoint && hasForked(operands.first, from: upstream, tip))
        return rebased(name, tip, upstream: upstream, onto: onto, isForced: isForced)
    }

    /// Whether commits of this side go because the other one once had them and dropped them (git-rebase(1),
    /// `--fork-point`).
    private func hasForked(_ word: ByteString?, from upstream: ObjectName?, _ tip: ObjectName) -> Bool {
        guard let fork = facts.forkPoint(word ?? "@{upstream}", tip) else { return false }
        return fork != upstream
            && upstream.flatMap { facts.commits(PartOfHistory([fork], notFrom: [$0])) }?.isEmpty != true
    }

    /// What a rebase drops: all commits that are not in the commit it goes onto, unless they stay as they are.
    private func rebased(
        _ name: ByteString, _ tip: ObjectName, upstream: ObjectName?, onto: ObjectName?, isForced: Bool
    ) -> [RefChange] {
        var part = PartOfHistory([tip], notFrom: onto.map { [$0] } ?? [])
        guard let dropped = facts.commits(part) else { return [RefChange(name: name, value: .unknown)] }
        if dropped.isEmpty { return [] }
        if !isForced, let upstream, upstream == onto,
            facts.commits(PartOfHistory([upstream], notFrom: [tip]))?.isEmpty == true
        {
            part.onlyMerges = true
            // Up to date: git says so and does nothing.
            if facts.commits(part)?.isEmpty == true { return [] }
            part.onlyMerges = false
        }
        // An edited list may keep the commits as they are.
        let isCertain = !isOn("interactive", "autosquash", "exec")
        var changes = [RefChange(name: name, value: .rewritten(dropping: dropped, certain: isCertain))]
        if arguments.isOn("update-refs", default: configuration.boolean("rebase.updaterefs") ?? false) {
            let gone = Set(dropped)
            for reference in facts.references()
            where reference.name.hasPrefix("refs/heads/") && reference.name != name && gone.contains(reference.target) {
                part.tips = [reference.target]
                let lost = facts.commits(part) ?? []
                changes.append(RefChange(name: reference.name, value: .rewritten(dropping: lost, certain: false)))
            }
        }
        return changes
    }

    /// The rest of a rebase: the branch is set when it ends (git keeps its name and old tip in the git directory).
    private func rebaseInProgress() -> [RefChange] {
        guard let noted = rebaseFile("head-name"),
            let tip = rebaseFile("orig-head").flatMap({ ObjectName(hex: $0) }),
            let onto = rebaseFile("onto").flatMap({ ObjectName(hex: $0) })
        else { return [] }
        let name = noted.hasPrefix("refs/") ? noted : "HEAD"
        let head = facts.object(named: "HEAD").map { [$0] } ?? []
        let dropped = facts.commits(PartOfHistory([tip], notFrom: [onto] + head)) ?? [tip]
        return dropped.isEmpty
            ? [] : [RefChange(name: name, value: .rewritten(dropping: dropped, certain: false))]
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
    /// moved (git-pull(1)). It is asked only where there are any.
    func pull() -> [RefChange] {
        guard pullRebases, let tip = facts.object(named: "HEAD") else { return [] }
        let tracked: ByteString? =
            operands.isEmpty
            ? "@{upstream}"
            : operands.dropFirst().first.map { "refs/remotes/" + operands[0] + "/" + ($0.dropping(prefix: "+") ?? $0) }
        let known = tracked.flatMap { facts.object(named: $0) }
        let part =
            known.map { PartOfHistory([tip], notFrom: [$0]) }
            ?? PartOfHistory([tip], notFromRefs: RefSelection([.remotes]))
        guard let dropped = facts.commits(part), !dropped.isEmpty else { return [] }
        if let present = presentUpstream, facts.kind(of: present) == .commit {
            let isForced = hasForked(tracked, from: present, tip)
            return rebased(headName, tip, upstream: present, onto: present, isForced: isForced)
        }
        return [RefChange(name: headName, value: .rewritten(dropping: dropped, certain: false))]
    }

    /// What the branch that a pull takes is at now; nil where that cannot be told.
    private var presentUpstream: ObjectName? {
        let remote: ByteString?
        let branch: ByteString?
        if operands.isEmpty {
            let section = "branch." + (facts.currentBranch ?? "") + "."
            remote = configuration.last(section + "remote")
            branch = configuration.last(section + "merge")
        } else {
            remote = operands.first
            branch = operands.count == 2 ? operands[1].dropping(prefix: "+") ?? operands[1] : nil
        }
        guard let remote, let branch, !branch.contains(UInt8(ascii: ":")), let refs = facts.references(of: remote)
        else { return nil }
        return RefName.candidates(for: branch).lazy.compactMap { refs[$0] }.first
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
