import ByteStrings
import Testing

@testable import GitConfiguration

@Suite("git's configuration syntax")
struct ConfigurationFileTests {
    private func entries(_ text: ByteString) throws -> [ConfigurationEntry] {
        try ConfigurationFile.parse(text, file: "f").compactMap {
            if case .entry(let entry) = $0 { entry } else { nil }
        }
    }

    private func value(_ text: ByteString) throws -> ByteString? { try entries("[a]\nk = " + text).first?.value }

    private func problem(_ text: ByteString) -> ConfigurationError? {
        do {
            _ = try ConfigurationFile.parse(text, file: "f")
            return nil
        } catch {
            return error
        }
    }

    @Test("Section and key fold cases, a subsection does not")
    func names() throws {
        let names = try entries("[SeC \"Sub\\\"x\\y\"]\nKeY=v\n[OLD.Form]\nk\n[s] same = line").map(\.name)
        #expect(names == ["sec.Sub\"xy.key", "old.form.k", "s.same"])
    }

    @Test("Every entry and header knows its line, continuation lines or not")
    func lines() throws {
        let text: ByteString = "# c\r\n\r\n[a]\nk = 1 \\\n 2\n; c\n[b \"c\"] l\nm = \"x\\\ny\"\n n"
        let items = try ConfigurationFile.parse(text, file: "f")
        let lines = items.map { item in
            switch item {
            case .section(let section): section.location.line
            case .entry(let entry): entry.location.line
            }
        }
        #expect(lines == [3, 4, 7, 7, 8, 10])
    }

    @Test("Values: quotes, escapes, comments, continuation, white space")
    func values() throws {
        #expect(try value("a b  c \t ") == "a b  c")
        #expect(try value("\" a # b ; \" ; comment") == " a # b ; ")
        #expect(try value("a#b") == "a")
        #expect(try value("\\t\\n\\b\\\\\\\"x") == "\t\n\u{8}\\\"x")
        #expect(try value("one \\\n   two") == "one    two")
        #expect(try value("one \\\r\ntwo\r\n") == "one two")
        #expect(try value("") == "")
        #expect(try entries("[a]\nk").first?.value == nil)
        #expect(try entries("\u{FEFF}[a]\nk = 1").first?.value == "1")
    }

    @Test(
        "What git refuses is an error with its line",
        arguments: [
            ("[a]\nk = \"x\n", 2, ConfigurationError.Problem.unclosedQuote),
            ("[a]\n\nk = \\x\n", 3, .badEscape("x")),
            ("[a]\nk # c\n", 2, .badKey),
            ("[a]\nk_x = 1\n", 2, .badKey),
            ("[a\nk = 1", 1, .badSectionHeader),
            ("[a \"b\nc\"]", 1, .badSectionHeader),
            ("[a \"b\" ]", 1, .badSectionHeader),
            ("[a b]", 1, .badSectionHeader),
            ("[a_b]", 1, .badSectionHeader),
            ("[", 1, .badSectionHeader),
            ("[a]\n1k = 1", 2, .neitherSectionNorKey),
            ("[a]\n\n= 1", 3, .neitherSectionNorKey),
            ("[a]\nk = x\u{0}", 2, .nulByte),
        ] as [(ByteString, Int, ConfigurationError.Problem)])
    func errors(text: ByteString, line: Int, expected: ConfigurationError.Problem) {
        #expect(problem(text) == ConfigurationError(Location(file: "f", line: line), expected))
    }
}
