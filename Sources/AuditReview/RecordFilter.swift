import Auditing
import ByteStrings
import Effects

/// Which records somebody asks for. All conditions have to hold; the alternatives within one are enough each, and an
/// empty list is no condition.
///
/// Everything that reads the log for people takes one of these: lists, statistics, sessions, replay, export, report.
public struct RecordFilter: Hashable, Sendable {
    /// The earliest moment; it belongs to what is asked for.
    public var since: Timestamp?
    /// The moment before which a record has to begin; it does not belong to what is asked for.
    public var until: Timestamp?
    /// Names of agents.
    public var agents: [NamePattern] = []
    /// Ids of sessions.
    public var sessions: [NamePattern] = []
    /// Repositories, by path or name.
    public var repositories: [NamePattern] = []
    public var decisions: Set<Record.Decision> = []
    /// At least one of the record's effects is of one of these kinds.
    public var effects: Set<Effect.Kind> = []
    /// Names of the rules that decided.
    public var rules: [NamePattern] = []
    /// Each has to occur somewhere in `Record.searchedText`; cases of ASCII letters are not told apart.
    public var texts: [ByteString] = []
    /// Only commands that ran and ended with another status than 0, or by a signal.
    public var onlyFailed = false
    /// The newest so many of those for which the conditions hold; nil for all. For whoever reads the log to heed:
    /// `includes` sees one record at a time.
    public var limit: Int?

    public init() {}

    /// Whether the conditions hold for a record.
    public func includes(_ record: Record) -> Bool {
        guard includes(time: record.time), !onlyFailed || record.hasFailed else { return false }
        guard decisions.isEmpty || record.decision.map(decisions.contains) ?? false else { return false }
        guard effects.isEmpty || record.effects.contains(where: { effects.contains($0.kind) }) else { return false }
        guard NamePattern.any(agents, .plain, record.agent), NamePattern.any(sessions, .session, record.session),
            NamePattern.any(repositories, .path, record.repository), NamePattern.any(rules, .plain, record.rule)
        else { return false }
        guard !texts.isEmpty else { return true }
        let text = record.searchedText.lowercased
        return texts.allSatisfy { text.contains($0.lowercased) }
    }

    /// Whether a record of that time can be asked for.
    public func includes(time: Timestamp) -> Bool {
        since.map { $0 <= time } ?? true && until.map { time < $0 } ?? true
    }
}

extension Record {
    /// Whether the command ran, or was given up by Pawl in git's stead, and did not succeed. A command whose end was not
    /// waited for has not failed as far as anybody knows, nor has one that the policy stopped.
    public var hasFailed: Bool { signal != nil || (exit ?? 0) != 0 }

    /// What a search for text looks at: the command line, what an alias stood for, what the effects act on, the
    /// commits that would be lost, what an undo brought back, and notices.
    public var searchedText: ByteString {
        var parts = [arguments.joined(separator: " ")]
        if !expansion.isEmpty { parts.append(expansion.joined(separator: " ")) }
        if let notice { parts.append(notice) }
        for effect in effects {
            switch effect.target {
            case .remoteRef(let target):
                parts += [target.remote, target.ref]
                if let url = target.url { parts.append(url) }
            case .localRef(let ref): parts.append(ref)
            case .files(let paths, _): parts += paths
            case .named(let name): parts.append(name)
            }
            for commit in effect.lost?.first ?? [] { parts += [commit.id, commit.subject, commit.author] }
        }
        if let undo {
            if let snapshot = undo.snapshot { parts.append(snapshot) }
            parts += (undo.files?.paths ?? []) + (undo.left?.paths ?? []) + undo.remoteRefs.map(\.ref)
        }
        return parts.joined(separator: "\n")
    }
}
