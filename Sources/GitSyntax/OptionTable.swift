import ByteStrings

/// The tables of options that are known, by the version of git they were taken from.
enum TableVersion: CaseIterable, Sendable {
    case git239
    case git255
    /// The development head after 2.55.0.
    case git256

    var version: GitVersion {
        switch self {
        case .git239: GitVersion(2, 39, 5)
        case .git255: GitVersion(2, 55, 0)
        case .git256: GitVersion(2, 56, 0)
        }
    }

    /// The newest table that is not newer than `version`, else the oldest.
    static func nearest(to version: GitVersion) -> TableVersion {
        allCases.last { $0.version <= version } ?? .git239
    }

    /// The tables that may be those of `version`: one within a series of maintenance releases, else both neighbours.
    static func neighbours(of version: GitVersion) -> [TableVersion] {
        let below = nearest(to: version)
        let isSameSeries =
            below.version.major == version.major && below.version.minor == version.minor && !version.isDevelopment
        guard !isSameSeries, version > GitVersion(2, 39, 0),
            let above = allCases.first(where: { $0.version > version })
        else { return [below] }
        return [below, above]
    }
}

/// One option of a command.
struct OptionRow: Hashable, Sendable {
    /// What an option takes.
    enum Argument: Hashable, Sendable {
        case none
        /// What follows `=` or the letter, else the next word, whatever it looks like.
        case required
        /// Only what follows `=` or the letter.
        case optional
        /// As `required`, but the option may be the last word.
        case optionalIfLast
        /// Nothing, but no word may follow.
        case mustBeLast
        /// All words that follow are operands.
        case rest
        /// `MODE,OBJECT,PATH` or three words.
        case cacheInfo
    }

    /// The long name as the table has it, perhaps with `no-` in front; nil where there is only a letter.
    var long: ByteString?
    var short: UInt8?
    var argument = Argument.none
    var isNegatable = true
    /// A command mode, by the name that it shares with options that mean the same; two modes exclude each other.
    var mode: ByteString?
    /// The option this one is another name for: the two are no ambiguity.
    var aliasOf: ByteString?
    /// An option whose bit this one shares: the negated form of this one turns that one off too.
    var clears: ByteString?
    /// A number option: `-5`.
    var isNumber = false
    /// A word without a dash that counts as an option, `(` and `)` in grep.
    var isWithoutDash = false
    private var versions = VersionRange()

    /// The name under which the option is reported.
    var name: ByteString {
        if isNumber { return "-NUMBER" }
        return aliasOf ?? long ?? ByteString([UInt8(ascii: "-"), short ?? 0])
    }

    /// Whether what follows `=` or the letter is a value.
    var takesValue: Bool { argument == .required || argument == .optional || argument == .optionalIfLast }

    init(_ words: [TableWord]) {
        if let name = words.first, !name.isWord("-") { long = name.text }
        for word in words.dropFirst() { read(word) }
        if isWithoutDash {
            short = long?.bytes.first
            long = nil
        }
    }

    private mutating func read(_ word: TableWord) {
        if word.count == 2, word.first == UInt8(ascii: "-") {
            short = word.last
        } else if word.isWord("required") {
            argument = .required
        } else if word.isWord("optional") {
            argument = .optional
        } else if word.isWord("fixed") {
            isNegatable = false
        } else if word.isWord("optional-if-last") {
            argument = .optionalIfLast
        } else if word.isWord("last") {
            argument = .mustBeLast
        } else if word.isWord("rest") {
            argument = .rest
        } else if word.isWord("cacheinfo") {
            argument = .cacheInfo
        } else if word.isWord("mode") {
            mode = name
        } else if word.isWord("digits") {
            isNumber = true
        } else if word.isWord("nodash") {
            isWithoutDash = true
        } else if !versions.read(word) {
            mode = word.dropping(prefix: "mode=")?.text ?? mode
            aliasOf = word.dropping(prefix: "as=")?.text ?? aliasOf
            clears = word.dropping(prefix: "clears=")?.text ?? clears
        }
    }

    func holds(for table: TableVersion) -> Bool { versions.contains(table.version) }
}

/// The grammar of a command or subcommand, as one version of git has it.
struct CommandGrammar: Sendable {
    struct Subcommand: Hashable, Sendable {
        var name: ByteString
        /// The name under which it is reported: another one for `remote rm` and `bisect view`.
        var canonical: ByteString
    }

    let table: TableVersion
    private(set) var options: [OptionRow] = []
    private(set) var subcommands: [Subcommand] = []
    /// The subcommand that is meant where none is given.
    private(set) var defaultSubcommand: ByteString?
    /// Further tables, in which options are looked up by their exact names if this one does not have them.
    private(set) var also: [ByteString] = []
    private var modes: Modes = []

