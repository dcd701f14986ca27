import ByteStrings

/// What is known of one of git's commands, whatever its arguments.
public struct CommandEntry: Hashable, Sendable {
    /// What a command is there for. One that reads can still write by way of an option (`log --output=FILE`).
    public enum Nature: String, CaseIterable, Sendable {
        case readOnly = "read-only"
        case writesIndexOrWorkTree = "writes-index-or-worktree"
        case createsObjectsOrRefs = "creates-objects-or-refs"
        case movesRefs = "moves-refs"
        case destroys = "destroys"
        case configures
        case talksToRemote = "talks-to-remote"
        case serverSide = "server-side"
        /// Runs other programs, or cannot be foreseen.
        case opaque = "opaque"
    }

    /// Where a command comes from, which decides how git finds it and whether an alias may shadow it.
    public enum Origin: String, CaseIterable, Sendable {
        /// Part of git itself: found before any alias and any program.
        case builtin
        /// A program or script that comes with git, found in its exec path.
        case program
        /// From git's contrib folder.
        case contrib
        /// A well-known `git-NAME` of other people's.
        case thirdParty = "3rd-party"
    }

    public var name: ByteString
    public var nature: Nature
    public var origin: Origin
    /// No argument can make it have an effect; configuration still decides about pagers, filters and the like.
    public var isHarmlessAlways: Bool
    /// The first version that has the command; nil where all known ones do.
    public var since: GitVersion?
    /// The first version that no longer has it.
    public var until: GitVersion?
    /// The effects it can have by some argument or configuration, in the words of the policy language.
    public var effects: [ByteString]

    public var isBuiltin: Bool { origin == .builtin }
    public var isThirdParty: Bool { origin == .thirdParty }

    /// Whether the command can have this effect at all, by its word in the policy language.
    public func mayHave(_ effect: ByteString) -> Bool { effects.contains(effect) }

    /// Whether git of that version has the command; true for an unknown version.
    public func exists(in version: GitVersion?) -> Bool {
        VersionRange(since: since, until: until).contains(version)
    }

    /// Reads a line of the table; nil where it is malformed.
    init?(_ words: [ByteString]) {
        guard words.count >= 3, let nature = Nature(rawValue: words[1].text),
            let origin = Origin(rawValue: words[2].text)
        else { return nil }
        name = words[0]
        self.nature = nature
        self.origin = origin
        isHarmlessAlways = words.contains { $0.isWord("harmless") }
        var versions = VersionRange()
        effects = words.dropFirst(3).filter { !$0.isWord("harmless") && !versions.read($0) }
        since = versions.since
        until = versions.until
    }
}

/// git's commands, of all known versions.
public enum CommandTable {
    /// What is known of the command, or nil for a word that is none of git's: an alias, a program or a slip.
    public static func entry(named name: ByteString) -> CommandEntry? {
        CommandTableText.text.line(name).flatMap(CommandEntry.init)
    }

    /// The names of all commands in the table.
    public static var names: [ByteString] { CommandTableText.text.lines.compactMap(\.first) }
}
