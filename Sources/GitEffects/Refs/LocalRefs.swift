import ByteStrings
import Effects
import GitSyntax
import Libgit2

/// Foresees what commands do to the refs of a repository with a work tree: which commits leave a branch, which names
/// go, and whether others can have seen them.
struct LocalRefs {
    let facts: any RepositoryFacts
    let configuration: Configuration
    /// Whether the policies protect a branch, by its full name: where there is no remote, that is what counts as
    /// published.
    let isProtected: (ByteString) -> Bool

    func effects(
        of command: UnderstoodCommand, where isMeant: (RefChange) -> Bool = { _ in true }
    ) -> [Effect] {
        var seen: Set<RefChange> = []
        return command.interpretations
            .flatMap { RefChanges.of(command, $0, facts, configuration) }
            .filter { seen.insert($0).inserted && isMeant($0) }
            .flatMap { effects(of: $0, by: command) }
    }

    private func effects(of change: RefChange, by command: UnderstoodCommand) -> [Effect] {
        let name = change.name
        if name.hasPrefix("refs/pawl/") {
            return [Effect(.destroyRecovery, .named("what pawl keeps in " + name), safer: "pawl snapshots prune")]
        }
        if name.hasPrefix("refs/replace/") {
            // Whatever is replaced has a past that others can have.
            return [
                Effect(
                    .rewriteHistory, .localRef(name), published: true,
                    safer: "make a new commit with what should be different")
            ]
        }
        if name == "refs/stash" { return stashEffects(command) }
        if name.contains(UInt8(ascii: "*")) { return patternEffects(change) }
        guard let old = facts.target(of: name) else { return [] }
        if name.hasPrefix("refs/tags/") { return tagEffects(change, old) }
        if name.hasPrefix("refs/remotes/") {
            // A fetch brings it back; what counts as published rests on it until then.
            return ["fetch", "pull"].contains(command.name) ? [] : [Effect(.changeConfig, .named(name))]
        }
        if change.value == .removed && name.hasPrefix("refs/heads/") {
            // A renamed branch has its commits under the new name.
            return Self.renames(command) ? [] : deletion(name, old)
        }
        return rewriting(change, old, command)
    }

    private static func renames(_ command: UnderstoodCommand) -> Bool {
        command.name == "branch"
            && command.interpretations.allSatisfy { $0.isOn("move") || $0.isOn("-M") }
    }

    // MARK: Branches

    private func deletion(_ name: ByteString, _ old: ObjectName) -> [Effect] {
        let short = RefName.short(name)
        let others = RefSelection([.branches, .tags, .remotes], exceptBranch: name)
        guard let lost = facts.commits(PartOfHistory([old], notFromRefs: others)) else {
            return [Effect(.deleteBranch, .localRef(name), certainty: .possible)]
        }
        if lost.isEmpty { return [] }
        return [
            Effect(
                .deleteBranch, .localRef(name), lost: facts.lostCommits(lost), published: false,
                safer: saferDeletion(short))
        ]
    }

    /// Others than this repository keep what has been pushed.
    private func saferDeletion(_ branch: ByteString) -> ByteString {
        let remotes = configuration.entries.filter { $0.key.hasPrefix("remote.") && $0.key.hasSuffix(".url") }
        let names = Set(remotes.compactMap { $0.key.dropping(prefix: "remote.")?.dropping(suffix: ".url") })
        guard let remote = names.contains("origin") ? "origin" : names.sorted().first else {
            return "leave the branch where it is, or merge it first: git merge " + ShellQuoting.quote([branch])
        }
        return ShellQuoting.quote(["git", "push", remote, branch]) + " first, or leave the branch where it is"
    }

    private func rewriting(_ change: RefChange, _ old: ObjectName, _ command: UnderstoodCommand) -> [Effect] {
        var lost: [ObjectName]
        var certainty = Effect.Certainty.certain
        switch change.value {
        case .removed:
            lost = facts.commits(PartOfHistory([old], notFromRefs: .holding)) ?? [old]
            if lost.isEmpty { return [] }
        case .unknown:
            lost = facts.commits([old.hex]) ?? [old]
            certainty = .possible
        case .rewritten(let dropped, let isCertain):
            lost = dropped
            if !isCertain { certainty = .possible }
        case .object(nil):
            // git cannot resolve it either, or an object that is not here.
            return [Effect(.rewriteHistory, .localRef(change.name), certainty: .possible)]
        case .object(let new?):
            switch facts.move(from: old, to: new) {
            case .fastForward: return []
            case .loses(let names): lost = names
            case .unknown:
                guard let names = facts.commits(PartOfHistory([old], notFrom: [new])) else {
                    return [Effect(.rewriteHistory, .localRef(change.name), certainty: .possible)]
                }
                lost = names
            }
            if lost.isEmpty { return [] }
        }
        if change.name == "HEAD" {
            // A detached HEAD is no branch: what a ref has is not lost with it.
            if let alone = facts.commits(PartOfHistory(lost, notFromRefs: .holding)) {
                lost = lost.filter(Set(alone).contains)
            }
            if lost.isEmpty { return [] }
        }
        let isPublished = isAnyPublished(lost, leaving: change.name)
        return [
            Effect(
                .rewriteHistory, .localRef(change.name), certainty: certainty, lost: facts.lostCommits(lost),
                published: isPublished, safer: safer(command, isPublished))
        ]
    }

