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
    }

    /// The full name, symbolic refs followed to their target; a pattern for those that only a stream names.
    var name: ByteString
    var value: Value
}

/// Reads the commands that change refs by name (their manuals; gitrevisions(7) for the names).
struct RefChanges {
    let arguments: ParsedArguments
    let facts: any RepositoryFacts

    /// The changes that a command asks for; those that it makes only where nothing is overwritten are left out.
    static func of(
        _ command: ByteString, _ arguments: ParsedArguments, _ facts: any RepositoryFacts
    ) -> [RefChange] {
        let reader = RefChanges(arguments: arguments, facts: facts)
        return switch command {
        case "branch": reader.branch()
        case "checkout": reader.created(by: "-B")
        case "fast-import", "filter-branch": [anything]
        case "fetch": reader.fetch()
        case "reset": reader.reset()
        case "switch": reader.created(by: "force-create")
        case "symbolic-ref": reader.symbolicRef()
        case "tag": reader.tag()
        case "update-ref": reader.updateRef()
        case "worktree": arguments.subcommand == "add" ? reader.created(by: "-B", path: 1) : []
        default: []
        }
    }

    /// Whether the command is one of those read here.
    static func concern(_ command: ByteString) -> Bool {
        [
            "branch", "checkout", "fast-import", "fetch", "filter-branch", "reset", "switch", "symbolic-ref", "tag",
            "update-ref", "worktree",
        ].contains(command)
    }

    /// What only a stream, a script or the other side tells.
    private static let anything = RefChange(name: "refs/*", value: .unknown)

    private var operands: [ByteString] { arguments.operands.map(\.value) }

    private func isOn(_ names: ByteString...) -> Bool { names.contains { arguments.isOn($0) } }

    private func branch() -> [RefChange] {
        let folder: ByteString = isOn("remotes") ? "refs/remotes/" : "refs/heads/"
        if isOn("delete", "-D") { return operands.map { RefChange(name: resolved(folder + $0), value: .removed) } }
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

    private func tag() -> [RefChange] {
        if isOn("delete") { return operands.map { RefChange(name: "refs/tags/" + $0, value: .removed) } }
        guard isOn("force"), let name = operands.first else { return [] }
        return [RefChange(name: "refs/tags/" + name, value: .object(object(operands.dropFirst().first)))]
    }

    private func updateRef() -> [RefChange] {
        if isOn("stdin") { return [Self.anything] }
        guard let name = operands.first else { return [] }
        let full = isOn("no-deref") ? name : resolved(name)
        if isOn("-d") { return [RefChange(name: full, value: .removed)] }
        guard operands.count > 1 else { return [] }
        return [RefChange(name: full, value: .object(object(operands[1])))]
    }

    /// `checkout -B NAME [START]` and its kin: the branch is set, whether it is there or not. `path` operands stand before
    /// the start.
    private func created(by option: ByteString, path: Int = 0) -> [RefChange] {
        guard let name = arguments.value(option) else { return [] }
        let start = operands.dropFirst(path).first
        return [RefChange(name: resolved("refs/heads/" + name), value: .object(object(start)))]
    }

    /// `reset [--soft] COMMIT`: the branch that HEAD is on moves; paths leave it alone.
    private func reset() -> [RefChange] {
        guard let commit = operands.first, let branch = facts.currentBranch,
            let object = facts.object(named: commit)
        else { return [] }
        return [RefChange(name: resolved("refs/heads/" + branch), value: .object(object))]
    }

    /// Refspecs on the command line that have a destination; which values come, the other side tells.
    private func fetch() -> [RefChange] {
        operands.dropFirst().compactMap { word -> RefChange? in
            let isForced = word.hasPrefix("+") || isOn("force")
            let plain = word.dropping(prefix: "+") ?? word
            guard let (_, destination) = plain.split(atFirst: UInt8(ascii: ":")), !destination.isEmpty else {
                return nil
            }
            let name =
                destination.hasPrefix("refs/") ? destination : resolved("refs/heads/" + destination)
            let prunes = isOn("prune") && name.contains(UInt8(ascii: "*"))
            guard isForced || prunes else { return nil }
            return RefChange(name: name, value: prunes && !isForced ? .removed : .unknown)
        }
    }

    /// A ref that becomes a symbolic one loses the value that it had; HEAD has none of its own.
    private func symbolicRef() -> [RefChange] {
        guard operands.count > 1, operands[0] != "HEAD", !isOn("delete") else { return [] }
        return [RefChange(name: operands[0], value: .object(facts.target(of: operands[1])))]
    }

    /// The ref that is really changed: symbolic refs hide the one that they lead to.
    private func resolved(_ name: ByteString) -> ByteString { facts.resolvedName(of: name) ?? name }

    private func object(_ revision: ByteString?) -> ObjectName? { facts.object(named: revision ?? "HEAD") }
}
