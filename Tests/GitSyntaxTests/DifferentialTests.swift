import ByteStrings
import Foundation
import Testing

@testable import GitSyntax

/// What git says of a word that its parser refuses.
private enum Verdict: Hashable {
    case accepted
    case unknown
    case ambiguous
    case missingValue
    case unexpectedValue
    case missingDashes

    /// Reads git's first words; an error in a value is not the parser's business.
    init(output: String, terminator: ByteString) {
        let error = output.split(separator: "\n").first { $0.hasPrefix("error: ") }.map(String.init) ?? ""
        if error.contains("did you mean `--") {
            self = .missingDashes
        } else if error.contains("ambiguous option") {
            self = .ambiguous
        } else if error.contains("requires a value") {
            self = .missingValue
        } else if error.contains("takes no value"), !error.contains("`\(Verdict.name(terminator))'") {
            self = .unexpectedValue
        } else if error.contains("unknown option") || error.contains("unknown switch"),
            !error.contains("\(Verdict.name(terminator))'")
        {
            self = .unknown
        } else {
            self = .accepted
        }
    }

    private static func name(_ terminator: ByteString) -> String {
        let name = terminator.dropping(prefix: "--") ?? terminator
        return (name.split(atFirst: UInt8(ascii: "="))?.head ?? name).text
    }

    init(refusal: ParseRefusal?) {
        switch refusal {
        case .unknownOption: self = .unknown
        case .ambiguousOption: self = .ambiguous
        case .missingValue: self = .missingValue
        case .unexpectedValue: self = .unexpectedValue
        case .missingDashes: self = .missingDashes
        default: self = .accepted
        }
    }
}

private struct Probe {
    var section: ByteString
    var words: [ByteString]
    /// The word behind the probed ones that git refuses for sure, so that the command never runs.
    var terminator: ByteString
}

@Suite(.serialized) struct DifferentialTests {
    let git: RealGit
    let grammars: [(name: ByteString, grammar: CommandGrammar)]

    init() throws {
        let git = try #require(RealGit())
        self.git = git
        let table = TableVersion.nearest(to: git.version)
        let entryExists: (ByteString) -> Bool = { name in
            let command = name.split(UInt8(ascii: " "))[0]
            return CommandTable.entry(named: command)?.exists(in: git.version) ?? false
        }
        grammars = tableSections().filter(entryExists).compactMap { name in
            CommandGrammar(name, table: table).map { (name, $0) }
        }.filter { name, grammar in
            let words = name.split(UInt8(ascii: " "))
            // `maintenance is-needed` and the like: not in this version.
            guard words.count == 2, let parent = CommandGrammar(words[0], table: table) else {
                return !grammar.isExact && words[0] != "subtree"
            }
            return parent.subcommands.contains { $0.name == words[1] } && !grammar.isExact
        }
    }

    /// A word that this command's parser refuses whatever stands before it.
    private func terminator(_ grammar: CommandGrammar) -> ByteString? {
        guard grammar.keepsUnknown else { return "--refused-by-all" }
        return grammar.options.first { $0.long != nil && $0.argument == .none && $0.mode == nil }
            .flatMap(\.long).map { "--" + $0 + "=x" }
    }

    private func compare(_ probes: [Probe]) -> [String] {
        let probes = probes.filter { !$0.words.contains($0.terminator) }
        let outputs = git.outputs(of: probes.map { $0.section.split(UInt8(ascii: " ")) + $0.words + [$0.terminator] })
        guard outputs.count == probes.count else { return ["\(outputs.count) answers to \(probes.count) probes"] }
        return zip(probes, outputs).compactMap { probe, output in
            let section = probe.section.split(UInt8(ascii: " "))
            let arguments = section.dropFirst() + probe.words
            let ours = Verdict(
                refusal: OptionParser.refusal(Array(arguments), of: section[0], git.version))
            let theirs = Verdict(output: output.text, terminator: probe.terminator)
            guard ours != theirs else { return nil }
            let first = output.text.prefix(160).replacing("\n", with: " | ")
            return "git \(probe.section) \(probe.words): git \(theirs), we \(ours): \(first)"
        }
    }

