import Auditing
import ByteStrings
import Effects
import PolicyEngine

/// What another policy would have decided on recorded commands: from the effects that are on record, without the
/// repositories. Answers for a facet are remembered.
///
/// Whether a commit counted as published was found out when the command was given. Where a repository has no remote
/// that depends on which branches the policy of that time protected.
public struct Replay {
    /// What a policy decides, and by which rule.
    public struct Answer: Hashable, Sendable {
        public var decision: Record.Decision
        /// nil where no rule speaks of it.
        public var rule: ByteString?
        public var policy: ByteString?
        /// Where the rule stands; of recorded answers the record tells.
        public var location: Location?

        public init(
            decision: Record.Decision, rule: ByteString?, policy: ByteString?, location: Location? = nil
        ) {
            self.decision = decision
            self.rule = rule
            self.policy = policy
            self.location = location
        }
    }

    /// What comes of asking again about a record.
    public enum Outcome: Hashable, Sendable {
        /// It has no effects, or is no command: no policy is asked.
        case notAsked
        /// The decision is the same.
        case same
        case changed(was: Answer, would: Answer)
        /// The record does not hold all effects.
        case unknown
    }

    public let policy: Policy
    private let stack: PolicyStack
    private var outcomes: [Facet: Outcome] = [:]

    /// `policy` is asked alone, whatever layers there were.
    public init(_ policy: Policy) {
        self.policy = policy
        stack = PolicyStack(layers: [LayeredPolicy(layer: .session, policy: policy)])
    }

    /// The outcome for every record of a facet.
    public mutating func outcome(_ facet: Facet) -> Outcome {
        if let known = outcomes[facet] { return known }
        let outcome = ask(facet)
        outcomes[facet] = outcome
        return outcome
    }

    private func ask(_ facet: Facet) -> Outcome {
        guard !facet.isNotice else { return .notAsked }
        switch facet.question {
        case .none: return .notAsked
        case .incomplete: return .unknown
        case .effects: break
        }
        guard let recorded = facet.decision else { return .unknown }
        let effects = facet.question.asked
        guard !effects.isEmpty else { return .unknown }
        let urls = effects.compactMap { effect -> ByteString? in
            if case .remoteRef(let reference) = effect.target { return reference.url }
            return nil
        }
        let context = Context(repository: facet.repository, repositoryURLs: urls, agent: facet.agent)
        let decision = stack.decide(effects, in: context)
        let would = Answer(
            decision: Record.Decision(decision.action), rule: decision.deciding?.rule?.name, policy: policy.name,
            location: decision.deciding?.rule?.location)
        guard would.decision != recorded else { return .same }
        return .changed(was: Answer(decision: recorded, rule: facet.rule, policy: facet.policy), would: would)
    }
}

extension Record.Decision {
    init(_ action: Action) {
        switch action {
        case .allow: self = .allow
        case .snapshot: self = .snapshot
        case .deny: self = .deny
        }
    }
}

/// The counts of a replay.
public struct ReplayCounts: Hashable, Sendable {
    public private(set) var total = 0
    public private(set) var notAsked = 0
    public private(set) var same = 0
    public private(set) var unknown = 0
    /// How many decisions change in which way.
    public private(set) var changes: [Change: Int] = [:]

    /// A way in which decisions change.
    public struct Change: Hashable, Sendable {
        public var was: Replay.Answer
        public var would: Replay.Answer

        public init(was: Replay.Answer, would: Replay.Answer) {
            self.was = was
            self.would = would
        }
    }

    public init() {}

    /// How many decisions change.
    public var changed: Int { changes.values.reduce(0, +) }

    public mutating func add(_ outcome: Replay.Outcome, count: Int) {
        total += count
        switch outcome {
        case .notAsked: notAsked += count
        case .same: same += count
        case .unknown: unknown += count
        case .changed(let was, let would): changes[Change(was: was, would: would), default: 0] += count
        }
    }
}
