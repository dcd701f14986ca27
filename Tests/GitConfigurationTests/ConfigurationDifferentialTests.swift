import ByteStrings
import Platform
import Testing

@testable import GitConfiguration

@Suite("The same as the real git reads")
struct ConfigurationDifferentialTests {
    private static let pieces: [ByteString] = [
        "[a]", "[Sec \"Sub\"]", "[sec.Old]", "[ b]", "[b ]", "[c \"\"]", "[d \"x\\\"y\\\\z\"]", "[]", "[e", "[x.]",
        "[.y]", "[f \t\"g\"]", "[h-1.2 \"i\"]", "[j]k=1", "key", "Key = v", "k=", "k =\"\"", "k = \"a b\" c",
        "k = a  b ",
        "k = a # c", "k = a ; c", "k = \"a # b\"", "k = \\", "k = a \\", "  more", "k = a\\nb\\tc\\bd\\\\e\\\"f",
        "k = \\q", "k = \"open", "k-1 = x", "-k = x", "k_ = x", "k\t=\tv", "# comment", "; comment", "  # c [a]", "\r",
        "k = v\r", "k = a\rb", "\"k\" = v", "k == v", "k = = v", "k = \u{e4}\u{f6}", "k = 'a'", "k ; c",
        "k = \"a\"\"b\"",
        "k = \"  \" x", "k = x \"  \"", "", "   ", "k = \\\\", "k = \"a\\", "b\"", "9k = v", "k9 = v", "[A.B \"C\"]",
        "\u{feff}k = v",
    ]

    /// What both make of the file: a list, or nil where they refuse it.
    private func compare(_ file: ByteString, _ text: ByteString) throws {
        let theirs = try git(["config", "--file", file, "--list", "-z"])
        let ours = try? ConfigurationFile.parse(text, file: file)
        guard theirs.ending.succeeded else {
            #expect(ours == nil, "only git refuses \(text): \(theirs.errors)")
            return
        }
        let listed = ours?.compactMap { item -> ByteString? in
            guard case .entry(let entry) = item else { return nil }
            return entry.value.map { entry.name + "\n" + $0 } ?? entry.name
        }
        // Before 2.45, git turned each tab and carriage return within an unquoted value into a blank.
        let blanks = { (text: ByteString) in ByteString(text.bytes.map { $0 == 0x09 || $0 == 0x0d ? 0x20 : $0 }) }
        let expected = theirs.output.split(0).dropLast().map(blanks)
        #expect(listed?.map(blanks) == Array(expected), "\(text)")
    }

    @Test("500 odd files")
    func oddFiles() throws {
        let folder = try TemporaryFolder()
        var random = Repeatable(state: 20)
        for piece in Self.pieces { try compare(folder.write("f", piece), piece) }
        for _ in 0..<450 {
            var text: ByteString = Bool.random(using: &random) ? "[a]\n" : ""
            for _ in 0..<Int.random(in: 1...5, using: &random) {
                text += Self.pieces.randomElement(using: &random) ?? ""
                text += Int.random(in: 0..<8, using: &random) == 0 ? "\r\n" : "\n"
            }
            if Bool.random(using: &random) { text = ByteString(text.bytes.dropLast()) }
            try compare(folder.write("f", text), text)
        }
    }

    @Test("300 files of random characters of the grammar")
    func randomCharacters() throws {
        let folder = try TemporaryFolder()
        var random = Repeatable(state: 7)
        let alphabet = Array("[]\"\\=#; \t\r\nabtn.-A1".utf8)
        for _ in 0..<300 {
            let length = Int.random(in: 1...24, using: &random)
            let tail = (0..<length).map { _ in alphabet.randomElement(using: &random) ?? 0x20 }
            let text = "[a]\nk = " + ByteString(tail)
            try compare(folder.write("f", text), text)
        }
    }

    @Test("Where git names a bad line, it is the same line")
    func badLines() throws {
        let folder = try TemporaryFolder()
        for text in ["[a]\n\nk = \\x\n", "[a]\nk = \"x\n\n", "[a\nk = 1", "[a]\n\n\n=", "[a]\nk # c\n"] as [ByteString]
        {
            let file = try folder.write("f", text)
            let said = try git(["config", "--file", file, "--list"]).errors
            #expect(throws: ConfigurationError.self) { try ConfigurationFile.parse(text, file: file) }
            do {
                _ = try ConfigurationFile.parse(text, file: file)
            } catch {
                let line = error.location.line
                #expect(said.contains(ByteString("bad config line \(line) in")), "\(text): \(said)")
            }
        }
    }
}