    private func expectSame(_ probes: [Probe]) {
        let differences = compare(probes)
        print("\(probes.count) probes, \(differences.count) differences")
        #expect(differences.isEmpty, "\(differences.count):\n\(differences.prefix(40).joined(separator: "\n"))")
    }

    @Test func theTablesHaveTheLongOptionsThatGitsCompletionHelperLists() {
        let table = TableVersion.nearest(to: git.version)
        guard TableVersion.neighbours(of: git.version) == [table], !OptionParser.isBeyondTables(git.version) else {
            return
        }
        let asked = grammars.filter { !$0.grammar.options.isEmpty && !["archive", "annotate"].contains($0.name) }
        let outputs = git.outputs(of: asked.map { $0.name.split(UInt8(ascii: " ")) + ["--git-completion-helper-all"] })
        #expect(outputs.count == asked.count)
        var count = 0
        for ((name, grammar), output) in zip(asked, outputs) {
            let words = output.text.split(whereSeparator: \.isWhitespace).filter { $0.hasPrefix("--") && $0 != "--" }
            let theirs = Set(words.map { String($0).replacing("=", with: "") })
            var all = Set<String>()
            var positive = Set<String>()
            for row in grammar.options {
                guard let long = row.long else { continue }
                positive.insert("--\(long)")
                all.insert("--\(long)")
                if row.isNegatable { all.insert("--\(long.dropping(prefix: "no-") ?? "no-" + long)") }
            }
            count += positive.count
            #expect(positive.subtracting(theirs).isEmpty, "not git's: \(name)")
            #expect(theirs.subtracting(all).isEmpty, "not ours: \(name)")
            #expect(all.subtracting(theirs).isEmpty, "cannot be negated: \(name)")
        }
        print("\(count) long options of \(asked.count) commands")
        #expect(count > 1000)
    }

    @Test func gitAcceptsTheSameAbbreviations() {
        var probes: [Probe] = []
        for (name, grammar) in grammars {
            guard let terminator = terminator(grammar) else { continue }
            var seen = Set<ByteString>()
            for row in grammar.options {
                guard let long = row.long, row.argument != .rest, row.argument != .cacheInfo else { continue }
                let spellings = [long, "no-" + long] + (long.dropping(prefix: "no-").map { [$0] } ?? [])
                for spelling in spellings {
                    // All of them would take too long; the places where one word becomes another are what matters.
                    let places = [1, 3, spelling.count / 2, spelling.count - 1]
                    for length in isExhaustive ? Array(1..<max(2, spelling.count)) : places where length > 0 {
                        let prefix = ByteString(spelling.bytes.prefix(length))
                        guard !ByteString("help-all").hasPrefix(prefix), prefix != "h" else { continue }
                        seen.insert(prefix)
                    }
                }
            }
            for prefix in seen.sorted() {
                // A value behind `=` would change the verdict of flags; a separate one is only taken where required.
                let needsValue: Bool
                if case .option(let row, let isNegated, _) = grammar.longOption(
                    prefix, allowsAbbreviations: !grammar.keepsUnknown)
                {
                    needsValue = !isNegated && (row.argument == .required || row.argument == .optionalIfLast)
                } else {
                    needsValue = false
                }
                guard !(grammar.keepsUnknown && needsValue) else { continue }
                // git reads the options of a further table only once it is through with its own.
                let isLater = grammar.also.compactMap { CommandGrammar($0, table: grammar.table) }.contains {
                    if case .option = $0.longOption(prefix, allowsAbbreviations: false) { true } else { false }
                }
                guard !isLater else { continue }
                probes.append(
                    Probe(
                        section: name, words: needsValue ? ["--" + prefix, "1"] : ["--" + prefix],
                        terminator: terminator))
            }
        }
        expectSame(thinned(probes, to: 900))
    }

