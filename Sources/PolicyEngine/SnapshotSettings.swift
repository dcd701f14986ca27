import ByteStrings
import GitConfiguration

/// How much snapshots may hold and how long they are kept, as far as a policy says: the keys `snapshotBytes`,
/// `snapshotFiles`, `keepBytes` and `keepDays` of its `[policy]` section.
public struct SnapshotSettings: Equatable, Sendable {
    /// Bytes and files that one snapshot may hold: a command that would lose more is stopped.
    public var bytes: Int64?
    public var files: Int64?
    /// Bytes that all snapshots of a repository may hold, and days that they are kept: the oldest go first.
    public var keptBytes: Int64?
    public var keptDays: Int64?

    public init(bytes: Int64? = nil, files: Int64? = nil, keptBytes: Int64? = nil, keptDays: Int64? = nil) {
        self.bytes = bytes
        self.files = files
        self.keptBytes = keptBytes
        self.keptDays = keptDays
    }

    /// What holds where nobody has said anything else.
    public static let standard = SnapshotSettings(
        bytes: 512 << 20, files: 100_000, keptBytes: 5 << 30, keptDays: 30)

    /// The key's value; a number with `k`, `m` or `g` behind it as in git-config(1), "integer".
    mutating func set(_ key: WritableKeyPath<SnapshotSettings, Int64?>, _ entry: ConfigurationEntry) throws(PolicyError)
    {
        let value = try entry.required().lowercased
        let shifts: [UInt8: Int64] = [UInt8(ascii: "k"): 10, UInt8(ascii: "m"): 20, UInt8(ascii: "g"): 30]
        let shift = value.bytes.last.flatMap { shifts[$0] }
        let digits = shift == nil ? value : ByteString(value.bytes.dropLast())
        guard let number = Int64(digits.text), number >= 0, number <= Int64.max >> (shift ?? 0) else {
            throw PolicyError(entry.location, .badNumber(value, key: entry.key))
        }
        self[keyPath: key] = number << (shift ?? 0)
    }

    /// These with what another layer says, each value chosen by `choose` where both say something.
    fileprivate func merged(
        with other: SnapshotSettings, limits: (Int64, Int64) -> Int64, kept: (Int64, Int64) -> Int64
    ) -> SnapshotSettings {
        func both(_ one: Int64?, _ two: Int64?, _ choose: (Int64, Int64) -> Int64) -> Int64? {
            guard let one, let two else { return one ?? two }
            return choose(one, two)
        }
        return SnapshotSettings(
            bytes: both(bytes, other.bytes, limits), files: both(files, other.files, limits),
            keptBytes: both(keptBytes, other.keptBytes, kept), keptDays: both(keptDays, other.keptDays, kept))
    }
}

extension PolicyStack {
    /// What holds here. The system's and the user's policy take the place of the standard; a policy that an agent can
    /// write may only ask for smaller snapshots and for keeping them longer.
    public var snapshotSettings: SnapshotSettings {
        var own = SnapshotSettings()
        for layer in layers where layer.layer < .repository {
            own = own.merged(with: layer.policy.snapshots, limits: min, kept: max)
        }
        var settings = own.merged(with: .standard, limits: { own, _ in own }, kept: { own, _ in own })
        for layer in layers where layer.layer >= .repository {
            settings = settings.merged(with: layer.policy.snapshots, limits: min, kept: max)
        }
        return settings
    }
}
