import Auditing
import ByteStrings
import Effects
import Platform

/// What many records have in common: all that they are counted by, and all that a policy asks of them. Times, sessions
/// and command lines tell the records of a facet apart.
public struct Facet: Hashable, Sendable {
    public var agent: ByteString?
    public var repository: ByteString?
    /// The canonical name of the command.
    public var command: ByteString?
    public var decision: Record.Decision?
    public var rule: ByteString?
    /// The name of the policy in which that rule stands.
    public var policy: ByteString?
    public var hasFailed: Bool
    /// Whether the record speaks of the log itself.
    public var isNotice: Bool
    /// The kinds of the effects.
    public var effects: KindSet
    /// What a policy is asked about.
    public var question: Question

    /// What a record of this facet holds of the effects.
    public enum Question: Hashable, Sendable {
        /// Nothing to ask: the command has no effects, or is one of Pawl's own.
        case none
        /// The effects as `Effect.asAsked`, as one JSON array.
        case effects(ByteString)
        /// The record does not hold all of them: the command was stopped for another reason than a rule, perhaps before
        /// they were foreseen, there were too many, or a later version of Pawl wrote some of another kind.
        case incomplete
    }

    /// The facet to which a record belongs.
    public init(_ record: Record) {
        agent = record.agent
        repository = record.repository
        command = record.command
        decision = record.decision
        rule = record.rule
        policy = record.policy?.name
        hasFailed = record.hasFailed
        isNotice = record.notice != nil
        effects = KindSet(record.effects.lazy.map(\.kind))
        question = Question(record)
    }

    public init(
        agent: ByteString?, repository: ByteString?, command: ByteString?, decision: Record.Decision?,
        rule: ByteString?, policy: ByteString?, hasFailed: Bool, isNotice: Bool, effects: KindSet, question: Question
    ) {
        self.agent = agent
        self.repository = repository
        self.command = command
        self.decision = decision
        self.rule = rule
        self.policy = policy
        self.hasFailed = hasFailed
        self.isNotice = isNotice
        self.effects = effects
        self.question = question
    }
}

extension Facet.Question {
    fileprivate init(_ record: Record) {
        let isCut = record.omitted.map { $0.effects > 0 } ?? false
        // Without effects nothing is denied by a rule: this was stopped before they were known.
        let isBlind = record.effects.isEmpty && record.decision == .deny
        if record.isOfPawl {
            self = .none
        } else if isCut || isBlind || record.stopped != nil || !record.unknownEffects.isEmpty {
            self = .incomplete
        } else if record.effects.isEmpty {
            self = .none
        } else {
            self = .effects(JSON.array(record.effects.map(\.asAsked.json)).encoded)
        }
    }

    /// The effects, read again.
    public var asked: [Effect] {
        guard case .effects(let text) = self, let elements = (try? JSON(parsing: text))?.array else { return [] }
        return elements.compactMap { try? Effect(json: $0) }
    }
}

extension Effect {
    /// The effect without what no rule asks for: which commits and files, and by which words it was forced. So the
    /// effects of most commands are alike.
    var asAsked: Effect {
        var result = self
        result.lost = nil
        switch target {
        case .remoteRef(var target):
            target.forcedBy = nil
            result.target = .remoteRef(target)
        case .localRef: break
        case .files: result.target = .files(paths: [], count: 0)
        case .named: result.target = .named("")
        }
        return result
    }
}

/// A set of effects' kinds, as an integer with a bit for each in the order of `allCases`.
public struct KindSet: Hashable, Sendable, RawRepresentable {
    public var rawValue: Int

    public init(rawValue: Int) { self.rawValue = rawValue }

    public init(_ kinds: some Sequence<Effect.Kind>) {
        rawValue = kinds.reduce(0) { $0 | Self.bit($1) }
    }

    public func contains(_ kind: Effect.Kind) -> Bool { rawValue & Self.bit(kind) != 0 }

    /// The kinds, in the order of `allCases`.
    public var kinds: [Effect.Kind] { Effect.Kind.allCases.filter(contains) }

    private static let bits = Dictionary(
        uniqueKeysWithValues: Effect.Kind.allCases.enumerated().map { ($0.element, 1 << $0.offset) })

    private static func bit(_ kind: Effect.Kind) -> Int { bits[kind] ?? 0 }
}

extension RecordFilter {
    /// Whether the conditions on what a facet has hold. Those on time, session and text are left to ask.
    public func includes(_ facet: Facet) -> Bool {
        guard !onlyFailed || facet.hasFailed else { return false }
        guard decisions.isEmpty || facet.decision.map(decisions.contains) ?? false else { return false }
        guard effects.isEmpty || effects.contains(where: facet.effects.contains) else { return false }
        return NamePattern.any(agents, .plain, facet.agent)
            && NamePattern.any(repositories, .path, facet.repository)
            && NamePattern.any(rules, .plain, facet.rule)
    }
}