    @Test func gitRefusesTheSameValues() {
        var probes: [Probe] = []
        for (name, grammar) in grammars {
            guard let terminator = terminator(grammar) else { continue }
            for row in grammar.options {
                guard let long = row.long else { continue }
                if row.argument == .none {
                    probes.append(Probe(section: name, words: ["--" + long + "=x"], terminator: terminator))
                }
                if row.isNegatable {
                    let negated = long.dropping(prefix: "no-") ?? "no-" + long
                    probes.append(Probe(section: name, words: ["--" + negated + "=x"], terminator: terminator))
                }
            }
        }
        expectSame(thinned(probes, to: 450))
    }

    @Test func gitMissesTheSameValues() {
        var probes: [Probe] = []
        for (name, grammar) in grammars {
            for row in grammar.options where row.argument == .required {
                if let long = row.long, row.isNegatable || name != "update-index" {
                    probes.append(Probe(section: name, words: [], terminator: "--" + long))
                }
                if let short = row.short {
                    probes.append(Probe(section: name, words: [], terminator: ByteString([0x2d, short])))
                }
            }
        }
        let outputs = git.outputs(of: probes.map { $0.section.split(UInt8(ascii: " ")) + [$0.terminator] })
        #expect(outputs.count == probes.count)
        print("\(probes.count) probes")
        for (probe, output) in zip(probes, outputs) {
            let section = probe.section.split(UInt8(ascii: " "))
            let refusal = OptionParser.refusal(section.dropFirst() + [probe.terminator], of: section[0], git.version)
            guard case .missingValue? = refusal else {
                Issue.record("we do not miss the value of \(probe.section) \(probe.terminator)")
                continue
            }
            #expect(output.status == 129 && output.text.contains("requires a value"), "\(probe) \(output)")
        }
    }

    @Test func gitKnowsTheSameLetters() {
        var probes: [Probe] = []
        for (name, grammar) in grammars {
            guard let terminator = terminator(grammar), !grammar.keepsUnknown else { continue }
            for row in grammar.options where row.mode == nil && !row.isWithoutDash && row.argument != .rest {
                guard let short = row.short, short != UInt8(ascii: "h"), row.argument != .cacheInfo else { continue }
                let letter = ByteString([0x2d, short])
                let words = row.argument == .required || row.argument == .optionalIfLast ? [letter, "1"] : [letter]
                probes.append(Probe(section: name, words: words, terminator: terminator))
            }
        }
        expectSame(probes)
    }

    @Test func gitReadsTheSameClusters() {
        var probes: [Probe] = []
        for (name, grammar) in grammars where grammar.also.isEmpty {
            guard let terminator = terminator(grammar) else { continue }
            let flags = grammar.options.filter { $0.argument == .none && $0.short != nil && !$0.isWithoutDash }
                .compactMap(\.short).filter { $0 != UInt8(ascii: "h") }
            let words = grammar.options.compactMap(\.long).filter { $0.count >= 3 && !$0.hasPrefix("help") }
            for long in words.prefix(6) {
                // `-force`: a dash forgotten, or a cluster whose first letter takes the rest.
                for length in [3, long.count] {
                    probes.append(
                        Probe(
                            section: name, words: ["-" + ByteString(long.bytes.prefix(length))], terminator: terminator)
                    )
                }
            }
            if let first = flags.first, let last = flags.last, grammar.options.allSatisfy({ $0.mode == nil }) {
                for letters in [[first, last], [first, UInt8(ascii: "~")], [last, first, UInt8(ascii: "%")]] {
                    probes.append(Probe(section: name, words: [ByteString([0x2d] + letters)], terminator: terminator))
                }
            }
        }
        let isSafe: (Probe) -> Bool = { probe in
            // A letter that needs a value would take the refused word for it.
            let section = probe.section.split(UInt8(ascii: " "))
            let arguments = section.dropFirst() + probe.words
            if case .missingValue? = OptionParser.refusal(Array(arguments), of: section[0], git.version) {
                return false
            }
            return OptionParser.refusal(Array(arguments), of: section[0], git.version) != .help
        }
        expectSame(thinned(probes.filter(isSafe), to: 450))
    }

