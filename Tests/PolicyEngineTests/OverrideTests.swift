import ByteStrings
import Effects
import Platform
import Testing

@testable import PolicyEngine

@Suite("Includes, and rules taken up again")
struct OverrideTests {
    @Test("A rule of the same name inherits keys, replaces those given again, and moves to the later place")
    func overriding() throws {
        let folder = try TemporaryFolder()
        try folder.write(
            "base",
            """
            [rule "a"]
                effect = push
                effect = force-push
                ref = main
                action = deny
                reason = first
            [rule "b"]
                effect = push
                ref = main
                action = allow
            """)
        let file = try folder.write(
            "policy", "[include]\npath = base\n[rule \"a\"]\neffect = delete-tag\neffect = push\naction = snapshot")
        let policy = try Policy.load(file: file)
        #expect(policy.rules.map(\.name) == ["b", "a"])
        let rule = try #require(policy.rules.last)
        #expect(rule.effects == [.deleteTag, .push])
        #expect(rule.refs.map(\.source) == ["main"])
        #expect(rule.reason == "first")
        #expect(rule.location == Location(file: file, line: 6))
        #expect(policy.action(.remote(.push)) == .snapshot, "it moved behind the rule that allows")
    }

    @Test("An included file that comes later overrides the including one")
    func laterInclude() throws {
        let folder = try TemporaryFolder()
        try folder.write("local", "[rule \"a\"]\naction = allow")
        let file = try folder.write("policy", "[rule \"a\"]\neffect = push\naction = deny\n[include]\npath = local")
        #expect(try Policy.load(file: file).action(.remote(.push)) == .allow)
    }

    @Test("An empty value takes back what was inherited")
    func emptyValue() throws {
        let policy = try parse(
            "[rule \"a\"]\neffect=push\nref=main\nlease=true\naction=deny\n[rule \"a\"]\nref=\nlease=")
        #expect(policy.action(.remote(.push, "refs/heads/x")) == .deny)
    }

    @Test("The name is that of the file itself, or else its path")
    func names() throws {
        let included = try parse("[policy]\nname = mine\n[include]\npath = built-in:default")
        #expect(included.name == "mine")
        #expect(try parse("[include]\npath = built-in:default").name == "policy")
    }

    @Test("Includes are relative to the including file, or to the home folder, or absolute")
    func paths() throws {
        let folder = try TemporaryFolder()
        try folder.write("sub/inner", "[include]\npath = beside")
        try folder.write("sub/beside", "[rule \"a\"]\neffect = push\naction = deny")
        let target = Path.join(folder.path, "sub/beside")
        for (text, home) in [
            ("[include]\npath = sub/inner", nil), ("[include]\npath = ~/sub/inner", folder.path),
            ("[include]\npath = " + target, nil),
        ] as [(ByteString, ByteString?)] {
            let policy = try Policy.load(file: folder.write("policy", text), home: home)
            #expect(policy.rules.map(\.name) == ["a"])
            #expect(policy.files.last == target)
        }
    }

    @Test("After an include, its section goes on; the included file begins without one")
    func sections() throws {
        let folder = try TemporaryFolder()
        try folder.write("a", "[rule \"a\"]\neffect = push\naction = deny")
        try folder.write("b", "name = x")
        let file = try folder.write("policy", "[include]\npath = a\npath = a")
        #expect(try Policy.load(file: file).files.count == 3)
        let bad = try folder.write("bad", "[policy]\n[include]\npath = b")
        #expect(throws: PolicyError(file: folder.path + "/b", line: 1, problem: .keyOutsideSection("name"))) {
            try Policy.load(file: bad)
        }
    }

    @Test("What is wrong with an include names the line of the include")
    func errors() throws {
        let folder = try TemporaryFolder()
        let cases: [(ByteString, PolicyError.Problem)] = [
            ("nowhere", .includeMissing(path: folder.path + "/nowhere")),
            ("built-in:nowhere", .includeMissing(path: "built-in:nowhere")),
            ("~/x", .noHome(path: "~/x")), ("~you/x", .otherHome(path: "~you/x")),
            ("", .missingValue(key: "path")), ("loop", .includeTooDeep(limit: 10)),
        ]
        try folder.write("loop", "[include]\n\npath = loop")
        for (path, problem) in cases {
            let file = try folder.write("policy", "# first\n[include]\npath = " + path)
            do {
                _ = try Policy.load(file: file)
                Issue.record("\(path) is no error")
            } catch {
                #expect(error.problem == problem)
                #expect(error.line == 3)
            }
        }
    }

    @Test("Ten levels are read, as git does, eleven are not")
    func depth() throws {
        let folder = try TemporaryFolder()
        for level in 0..<11 {
            try folder.write(ByteString("f\(level)"), ByteString("[include]\npath = f\(level + 1)"))
        }
        try folder.write("f11", "")
        #expect(try Policy.load(file: folder.path + "/f1").files.count == 11)
        #expect(throws: PolicyError.self) { try Policy.load(file: folder.path + "/f0") }
        let allowed = try git(["config", "--file", folder.path + "/f1", "--includes", "--list"])
        let refused = try git(["config", "--file", folder.path + "/f0", "--includes", "--list"])
        #expect(allowed.ending.succeeded)
        #expect(!refused.ending.succeeded)
    }

    @Test("Included values come in the order in which git reads them")
    func order() throws {
        let folder = try TemporaryFolder()
        var random = Repeatable(state: 11)
        for _ in 0..<60 {
            // Files include only those of a higher number, so there are no loops.
            for number in 0..<5 {
                var text: ByteString = ""
                for _ in 0..<Int.random(in: 0...4, using: &random) {
                    if number < 4 && Bool.random(using: &random) {
                        let prefix: ByteString = Bool.random(using: &random) ? folder.path + "/" : ""
                        let next = Int.random(in: (number + 1)...4, using: &random)
                        text += "[include]\npath = " + prefix + ByteString("f\(next)\n")
                    } else {
                        text += ByteString("[policy]\nprotected = p\(Int.random(in: 0...999, using: &random))\n")
                    }
                }
                try folder.write(ByteString("f\(number)"), text)
            }
            let file = folder.path + "/f0"
            let theirs = try git(["config", "--file", file, "--includes", "-z", "--get-all", "policy.protected"])
            let expected = Array(theirs.output.split(0).dropLast())
            #expect(try Policy.load(file: file).protectedPatterns == expected)
        }
    }

    @Test("Files that include each other many times over come to an end")
    func bomb() throws {
        let folder = try TemporaryFolder()
        for level in 0..<10 {
            let line = ByteString("path = f\(level + 1)\n")
            try folder.write(ByteString("f\(level)"), "[include]\n" + line + line + line + line)
        }
        try folder.write("f10", "")
        #expect(throws: PolicyError.self) { try Policy.load(file: folder.path + "/f0") }
    }

    @Test("The digest changes with every file, and is the plain one of a single file")
    func digest() throws {
        let folder = try TemporaryFolder()
        try folder.write("a", "")
        let file = try folder.write("policy", "[include]\npath = a")
        let before = try Policy.load(file: file).digest
        try folder.write("a", "# changed")
        #expect(try Policy.load(file: file).digest != before)
        #expect(try parse("").digest == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    }
}
