import ByteStrings

/// What is to be done about an effect, the milder first.
public enum Action: Int, Comparable, Sendable, CaseIterable {
    case allow
    /// Allow, with a recovery point first.
    case snapshot
    case deny

    /// The word of the policy language and of the audit log.
    public var word: ByteString {
        switch self {
        case .allow: "allow"
        case .snapshot: "snapshot"
        case .deny: "deny"
        }
    }

    public init?(word: ByteString) {
        guard let action = Action.allCases.first(where: { $0.word == word }) else { return nil }
        self = action
    }

    public static func < (left: Action, right: Action) -> Bool { left.rawValue < right.rawValue }
}
