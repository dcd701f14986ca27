import ByteStrings
import Testing

@testable import CompactOutput

@Suite("Compact forms")
struct CompactFormTests {
    @Test func theCommandsAreThoseOfTheTable() {
        #expect(CompactForm.commands.words.sorted() == CompactForm.tabled.sorted())
    }
}
