import ByteStrings
import Effects
import GitConfiguration

/// A rule while its sections are read. Sections of the same name add up to one rule.
struct RuleDraft {
    /// The keys of a `[rule]` section.
    enum Key: String, CaseIterable {
        case effect, action, remote, ref, repository, agent, published, protected, lease, certainty, reason, instead

        static var words: [ByteString] { allCases.map { ByteString($0.rawValue) } }
    }

    let name: ByteString
    /// The header of its last section.
    private var header: Location
    /// Keys given in the section that is being read: their values add up, all others are inherited until given.
    private var givenHere: [Key] = []

    private var action: (value: Action, location: Location)?
    private var effects: [Effect.Kind] = []
    private var remotes: [Glob] = []
    private var refs: [Glob] = []
    private var repositories: [Glob] = []
    private var agents: [Glob] = []
    private var published: [Bool] = []
    private var protected: [Bool] = []
    private var lease: [Bool] = []
    private var certainties: [Effect.Certainty] = []
    private var reason: Template?
    private var instead: Template?

    init(name: ByteString, header: Location) {
        self.name = name
        self.header = header
    }

    /// Begins another section of the same rule: a key given in it replaces all values the key had before.
    mutating func reopen(at header: Location) {
        self.header = header
        givenHere = []
    }

    mutating func add(_ entry: ConfigurationEntry) throws(PolicyError) {
        guard let key = Key(rawValue: entry.key.text) else {
            throw PolicyError(entry.location, .unknownKey(entry.key, section: "rule", known: Key.words))
        }
        if !givenHere.contains(key) {
            givenHere.append(key)
            clear(key)
        }
        // As in git, an empty value takes back what a multi-valued key has gathered.
        if let value = entry.value, value.isEmpty, key != .action {
            clear(key)
            return
        }
        switch key {
        case .effect:
            effects.append(try entry.word(Effect.Kind.init(rawValue:), known: { Effect.Kind.allCases.map(\.rawValue) }))
        case .action:
            let words = { Action.allCases.map(\.word.text) }
            action = (try entry.word({ Action(word: ByteString($0)) }, known: words), entry.location)
        case .certainty:
            let words = { [Effect.Certainty.certain, .possible].map(\.rawValue) }
            certainties.append(try entry.word(Effect.Certainty.init(rawValue:), known: words))
        case .remote: remotes.append(try entry.glob())
        case .ref: refs.append(try entry.glob())
        case .repository: repositories.append(try entry.glob())
        case .agent: agents.append(try entry.glob())
        case .published: published.append(try entry.boolean())
        case .protected: protected.append(try entry.boolean())
        case .lease: lease.append(try entry.boolean())
        case .reason:
            reason = try entry.template()
        case .instead:
            instead = try entry.template()
        }
    }

    private mutating func clear(_ key: Key) {
        switch key {
        case .effect: effects = []
        case .action: break
        case .certainty: certainties = []
        case .remote: remotes = []
        case .ref: refs = []
        case .repository: repositories = []
        case .agent: agents = []
        case .published: published = []
        case .protected: protected = []
        case .lease: lease = []
        case .reason: reason = nil
        case .instead: instead = nil
        }
    }

    /// The rule, if it is complete.
    func finished() throws(PolicyError) -> Rule {
        guard !effects.isEmpty else { throw PolicyError(header, .ruleWithoutEffect(name)) }
        guard let action else { throw PolicyError(header, .ruleWithoutAction(name)) }
        return Rule(
            name: name, location: action.location, action: action.value, effects: effects, remotes: remotes, refs: refs,
            fullRefs: refs.flatMap(Self.fullNames), repositories: repositories, agents: agents,
            published: Self.condition(published), protected: Self.condition(protected), lease: Self.condition(lease),
            certainties: certainties, reasonTemplate: reason, insteadTemplate: instead)
    }

    /// What a short name can be short for.
    private static func fullNames(_ ref: Glob) -> [Glob] {
        ref.source.hasPrefix("refs/") ? [ref] : [ref] + ByteString.refFolders.map { ref.prefixed(by: $0) }
    }

    /// True and false as alternatives are no condition at all.
    private static func condition(_ values: [Bool]) -> Bool? {
        guard let value = values.first, !values.contains(!value) else { return nil }
        return value
    }
}

// MARK: - Values

extension ConfigurationEntry {
    /// The value; a key without one is an error here.
    func required() throws(PolicyError) -> ByteString {
        guard let value else { throw PolicyError(location, .missingValue(key: key)) }
        return value
    }

    /// One of a closed set of words, which are listed only where none of them is given.
    func word<Word>(_ make: (String) -> Word?, known: () -> [String]) throws(PolicyError) -> Word {
        let value = try required()
        guard let word = make(value.text) else {
            throw PolicyError(location, .unknownWord(value, key: key, known: known().map { ByteString($0) }))
        }
        return word
    }

    func glob() throws(PolicyError) -> Glob {
        let value = try required()
        guard let glob = Glob(value) else { throw PolicyError(location, .badGlob(value)) }
        return glob
    }

    func template() throws(PolicyError) -> Template {
        let value = try required()
        do {
            return try Template(value)
        } catch {
            throw PolicyError(location, error)
        }
    }

    /// The words for true and false in git-config(1), "boolean"; no numbers but 1 and 0.
    func boolean() throws(PolicyError) -> Bool {
        guard let value else { return true }
        switch value.lowercased {
        case "true", "yes", "on", "1": return true
        case "false", "no", "off", "0": return false
        default: throw PolicyError(location, .badBoolean(value, key: key))
        }
    }
}
