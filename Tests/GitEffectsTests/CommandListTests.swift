import ByteStrings
import Testing

@testable import GitEffects

/// Lists that tell without a table whether a command is in it.
@Suite("Lists of commands")
struct CommandListTests {
    @Test func filesAreTouchedByTheCommandsOfTheTable() {
        #expect(FileTouches.commands.words.sorted() == FileTouches.tabled.sorted())
    }

    @Test func othersAreRunByTheCommandsOfTheTables() {
        let asked = Set(NestedCommands.tabled).union(NestedCommands.merging.words)
        #expect(NestedCommands.commands.words.sorted() == asked.sorted())
    }
}
