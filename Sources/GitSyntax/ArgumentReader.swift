import ByteStrings

/// Walks over arguments with one grammar, as git's `parse_options_step` does.
struct ArgumentReader {
    let arguments: [ByteString]
    /// Where the words of this grammar begin.
    let start: Int
    let grammar: CommandGrammar
    var position: Int
    private(set) var parsed = ParsedArguments()
    /// The command mode chosen so far, and the option that chose it.
    private var mode: (name: ByteString, option: ByteString)?
    /// The further tables of the grammar, once they were needed.
    private var furtherTables: [CommandGrammar]?

    init(_ arguments: [ByteString], from start: Int = 0, grammar: CommandGrammar) {
        self.arguments = arguments
        self.start = start
        self.grammar = grammar
        position = start
    }

    var current: ByteString? { position < arguments.count ? arguments[position] : nil }

    func isOption(_ word: ByteString) -> Bool {
        word.count > 1 && word.bytes.first == UInt8(ascii: "-")
    }

    /// The words of a command that there is no table of: what begins with a dash is kept as an unknown option.
    static func words(_ arguments: [ByteString], from start: Int = 0) -> ParsedArguments {
        var parsed = ParsedArguments()
        var isAfterDashDash = false
        for (index, word) in arguments.enumerated().dropFirst(start) {
            if !isAfterDashDash, word == "--" {
                isAfterDashDash = true
            } else if !isAfterDashDash, word.count > 1, word.bytes.first == UInt8(ascii: "-") {
                parsed.options.append(unknown(word, at: index))
            } else {
                parsed.operands.append(.init(value: word, word: index, isAfterDashDash: isAfterDashDash))
            }
        }
        return parsed
    }

    mutating func read() throws(ParseRefusal) -> ParsedArguments {
        while let word = current {
            if grammar.hasOnlyOperands {
                takeOperands()
            } else if !isOption(word) {
                if let row = grammar.options.first(where: { $0.isWithoutDash && $0.short == word.bytes.first }),
                    word.count == 1
                {
                    add(row, value: nil)
                    position += 1
                } else if grammar.stopsAtOperand {
                    takeOperands()
                } else {
                    parsed.operands.append(.init(value: word, word: position))
                    position += 1
                }
            } else if word == "--" {
                position += 1
                takeOperands(afterDashDash: true)
            } else if word == "--end-of-options" {
                // Where git leaves the word to a command that does not know it, it is one more operand.
                let isLeft = grammar.table == .git239 ? grammar.keepsDashDash : grammar.keepsUnknown
                if !isLeft || !grammar.also.isEmpty { position += 1 }
                takeOperands()
            } else {
                try readOption(word)
            }
        }
        return parsed
    }

    /// Reads the option word at the current position, and its value.
    mutating func readOption(_ word: ByteString) throws(ParseRefusal) {
        if word == "-h", arguments.count - start == 1 { throw .help }
        if grammar.isExact {
            try readExactly(word)
        } else if let long = word.dropping(prefix: "--") {
            if long == "help" || long == "help-all" { throw .help }
            try readLong(word, long)
        } else {
            try readCluster(word)
        }
    }

    /// Takes all words that are left as operands. Commands that tell the words behind `--` from those before it do so
    /// here as well.
    private mutating func takeOperands(afterDashDash: Bool = false) {
        var isAfterDashDash = afterDashDash
        while let word = current {
            if word == "--", !isAfterDashDash, grammar.keepsDashDash, !grammar.hasOnlyOperands {
                isAfterDashDash = true
            } else {
                parsed.operands.append(.init(value: word, word: position, isAfterDashDash: isAfterDashDash))
            }
            position += 1
        }
    }

    // MARK: - Long options

    private mutating func readLong(_ word: ByteString, _ long: ByteString) throws(ParseRefusal) {
        let optionWord = position
        switch grammar.longOption(long, allowsAbbreviations: !grammar.keepsUnknown) {
        case .none: try readElsewhere(word)
        case .ambiguous(let names): throw .ambiguousOption(word, names)
        case .option(let row, let isNegated, let value):
            position += 1
            try take(row, isNegated: isNegated, attached: value, optionWord: optionWord)
        }
    }

