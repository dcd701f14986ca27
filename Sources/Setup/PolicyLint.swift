import ByteStrings
import Effects
import GitEffects
import PolicyEngine

/// A rule that says nothing, though nothing is wrong with its grammar.
public struct PolicyWarning: Equatable, Sendable {
    public enum Problem: Equatable, Sendable {
        /// Later rules decide about everything that this one is about.
        case overridden(by: ByteString)
        /// The condition holds only for effects on remotes, and the rule names none.
        case needsRemote(key: ByteString)
    }

    public var location: Location
    public var rule: ByteString
    public var problem: Problem
}

/// Looks for rules that can never decide anything. Finds what can be told from the rules alone, and nothing wrong.
public enum PolicyLint {
    public static func warnings(_ policy: Policy) -> [PolicyWarning] {
        policy.rules.indices.compactMap { index in
            let rule = policy.rules[index]
            func warning(_ problem: PolicyWarning.Problem) -> PolicyWarning {
                PolicyWarning(location: rule.location, rule: rule.name, problem: problem)
            }
            if !rule.effects.contains(where: onRemotes.contains) {
                if !rule.remotes.isEmpty { return warning(.needsRemote(key: "remote")) }
                if rule.lease != nil { return warning(.needsRemote(key: "lease")) }
            }
            let later = policy.rules[(index + 1)...]
            var last: ByteString?
            for effect in rule.effects {
                guard let covering = later.last(where: { $0.effects.contains(effect) && $0.overrides(rule) }) else {
                    return nil
                }
                last = covering.name
            }
            return last.map { warning(.overridden(by: $0)) }
        }
    }

    private static let onRemotes: Set<Effect.Kind> = [.push, .forcePush, .deleteRemoteRef]
}

extension Rule {
    private var isUnconditional: Bool {
        remotes.isEmpty && refs.isEmpty && repositories.isEmpty && agents.isEmpty && published == nil
            && protected == nil && lease == nil && certainties.isEmpty
    }

    private func hasConditions(of other: Rule) -> Bool {
        remotes == other.remotes && refs == other.refs && repositories == other.repositories && agents == other.agents
            && published == other.published && protected == other.protected && lease == other.lease
            && certainties == other.certainties
    }

    /// Whether this rule, standing later, decides wherever the earlier one matches. Where both may match, the stricter
    /// one wins: then an earlier rule of the same conditions still counts if it is stricter.
    fileprivate func overrides(_ earlier: Rule) -> Bool {
        isUnconditional || (hasConditions(of: earlier) && earlier.action <= action)
    }
}
