import ByteStrings
import Effects
import GitSyntax

/// Reads the command line of `git push` together with the configuration that completes it
/// (git-push(1); the order of decisions is that of git's `builtin/push.c`).
struct PushCommand {
    let arguments: ParsedArguments
    let configuration: Configuration
    let facts: any RepositoryFacts

    /// One request a remote; several only where the name stands for a group of remotes.
    func requests() throws(GitRefusal) -> [PushRequest] {
        var requests: [PushRequest] = []
        var refusals: [GitRefusal] = []
        for name in remoteNames() {
            do {
                requests.append(try request(to: name))
            } catch {
                refusals.append(error)
            }
        }
        // In a group git pushes to each remote by itself: one that it refuses does not stop the others.
        if requests.isEmpty, let refusal = refusals.first { throw refusal }
        return requests
    }

    private var refspecWords: [ByteString] { arguments.operands.dropFirst().map(\.value) }

    private func remoteNames() -> [ByteString] {
        let name =
            arguments.operands.first?.value ?? arguments.value("repo")
            ?? Remote.defaultName(configuration: configuration, branch: facts.currentBranch)
        // Since git 2.55 a name may be a group, `remotes.NAME`; an older git takes it for a URL, which has no effect.
        let group = configuration.values("remotes." + name).flatMap { $0.split(UInt8(ascii: " ")) }
            .filter { !$0.isEmpty }
        let isRemote = configuration.last("remote." + name + ".url") != nil
        return group.isEmpty || isRemote ? [name] : group + [name]
    }

    private func request(to name: ByteString) throws(GitRefusal) -> PushRequest {
        if name.isEmpty { throw GitRefusal("the repository is an empty word") }
        let remote = Remote(named: name, configuration: configuration, commonDirectory: facts.commonDirectory)
        var request = PushRequest(remote: remote)
        readForce(into: &request)
        request.all = arguments.isOn("all") || arguments.isOn("branches")
        request.prunes = arguments.isOn("prune")
        request.followsTags =
            arguments.isOn("follow-tags", default: configuration.boolean("push.followtags") ?? false)
        request.leases = PushRequest.Leases(arguments)
        let tags = arguments.isOn("tags")
        let deletes = arguments.isOn("delete")
        if deletes && (request.all || tags || arguments.isOn("mirror")) {
            throw GitRefusal("--delete cannot be combined with --all, --mirror or --tags")
        }
        if deletes && refspecWords.isEmpty { throw GitRefusal("--delete names no refs") }
        if request.all || request.mirror != nil {
            guard refspecWords.isEmpty else { throw GitRefusal("--all and --mirror take no refspecs") }
            if tags || (request.all && request.mirror != nil) {
                throw GitRefusal("--all, --mirror and --tags exclude each other")
            }
        }
        if tags, let refspec = Refspec(push: "refs/tags/*") {
            request.items.append(PushRequest.Item(refspec: refspec, origin: .option("--tags")))
        }
        request.items += try deletes ? deletions() : namedRefspecs(remote)
        if request.items.isEmpty && !request.all { request.items = try configuredRefspecs(request) }
        return request
    }

    /// `--mirror` sets two bits, one of them that of `--force`, and `--no-mirror` clears both; a remote configured as a
    /// mirror sets them after all options are read.
    private func readForce(into request: inout PushRequest) {
        for option in arguments.options {
            switch (option.name, option.isNegated) {
            case ("force", let isNegated): request.force = isNegated ? nil : .option("--force")
            case ("mirror", false):
                request.mirror = .option("--mirror")
                request.force = .option("--mirror")
            case ("mirror", true):
                request.mirror = nil
                request.force = nil
            default: break
            }
        }
        if let setting = request.remote.mirrorSetting {
            request.mirror = .configuration(setting)
            request.force = .configuration(setting)
        }
    }

    private func deletions() throws(GitRefusal) -> [PushRequest.Item] {
        var items: [PushRequest.Item] = []
        for (name, isTag) in try operandNames() {
            // git looks for a colon in plain names only; `tag a:b` makes a refspec with a source.
            guard !name.isEmpty, isTag || !name.contains(UInt8(ascii: ":")), let refspec = Refspec(push: ":" + name)
            else {
                throw GitRefusal("--delete takes plain names of refs")
            }
            items.append(PushRequest.Item(refspec: refspec, origin: .option("--delete")))
        }
        return items
    }

