import ByteStrings
import GitSyntax
import Libgit2

/// A ref of the repository at hand that a command would change by its words.
struct RefChange: Hashable {
    enum Value: Hashable {
        case removed
        /// Set to what a revision names; nil where that cannot be told here.
        case object(ObjectName?)
        /// Set or removed, as a stream tells.
        case unknown
        /// Set to commits that are made anew: these of the old ones leave it, unless they turn out the same.
        case rewritten(dropping: [ObjectName], certain: Bool)
    }

    /// The full name, symbolic refs followed to their target; a pattern for those that only a stream names.
    var name: ByteString
    var value: Value
}

/// Reads the commands that change refs (their manuals; gitrevisions(7) for the names).
struct RefChanges {
    let command: ByteString
    let arguments: ParsedArguments
    let facts: any RepositoryFacts
    let configuration: Configuration
    /// What the command will read from standard input; nil where that is not known.
    var input: ByteString?

    /// The changes that a command asks for; those that it makes only where nothing is overwritten are left out.
    static func of(
        _ command: UnderstoodCommand, _ arguments: ParsedArguments, _ facts: any RepositoryFacts,
        _ configuration: Configuration
    ) -> [RefChange] {
        let reader = RefChanges(
            command: command.name, arguments: arguments, facts: facts, configuration: configuration,
            input: command.input)
        return switch command.name {
        case "am", "cherry-pick", "revert": reader.abort()
        case "branch": reader.branch()
        case "checkout": reader.created(by: "-B") + reader.leavesHead()
        case "commit": reader.amend()
        case "fast-import": reader.imported()
        case "filter-branch": [anything]
        case "fetch": reader.fetch()
        case "history": reader.history()
        case "pull": reader.fetch() + reader.pull()
        case "rebase": reader.rebase() + reader.leavesHead()
        case "reflog": reader.reflog()
        case "refs": reader.refs()
        case "remote": ["prune", "update"].contains(arguments.subcommand) ? reader.fetchRemotes() : []
        case "replace": reader.replace()
        case "replay": reader.replay()
        case "reset": reader.reset()
        case "stash": reader.stash() + reader.leavesHead()
        case "switch": reader.created(by: "force-create") + reader.leavesHead()
        case "symbolic-ref": reader.symbolicRef() + reader.leavesHead()
        case "tag": reader.tag()
        case "update-ref": reader.updateRef()
        case "worktree": reader.worktree()
        default: []
        }
    }

    /// Whether the words may ask for a change of refs that loses something, without looking at the repository. Errs on
    /// the side of looking.
    static func concern(_ command: ByteString, _ interpretations: [ParsedArguments]) -> Bool {
        switch command {
        case "fast-import", "fetch", "filter-branch", "history", "pull", "rebase", "reflog", "refs", "remote",
            "replace", "replay", "reset", "symbolic-ref", "update-ref":
            true
        case "am", "branch", "checkout", "cherry-pick", "commit", "revert", "stash", "switch", "tag", "worktree":
            interpretations.contains(where: mayLose)
        default: false
        }
    }

    /// Options and subcommands of the everyday commands without which they overwrite no ref.
    private static let losing: [ByteString] = [
        "-B", "-C", "-D", "-M", "abort", "amend", "copy", "delete", "force", "force-create", "move", "to-ref",
    ]
    private static let losingSubcommands: Set<ByteString> = ["branch", "clear", "drop", "pop", "prune", "remove"]

    private static func mayLose(_ arguments: ParsedArguments) -> Bool {
        arguments.subcommand.map(losingSubcommands.contains) == true || losing.contains { arguments.isOn($0) }
    }

    /// What only a stream, a script or the other side tells.
    static let anything = RefChange(name: "refs/*", value: .unknown)

    var operands: [ByteString] { arguments.operands.map(\.value) }

    func isOn(_ names: ByteString...) -> Bool { names.contains { arguments.isOn($0) } }

    private func branch() -> [RefChange] {
        let folder: ByteString = isOn("remotes") ? "refs/remotes/" : "refs/heads/"
        if isOn("delete", "-D") {
            return operands.map { RefChange(name: resolved(folder + branchName($0)), value: .removed) }
        }
        let isMove = isOn("move", "-M")
        if isMove || isOn("copy", "-C") {
            guard let new = operands.last else { return [] }
            let old = operands.count > 1 ? folder + operands[0] : facts.currentBranch.map { folder + $0 }
            guard let old else { return [] }
            let target = RefChange(name: folder + new, value: .object(facts.target(of: old)))
            return isMove && old != target.name ? [RefChange(name: old, value: .removed), target] : [target]
        }
        guard isOn("force"), let name = operands.first else { return [] }
        return [RefChange(name: resolved(folder + name), value: .object(object(operands.dropFirst().first)))]
    }

    /// `@{-1}` and `-` stand for branches checked out before (git-check-ref-format(1), `--branch`).
    private func branchName(_ word: ByteString) -> ByteString {
        guard word.hasPrefix("@{-") else { return word }
        return facts.branch(called: word) ?? word
    }

    private func tag() -> [RefChange] {
        if isOn("delete") { return operands.map { RefChange(name: "refs/tags/" + $0, value: .removed) } }
        guard isOn("force"), let name = operands.first else { return [] }
        return [RefChange(name: "refs/tags/" + name, value: .object(object(operands.dropFirst().first)))]
    }

