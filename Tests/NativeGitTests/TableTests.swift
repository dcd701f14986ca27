import ByteStrings
import GitSyntax
import Testing

@testable import NativeGit

/// The tables are searched by halves: a line out of order would not be found.
@Suite("Tables of native operations")
struct TableTests {
    private static let tables: [(String, TableText)] = [
        ("operations", OperationTable.text), ("settings", ConfigurationTable.text),
        ("variables", Surroundings.harmless),
    ]

    @Test("Each line of a table is found by its first word", arguments: [0, 1, 2])
    func eachLineIsFound(number: Int) throws {
        let (name, table) = Self.tables[number]
        let heads = table.lines.compactMap(\.first)
        #expect(!heads.isEmpty, "\(name)")
        #expect(Set(heads).count == heads.count, "\(name)")
        for line in table.lines {
            let head = try #require(line.first)
            #expect(table.sortedLine(head) == line, "\(name): \(head)")
        }
        #expect(table.sortedLine("nothing.of-the-kind") == nil)
    }

    @Test func everyOperationIsReadAndReachable() throws {
        for line in OperationTable.text.lines {
            let command = try #require(line.first)
            let entry = try #require(OperationTable.entry(command), "\(command)")
            #expect(NativeGit.operation(command) != nil, "\(command) has no operation")
            #expect(line[2] == "-" || entry.needs.count == line[2].split(UInt8(ascii: ",")).count, "\(command)")
        }
    }

    @Test func optionsAreAcceptedByTheirExactSpellingOnly() throws {
        let log = try #require(OperationTable.entry("log"))
        for words in [["-3"], ["-n", "3"], ["-n3"], ["--max-count=3"], ["--oneline", "HEAD"], ["--format=%h"]] {
            #expect(throws: Never.self) { try Form(words.map { ByteString($0) }, accepted: log) }
        }
        let switching = try #require(OperationTable.entry("switch"))
        for words in [["-c", "x"], ["--create=x", "-q"], ["x"], ["--create", "x"], ["-c", "-q"]] {
            let form = try Form(words.map { ByteString($0) }, accepted: switching)
            #expect(form.options.contains { $0.value != nil } == (words != ["x"]))
        }
        for words in [["-c"], ["-cx"], ["--creat=x"], ["-C", "x"], ["x", "--"], ["x", "y"], ["--detach"]] {
            #expect(throws: Leave.self) { try Form(words.map { ByteString($0) }, accepted: switching) }
        }
        for words in [["--onel"], ["-n", "x"], ["-n"], ["--max-count"], ["--graph"], ["a", "b"], ["-3p"]] {
            #expect(throws: Leave.self) { try Form(words.map { ByteString($0) }, accepted: log) }
        }
    }
}

/// Paths that a switch writes without asking git.
@Suite("Paths")
struct PathRulesTests {
    @Test(arguments: [
        ".git", ".GIT/config", "a/.git", "a/.Git/b", ".git ", ".git.", ".git::$INDEX_ALLOCATION", "git~1", "GIT~1/x",
        ".gitmodules", ".gitattributes", "a/.gitattributes", "gitmod~1", "GI7EB~1", ".g\u{200c}it", ".\u{200d}GIT/x",
        "\u{feff}.git", "..", "a/../b", ".", "a/./b", "a//b", "/a", "a/", "a\\b", ".git\\x", "",
    ])
    func areLeftToGit(path: String) {
        #expect(throws: Leave.self) { try PathRules.check(Array(path.utf8)) }
    }

    @Test(arguments: [
        "a", ".gitignore", "a/.gitignore", ".github/w.yml", "...", "..a", "ü/é", "a b", "git", "x.git", "a~1",
    ])
    func arePlain(path: String) {
        #expect(throws: Never.self) { try PathRules.check(Array(path.utf8)) }
    }
}

/// What `git check-ignore` says of the same pattern and path is told by the comparison with the real git; here is what
/// its generated repositories seldom have.
@Suite("Wildcards")
struct WildmatchTests {
    @Test(
        "A pattern matches as git's does",
        arguments: [
            ("*.c", "main.c", true), ("*", "a/b", false), ("**", "a/b", true), ("a/**/b", "a/b", true),
            ("a/**/b", "a/x/y/b", true), ("a/**", "a", false), ("[a-c]?", "bz", true), ("[!a]", "a", false),
            ("[]]", "]", true), ("\\*", "*", true), ("\\*", "x", false), ("a*/b", "ax/b", true),
            ("a*/b", "a/x/b", false),
            ("**/x", "x", true), ("**/x", "a/b/x", true), ("[a", "a", false), ("", "", true), ("a**b", "axb", true),
            ("a**b", "a/b", false),
        ])
    func matchesAsGitDoes(pattern: String, path: String, isMatch: Bool) {
        #expect(Wildmatch.matches(Array(pattern.utf8)[...], Array(path.utf8)[...], splitsPaths: true) == isMatch)
    }
}
