import ByteStrings
import Testing

@testable import PolicyEngine

@Suite("Patterns are git's wildmatch without WM_PATHNAME")
struct GlobTests {
    @Test("* and ? match slashes")
    func slashes() {
        #expect(Glob("release/*")?.matches("release/1.0/x") == true)
        #expect(Glob("release/*")?.matches("release") == false)
        #expect(Glob("a?b")?.matches("a/b") == true)
        #expect(Glob("**/x")?.matches("a/b/x") == true)
        #expect(Glob("Main")?.matches("main") == false)
    }

    @Test("A pattern that can match nothing is none", arguments: ["[a", "a\\", "[[:what:]]", "[", "[]", "[!"])
    func malformed(pattern: String) {
        #expect(Glob(ByteString(pattern)) == nil)
    }

    @Test("The same as `git tag --list` matches")
    func differential() throws {
        let folder = try TemporaryFolder()
        #expect(try git(["init", "--quiet", folder.path]).ending.succeeded)
        let made = try git(["-C", folder.path, "hash-object", "-t", "blob", "-w", "/dev/null"])
        let object = made.output.trimmed
        let names: [ByteString] = [
            "a", "ab", "abc", "b", "a/b", "a/b/c", "release/1.0", "release/1.0/x", "A", "a-b", "a]b", "1", "12", "a1",
            "x.y", "-", "a!b", "]", "\u{e4}", "zz/zz/zz", "main", "a,b", "a%b", "a_b",
        ]
        var packed: ByteString = "# pack-refs with: peeled fully-peeled sorted \n"
        for name in names.sorted() { packed += object + " refs/tags/" + name + "\n" }
        try folder.write(".git/packed-refs", packed)

        var patterns: [ByteString] = [
            "*", "**", "a*", "*b", "a*b", "a?b", "?", "??", "[a-c]", "[!a]", "[^a]*", "a[]/]b", "[]]", "[!]]", "[a-]",
            "[-a]", "[[:alpha:]]", "[[:digit:]]*", "[[:punct:]]", "[[:upper:]a]", "a[[:punct:]]b", "[\\a]", "\\a",
            "a\\*", "[a\\-c]", "[c-a]", "[[:]", "[[]", "[a-c-e]", "[[:alpha:]-z]", "*/*", "*/*/*", "release/*", "[",
            "[a", "a[", "[[:nope:]]", "\\", "[a-\\c]", "a**c", "*.*", "[[::]]", "[[:alnum:][:punct:]]",
        ]
        var random = Repeatable(state: 99)
        let alphabet = Array("ab/*?[]!^-\\:1".utf8)
        for _ in 0..<250 {
            let length = Int.random(in: 1...7, using: &random)
            patterns.append(ByteString((0..<length).map { _ in alphabet.randomElement(using: &random) ?? 0x61 }))
        }
        for pattern in patterns {
            let listed = try git(["-C", folder.path, "tag", "--list", "--", pattern])
            #expect(listed.ending.succeeded)
            let theirs = listed.output.split(0x0a).filter { !$0.isEmpty }
            let glob = Glob(pattern)
            let ours = names.filter { glob?.matches($0) == true }
            #expect(Set(theirs) == Set(ours), "\(pattern)")
        }
    }

    @Test("Whether two patterns can match the same")
    func intersection() throws {
        let cases: [(ByteString, ByteString, Bool)] = [
            ("main", "*", true), ("refs/heads/main", "refs/heads/*", true), ("refs/tags/*", "refs/heads/*", false),
            ("release/*", "*/1.0", true), ("a*b", "b*a", false), ("a?c", "*b*", true), ("[a-c]x", "[c-d]*", true),
            ("[a-c]x", "[d-e]*", false), ("", "*", true), ("a", "", false), ("*a*", "*b*", true),
        ]
        for (one, two, expected) in cases {
            let first = try #require(Glob(one))
            let second = try #require(Glob(two))
            #expect(first.intersects(second) == expected, "\(one) and \(two)")
            #expect(second.intersects(first) == expected, "\(two) and \(one)")
        }
    }

    @Test("Whether one pattern matches all that another does")
    func coverage() throws {
        let cases: [(ByteString, ByteString, Bool)] = [
            ("*", "refs/*", true), ("refs/heads/*", "refs/heads/a*", true), ("refs/heads/a*", "refs/heads/*", false),
            ("refs/*/x", "refs/heads/*", false), ("*/x", "refs/*/x", true), ("refs/heads/?*", "refs/heads/*", false),
            ("refs/*", "refs/*", true), ("main", "*", false),
        ]
        for (outer, inner, expected) in cases {
            #expect(try #require(Glob(outer)).covers(Glob.refPattern(inner)) == expected, "\(outer) over \(inner)")
        }
    }
}
