import ByteStrings
import GitSyntax
import Platform

/// A remote as a push sees it: from configuration, from a legacy file, or a URL or path on its own
/// (git-push(1), "GIT URLS" and "REMOTES").
struct Remote: Sendable {
    /// A push refspec that is not on the command line.
    struct ConfiguredRefspec: Hashable, Sendable {
        var refspec: Refspec
        /// Where it stands, as messages name it: `remote.origin.push=+main`.
        var setting: ByteString
    }

    /// The word that names it.
    var name: ByteString
    /// Whether the name stands for settings; a URL or path has none, and no remote-tracking refs.
    var isNamed: Bool
    /// Every URL that a push goes to.
    var pushURLs: [ByteString]
    var push: [ConfiguredRefspec] = []
    var fetch: [(source: RefPattern, destination: RefPattern)] = []
    /// The setting that makes every push a mirror; nil where there is none.
    var mirrorSetting: ByteString?

    /// The remote that `name` stands for: settings, then `.git/remotes/NAME`, then `.git/branches/NAME`, then a URL.
    init(named name: ByteString, configuration: Configuration, commonDirectory: ByteString?) {
        self.name = name
        pushURLs = []
        isNamed = false
        let key = ByteString("remote.") + name
        var urls = configuration.list(key + ".url")
        let explicitPushURLs = configuration.list(key + ".pushurl")
        for value in configuration.values(key + ".push") {
            addPush(value, from: key + ".push=" + value)
        }
        for value in configuration.values(key + ".fetch") { addFetch(value) }
        if configuration.boolean(key + ".mirror") == true {
            mirrorSetting = key + ".mirror=" + (configuration.last(key + ".mirror") ?? "true")
        }
        isNamed = !urls.isEmpty || !explicitPushURLs.isEmpty || configuration.last(key + ".vcs") != nil
        // A pushurl alone does not keep git from reading the files.
        if urls.isEmpty, configuration.last(key + ".vcs") == nil, let commonDirectory, Self.canBeNickname(name) {
            for legacy in LegacyRemote.files(named: name, commonDirectory, configuration) {
                isNamed = isNamed || !legacy.urls.isEmpty
                urls += legacy.urls
                for value in legacy.push { addPush(value, from: legacy.file + ": " + value) }
                for value in legacy.fetch { addFetch(value) }
            }
        }
        if urls.isEmpty { urls = [name] }
        let rewriting = URLRewriting(configuration)
        if explicitPushURLs.isEmpty {
            let rewritten = urls.compactMap(rewriting.forPush)
            pushURLs = rewritten.isEmpty ? urls.map(rewriting.general) : rewritten
        } else {
            pushURLs = explicitPushURLs.map(rewriting.general)
        }
    }

    /// A place that is written out, with nothing configured for it (`git send-pack`).
    init(place: ByteString) {
        name = place
        isNamed = false
        pushURLs = [place]
    }

    private mutating func addPush(_ value: ByteString, from setting: ByteString) {
        guard let refspec = Refspec(push: value) else { return }
        push.append(ConfiguredRefspec(refspec: refspec, setting: setting))
    }

    private mutating func addFetch(_ value: ByteString) {
        let plain = value.dropping(prefix: "+") ?? value
        guard let (source, destination) = plain.split(atFirst: UInt8(ascii: ":")), !destination.isEmpty else { return }
        fetch.append((RefPattern(source), RefPattern(destination)))
    }

    /// git's `valid_remote_nick`: a word that can name a file in `.git/remotes`.
    private static func canBeNickname(_ name: ByteString) -> Bool {
        !name.isEmpty && name != "." && name != ".." && !name.contains(UInt8(ascii: "/"))
    }

    /// The remote that a push without a repository argument goes to (git-push(1), `<repository>`): the branch's
    /// `pushRemote`, `remote.pushDefault`, the branch's `remote`, the only remote there is, `origin`.
    static func defaultName(configuration: Configuration, branch: ByteString?) -> ByteString {
        if let branch, let name = configuration.last("branch." + branch + ".pushremote") { return name }
        if let name = configuration.last("remote.pushdefault") { return name }
        return upstreamName(configuration: configuration, branch: branch)
    }

    /// The remote of the branch's upstream, or what stands in for it.
    static func upstreamName(configuration: Configuration, branch: ByteString?) -> ByteString {
        if let branch, let name = configuration.last("branch." + branch + ".remote") { return name }
        let names = configuration.subsections(of: "remote")
        return names.count == 1 ? names[0] : "origin"
    }