    /// An option that the command's own table does not have: another table may, else it is kept or refused.
    private mutating func readElsewhere(_ word: ByteString) throws(ParseRefusal) {
        let optionWord = position
        let tables = furtherTables ?? grammar.also.compactMap { CommandGrammar($0, table: grammar.table) }
        furtherTables = tables
        for further in tables {
            if let long = word.dropping(prefix: "--") {
                guard
                    case .option(let row, let isNegated, let value) =
                        further.longOption(long, allowsAbbreviations: false)
                else { continue }
                position += 1
                return try take(row, isNegated: isNegated, attached: value, optionWord: optionWord)
            }
            if word.bytes.dropFirst().first.flatMap({ further.short($0) }) != nil {
                return try readCluster(word, by: further)
            }
        }
        guard grammar.keepsUnknown || grammar.isExact && !grammar.refusesUnknown || !grammar.also.isEmpty else {
            throw .unknownOption(word)
        }
        keep(word)
    }

    private mutating func keep(_ word: ByteString) {
        parsed.options.append(ArgumentReader.unknown(word, at: position))
        position += 1
    }

    private static func unknown(_ word: ByteString, at index: Int) -> ParsedArguments.Option {
        let (name, value) =
            word.split(atFirst: UInt8(ascii: "=")).map { ($0.head, Optional($0.tail)) } ?? (word, nil)
        return .init(name: name, value: value, word: index, isKnown: false)
    }

    // MARK: - Clusters of letters

    /// Reads `-abc` letter by letter. The typo guard is left out where the letters are another table's: wrongly taking
    /// a word for a refused one would be worse than the reverse.
    private mutating func readCluster(
        _ word: ByteString, by other: CommandGrammar? = nil
    ) throws(ParseRefusal) {
        let optionWord = position
        let table = other ?? grammar
        let letters = word.bytes.dropFirst()
        let slip = other == nil ? grammar.missingDashes(ByteString(letters)) : nil
        var rest = letters
        while let letter = rest.first {
            let isFirst = rest.count == letters.count
            guard let row = table.short(letter) else {
                if isFirst, let slip { throw .missingDashes(slip) }
                if letter == UInt8(ascii: "h") { throw .help }
                return try readUnknownLetters(word, rest, optionWord: optionWord)
            }
            position = optionWord + 1
            if row.isNumber, row.short != letter {
                let digits = rest.prefix(while: isDigit)
                rest = rest.dropFirst(digits.count)
                add(row, value: ByteString(digits), word: optionWord)
            } else {
                rest = rest.dropFirst()
                let attached = row.takesValue && !rest.isEmpty ? ByteString(rest) : nil
                if attached != nil { rest = [] }
                try take(row, isNegated: false, attached: attached, optionWord: optionWord)
            }
            if isFirst, !rest.isEmpty, let slip { throw .missingDashes(slip) }
        }
    }

    private mutating func readUnknownLetters(
        _ word: ByteString, _ rest: ArraySlice<UInt8>, optionWord: Int
    ) throws(ParseRefusal) {
        if rest.count == word.count - 1 { return try readElsewhere(word) }
        let remaining = ByteString([UInt8(ascii: "-")] + rest)
        guard grammar.keepsUnknown || !grammar.also.isEmpty else { throw .unknownOption(ByteString(rest.prefix(1))) }
        parsed.options.append(ArgumentReader.unknown(remaining, at: optionWord))
    }

    // MARK: - Hand-written parsers