    @Test func gitSplitsAliasesAlike() throws {
        let texts: [ByteString] = [
            "a b", "a  b\tc", "'a b' c", "\"a 'b\" c", "a\\ b", "'a\\b'", "\"a\\\"b\"", "''", "a '' b", "a'b'\"c\"d",
            "a ",
            "a\\\\b", "\"a\\$b\"", "a=b;c|d&e", "*.c $HOME `x`", "'a", "\"a", "a\\", "\"a\\", "x 'it'\\''s'", "é ü",
            "a\nb",
        ]
        let outputs = git.outputs(
            of: texts.map { ["-c", "alias.x=rev-parse --sq-quote " + $0, "x"] })
        #expect(outputs.count == texts.count)
        for (text, output) in zip(texts, outputs) {
            guard let words = try? AliasText.split(text) else {
                #expect(output.status == 128, "\(text): \(output.text)")
                continue
            }
            #expect(output.status == 0, "\(text): \(output.text)")
            let quoted = words.map { " " + ShellQuoting.quoteAlways($0).text }.joined()
            #expect(output.text.trimmingCharacters(in: .newlines) == quoted, "\(text)")
        }
    }

    @Test func gitReadsTheSameGlobalOptions() {
        let vectors: [[ByteString]] = [
            [], ["-C"], ["-c"], ["-C."], ["-ca.b=c"], ["--"], ["-"], ["--end-of-options"], ["--no-such"], ["--git-dir"],
            ["--exec-path"], ["--exec-pathological"], ["--html-path"], ["--man-path"], ["--info-path"],
            ["--list-cmds=builtins"], ["--list-cmds"], ["--html-path=x"], ["--bare=x"], ["--shallow-file"],
            ["--no-page", "version"], ["--config-env", "version"], ["--config-env=a", "version"],
            ["-C", ".", "version"], ["-c", "a.b=c", "version"], ["--git-dir=x", "version"],
            ["--git-dir", "x", "version"],
            ["--work-tree", "x", "version"], ["--namespace=x", "version"], ["--exec-path=/x", "version"],
            ["-p", "version"], ["-P", "version"], ["--paginate", "--no-pager", "version"],
            ["--no-replace-objects", "version"],
            ["--literal-pathspecs", "version"], ["--no-literal-pathspecs", "version"], ["--glob-pathspecs", "version"],
            ["--noglob-pathspecs", "version"], ["--icase-pathspecs", "version"], ["--no-optional-locks", "version"],
            ["--shallow-file", "x", "version"], ["--super-prefix"], ["--attr-source=x", "version"],
            ["--no-lazy-fetch", "version"], ["--no-advice", "version"], ["-v"], ["--version", "push"],
            ["-pP", "version"],
            ["-c", "--bare", "version"], ["-C", "", "version"],
        ]
        let outputs = git.outputs(of: vectors)
        #expect(outputs.count == vectors.count)
        for (vector, output) in zip(vectors, outputs) {
            switch ArgumentVector.parse(["git"] + vector, version: git.version) {
            case .command(let line):
                #expect(line.command == "version")
                #expect(output.text.hasPrefix("git version"), "\(vector): \(output.text.prefix(100))")
            case .query: #expect(output.status == 0 && !output.text.hasPrefix("git version"), "\(vector)")
            case .usage: #expect(output.status != 0, "\(vector): \(output.text.prefix(100))")
            }
        }
    }

    /// Whether to try every probe there is, which takes minutes.
    private var isExhaustive: Bool { ProcessInfo.processInfo.environment["PAWL_TEST_ALL"] != nil }

    /// At most `count` of the probes, spread over all of them.
    private func thinned(_ probes: [Probe], to count: Int) -> [Probe] {
        if isExhaustive { return probes }
        let step = max(1, (probes.count + count - 1) / count)
        return stride(from: 0, to: probes.count, by: step).map { probes[$0] }
    }
}