    /// The remote-tracking ref for a ref of the remote; nil where the remote's refs are not tracked.
    func trackingName(of reference: ByteString) -> ByteString? {
        for (source, destination) in fetch {
            if let part = source.match(reference) { return destination.filled(with: part) }
        }
        return nil
    }

    /// The ref of the remote that a remote-tracking ref stands for.
    func remoteName(ofTracking reference: ByteString) -> ByteString? {
        for (source, destination) in fetch {
            if let part = destination.match(reference), part != "HEAD" { return source.filled(with: part) }
        }
        return nil
    }
}

/// `.git/remotes/NAME` and `.git/branches/NAME`, which git still reads (gitrepository-layout(5)).
private struct LegacyRemote {
    var file: ByteString
    var urls: [ByteString] = []
    var push: [ByteString] = []
    var fetch: [ByteString] = []

    /// The files that count: the second is read unless the first names a URL. The refspecs of a file count in any case.
    static func files(
        named name: ByteString, _ commonDirectory: ByteString, _ configuration: Configuration
    ) -> [LegacyRemote] {
        let remote = remote(named: name, commonDirectory)
        if let remote, !remote.urls.isEmpty { return [remote] }
        return [remote, branch(named: name, commonDirectory, configuration)].compactMap { $0 }
    }

    private static func remote(named name: ByteString, _ commonDirectory: ByteString) -> LegacyRemote? {
        guard let content = try? File.read(Path.join(commonDirectory, "remotes/" + name)) else { return nil }
        var remote = LegacyRemote(file: ".git/remotes/" + name)
        for line in content.split(UInt8(ascii: "\n")) {
            if let url = line.dropping(prefix: "URL:") { remote.urls.append(url.trimmed) }
            if let refspec = line.dropping(prefix: "Push:") { remote.push.append(refspec.trimmed) }
            if let refspec = line.dropping(prefix: "Pull:") { remote.fetch.append(refspec.trimmed) }
        }
        return remote
    }

    private static func branch(
        named name: ByteString, _ commonDirectory: ByteString, _ configuration: Configuration
    ) -> LegacyRemote? {
        guard let content = try? File.read(Path.join(commonDirectory, "branches/" + name)) else { return nil }
        let line = (content.split(atFirst: UInt8(ascii: "\n"))?.head ?? content).trimmed
        guard !line.isEmpty else { return nil }
        let (url, branch) =
            line.split(atFirst: UInt8(ascii: "#")) ?? (line, configuration.last("init.defaultbranch") ?? "master")
        return LegacyRemote(
            file: ".git/branches/" + name, urls: [url], push: ["HEAD:refs/heads/" + branch],
            fetch: ["refs/heads/" + branch + ":refs/heads/" + name])
    }
}

/// `url.BASE.insteadOf` and `url.BASE.pushInsteadOf`: the longest prefix wins (git-config(1)).
private struct URLRewriting {
    private let plain: [(prefix: ByteString, base: ByteString)]
    private let push: [(prefix: ByteString, base: ByteString)]

    init(_ configuration: Configuration) {
        plain = Self.rules(configuration, "insteadof")
        push = Self.rules(configuration, "pushinsteadof")
    }

    private static func rules(
        _ configuration: Configuration, _ variable: ByteString
    ) -> [(prefix: ByteString, base: ByteString)] {
        configuration.entries.compactMap { entry in
            guard let value = entry.value, let rest = entry.key.dropping(prefix: "url."),
                let base = rest.dropping(suffix: "." + variable)
            else { return nil }
            return (value, base)
        }
    }

    func general(_ url: ByteString) -> ByteString { Self.rewrite(url, plain) ?? url }

    /// The URL for a push by `pushInsteadOf`; nil where none applies.
    func forPush(_ url: ByteString) -> ByteString? { Self.rewrite(url, push) }

    private static func rewrite(_ url: ByteString, _ rules: [(prefix: ByteString, base: ByteString)]) -> ByteString? {
        var best: (prefix: ByteString, base: ByteString)?
        for rule in rules where url.hasPrefix(rule.prefix) && rule.prefix.count > (best?.prefix.count ?? -1) {
            best = rule
        }
        return best.flatMap { best in url.dropping(prefix: best.prefix).map { best.base + $0 } }
    }
}
