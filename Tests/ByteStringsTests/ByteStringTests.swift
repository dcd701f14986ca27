import ByteStrings
import Testing

@Suite("Byte strings")
struct ByteStringTests {
    @Test func bytesThatAreNotUTF8SurviveAndAreOnlyReplacedInTextForPeople() {
        let odd = ByteString([0x61, 0xff, 0x62])
        #expect(odd.bytes == [0x61, 0xff, 0x62])
        #expect(odd.text == "a\u{FFFD}b")
        odd.withCString { #expect(ByteString(cString: $0) == odd) }
    }

    @Test func splittingKeepsEmptyPartsAndJoiningGivesTheWholeBack() {
        let text: ByteString = ",a,,b,"
        #expect(text.split(UInt8(ascii: ",")) == ["", "a", "", "b", ""])
        #expect(text.split(UInt8(ascii: ",")).joined(separator: ",") == text)
        #expect(ByteString().split(UInt8(ascii: ",")) == [""])
        #expect([ByteString]().joined(separator: ",").isEmpty)
    }

    @Test func theFirstAndTheLastSeparatorSplitInTwo() {
        let text: ByteString = "a:b:c"
        #expect(text.split(atFirst: UInt8(ascii: ":")).map { [$0.head, $0.tail] } == ["a", "b:c"])
        #expect(text.split(atLast: UInt8(ascii: ":")).map { [$0.head, $0.tail] } == ["a:b", "c"])
        #expect(ByteString("abc").split(atFirst: UInt8(ascii: ":")) == nil)
    }

    @Test func prefixesAndSuffixesAreTakenOffOnlyWhereTheyAre() {
        let name: ByteString = "refs/heads/main"
        #expect(name.dropping(prefix: "refs/heads/") == "main")
        #expect(name.dropping(prefix: "refs/tags/") == nil)
        #expect(name.dropping(suffix: "/main") == "refs/heads")
        #expect(ByteString("a").dropping(suffix: "aa") == nil)
    }

    @Test(arguments: [
        ("", "", true), ("abc", "", true), ("", "a", false), ("aab", "ab", true), ("abab", "aba", true),
        ("ab", "abc", false), ("aaaaab", "aab", true), ("xabyabz", "abz", true), ("ab ", "b  ", false),
    ])
    func aNeedleIsFoundWhereItIs(text: String, needle: String, isThere: Bool) {
        #expect(ByteString(text).contains(ByteString(needle)) == isThere)
    }

    @Test func onlyASCIILettersAreLoweredAndOnlyASCIISpaceIsTrimmed() {
        #expect(ByteString([0x41, 0xc3, 0x84]).lowercased == ByteString([0x61, 0xc3, 0x84]))
        #expect(ByteString(" \t a b \n").trimmed == "a b")
        #expect(ByteString(" \n ").trimmed.isEmpty)
    }

    @Test func orderIsThatOfTheBytes() {
        #expect(ByteString("a") < ByteString("ab"))
        #expect(ByteString([0x7f]) < ByteString([0x80]))
    }
}
