import ByteStrings

/// What policies say about the audit log: the keys of `[audit]`.
///
/// Only the layers of the system and the user count. The repository's and the session's policies are within an agent's
/// reach: what they say is checked, and has no effect.
public struct AuditSettings: Hashable, Sendable {
    /// How old records become before they may be dropped; nil where nobody has said so: they stay.
    public var retention: Retention?
    /// The size in bytes above which a file of the log is followed by the next one.
    public var maximumFileSize: Int?
    /// Where the newest hash is put, out of reach of those who write the log.
    public var anchors: [AnchorPlace]
    /// After how many records that is done without being asked; nil where it is done only by hand.
    public var anchorInterval: Int?

    public init(
        retention: Retention? = nil, maximumFileSize: Int? = nil, anchors: [AnchorPlace] = [],
        anchorInterval: Int? = nil
    ) {
        self.retention = retention
        self.maximumFileSize = maximumFileSize
        self.anchors = anchors
        self.anchorInterval = anchorInterval
    }

    /// How long records are kept.
    public enum Retention: Hashable, Comparable, Sendable {
        case days(Int)
        case forever

        /// As policies write it.
        public var word: ByteString {
            switch self {
            case .days(let count): ByteString("\(count)d")
            case .forever: "forever"
            }
        }
    }

    /// The file size where no policy names one.
    public static let usualFileSize = 64 << 20
    /// What a policy may name: smaller ones would make many files, larger ones could not be archived.
    static let fileSizes = (64 << 10)...(2 << 30)

    /// What holds where both have something to say: records are kept for the longer time, files stay smaller, and the
    /// hash goes to all places of either, as often as one of them asks for.
    func combined(with other: AuditSettings) -> AuditSettings {
        func choose<Value>(_ one: Value?, _ two: Value?, _ better: (Value, Value) -> Value) -> Value? {
            guard let one, let two else { return one ?? two }
            return better(one, two)
        }
        return AuditSettings(
            retention: choose(retention, other.retention, max),
            maximumFileSize: choose(maximumFileSize, other.maximumFileSize, min),
            anchors: anchors + other.anchors.filter { !anchors.contains($0) },
            anchorInterval: choose(anchorInterval, other.anchorInterval, min))
    }
}

extension PolicyStack {
    /// What holds for the audit log.
    public var auditSettings: AuditSettings {
        layers.filter(\.layer.isPeoples)
            .reduce(AuditSettings()) { $0.combined(with: $1.policy.audit) }
    }
}
