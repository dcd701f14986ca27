import ByteStrings

/// Parses a command's arguments as git's own parser does (gitcli(7) and `parse-options.c`), by tables taken from git.
public enum OptionParser {
    /// Whether there is a table of options for the command. Without one its words are kept as they are.
    public static func hasTable(for command: ByteString) -> Bool {
        isName(command) && CommandGrammar.exists(command)
    }

    /// Whether no table holds for that version: it is newer than all of them, or older. What it accepts is then not
    /// known for sure, abbreviations least of all.
    public static func isBeyondTables(_ version: GitVersion) -> Bool {
        version >= TableVersion.git256.version || version < GitVersion(2, 39, 0)
    }

    /// Parses `arguments`, the words after `command`, by the table nearest to `version`. Throws where git would refuse
    /// them, or only print help.
    public static func parse(
        _ arguments: [ByteString], of command: ByteString, version: GitVersion
    ) throws(ParseRefusal) -> ParsedArguments {
        try parse(arguments, of: command, table: TableVersion.nearest(to: version))
    }

    /// What git of `version` may make of the arguments: one outcome where its table is known, and each different one
    /// of the neighbouring versions' tables where it lies between them.
    public static func interpretations(
        of arguments: [ByteString], for command: ByteString, version: GitVersion
    ) -> [Result<ParsedArguments, ParseRefusal>] {
        var outcomes: [Result<ParsedArguments, ParseRefusal>] = []
        for table in TableVersion.neighbours(of: version) {
            let outcome = Result { () throws(ParseRefusal) in try parse(arguments, of: command, table: table) }
            if !outcomes.contains(outcome) { outcomes.append(outcome) }
        }
        return outcomes
    }

    /// Not the name of a subcommand's section (`stash push`) or of a further table (`%diff`).
    private static func isName(_ command: ByteString) -> Bool {
        !command.contains(UInt8(ascii: " ")) && !command.hasPrefix("%")
    }

    static func parse(
        _ arguments: [ByteString], of command: ByteString, table: TableVersion
    ) throws(ParseRefusal) -> ParsedArguments {
        guard isName(command), let grammar = CommandGrammar(command, table: table) else {
            return ArgumentReader.words(arguments)
        }
        guard !grammar.subcommands.isEmpty else {
            var reader = ArgumentReader(arguments, grammar: grammar)
            return try reader.read()
        }
        return try SubcommandReader(arguments: arguments, command: command, grammar: grammar).read()
    }
}

/// Finds the subcommand, and has the rest read by its grammar.
private struct SubcommandReader {
    let arguments: [ByteString]
    let command: ByteString
    let grammar: CommandGrammar

    func read() throws(ParseRefusal) -> ParsedArguments {
        var reader = ArgumentReader(arguments, grammar: grammar)
        if grammar.looksForSubcommandFirst {
            guard let first = arguments.first, let subcommand = subcommand(first) else { return try reader.read() }
            return try read(subcommand.canonical, from: 1, after: ParsedArguments())
        }
        while let word = reader.current {
            guard reader.isOption(word) else {
                if let subcommand = subcommand(word) {
                    return try read(subcommand.canonical, from: reader.position + 1, after: reader.parsed)
                }
                break
            }
            if word == "--" {
                if !grammar.keepsDashDash { reader.position += 1 }
                break
            }
            let before = reader
            try reader.readOption(word)
            // A command that keeps what it does not know leaves it, and all that follows, to its default.
            if reader.parsed.options.last?.isKnown == false {
                reader = before
                break
            }
        }
        return try readDefault(from: reader.position, after: reader.parsed)
    }

    private func subcommand(_ word: ByteString) -> CommandGrammar.Subcommand? {
        grammar.subcommands.first { $0.name == word }
    }

    private func readDefault(from start: Int, after parsed: ParsedArguments) throws(ParseRefusal) -> ParsedArguments {
        let first = start < arguments.count ? arguments[start] : nil
        if let first, !grammar.keepsUnknown {
            guard grammar.allowsAnySubcommand else { throw .unknownSubcommand(first) }
            return try read(first, from: start + 1, after: parsed)
        }
        guard let name = grammar.defaultSubcommand else { throw .missingSubcommand }
        let result = try read(name, from: start, after: parsed)
        // `stash -q drop`: push is not assumed if it would take a word for a path. A first word of -p waives that.
        if grammar.guardsDefault, first != "-p", let operand = result.operands.first, !operand.isAfterDashDash {
            throw .unknownSubcommand(operand.value)
        }
        return result
    }

    private func read(
        _ subcommand: ByteString, from start: Int, after parsed: ParsedArguments
    ) throws(ParseRefusal) -> ParsedArguments {
        var result = ArgumentReader.words(arguments, from: start)
        if let grammar = CommandGrammar(command + " " + subcommand, table: grammar.table) {
            var reader = ArgumentReader(arguments, from: start, grammar: grammar)
            result = try reader.read()
        }
        result.subcommand = subcommand
        result.options = parsed.options + result.options
        return result
    }
}
