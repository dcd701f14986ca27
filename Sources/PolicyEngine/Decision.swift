import ByteStrings
import Effects

/// What a layer says about one effect.
public struct Verdict: Sendable {
    public let effect: Effect
    public let action: Action
    // Places instead of copies: a push of thousands of branches has as many verdicts.
    private let layers: [LayeredPolicy]
    private let layerIndex: Int
    private let ruleIndex: Int?

    init(effect: Effect, action: Action, layers: [LayeredPolicy], layerIndex: Int, ruleIndex: Int?) {
        self.effect = effect
        self.action = action
        self.layers = layers
        self.layerIndex = layerIndex
        self.ruleIndex = ruleIndex
    }

    public var layer: Layer { layers[layerIndex].layer }
    public var policyName: ByteString { policy.name }
    /// The rule that decided; nil where none matched, which allows.
    public var rule: Rule? { ruleIndex.map { policy.rules[$0] } }

    private var policy: Policy { layers[layerIndex].policy }

    /// `Policy.digest`, computed when asked for.
    public var policyDigest: ByteString { policy.digest }

    /// The rule's reason for this effect, placeholders filled in.
    public var reason: ByteString? { rule?.reasonTemplate?.expanded(for: effect) }

    /// The reason without a leading "would", for a line that is headed by that word.
    public var consequence: ByteString? { reason.map { $0.dropping(prefix: "would ") ?? $0 } }

    /// The safer way for this effect, placeholders filled in; nil where there is none to give.
    public var instead: ByteString? { rule?.insteadTemplate?.expanded(for: effect) }

    fileprivate func worded(by effect: Effect) -> Verdict {
        Verdict(effect: effect, action: action, layers: layers, layerIndex: layerIndex, ruleIndex: ruleIndex)
    }
}

/// What is to be done about a command.
public struct Decision: Sendable {
    /// The strictest action of all verdicts; `allow` for a command without effects.
    public let action: Action
    /// For each effect, in order, what its strictest layer says.
    public let verdicts: [Verdict]

    init(verdicts: [Verdict]) {
        self.verdicts = verdicts
        action = verdicts.map(\.action).max() ?? .allow
    }

    /// The first of the strictest verdicts; nil for a command without effects.
    public var deciding: Verdict? { verdicts.first { $0.action == action } }

    /// The same decision with its effects as they may be shown: reasons and safer ways are worded by these.
    public func worded(by shown: (Effect) -> Effect) -> Decision {
        Decision(verdicts: verdicts.map { $0.worded(by: shown($0.effect)) })
    }
}

extension Policy {
    /// The rule that decides about the effect; nil where none matches.
    ///
    /// The last matching rule wins. While it is not certain of a rule whether it matches, the ones before it count as
    /// well, and the strictest of those that may be the last wins.
    func decidingRule(for effect: Effect, in context: Context) -> (index: Int, action: Action)? {
        var strictest: (index: Int, action: Action)?
        for index in rules.indices.reversed() where rules[index].effects.contains(effect.kind) {
            let match = rules[index].match(effect, in: context, protected: protectedGlobs)
            guard match > .no else { continue }
            let action = rules[index].action
            if action > (strictest?.action ?? .allow) || (strictest == nil && match == .yes) {
                strictest = (index, action)
            }
            if match == .yes { break }
        }
        return strictest
    }
}
