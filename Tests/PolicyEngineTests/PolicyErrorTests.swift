import ByteStrings
import Effects
import Testing

@testable import PolicyEngine

@Suite("A policy that is not understood is an error with file and line")
struct PolicyErrorTests {
    private static let cases: [(ByteString, Int, PolicyError.Problem)] = [
        ("k = 1", 1, .keyOutsideSection("k")),
        ("[log]\nk = 1", 1, .unknownSection("log")),
        ("[audit]\nk = 1", 2, .unknownKey("k", section: "audit", known: [])),
        ("[audit \"x\"]\n", 1, .namedSection("audit")),
        ("[audit]\nretain", 2, .missingValue(key: "retain")),
        ("[audit]\nretain = 400", 2, .badRetention("400")),
        ("[audit]\nretain = -1d", 2, .badRetention("-1d")),
        ("[audit]\nretain = 0d", 2, .badRetention("0d")),
        ("[audit]\nretain = 99999999999999999999d", 2, .badRetention("99999999999999999999d")),
        ("[audit]\nmaxFileSize = 1k", 2, .badFileSize("1k")),
        ("[audit]\nmaxFileSize = 4g", 2, .badFileSize("4g")),
        ("[audit]\nanchorEvery = 0", 2, .badInterval("0")),
        ("[audit]\nanchor = file heads", 2, .badAnchor("file heads")),
        ("[audit]\nanchor = ref main /srv/a.git", 2, .badAnchor("ref main /srv/a.git")),
        ("[audit]\nanchor = syslog now", 2, .badAnchor("syslog now")),
        ("[audit]\nanchor = command", 2, .badAnchor("command")),
        ("[includeIf \"gitdir:x\"]\npath = y", 1, .unknownSection("includeif")),
        ("[policy]\nkeepDays = long", 2, .badNumber("long", key: "keepdays")),
        ("[policy]\nkeepBytes = 9999999999g", 2, .badNumber("9999999999g", key: "keepbytes")),
        ("[policy]\nsnapshotFiles = -1", 2, .badNumber("-1", key: "snapshotfiles")),
        ("\n[rule]\neffect = push", 2, .unnamedRule),
        ("[rule \"\"]", 1, .unnamedRule),
        ("[policy \"x\"]", 1, .namedSection("policy")),
        ("[policy]\nname = x\ncolour = red", 3, .unknownKey("colour", section: "policy", known: [])),
        ("[rule \"a\"]\nefect = push", 2, .unknownKey("efect", section: "rule", known: [])),
        ("[include]\nfile = x", 2, .unknownKey("file", section: "include", known: [])),
        ("[rule \"a\"]\neffect = pish", 2, .unknownWord("pish", key: "effect", known: [])),
        ("[rule \"a\"]\naction = block", 2, .unknownWord("block", key: "action", known: [])),
        ("[rule \"a\"]\naction =", 2, .unknownWord("", key: "action", known: [])),
        ("[rule \"a\"]\ncertainty = sure", 2, .unknownWord("sure", key: "certainty", known: [])),
        ("[rule \"a\"]\nlease = maybe", 2, .badBoolean("maybe", key: "lease")),
        ("[policy]\nrecordRequired = 2", 2, .badBoolean("2", key: "recordrequired")),
        ("[policy]\noutput = short", 2, .unknownWord("short", key: "output", known: [])),
        ("[rule \"a\"]\nref", 2, .missingValue(key: "ref")),
        ("[rule \"a\"]\nref = [a", 2, .badGlob("[a")),
        ("[policy]\nprotected = [a", 2, .badGlob("[a")),
        ("[rule \"a\"]\nreason = x {what}", 2, .unknownPlaceholder("what", known: [])),
        ("[rule \"a\"]\ninstead = x {ref", 2, .unclosedPlaceholder),
        ("\n[rule \"a\"]\naction = deny", 2, .ruleWithoutEffect("a")),
        ("[rule \"a\"]\neffect = push", 1, .ruleWithoutAction("a")),
        ("[rule \"a\"]\neffect = push\neffect =\naction = deny", 1, .ruleWithoutEffect("a")),
        ("[rule \"a\"]\nreason = \"x", 2, .unclosedQuote),
    ]

    @Test("Each mistake", arguments: cases.indices)
    func mistakes(index: Int) throws {
        let (text, line, expected) = Self.cases[index]
        let error = try #require(problem(text))
        #expect(error.file == "policy")
        #expect(error.line == line)
        #expect(error.problem.withoutKnown == expected)
    }

    @Test("The text says what, where, and what to do")
    func texts() throws {
        let error = try #require(problem("[rule \"a\"]\neffect = pish"))
        #expect("\(error)".hasPrefix("policy:2: 'pish' is no effect; known are push, force-push, "))
        let unreadable = #expect(throws: PolicyError.self) { try Policy.load(file: "/") }
        #expect(unreadable?.line == nil)
        #expect(unreadable?.file == "/")
        let unknown = #expect(throws: PolicyError.self) { try Policy.named("no-such-policy") }
        #expect(unknown?.message.contains("default, remote-only, strict, read-only, observe") == true)
    }

    @Test("Nothing makes the parser trap")
    func random() {
        var random = Repeatable(state: 3)
        let pieces: [ByteString] = [
            "[rule \"a\"]", "[policy]", "\n", "effect", "=", "push", "action = deny", "{", "}", "[", "]", "\"", "\\",
            "*",
            "reason = {ref}", "ref = ", "\u{0}", "protected", "#", "\r\n", "[include]", "path = x", "-", "\u{ff}",
        ]
        for _ in 0..<3000 {
            let text = (0..<Int.random(in: 1...14, using: &random)).map { _ in
                pieces.randomElement(using: &random) ?? ""
            }
            _ = try? parse(text.joined(separator: Bool.random(using: &random) ? "" : "\n"))
        }
    }
}

extension PolicyError.Problem {
    /// Without the lists of what is known, which tests need not repeat.
    fileprivate var withoutKnown: Self {
        switch self {
        case .unknownKey(let key, let section, _): .unknownKey(key, section: section, known: [])
        case .unknownWord(let word, let key, _): .unknownWord(word, key: key, known: [])
        case .unknownPlaceholder(let name, _): .unknownPlaceholder(name, known: [])
        default: self
        }
    }
}