    private func updateRef() -> [RefChange] {
        if isOn("stdin") {
            guard let input, let commands = RefStream.commands(input, endedByNUL: isOn("-z")) else {
                return [Self.anything]
            }
            return commands.map(change)
        }
        guard let name = operands.first else { return [] }
        let full = isOn("no-deref") ? name : resolved(name)
        if isOn("-d") { return [RefChange(name: full, value: .removed)] }
        guard operands.count > 1 else { return [] }
        // HEAD alone leaves its branch, which stays where it is.
        if full == "HEAD", facts.currentBranch != nil { return [] }
        return [RefChange(name: full, value: .object(object(operands[1])))]
    }

    /// `reflog delete` and `expire` with `--updateref`: a ref goes back with its newest entry (git-reflog(1)).
    private func reflog() -> [RefChange] {
        guard isOn("updateref"), !isOn("dry-run") else { return [] }
        if isOn("all") { return [RefChange(name: "refs/*", value: .unknown)] }
        return operands.map { word in
            let name = word.split(atFirst: UInt8(ascii: "@"))?.head ?? word
            let full = name.isEmpty || name == "HEAD" ? headName : resolved(facts.fullName(of: name))
            return RefChange(name: full, value: .unknown)
        }
    }

    private func change(_ command: RefStream.Command) -> RefChange {
        if command.isSymbolic {
            let target = command.new.flatMap { facts.target(of: $0) }
            return RefChange(name: command.name, value: target.map { .object($0) } ?? .removed)
        }
        let name = resolved(command.name)
        guard let new = command.new else { return RefChange(name: name, value: .removed) }
        let target = ObjectName(hex: new) ?? object(new)
        // All zeros mean that the ref is to go.
        return RefChange(name: name, value: target?.isZero == true ? .removed : .object(target))
    }

    /// `checkout -B NAME [START]` and its kin: the branch is set, whether it is there or not. `path` operands stand before
    /// the start.
    func created(by option: ByteString, path: Int = 0) -> [RefChange] {
        guard let name = arguments.value(option) else { return [] }
        let start = operands.dropFirst(path).first
        return [RefChange(name: resolved("refs/heads/" + name), value: .object(object(start)))]
    }

    /// `reset [--soft] COMMIT`: the branch that HEAD is on moves, or a detached HEAD itself; paths leave both alone.
    private func reset() -> [RefChange] {
        guard let commit = arguments.operands.first, !commit.isAfterDashDash, operands.count == 1,
            !arguments.isOn("patch"), let object = facts.object(named: commit.value)
        else { return [] }
        return [RefChange(name: headName, value: .object(object))]
    }

    /// `stash drop` and `clear`: the entries are held by the reflog of `refs/stash` alone. `pop` gives back what an entry
    /// holds, except for staged versions of files that were edited again (git-stash(1), `--index`).
    private func stash() -> [RefChange] {
        switch arguments.subcommand {
        case "drop", "clear": return [RefChange(name: "refs/stash", value: .removed)]
        case "pop":
            guard !isOn("index") else { return [] }
            let entry = Self.stashEntry(operands.first)
            let hasTwoVersions = facts.differing(entry, entry + "^2").map { staged in
                !Set(staged).isDisjoint(with: facts.differing(entry + "^1", entry + "^2") ?? [])
            }
            return hasTwoVersions == true ? [RefChange(name: "refs/stash", value: .removed)] : []
        case "export":
            return arguments.value("to-ref").map { [RefChange(name: resolved($0), value: .unknown)] } ?? []
        default: return []
        }
    }

    /// The entry that a word of `git stash` means: a number alone is one, too.
    static func stashEntry(_ word: ByteString?) -> ByteString {
        guard let word else { return "stash@{0}" }
        let isNumber = word.bytes.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        return isNumber ? "stash@{" + word + "}" : word
    }

    /// `replace OBJECT REPLACEMENT` and its kin: other history is shown from then on (git-replace(1)).
    private func replace() -> [RefChange] {
        if isOn("list", "delete") { return [] }
        let object = operands.first.flatMap { facts.object(named: $0)?.hex } ?? "*"
        return [RefChange(name: "refs/replace/" + object, value: .unknown)]
    }

    /// The branch at the end of HEAD, or `HEAD` where it is detached.
    var headName: ByteString {
        facts.currentBranch.map { resolved("refs/heads/" + $0) } ?? "HEAD"
    }

    /// A ref that becomes a symbolic one loses the value that it had; HEAD has none of its own.
    private func symbolicRef() -> [RefChange] {
        guard operands.count > 1, operands[0] != "HEAD", !isOn("delete") else { return [] }
        // One that leads to itself or to nothing is as good as none.
        guard operands[0] != operands[1], let target = facts.target(of: operands[1]) else {
            return [RefChange(name: operands[0], value: .removed)]
        }
        return [RefChange(name: operands[0], value: .object(target))]
    }

    /// The ref that is really changed: symbolic refs hide the one that they lead to.
    func resolved(_ name: ByteString) -> ByteString { facts.resolvedName(of: name) ?? name }

    func object(_ revision: ByteString?) -> ObjectName? { facts.object(named: revision ?? "HEAD") }
}
