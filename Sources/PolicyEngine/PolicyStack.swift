import ByteStrings
import Effects
import Platform

/// Who a policy comes from. Each layer decides for itself, and the strictest decision wins.
public enum Layer: Int, CaseIterable, Comparable, Sendable {
    /// Holds as long as neither the system's administrator nor the user has set up a policy.
    case builtIn
    /// `/etc/pawl/policy`.
    case system
    /// `~/.config/pawl/policy`.
    case user
    /// `.pawl/policy` at the root of the work tree.
    case repository
    /// `pawl run --policy`.
    case session

    /// Whether people have set it up for themselves. What an agent can reach, a repository or a session, is not.
    public var isPeoples: Bool { self == .system || self == .user }

    public static func < (one: Layer, other: Layer) -> Bool { one.rawValue < other.rawValue }

    /// The word for messages and the record.
    public var word: ByteString {
        switch self {
        case .builtIn: "built-in"
        case .system: "system"
        case .user: "user"
        case .repository: "repository"
        case .session: "session"
        }
    }
}

/// A policy and who it comes from.
public struct LayeredPolicy: Sendable {
    public var layer: Layer
    public var policy: Policy

    public init(layer: Layer, policy: Policy) {
        self.layer = layer
        self.policy = policy
    }
}

/// All policies that hold at one place.
public struct PolicyStack: Sendable {
    /// At least one for a stack that was loaded.
    public let layers: [LayeredPolicy]

    public init(layers: [LayeredPolicy]) {
        self.layers = layers
    }

    /// Whether a command with effects is not run when it cannot be put on record: one layer that says so is enough.
    public var recordRequired: Bool { layers.contains { $0.policy.recordRequired } }

    /// Whether any rule is about certain repositories: only then is `Context.repositoryURLs` worth finding out.
    public var asksForRepository: Bool {
        layers.contains { $0.policy.rules.contains { !$0.repositories.isEmpty } }
    }

    /// Whether any of the policies protects a branch, by its full name.
    public func protects(_ branch: ByteString) -> Bool {
        layers.contains { $0.policy.protectedGlobs.contains { $0.matches(branch) } }
    }

    /// What is to be done about a command with these effects.
    public func decide(_ effects: [Effect], in context: Context) -> Decision {
        Decision(verdicts: effects.compactMap { verdict(on: $0, in: context) })
    }

    /// The strictest layer's verdict; of equal ones that of a layer that has a rule, then that of the outermost layer.
    private func verdict(on effect: Effect, in context: Context) -> Verdict? {
        guard !layers.isEmpty else { return nil }
        var strictest: (layer: Int, rule: Int?, action: Action) = (0, nil, .allow)
        for index in layers.indices {
            guard let rule = layers[index].policy.decidingRule(for: effect, in: context) else { continue }
            let saysMore = strictest.rule == nil && rule.action == strictest.action
            if rule.action > strictest.action || saysMore { strictest = (index, rule.index, rule.action) }
        }
        return Verdict(
            effect: effect, action: strictest.action, layers: layers, layerIndex: strictest.layer,
            ruleIndex: strictest.rule)
    }
}

// MARK: - Loading

extension PolicyStack {
    public static let systemFile: ByteString = "/etc/pawl/policy"

    /// The layers that are present for a command in `workTree`.
    ///
    /// The built-in default stands in for the layers that people set up for themselves, system and user, where those say
    /// nothing, or speak of the audit log alone. The
    /// repository's and the session's policy do not replace it: both are within an agent's reach and may only tighten.
    /// - Parameters:
    ///   - workTree: its root; nil where there is none.
    ///   - policyFolder: where further policies are installed that `PAWL_POLICY` can name.
    ///   - systemFile: for tests.
    /// - Throws: for a layer that is present and cannot be read or understood. It is never left out silently.
    public static func load(
        environment: Environment, workTree: ByteString?, policyFolder: ByteString? = nil,
        systemFile: ByteString = PolicyStack.systemFile
    ) throws(PolicyError) -> PolicyStack {
        let home = environment["HOME"]
        let reader = PolicyReader(home: home)
        var layers = try peoplesLayers(reader, environment, systemFile)
        if layers.allSatisfy(\.policy.isOfLogAlone) {
            layers.append(LayeredPolicy(layer: .builtIn, policy: try Policy.builtInDefault()))
        }
        if let workTree, let policy = try reader.readIfPresent(repositoryFile(workTree)) {
            layers.append(LayeredPolicy(layer: .repository, policy: policy))
        }
        if let session = environment["PAWL_POLICY"], !session.isEmpty {
            let policy = try Policy.named(session, policyFolder: policyFolder, home: home)
            layers.append(LayeredPolicy(layer: .session, policy: policy))
        }
        return PolicyStack(layers: layers)
    }

    /// What holds for the audit log, wherever a command runs.
    public static func loadAuditSettings(
        environment: Environment, systemFile: ByteString = PolicyStack.systemFile
    ) throws(PolicyError) -> AuditSettings {
        let reader = PolicyReader(home: environment["HOME"])
        return PolicyStack(layers: try peoplesLayers(reader, environment, systemFile)).auditSettings
    }

    /// The layers that people set up for themselves, as far as they are present.
    private static func peoplesLayers(
        _ reader: PolicyReader, _ environment: Environment, _ systemFile: ByteString
    ) throws(PolicyError) -> [LayeredPolicy] {
        var layers: [LayeredPolicy] = []
        if let policy = try reader.readIfPresent(systemFile) {
            layers.append(LayeredPolicy(layer: .system, policy: policy))
        }
        if let file = userFile(environment), let policy = try reader.readIfPresent(file) {
            layers.append(LayeredPolicy(layer: .user, policy: policy))
        }
        return layers
    }

    /// The repository layer's file.
    public static func repositoryFile(_ workTree: ByteString) -> ByteString {
        Path.join(workTree, ".pawl/policy")
    }

    /// The user layer's file; nil where there is no home folder. As the XDG base directory specification has it, an
    /// empty or relative `XDG_CONFIG_HOME` does not count.
    public static func userFile(_ environment: Environment) -> ByteString? {
        if let folder = environment["XDG_CONFIG_HOME"], Path.isAbsolute(folder) {
            return Path.join(folder, "pawl/policy")
        }
        guard let home = environment["HOME"], !home.isEmpty else { return nil }
        return Path.join(home, ".config/pawl/policy")
    }
}
