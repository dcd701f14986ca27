import ByteStrings
import GitConfiguration

/// A policy while its files are read.
struct PolicyDraft {
    /// The keys of the `[policy]` section; git does not tell cases apart in them.
    private enum Key: String, CaseIterable {
        case name, description, protected, output
        case recordRequired = "recordrequired"
        case snapshotBytes = "snapshotbytes"
        case snapshotFiles = "snapshotfiles"
        case keepBytes = "keepbytes"
        case keepDays = "keepdays"

        /// As they are written.
        static let words: [ByteString] = [
            "name", "description", "protected", "output", "recordRequired", "snapshotBytes", "snapshotFiles",
            "keepBytes",
            "keepDays",
        ]
    }

    private enum Section {
        case none, policy, include, audit
        case rule(Int)
    }

    private(set) var sources: [(file: ByteString, content: ByteString)] = []

    private let root: ByteString
    private var section = Section.none
    private var name: ByteString?
    private var description = ByteString()
    private var protected: [Glob] = []
    private var output: OutputForm?
    private var recordRequired = false
    private var audit = AuditDraft()
    private var snapshots = SnapshotSettings()
    /// Whether it has sections, and all of them are of the log.
    private var isOfLogAlone: Bool?
    private var rules: [RuleDraft] = []

    init(root: ByteString) {
        self.root = root
    }

    /// A file begins, which knows nothing of the section that included it.
    mutating func beginFile(_ file: ByteString, content: ByteString) {
        sources.append((file, content))
        section = .none
    }

    /// An included file is over, and the section that included it goes on.
    mutating func endInclude() {
        section = .include
    }

    mutating func begin(_ header: ConfigurationSection) throws(PolicyError) {
        isOfLogAlone = isOfLogAlone != false && header.name == "audit"
        switch header.name {
        case "policy":
            section = .policy
        case "include":
            section = .include
        case "audit":
            section = .audit
        case "rule":
            guard let name = header.subsection, !name.isEmpty else {
                throw PolicyError(header.location, .unnamedRule)
            }
            // A rule that is taken up again moves to the place where that happens, as if it had been written there.
            if let index = rules.firstIndex(where: { $0.name == name }) {
                var rule = rules.remove(at: index)
                rule.reopen(at: header.location)
                rules.append(rule)
            } else {
                rules.append(RuleDraft(name: name, header: header.location))
            }
            section = .rule(rules.count - 1)
            return
        default:
            throw PolicyError(header.location, .unknownSection(header.name))
        }
        if header.subsection != nil { throw PolicyError(header.location, .namedSection(header.name)) }
    }

    /// Takes an entry; returns the path to include, if it is that.
    mutating func add(_ entry: ConfigurationEntry, isRoot: Bool) throws(PolicyError) -> ByteString? {
        switch section {
        case .none:
            throw PolicyError(entry.location, .keyOutsideSection(entry.key))
        case .include:
            guard entry.key == "path" else {
                throw PolicyError(entry.location, .unknownKey(entry.key, section: "include", known: ["path"]))
            }
            guard let path = entry.value, !path.isEmpty else {
                throw PolicyError(entry.location, .missingValue(key: entry.key))
            }
            return path
        case .rule(let index):
            try rules[index].add(entry)
        case .audit:
            try audit.add(entry)
        case .policy:
            try addSetting(entry, isRoot: isRoot)
        }
        return nil
    }

    private mutating func addSetting(_ entry: ConfigurationEntry, isRoot: Bool) throws(PolicyError) {
        guard let key = Key(rawValue: entry.key.text) else {
            throw PolicyError(entry.location, .unknownKey(entry.key, section: "policy", known: Key.words))
        }
        switch key {
        // An included policy lends its rules, not its name.
        case .name:
            let value = try entry.required()
            if isRoot { name = value }
        case .description:
            let value = try entry.required()
            if isRoot { description = value }
        case .protected:
            if entry.value?.isEmpty == true { protected = [] } else { protected.append(try entry.glob()) }
        // How things are printed is nothing that rules of somebody else's come with.
        case .output:
            let form = try entry.outputForm()
            if isRoot { output = form }
        case .recordRequired:
            recordRequired = try entry.boolean()
        case .snapshotBytes: try snapshots.set(\.bytes, entry)
        case .snapshotFiles: try snapshots.set(\.files, entry)
        case .keepBytes: try snapshots.set(\.keptBytes, entry)
        case .keepDays: try snapshots.set(\.keptDays, entry)
        }
    }

    func finished() throws(PolicyError) -> Policy {
        var finished: [Rule] = []
        finished.reserveCapacity(rules.count)
        for rule in rules { finished.append(try rule.finished()) }
        return Policy(
            name: name.flatMap { $0.isEmpty ? nil : $0 } ?? root, description: description, protected: protected,
            rules: finished, output: output, recordRequired: recordRequired, audit: audit.settings,
            snapshots: snapshots, isOfLogAlone: isOfLogAlone == true, sources: sources)
    }
}
