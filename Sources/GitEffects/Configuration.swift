import ByteStrings
import Platform

/// git's effective configuration for one invocation, from every source git reads, as the real git lists it
/// (git-config(1), "FILES" and "SCOPES").
public struct Configuration: Sendable {
    /// One setting, in the order in which git reads them: later ones win or add.
    public struct Entry: Hashable, Sendable {
        /// Section and variable name in lower case, the subsection as it was written.
        public var key: ByteString
        /// nil for a key without `=`, which means true.
        public var value: ByteString?
        /// `system`, `global`, `local`, `worktree` or `command`.
        public var scope: ByteString
    }

    public var entries: [Entry]

    public init(entries: [Entry]) {
        self.entries = entries
    }

    /// The question that the real git answers with its configuration.
    public static let question: [ByteString] = ["config", "--list", "-z", "--show-scope"]

    /// Reads the answer: `scope NUL key LF value NUL`, without `LF value` for a key that stands alone.
    public init(listing: ByteString) {
        entries = []
        let fields = listing.split(0)
        var index = 0
        while index + 1 < fields.count {
            let scope = fields[index]
            let item = fields[index + 1]
            index += 2
            if let (key, value) = item.split(atFirst: UInt8(ascii: "\n")) {
                entries.append(Entry(key: key, value: value, scope: scope))
            } else {
                entries.append(Entry(key: item, value: nil, scope: scope))
            }
        }
    }

    /// All entries of a key: `remote.NAME.push` with NAME as it is, the rest in lower case.
    public func all(_ key: ByteString) -> [Entry] { entries.filter { $0.key == key } }

    /// All values of a key, in order. A key that stands alone counts as the empty string.
    public func values(_ key: ByteString) -> [ByteString] { all(key).map { $0.value ?? ByteString() } }

    /// The value that counts for a key of which there can be one.
    public func last(_ key: ByteString) -> ByteString? {
        entries.last { $0.key == key }.map { $0.value ?? ByteString() }
    }

    /// A key as a boolean (git-config(1), "boolean"); nil where it is not set. A number of any notation that git reads
    /// is true unless it is zero (`0x1`, `1k`); what git does not take for a boolean counts as true, the side to err on.
    public func boolean(_ key: ByteString) -> Bool? {
        guard let entry = entries.last(where: { $0.key == key }) else { return nil }
        guard let value = entry.value else { return true }
        switch value.lowercased {
        case "true", "yes", "on": return true
        case "false", "no", "off", "": return false
        default: return value.bytes.contains { !"0xXkKmMgG+- ".utf8.contains($0) }
        }
    }

    /// The values of a list that an empty value clears (`remote.NAME.url` since git 2.46 and kin).
    public func list(_ key: ByteString) -> [ByteString] {
        let values = values(key)
        guard let cleared = values.lastIndex(of: "") else { return values }
        return Array(values[(cleared + 1)...])
    }

    /// The subsections that occur with a section, each once, in order: the names of all remotes for `remote`.
    public func subsections(of section: ByteString) -> [ByteString] {
        var seen: Set<ByteString> = []
        var names: [ByteString] = []
        for entry in entries {
            guard let rest = entry.key.dropping(prefix: section + "."),
                let (name, _) = rest.split(atLast: UInt8(ascii: ".")), seen.insert(name).inserted
            else { continue }
            names.append(name)
        }
        return names
    }
}

extension ByteString {
    /// A key as the configuration lists it: section and variable in lower case, the subsection as it is.
    public var lowercasedKey: ByteString {
        guard let (section, rest) = split(atFirst: UInt8(ascii: ".")) else { return lowercased }
        guard let (subsection, variable) = rest.split(atLast: UInt8(ascii: ".")) else { return lowercased }
        return section.lowercased + "." + subsection + "." + variable.lowercased
    }
}