    private struct Modes: OptionSet {
        var rawValue: Int

        static let stop = Modes(rawValue: 1)
        static let keepUnknown = Modes(rawValue: 2)
        static let keepDashDash = Modes(rawValue: 4)
        static let exact = Modes(rawValue: 8)
        static let refuse = Modes(rawValue: 16)
        static let separate = Modes(rawValue: 32)
        static let allOperands = Modes(rawValue: 64)
        static let commandsFirst = Modes(rawValue: 128)
        static let any = Modes(rawValue: 256)
        static let guarded = Modes(rawValue: 512)

        static func named(_ word: ByteString) -> Modes {
            if word.isWord("stop") { return .stop }
            if word.isWord("keep-unknown") { return .keepUnknown }
            if word.isWord("keep-dashdash") { return .keepDashDash }
            if word.isWord("exact") { return .exact }
            if word.isWord("refuse") { return .refuse }
            if word.isWord("separate") { return .separate }
            if word.isWord("all-operands") { return .allOperands }
            if word.isWord("commands-first") { return .commandsFirst }
            if word.isWord("any") { return .any }
            return word.isWord("guarded") ? .guarded : []
        }
    }

    /// Options only stand before the first operand.
    var stopsAtOperand: Bool { modes.contains(.stop) }
    /// Unknown options are left for later; then nothing may be abbreviated.
    var keepsUnknown: Bool { modes.contains(.keepUnknown) }
    /// The command itself tells the words before `--` from those behind it.
    var keepsDashDash: Bool { modes.contains(.keepDashDash) }
    /// Not parsed by git's option parser but by hand: exact words, no bundles, no negation that is not in the table.
    var isExact: Bool { modes.contains(.exact) }
    /// An exact command that refuses unknown words with a dash.
    var refusesUnknown: Bool { modes.contains(.refuse) }
    /// An exact command in which a long option's value may be the next word.
    var takesSeparateValues: Bool { modes.contains(.separate) }
    /// All words are operands.
    var hasOnlyOperands: Bool { modes.contains(.allOperands) }
    /// The subcommand is looked for in the first word only, else the command itself is meant.
    var looksForSubcommandFirst: Bool { modes.contains(.commandsFirst) }
    /// Any word may stand where a subcommand does.
    var allowsAnySubcommand: Bool { modes.contains(.any) }
    /// The default subcommand is not assumed where it would have operands before `--`.
    var guardsDefault: Bool { modes.contains(.guarded) }

    /// Whether there is a table at all.
    static func exists(_ name: ByteString) -> Bool {
        OptionTableText.text.hasSection(head(name))
    }

    /// The grammar of `name`, which is a command, or a command and its subcommand with a blank between them.
    init?(_ name: ByteString, table: TableVersion) {
        self.table = table
        var isHeader = true
        // Few commands have more.
        options.reserveCapacity(64)
        let exists = OptionTableText.text.readSection(CommandGrammar.head(name)) { line in
            if isHeader {
                isHeader = false
                for word in line.dropFirst(name.split(UInt8(ascii: " ")).count) { read(mode: word.text) }
            } else if let first = line.first, first.first == UInt8(ascii: "@") {
                read(subcommand: first.dropFirst(1).text, line.dropFirst())
            } else if !line.isEmpty {
                let row = OptionRow(line)
                if row.holds(for: table) { options.append(row) }
            }
        }
        guard exists else { return nil }
    }

    private static func head(_ name: ByteString) -> ByteString { "[" + name + "]" }

    private mutating func read(mode word: ByteString) {
        if let name = word.dropping(prefix: "default=") {
            defaultSubcommand = name
        } else if let name = word.dropping(prefix: "also=") {
            also.append(name)
        } else {
            // A mode may be of some versions only: `keep-unknown<2.55`.
            let mode = word.bytes.prefix { $0 != UInt8(ascii: "<") && $0 != UInt8(ascii: ">") }
            var versions = VersionRange()
            _ = versions.read(ByteString(word.bytes.dropFirst(mode.count)))
            if versions.contains(table.version) { modes.insert(.named(ByteString(mode))) }
        }
    }

    private mutating func read(subcommand name: ByteString, _ words: ArraySlice<TableWord>) {
        var subcommand = Subcommand(name: name, canonical: name)
        var versions = VersionRange()
        for word in words where !versions.read(word) {
            if let canonical = word.dropping(prefix: "as=") { subcommand.canonical = canonical.text }
        }
        if versions.contains(table.version) { subcommands.append(subcommand) }
    }
}
