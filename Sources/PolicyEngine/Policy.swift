import ByteStrings
import Effects
import Platform

/// What somebody wants done about effects: one policy file with all that it includes.
public struct Policy: Sendable {
    /// `policy.name` of the file itself, not of those it includes; the file's path where it gives none.
    public let name: ByteString
    public let description: ByteString
    /// Which branches are protected: short names, or full ones that begin with `refs/`; patterns.
    public let protectedPatterns: [ByteString]
    /// In the order in which they are asked: the last that matches wins.
    public let rules: [Rule]
    /// In which form commands print what they say; nil where the policy does not care.
    public let output: OutputForm?
    /// Whether a command with effects is not run when it cannot be put on record.
    public let recordRequired: Bool
    /// What it says about the audit log; it counts in some layers only (`PolicyStack.auditSettings`).
    public let audit: AuditSettings
    /// How much snapshots may hold and how long they are kept, as far as the policy says.
    public let snapshots: SnapshotSettings
    /// Whether it has nothing but `[audit]`. Then it is no policy for commands, and takes the place of none.
    public let isOfLogAlone: Bool
    /// All files read, in their order; `built-in:NAME` for the texts of shipped policies.
    public let files: [ByteString]

    /// Patterns on full ref names.
    let protectedGlobs: [Glob]
    private let contents: [ByteString]

    init(
        name: ByteString, description: ByteString, protected: [Glob], rules: [Rule], output: OutputForm?,
        recordRequired: Bool, audit: AuditSettings, snapshots: SnapshotSettings, isOfLogAlone: Bool,
        sources: [(file: ByteString, content: ByteString)]
    ) {
        self.name = name
        self.description = description
        protectedPatterns = protected.map(\.source)
        protectedGlobs = protected.map { $0.source.hasPrefix("refs/") ? $0 : $0.prefixed(by: "refs/heads/") }
        self.rules = rules
        self.output = output
        self.recordRequired = recordRequired
        self.audit = audit
        self.snapshots = snapshots
        self.isOfLogAlone = isOfLogAlone
        files = sources.map(\.file)
        contents = sources.map(\.content)
    }

    /// SHA-256, in hexadecimal, over what was read: the digest of the file, or, where files are included, the digest of
    /// their digests in reading order, each followed by a line end. Computed when asked for.
    public var digest: ByteString {
        if contents.count == 1, let only = contents.first { return Digest.sha256(only) }
        return Digest.sha256(contents.reduce(into: ByteString()) { $0 += Digest.sha256($1) + "\n" })
    }
}

// MARK: - Getting one

extension Policy {
    /// The built-in policy `default`, which holds where nobody has set up another one.
    public static func builtInDefault() throws(PolicyError) -> Policy {
        try PolicyReader(home: nil).read(.builtIn("default"))
    }

    /// Reads a policy file and all that it includes. `home` is what `~/` stands for.
    public static func load(file: ByteString, home: ByteString? = nil) throws(PolicyError) -> Policy {
        try PolicyReader(home: home).read(.file(file))
    }

    /// Reads a policy from a text. Relative includes start at the folder of `file`.
    public static func parse(
        text: ByteString, file: ByteString, home: ByteString? = nil
    ) throws(PolicyError) -> Policy {
        try PolicyReader(home: home).read(.file(file), text: text)
    }

    /// The policy of that name, or the policy in that file.
    ///
    /// A name, which has no slash, is first that of a shipped policy, so that nothing can stand in for those, then of a
    /// file in `policyFolder`, then of a file in the working directory. Anything with a slash is a file.
    public static func named(
        _ nameOrFile: ByteString, policyFolder: ByteString? = nil, home: ByteString? = nil
    ) throws(PolicyError) -> Policy {
        let reader = PolicyReader(home: home)
        if nameOrFile.contains(UInt8(ascii: "/")) { return try reader.read(.file(nameOrFile)) }
        if ShippedPolicies.text(of: nameOrFile) != nil { return try reader.read(.builtIn(nameOrFile)) }
        if let policyFolder, let policy = try reader.readIfPresent(Path.join(policyFolder, nameOrFile)) {
            return policy
        }
        if !nameOrFile.isEmpty, let policy = try reader.readIfPresent(nameOrFile) { return policy }
        throw PolicyError(file: nameOrFile, problem: .unknownPolicy(name: nameOrFile))
    }
}
