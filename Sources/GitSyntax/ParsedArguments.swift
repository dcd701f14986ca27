import ByteStrings

/// The words after a command, understood as the command's option parser does.
public struct ParsedArguments: Hashable, Sendable {
    /// One occurrence of an option.
    public struct Option: Hashable, Sendable {
        /// The long name in git's table, without dashes (`force`, `no-verify`); `-x` where there is only a letter;
        /// `-NUMBER` for `-5`; for an option that the table does not have, the word with its dashes up to a `=`.
        /// Of two names for one option (`push --branches` is `--all`) it is the original.
        public var name: ByteString
        /// Whether it was given in its negated form: `--verify` is the negated `no-verify`.
        public var isNegated: Bool
        public var value: ByteString?
        /// The index in the arguments of the word it stands in.
        public var word: Int
        /// Whether the command's table has it; others are left to a later stage of git's that Pawl has no table of.
        public var isKnown: Bool

        public init(
            name: ByteString, isNegated: Bool = false, value: ByteString? = nil, word: Int, isKnown: Bool = true
        ) {
            self.name = name
            self.isNegated = isNegated
            self.value = value
            self.word = word
            self.isKnown = isKnown
        }
    }

    /// A word that is no option and no option's value.
    public struct Operand: Hashable, Sendable {
        public var value: ByteString
        /// Its index in the arguments.
        public var word: Int
        public var isAfterDashDash: Bool

        public init(value: ByteString, word: Int, isAfterDashDash: Bool = false) {
            self.value = value
            self.word = word
            self.isAfterDashDash = isAfterDashDash
        }
    }

    /// The subcommand, also where git assumes one (`stash` is `stash push`).
    public var subcommand: ByteString?
    /// In the order given.
    public var options: [Option]
    /// In the order given.
    public var operands: [Operand]

    public init(subcommand: ByteString? = nil, options: [Option] = [], operands: [Operand] = []) {
        self.subcommand = subcommand
        self.options = options
        self.operands = operands
    }

    /// Whether the option is on: its last occurrence decides. For a table name `no-verify`, `--no-verify` turns it on
    /// and `--verify` off.
    public func isOn(_ name: ByteString, default: Bool = false) -> Bool {
        options.last { $0.name == name }.map { !$0.isNegated } ?? `default`
    }

    /// Whether the option occurs in any form.
    public func mentions(_ name: ByteString) -> Bool {
        options.contains { $0.name == name }
    }

    /// The value of the option's last occurrence; nil where that is negated or has none.
    public func value(_ name: ByteString) -> ByteString? {
        options.last { $0.name == name }.flatMap { $0.isNegated ? nil : $0.value }
    }

    /// The values of an option that accumulates; its negated form clears what came before it.
    public func values(_ name: ByteString) -> [ByteString] {
        options.reduce(into: []) { values, option in
            guard option.name == name else { return }
            if option.isNegated { values = [] }
            if let value = option.value { values.append(value) }
        }
    }
}

/// Why git refuses a command's arguments; it then prints an error or its usage and does nothing else.
public enum ParseRefusal: Error, Hashable, Sendable {
    /// Not an error: help was asked for.
    case help
    /// The word or, in a cluster, the letter.
    case unknownOption(ByteString)
    /// The word, and the options it could mean.
    case ambiguousOption(ByteString, [ByteString])
    case missingValue(ByteString)
    case unexpectedValue(ByteString)
    /// `-force`: long enough to be a long option with a dash forgotten.
    case missingDashes(ByteString)
    case unknownSubcommand(ByteString)
    case missingSubcommand
    /// Two command modes, `--abort --skip`.
    case conflictingModes(ByteString, ByteString)
    /// The option has to be the last word.
    case mustBeLast(ByteString)
}
