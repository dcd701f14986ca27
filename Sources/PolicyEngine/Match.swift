import ByteStrings
import Effects

/// Whether a rule is about an effect. `maybe` where that depends on what cannot be known beforehand: which refs a
/// remote has, or whether others have seen a commit.
enum Match: Int, Comparable {
    case no, maybe, yes

    static func < (left: Match, right: Match) -> Bool { left.rawValue < right.rawValue }

    init(_ isTrue: Bool) {
        self = isTrue ? .yes : .no
    }

    var negated: Match {
        switch self {
        case .no: .yes
        case .maybe: .maybe
        case .yes: .no
        }
    }
}

extension Rule {
    func match(_ effect: Effect, in context: Context, protected protectedGlobs: [Glob]) -> Match {
        // The cheap and the most telling conditions come first.
        guard effects.contains(effect.kind) else { return .no }
        guard certainties.isEmpty || certainties.contains(effect.certainty) else { return .no }
        if let lease {
            guard effect.target.remote?.lease == lease else { return .no }
        }
        var result = Match.yes
        if let published { result = min(result, effect.matches(published: published)) }
        if let protected { result = min(result, effect.matches(protected: protected, by: protectedGlobs)) }
        if !refs.isEmpty { result = min(result, effect.matches(refs: fullRefs)) }
        if !remotes.isEmpty { result = min(result, effect.matches(remotes: remotes)) }
        guard result > .no else { return .no }
        if !agents.isEmpty {
            guard let agent = context.agent, agents.contains(where: { $0.matches(agent) }) else { return .no }
        }
        if !repositories.isEmpty {
            guard context.matches(repositories: repositories) else { return .no }
        }
        return result
    }
}

extension Context {
    fileprivate func matches(repositories: [Glob]) -> Bool {
        var names = repositoryURLs.flatMap { RemoteURL($0).forms }
        if let repository { names.append(repository) }
        return repositories.contains { glob in names.contains { glob.matches($0) } }
    }
}

extension Effect {
    /// The effects that are about commits others may have seen: not knowing whether they have is a real doubt there,
    /// and does not arise for the others.
    private var canBePublished: Bool { kind == .rewriteHistory || kind == .deleteBranch }

    fileprivate func matches(published wanted: Bool) -> Match {
        guard let published else { return canBePublished ? .maybe : .no }
        return Match(published == wanted)
    }

    fileprivate func matches(protected wanted: Bool, by globs: [Glob]) -> Match {
        guard let ref = target.ref else { return .no }
        let isProtected = Self.match(ref, with: globs)
        return wanted ? isProtected : isProtected.negated
    }

    fileprivate func matches(refs globs: [Glob]) -> Match {
        guard let ref = target.ref else { return .no }
        return Self.match(ref, with: globs)
    }

    /// A ref with a `*` stands for refs that only the remote knows: certain is then what holds for all that it can be.
    private static func match(_ ref: ByteString, with globs: [Glob]) -> Match {
        guard ref.contains(UInt8(ascii: "*")) else { return Match(globs.contains { $0.matches(ref) }) }
        let pattern = Glob.refPattern(ref)
        if globs.contains(where: { $0.covers(pattern) }) { return .yes }
        return globs.contains { $0.intersects(pattern) } ? .maybe : .no
    }

    fileprivate func matches(remotes globs: [Glob]) -> Match {
        guard let remote = target.remote else { return .no }
        var names = RemoteURL(remote.remote).forms
        if let url = remote.url { names += RemoteURL(url).forms }
        if globs.contains(where: { glob in names.contains { glob.matches($0) } }) { return .yes }
        // A pattern for URLs may be about a remote whose URL is not known.
        let mayBeURL = globs.contains { $0.source.contains(UInt8(ascii: "/")) || $0.source.contains(UInt8(ascii: ":")) }
        return remote.url == nil && mayBeURL ? .maybe : .no
    }
}
