import ByteStrings
import GitSyntax
import Testing

@Suite("Words of a shell line")
struct ShellWordsTests {
    @Test(
        arguments: [
            ("", []), ("  ", []), ("git push", ["git", "push"]), ("  git\tpush  ", ["git", "push"]),
            ("commit -m 'a b' \"c d\" e\\ f", ["commit", "-m", "a b", "c d", "e f"]), ("a'b'\"c\"d", ["abcd"]),
            ("'' \"\"", ["", ""]), ("\"a\\\"b\\$c\\d\"", ["a\"b$c\\d"]), ("'a\\'", ["a\\"]), ("a # b", ["a"]),
            ("a#b", ["a#b"]), ("'$x;'", ["$x;"]), ("refs/*:refs/*", ["refs/*:refs/*"]), ("\\;", [";"]),
        ] as [(String, [ByteString])])
    func splits(line: String, words: [ByteString]) throws {
        #expect(try ShellWords.split(ByteString(line)) == words)
    }

    @Test(
        arguments: [
            ("a 'b", .unclosedQuote), ("a \"b\\", .unclosedQuote), ("a\\", .trailingBackslash),
            ("a; b", .needsShell(UInt8(ascii: ";"))), ("a $b", .needsShell(UInt8(ascii: "$"))),
            ("a \"$b\"", .needsShell(UInt8(ascii: "$"))), ("a | b", .needsShell(UInt8(ascii: "|"))),
        ] as [(String, ShellWordsError)])
    func refuses(line: String, error: ShellWordsError) {
        #expect(throws: error) { try ShellWords.split(ByteString(line)) }
    }
}