    /// Whether others can have seen any of the commits: one is reachable from a remote-tracking ref or a tag; where
    /// there is no remote at all, from a protected branch. nil where that cannot be told.
    private func isAnyPublished(_ commits: [ObjectName], leaving name: ByteString) -> Bool? {
        guard !commits.isEmpty else { return false }
        var seen = RefSelection([.remotes, .tags])
        if !hasRemote {
            seen.names = facts.references().map(\.name).filter { $0.hasPrefix("refs/heads/") && isProtected($0) }
        }
        return facts.isAny(of: commits, reachableFrom: seen)
    }

    private var hasRemote: Bool {
        configuration.entries.contains { $0.key.hasPrefix("remote.") && $0.key.hasSuffix(".url") }
    }

    /// The way to what each command is after that leaves the old commits where they are.
    private func safer(_ command: UnderstoodCommand, _ isPublished: Bool?) -> ByteString {
        let isPublished = isPublished != false
        let operands = command.interpretations.first?.operands.map(\.value) ?? []
        func there(_ place: ByteString?) -> ByteString {
            ShellQuoting.quote(["git", "switch", "-c", "NAME"] + (place.map { [$0] } ?? []))
        }
        switch command.name {
        case "commit":
            return isPublished ? "git commit (a new commit), or git commit --fixup=HEAD" : "git commit (a new commit)"
        case "rebase", "pull":
            return ShellQuoting.quote(["git", "merge", operands.first ?? "@{upstream}"])
        case "reset":
            let place = operands.first ?? "HEAD"
            let branch = "a new branch there: " + there(place)
            return isPublished
                ? ShellQuoting.quote(["git", "revert", "--no-edit", place + "..HEAD"]) + ", or " + branch : branch
        case "branch", "checkout", "switch":
            let place = command.name == "branch" ? operands.dropFirst().first : operands.first
            return "a new branch there: " + there(place)
        default: return "a new branch for the other commits: " + there("COMMIT")
        }
    }

    // MARK: Other refs

    private func tagEffects(_ change: RefChange, _ old: ObjectName) -> [Effect] {
        if case .object(let new?) = change.value, new == old { return [] }
        let isRemoved = change.value == .removed
        return [
            Effect(
                isRemoved ? .deleteTag : .moveTag, .localRef(change.name),
                certainty: change.value == .unknown ? .possible : .certain,
                lost: facts.commit(old).map { Effect.LostCommits(count: 1, first: [$0]) },
                published: isPublishedTag(old),
                safer: isRemoved ? "leave the tag where it is" : "a tag with another name")
        ]
    }

    /// Whether others can have the tag: what it is put on has been pushed or fetched.
    private func isPublishedTag(_ object: ObjectName) -> Bool {
        guard hasRemote else { return false }
        return facts.commits(PartOfHistory([object], notFromRefs: RefSelection([.remotes])))?.isEmpty ?? true
    }

    /// The entries are held by the reflog of `refs/stash` alone, unless something else has the same commit.
    private func stashEffects(_ command: UnderstoodCommand) -> [Effect] {
        guard facts.target(of: "refs/stash") != nil else { return [] }
        let entries = facts.commits(["--walk-reflogs", "refs/stash", "--"]) ?? []
        var dropped = entries
        var what: ByteString = "all entries"
        let single: Set<ByteString> = ["drop", "pop"]
        if command.name == "stash",
            command.interpretations.contains(where: { $0.subcommand.map(single.contains) == true })
        {
            what = RefChanges.stashEntry(command.interpretations.lazy.compactMap(\.operands.first?.value).first)
            // git cannot find it either.
            guard let entry = facts.object(named: what) else { return [] }
            if entries.count(where: { $0 == entry }) > 1 { return [] }
            dropped = [entry]
        }
        if !dropped.isEmpty, let lost = facts.commits(PartOfHistory(dropped, notFromRefs: .holding)) {
            dropped = dropped.filter(Set(lost).contains)
            if dropped.isEmpty { return [] }
        }
        return [
            Effect(
                .dropStash, .named(what), lost: facts.lostCommits(dropped),
                safer: ShellQuoting.quote(["git", "stash", "apply"] + (what.hasPrefix("stash@") ? [what] : []))
                    + ", and leave the entry until its changes are committed")
        ]
    }

    /// Refs that only a stream, a script or the other side names.
    private func patternEffects(_ change: RefChange) -> [Effect] {
        let prefix = change.name.split(atFirst: UInt8(ascii: "*"))?.head ?? change.name
        let touched = facts.references().filter {
            $0.name.hasPrefix(prefix) && !$0.name.hasPrefix("refs/remotes/") && !$0.name.hasPrefix("refs/pawl/")
        }
        guard !touched.isEmpty else { return [] }
        if prefix.hasPrefix("refs/tags/") {
            return [
                Effect(
                    change.value == .removed ? .deleteTag : .moveTag, .localRef(change.name), certainty: .possible,
                    published: hasRemote, safer: "fetch single tags by name")
            ]
        }
        return [
            Effect(
                .rewriteHistory, .localRef(change.name), certainty: .possible,
                safer: "name the one ref that should change, or work in a clone")
        ]
    }
}
