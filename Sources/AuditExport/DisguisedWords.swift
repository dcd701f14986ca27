import ByteStrings
import GitSyntax

/// Command lines: git's own words stay, everything else becomes a pseudonym. What cannot be told from a name is one.
extension Disguise {
    /// A whole command line, its first word the name it was called by.
    func commandLine(_ words: [ByteString]) -> [ByteString] {
        guard !words.isEmpty else { return [] }
        let version = GitVersion(2, 39, 0)
        guard case .command(let line) = ArgumentVector.parse(words, version: version),
            line.arguments.count < words.count, Array(words.suffix(line.arguments.count)) == line.arguments
        else { return ["git"] + words.dropFirst().map { globalWord($0) } }
        let globals = words.dropFirst().dropLast(line.arguments.count)
        var result: [ByteString] = ["git"]
        for word in globals {
            if word == globals.last && word == line.command {
                result.append(command(word))
            } else {
                result.append(globalWord(word))
            }
        }
        return result + arguments(line.arguments, of: line.command, version: version)
    }

    /// A command line of Pawl's own: the names of its commands and options stay. A snapshot is called what it is called
    /// elsewhere.
    func ownCommandLine(_ words: [ByteString]) -> [ByteString] {
        let own: Set<ByteString> = [
            "pawl", "undo", "snapshots", "prune", "--paths", "--overwrite-newer", "--older-than", "--keep-bytes",
        ]
        return words.map { word in
            if own.contains(word) || Self.isSmallNumber(word) { return word }
            if word.hasPrefix("-") { return name("option", word) }
            let isIdentifier = word.bytes.first.map { (0x30...0x39).contains($0) } == true && word.contains(0x2d)
            return name(isIdentifier ? "snapshot" : "word", word)
        }
    }

    /// The words of an alias, which begin with the command.
    func expansion(_ words: [ByteString]) -> [ByteString] {
        guard let first = words.first else { return [] }
        if first.hasPrefix("!") { return words.map { name("word", $0) } }
        return Array(commandLine(["git"] + words).dropFirst())
    }

    func command(_ name: ByteString) -> ByteString {
        CommandTable.entry(named: name) != nil ? name : self.name("command", name)
    }

    /// A word before the command: an option of git's own keeps its name.
    private func globalWord(_ word: ByteString) -> ByteString {
        guard word.hasPrefix("-") else { return word.contains(UInt8(ascii: "=")) ? setting(word) : self.word(word) }
        guard let (option, value) = word.split(atFirst: UInt8(ascii: "=")) else {
            return Self.globalOptions.contains(word) ? word : name("option", word)
        }
        return (Self.globalOptions.contains(option) ? option : name("option", option)) + "=" + setting(value)
    }

    private static let globalOptions: Set<ByteString> = [
        "-C", "-c", "-p", "-P", "-v", "-h", "--version", "--help", "--config-env", "--git-dir", "--work-tree",
        "--namespace", "--exec-path", "--html-path", "--man-path", "--info-path", "--list-cmds", "--paginate",
        "--no-pager", "--bare", "--no-replace-objects", "--literal-pathspecs", "--no-literal-pathspecs",
        "--glob-pathspecs", "--noglob-pathspecs", "--icase-pathspecs", "--no-optional-locks", "--shallow-file",
        "--super-prefix", "--attr-source", "--no-lazy-fetch", "--no-advice",
    ]

    /// The words after the command, by git's table of its options.
    private func arguments(_ words: [ByteString], of command: ByteString, version: GitVersion) -> [ByteString] {
        guard OptionParser.hasTable(for: command),
            let parsed = try? OptionParser.parse(words, of: command, version: version)
        else { return words.map { $0 == "--" ? $0 : name($0.hasPrefix("-") ? "option" : "word", $0) } }
        let options = Dictionary(grouping: parsed.options, by: \.word)
        // What `config` names first is a setting.
        let setting = command == "config" ? parsed.operands.first?.word : nil
        return words.enumerated().map { index, word in
            if index == setting { return self.setting(word) }
            if let here = options[index] { return option(word, here) }
            if word == parsed.subcommand || word == "--" { return word }
            return self.word(word)
        }
    }

    /// Options of git-log(1) and git-diff(1) that only choose what is shown and how; git's tables do not have them.
    private static let displayOptions: Set<ByteString> = [
        "--abbrev", "--abbrev-commit", "--after", "--author", "--before", "--cached", "--color", "--committer",
        "--date",
        "--date-order", "--decorate", "--decorate-refs", "--diff-filter", "--first-parent", "--follow", "--format",
        "--graph", "--grep", "--left-right", "--max-count", "--merges", "--name-only", "--name-status", "--no-color",
        "--no-decorate", "--no-merges", "--no-patch", "--no-renames", "--numstat", "--oneline", "--patch", "--pretty",
        "--raw", "--reverse", "--shortstat", "--show-signature", "--since", "--skip", "--staged", "--stat", "--summary",
        "--topo-order", "--unified", "--until", "--word-diff", "-p", "-s", "-u",
    ]

    private func option(_ word: ByteString, _ options: [ParsedArguments.Option]) -> ByteString {
        guard options.allSatisfy({ $0.isKnown || Self.displayOptions.contains($0.name) }) else {
            return name("option", word)
        }
        if word.hasPrefix("--"), let (name, value) = word.split(atFirst: UInt8(ascii: "=")) {
            return name + "=" + self.word(value)
        }
        // `-mTEXT`: the value sticks to the letter.
        if !word.hasPrefix("--"), let value = options.last?.value, !value.isEmpty, value != word,
            let letters = word.dropping(suffix: value), letters.count > 1
        {
            return letters + self.word(value)
        }
        return word
    }

    /// A word that may be a ref, a refspec, a revision, a path, a URL or a message.
    func word(_ text: ByteString) -> ByteString {
        if Self.isSmallNumber(text) { return text }
        if let address = address(text) { return address }
        if text.hasPrefix("refs/") { return ref(text) }
        if text.contains(UInt8(ascii: " ")) || text.contains(UInt8(ascii: "\n")) { return name("text", text) }
        if let rest = text.dropping(prefix: "+") { return "+" + word(rest) }
        if let (left, right) = text.split(atFirst: UInt8(ascii: ":")) { return word(left) + ":" + word(right) }
        if let rest = text.dropping(prefix: "^") { return "^" + word(rest) }
        for dots in ["...", ".."] as [ByteString] {
            guard let (left, right) = Self.split(text, at: dots) else { continue }
            return word(left) + dots + word(right)
        }
        // `HEAD~2`, `main^`.
        let isStep: (UInt8) -> Bool = { "~^0123456789".utf8.contains($0) }
        if let place = text.bytes.firstIndex(where: { "~^".utf8.contains($0) }),
            text.bytes[place...].allSatisfy(isStep)
        {
            return name("word", ByteString(text.bytes[..<place])) + ByteString(text.bytes[place...])
        }
        return name("word", text)
    }

    private static func isSmallNumber(_ text: ByteString) -> Bool {
        (1...4).contains(text.count) && text.bytes.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }

    private static func split(_ text: ByteString, at separator: ByteString) -> (ByteString, ByteString)? {
        guard text.count >= separator.count else { return nil }
        for start in 0...(text.count - separator.count)
        where text.bytes[start..<(start + separator.count)].elementsEqual(separator.bytes) {
            return (ByteString(text.bytes[..<start]), ByteString(text.bytes[(start + separator.count)...]))
        }
        return nil
    }
}
