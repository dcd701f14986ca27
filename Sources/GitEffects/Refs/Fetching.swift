import ByteStrings
import GitSyntax
import Libgit2

// What a fetch does to refs other than remote-tracking ones. The remote is asked what it has, as the fetch itself is
// going to ask it, but only where something of this repository could be overwritten.

extension RefChanges {
    /// Refspecs with a destination outside `refs/remotes`, of the command line or of the remote's configuration
    /// (git-fetch(1), "CONFIGURED REMOTE-TRACKING BRANCHES", "PRUNING").
    func fetch() -> [RefChange] {
        if isOn("dry-run") { return [] }
        let remote = fetchedRemote
        var refspecs = operands.count > 1 ? Array(operands.dropFirst()) : configured(remote, "fetch")
        if isOn("tags") && isOn("force") { refspecs.append("+refs/tags/*:refs/tags/*") }
        let prunes = prunes(remote)
        if prunes && arguments.isOn("prune-tags", default: isSet(remote, "prunetags")) {
            refspecs.append("refs/tags/*:refs/tags/*")
        }
        let wanted = refspecs.compactMap { Fetched($0, isForced: isOn("force"), prunes: prunes) }.filter(\.mayLose)
        if wanted.isEmpty { return [] }
        // Which of several remotes has a ref cannot be told from its name.
        let advertised = isOn("all", "multiple") ? nil : facts.references(of: remote)
        let changes = wanted.flatMap { self.changes(by: $0, advertised) }
        obtainUnknown(changes, advertised ?? [:], remote)
        return changes
    }

    /// What refs of this repository would be set to and is not here yet.
    private func obtainUnknown(_ changes: [RefChange], _ advertised: [ByteString: ObjectName], _ remote: ByteString) {
        let missing = changes.compactMap { change -> ObjectName? in
            // Of a tag nothing more is asked than whether it moves.
            guard case .object(let object?) = change.value, !change.name.hasPrefix("refs/tags/"),
                facts.target(of: change.name) != nil, facts.kind(of: object) == nil
            else { return nil }
            return object
        }
        let sources = advertised.filter { missing.contains($0.value) && $0.key.hasPrefix("refs/") }.map(\.key).sorted()
        if !sources.isEmpty { facts.obtain(sources, from: remote) }
    }

    /// `remote update [GROUP|NAME...]` and `remote prune NAME...`: a fetch of each, with what is configured for it.
    func fetchRemotes() -> [RefChange] {
        let named = operands.isEmpty || operands.contains("default") ? allRemotes : operands
        let isPrune = arguments.subcommand == "prune"
        if isPrune && isOn("dry-run") { return [] }
        return named.flatMap { remote -> [RefChange] in
            let options =
                isPrune || isOn("prune") ? [ParsedArguments.Option(name: "prune", word: 0)] : []
            let fetch = ParsedArguments(
                options: options, operands: [ParsedArguments.Operand(value: remote, word: 0)])
            return RefChanges(command: "fetch", arguments: fetch, facts: facts, configuration: configuration).fetch()
        }
    }

    private var allRemotes: [ByteString] {
        Set(
            configuration.entries.compactMap {
                $0.key.dropping(prefix: "remote.")?.dropping(suffix: ".url")
            }
        ).sorted()
    }

    private func changes(by fetched: Fetched, _ advertised: [ByteString: ObjectName]?) -> [RefChange] {
        let isPattern = fetched.destination.text.contains(UInt8(ascii: "*"))
        // A replacement hides history that is there, whatever it is.
        if fetched.destination.text.hasPrefix("refs/replace/") {
            return [RefChange(name: fetched.destination.text, value: .unknown)]
        }
        guard let advertised else { return [RefChange(name: fetched.destination.text, value: .unknown)] }
        let present =
            isPattern
            ? facts.references().map(\.name).filter { !$0.hasPrefix("refs/remotes/") } : [fetched.destination.text]
        return present.compactMap { name in
            guard let part = fetched.destination.match(name) else { return nil }
            let source = isPattern ? fetched.source.filled(with: part) : fetched.source.text
            let found = RefName.candidates(for: source).lazy.compactMap { advertised[$0] }.first
            if let found { return fetched.isForced ? RefChange(name: resolved(name), value: .object(found)) : nil }
            return fetched.prunes && isPattern ? RefChange(name: name, value: .removed) : nil
        }
    }

    private var fetchedRemote: ByteString {
        operands.first ?? facts.currentBranch.flatMap { configuration.last("branch." + $0 + ".remote") } ?? "origin"
    }

    private func configured(_ remote: ByteString, _ key: ByteString) -> [ByteString] {
        let isEvery = isOn("all", "multiple")
        return configuration.entries.filter { entry in
            isEvery
                ? entry.key.hasPrefix("remote.") && entry.key.hasSuffix("." + key)
                : entry.key == "remote." + remote + "." + key
        }.compactMap(\.value)
    }

    private func prunes(_ remote: ByteString) -> Bool { arguments.isOn("prune", default: isSet(remote, "prune")) }

    /// `remote.NAME.KEY`, else `fetch.KEY`.
    private func isSet(_ remote: ByteString, _ key: ByteString) -> Bool {
        configuration.boolean("remote." + remote + "." + key) ?? configuration.boolean("fetch." + key) ?? false
    }
}

/// A refspec of a fetch that has a destination.
private struct Fetched {
    let source: RefPattern
    let destination: RefPattern
    let isForced: Bool
    let prunes: Bool

    init?(_ refspec: ByteString, isForced: Bool, prunes: Bool) {
        let plain = refspec.dropping(prefix: "+") ?? refspec
        guard let (source, destination) = plain.split(atFirst: UInt8(ascii: ":")), !destination.isEmpty,
            !refspec.hasPrefix("^")
        else { return nil }
        self.source = RefPattern(source.isEmpty ? "HEAD" : source)
        self.destination = RefPattern(destination.hasPrefix("refs/") ? destination : "refs/heads/" + destination)
        self.isForced = isForced || refspec.hasPrefix("+")
        self.prunes = prunes
    }

    /// Whether refs other than remote-tracking ones can be overwritten or removed.
    var mayLose: Bool {
        let name = destination.text
        if name.hasPrefix("refs/remotes/") { return false }
        return isForced || name.hasPrefix("refs/replace/") || (prunes && name.contains(UInt8(ascii: "*")))
    }
}
