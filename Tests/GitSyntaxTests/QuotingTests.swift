import ByteStrings
import Testing

@testable import GitSyntax

@Suite struct QuotingTests {
    @Test(
        arguments: [
            ("a", "a"), ("", "''"), ("a b", "'a b'"), ("it's", "'it'\\''s'"), ("wow!", "'wow'\\!''"),
            ("a=b:c@{u}", "'a=b:c@{u}'"),
            ("--x=+refs/heads/a^1,2", "--x=+refs/heads/a^1,2"), ("*", "'*'"), ("~", "'~'"), ("$x", "'$x'"),
            ("é", "'é'"),
        ] as [(ByteString, ByteString)])
    func wordsAreQuotedOnlyWhereAShellNeedsIt(word: ByteString, quoted: ByteString) {
        #expect(ShellQuoting.quote(word) == quoted)
    }

    @Test func commandLinesAreJoinedByBlanks() {
        #expect(ShellQuoting.quote(["git", "commit", "-m", "a b"]) == "git commit -m 'a b'")
    }

    @Test func aliasesSplitAtBlanksOutsideQuotes() throws {
        #expect(try AliasText.split("push  -f\torigin") == ["push", "-f", "origin"])
        #expect(
            try AliasText.split("log --format='%h %s' \"a \\\"b\" c\\ d") == ["log", "--format=%h %s", "a \"b", "c d"])
        #expect(try AliasText.split("a '' b") == ["a", "", "b"])
        #expect(try AliasText.split("'a\\b'") == ["a\\b"])
        #expect(try AliasText.split(" a") == ["", "a"])
        #expect(try AliasText.split("") == [""])
    }

    @Test func aliasesWithOpenEndsAreErrors() {
        #expect(throws: AliasTextError.unclosedQuote) { try AliasText.split("a 'b") }
        #expect(throws: AliasTextError.unclosedQuote) { try AliasText.split("\"a\\\"") }
        #expect(throws: AliasTextError.trailingBackslash) { try AliasText.split("a\\") }
    }

    @Test func configParametersAreReadInBothEncodings() throws {
        let settings = try ConfigParameters.parse("'a.b=c=d' 'e.f' 'g.h'='i j'  'k.l'= 'm.it'\\''s'='wow'\\!''")
        #expect(
            settings == [
                ConfigurationSetting(key: "a.b", source: .value("c=d")),
                ConfigurationSetting(key: "e.f", source: .implicitTrue),
                ConfigurationSetting(key: "g.h", source: .value("i j")),
                ConfigurationSetting(key: "k.l", source: .implicitTrue),
                ConfigurationSetting(key: "m.it's", source: .value("wow!")),
            ])
        #expect(try ConfigParameters.parse("").isEmpty)
        #expect(try ConfigParameters.parse("' a.b =c'") == [ConfigurationSetting(key: "a.b", source: .value("c"))])
    }

    @Test(arguments: ["a.b=c", "'a.b", "'a.b'x", "'a.b'=c", "'a.b'='c'd", "'=c'", "'a'\\x'b'"] as [ByteString])
    func configParametersThatGitRefusesAreErrors(text: ByteString) {
        #expect(throws: ConfigParametersError.self) { try ConfigParameters.parse(text) }
    }
}