    /// Commands that do not use git's option parser know their words exactly.
    private mutating func readExactly(_ word: ByteString) throws(ParseRefusal) {
        if word == "--help", grammar.refusesUnknown { throw .help }
        let optionWord = position
        let (head, joined) =
            word.split(atFirst: UInt8(ascii: "=")).map { ($0.head, Optional($0.tail)) } ?? (word, nil)
        for row in grammar.options {
            let letter = row.short.map { ByteString([UInt8(ascii: "-"), $0]) }
            let isLong = row.long.map { head == "--" + $0 } ?? false
            let takesNext = row.argument == .required && (grammar.takesSeparateValues || row.long == nil)
            if isLong, joined != nil ? row.argument != .none : row.argument != .required {
                add(row, value: joined)
                position += 1
                return
            }
            if takesNext, isLong && joined == nil || word == letter {
                guard position + 1 < arguments.count else { throw .missingValue(word) }
                position += 2
                add(row, value: arguments[optionWord + 1], word: optionWord)
                return
            }
            if let letter, word == letter {
                add(row, value: nil)
                position += 1
                return
            }
            if let letter, takesNext, let value = word.dropping(prefix: letter), !word.hasPrefix("--") {
                add(row, value: value)
                position += 1
                return
            }
        }
        try readElsewhere(word)
    }

    // MARK: - Values

    /// Records an option with its value; `position` is already behind the word it stands in.
    private mutating func take(
        _ row: OptionRow, isNegated: Bool, attached: ByteString?, optionWord: Int
    ) throws(ParseRefusal) {
        if attached != nil, isNegated || !row.takesValue { throw .unexpectedValue(row.name) }
        if let name = row.mode {
            if let mode, mode.name != name { throw .conflictingModes(mode.option, row.name) }
            mode = (name, row.name)
        }
        guard !isNegated else {
            parsed.options.append(.init(name: row.name, isNegated: true, word: optionWord))
            if let shared = row.clears { parsed.options.append(.init(name: shared, isNegated: true, word: optionWord)) }
            return
        }
        switch row.argument {
        case .none, .optional: add(row, value: attached, word: optionWord)
        case .required, .optionalIfLast:
            if let attached {
                add(row, value: attached, word: optionWord)
            } else if let next = current {
                position += 1
                add(row, value: next, word: optionWord)
            } else if row.argument == .optionalIfLast {
                add(row, value: nil, word: optionWord)
            } else {
                throw .missingValue(row.name)
            }
        case .mustBeLast:
            guard current == nil else { throw .mustBeLast(row.name) }
            add(row, value: nil, word: optionWord)
        case .rest:
            add(row, value: nil, word: optionWord)
            takeOperands()
        case .cacheInfo: try takeCacheInfo(row, optionWord: optionWord)
        }
    }

    /// `--cacheinfo MODE,OBJECT,PATH` or `--cacheinfo MODE OBJECT PATH`, reported in the first form.
    private mutating func takeCacheInfo(_ row: OptionRow, optionWord: Int) throws(ParseRefusal) {
        guard let next = current else { throw .missingValue(row.name) }
        let count = next.contains(UInt8(ascii: ",")) ? 1 : 3
        guard position + count <= arguments.count else { throw .missingValue(row.name) }
        add(row, value: arguments[position..<(position + count)].joined(separator: ","), word: optionWord)
        position += count
    }

    private mutating func add(_ row: OptionRow, value: ByteString?, word: Int? = nil) {
        parsed.options.append(.init(name: row.name, value: value, word: word ?? position))
    }
}

extension CommandGrammar {
    /// The option of that letter; a digit without one of its own belongs to the number option.
    func short(_ letter: UInt8) -> OptionRow? {
        options.first { $0.short == letter && !$0.isWithoutDash }
            ?? (isDigit(letter) ? options.first { $0.isNumber } : nil)
    }

    /// The cluster, if git takes it for a long option with a dash forgotten.
    func missingDashes(_ letters: ByteString) -> ByteString? {
        guard letters.count >= 3 else { return nil }
        let isSlip =
            letters.hasPrefix("no-") || options.contains { $0.long?.hasPrefix(letters) ?? false }
            || subcommands.contains { $0.name.hasPrefix(letters) }
        return isSlip ? letters : nil
    }
}
