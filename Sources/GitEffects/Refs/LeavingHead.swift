import ByteStrings
import GitSyntax
import Libgit2
import Platform

// Commits that nothing but a detached HEAD has: they are stranded when it goes elsewhere (git-checkout(1), "DETACHED
// HEAD"), here or with the work tree that it belongs to.

extension RefChanges {
    /// The commands that check out something else by their words.
    private static let leaving: Set<ByteString> = ["checkout", "rebase", "stash", "switch", "symbolic-ref"]

    /// Whether the command may take HEAD away from commits that no branch has, as the repository stands.
    static func mayStrand(_ command: ByteString, _ facts: any RepositoryFacts) -> Bool {
        guard leaving.contains(command), case .detached = facts.head() else { return false }
        return true
    }

    /// Where a detached HEAD goes.
    func leavesHead() -> [RefChange] {
        guard case .detached = facts.head(), let next else { return [] }
        return [RefChange(name: "HEAD", value: next)]
    }

    private var next: RefChange.Value? {
        switch command {
        case "checkout", "switch": checkedOut
        // The other branch is checked out first; without one HEAD itself is rebased.
        case "rebase":
            isOn("abort")
                ? .object(rebaseFile("orig-head").flatMap { ObjectName(hex: $0) })
                : operands.count > 1
                    ? .object(facts.target(of: "refs/heads/" + operands[1]) ?? object(operands[1])) : nil
        case "stash":
            arguments.subcommand == "branch"
                ? .object(facts.object(named: Self.stashEntry(operands.dropFirst().first) + "^1")) : nil
        case "symbolic-ref":
            operands.count > 1 && operands[0] == "HEAD"
                ? facts.target(of: operands[1]).map { .object($0) } ?? .removed : nil
        default: nil
        }
    }

    /// What `checkout` and `switch` go to; nil where they stay, or only write files.
    private var checkedOut: RefChange.Value? {
        if isOn("patch", "pathspec-from-file") || arguments.operands.contains(where: \.isAfterDashDash) { return nil }
        if isOn("orphan") || arguments.mentions("orphan") { return .removed }
        guard let first = operands.first, operands.count == 1 else { return nil }
        let revision: ByteString = first == "-" ? "@{-1}" : first
        if let object = facts.object(named: revision) { return .object(object) }
        return facts.guessedBranch(first).map { .object(facts.target(of: $0)) }
    }

    /// A note that a rebase at work has left in the git directory.
    func rebaseFile(_ name: ByteString) -> ByteString? {
        let places = ["rebase-merge", "rebase-apply"].map { Path.join(Path.join(facts.gitDirectory, $0), name) }
        return places.lazy.compactMap { try? File.read($0, limit: 4096).trimmed }.first
    }

    // MARK: Linked work trees

    /// `worktree add -B` moves a branch; `remove` and `prune` take the HEAD of a work tree away (git-worktree(1)).
    func worktree() -> [RefChange] {
        switch arguments.subcommand {
        case "add": created(by: "-B", path: 1)
        case "remove":
            operands.first.map { word in
                // As seen from some folder, or only the end of the path: what leads up tells nothing here.
                let steps = word.split(UInt8(ascii: "/")).drop { [".", "..", ""].contains($0) }.filter { !$0.isEmpty }
                let end = "/" + steps.joined(separator: "/")
                return headsGone(LinkedWorkTree.all(facts).filter { $0.place.hasSuffix(end) }.map(\.name))
            } ?? []
        case "prune": isOn("dry-run") ? [] : headsGone(LinkedWorkTree.missing(facts).map(\.name))
        default: []
        }
    }

    private func headsGone(_ names: [ByteString]) -> [RefChange] {
        names.map { RefChange(name: "worktrees/" + $0 + "/HEAD", value: .removed) }
    }
}