    /// The operands with `tag NAME` put together.
    private func operandNames() throws(GitRefusal) -> [(name: ByteString, isTag: Bool)] {
        var names: [(name: ByteString, isTag: Bool)] = []
        var words = refspecWords[...]
        while let word = words.popFirst() {
            guard word == "tag" else {
                names.append((word, false))
                continue
            }
            guard let tag = words.popFirst() else { throw GitRefusal("'tag' is followed by no name") }
            names.append(("refs/tags/" + tag, true))
        }
        return names
    }

    private func namedRefspecs(_ remote: Remote) throws(GitRefusal) -> [PushRequest.Item] {
        var items: [PushRequest.Item] = []
        for (word, isTag) in try operandNames() {
            if !isTag, let mapped = mapped(word, remote) {
                items.append(mapped)
            } else if let refspec = Refspec(push: word) {
                items.append(PushRequest.Item(refspec: refspec, origin: .commandLine))
            } else {
                throw GitRefusal("invalid refspec '" + word + "'")
            }
        }
        return items
    }

    /// A bare name of a local ref goes where `remote.NAME.push` sends that ref, with its `+`; else, with
    /// push.default=upstream, to the branch's upstream. nil where the word stands for itself.
    private func mapped(_ word: ByteString, _ remote: Remote) -> PushRequest.Item? {
        // A `+` may begin a branch's name: git looks for that before it takes the word for a refspec.
        guard !word.contains(UInt8(ascii: ":")), case let locals = facts.references(called: word),
            locals.count == 1, let local = locals.first?.name
        else { return nil }
        for configured in remote.push {
            guard case .update(let source, let destination) = configured.refspec.shape,
                let part = RefPattern(source).match(local)
            else { continue }
            let plus: ByteString = configured.refspec.isForced ? "+" : ""
            let text = plus + local + ":" + RefPattern(destination).filled(with: part)
            return Refspec(push: text).map { PushRequest.Item(refspec: $0, origin: .setting(configured.setting)) }
        }
        guard pushDefault == .upstream, let branch = local.dropping(prefix: "refs/heads/") else { return nil }
        let upstreams = configuration.values("branch." + branch + ".merge")
        guard upstreams.count == 1 else { return nil }
        return Refspec(push: word + ":" + upstreams[0]).map { PushRequest.Item(refspec: $0, origin: .commandLine) }
    }

    // MARK: Without refspecs on the command line

    /// push.default (git-config(1)).
    private enum PushDefault {
        case nothing, current, upstream, simple, matching
    }

    private var pushDefault: PushDefault? {
        guard let value = configuration.last("push.default") else { return .simple }
        switch value.lowercased {
        case "nothing": return .nothing
        case "current": return .current
        case "upstream", "tracking": return .upstream
        case "simple": return .simple
        case "matching": return .matching
        default: return nil
        }
    }

    private func configuredRefspecs(_ request: PushRequest) throws(GitRefusal) -> [PushRequest.Item] {
        if !request.remote.push.isEmpty {
            return request.remote.push.map { PushRequest.Item(refspec: $0.refspec, origin: .setting($0.setting)) }
        }
        if request.mirror != nil { return [] }
        switch pushDefault {
        case nil: throw GitRefusal("push.default has a value that git does not know")
        case .nothing: throw GitRefusal("push.default is 'nothing' and no refspec is given")
        case .matching: return [PushRequest.Item(refspec: .matchingBranches, origin: .commandLine)]
        case .current, .simple, .upstream: break
        }
        guard let branch = facts.currentBranch else { throw GitRefusal("HEAD is detached and no refspec is given") }
        let full = "refs/heads/" + branch
        let upstreams = configuration.values("branch." + branch + ".merge")
        let isUpstreamRemote =
            request.remote.name == Remote.upstreamName(configuration: configuration, branch: branch)
        var destination = full
        switch pushDefault {
        case .simple where isUpstreamRemote:
            if try upstream(upstreams, full) != full {
                throw GitRefusal("the upstream branch has another name (push.default=simple)")
            }
        case .upstream:
            guard isUpstreamRemote else { throw GitRefusal("the remote is not the upstream's (push.default=upstream)") }
            destination = try upstream(upstreams, full)
        default: break
        }
        guard let refspec = Refspec(push: full + ":" + destination) else {
            throw GitRefusal("the branch name makes no refspec")
        }
        return [PushRequest.Item(refspec: refspec, origin: .commandLine)]
    }

    private func upstream(_ upstreams: [ByteString], _ full: ByteString) throws(GitRefusal) -> ByteString {
        if upstreams.isEmpty, configuration.boolean("push.autosetupremote") == true { return full }
        guard upstreams.count == 1 else { throw GitRefusal("the branch has no upstream, or several") }
        return upstreams[0]
    }
}
