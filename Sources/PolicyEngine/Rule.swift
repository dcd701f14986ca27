import ByteStrings
import Effects
import GitConfiguration

/// Where something stands in a policy.
public typealias Location = GitConfiguration.Location

/// A rule of a policy: about which effects it is, and what is to be done about them.
///
/// Alternatives within one condition, all conditions together; an empty list or nil is no condition.
public struct Rule: Sendable {
    public let name: ByteString
    /// The `action` line that counts.
    public let location: Location
    public let action: Action
    /// At least one.
    public let effects: [Effect.Kind]
    /// Names or URLs.
    public let remotes: [Glob]
    /// Full names, or short names of branches, tags and remote-tracking branches.
    public let refs: [Glob]
    /// The same as patterns on full names.
    let fullRefs: [Glob]
    /// Paths or URLs.
    public let repositories: [Glob]
    public let agents: [Glob]
    public let published: Bool?
    public let protected: Bool?
    public let lease: Bool?
    public let certainties: [Effect.Certainty]
    public let reasonTemplate: Template?
    public let insteadTemplate: Template?

    /// The reason as it was written, placeholders included.
    public var reason: ByteString? { reasonTemplate?.source }
    /// The safer way as it was written, placeholders included.
    public var instead: ByteString? { insteadTemplate?.source }
}
