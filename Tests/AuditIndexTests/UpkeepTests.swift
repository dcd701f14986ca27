import AuditReview
import Auditing
import ByteStrings
import Foundation
import Platform
import Testing

@testable import AuditIndex

/// The index follows the log, and never outlives its own damage.
@Suite("Keeping the index")
struct UpkeepTests {
    private func everything(_ world: World, _ index: LogIndex) throws -> [Int] {
        var filter = RecordFilter()
        filter.since = Timestamp(milliseconds: 0)
        return try world.found(index, filter).map(\.sequence)
    }

    @Test func itGrowsWithTheLogAcrossFiles() throws {
        var dice = Dice(11)
        let records = someRecords(200, &dice)
        try World.with { world in
            let index = try LogIndex(at: world.indexPath, of: world.log)
            for start in stride(from: 0, to: 200, by: 37) {
                try world.write(Array(records[start..<min(start + 37, 200)]))
                try index.update()
            }
            #expect(try world.log.parts().count > 1)
            #expect(try everything(world, index) == Array(1...200))
            #expect(try index.count() == 200)
        }
    }

    @Test func archivedFilesStayFound() throws {
        var dice = Dice(12)
        try World.with { world in
            try world.write(someRecords(200, &dice))
            let index = try world.index()
            for file in try world.log.closedFiles() { _ = try world.log.archive(file) }
            #expect(try everything(world, try world.index()) == Array(1...200))
            LogIndex.remove(at: world.indexPath)
            #expect(try everything(world, try world.index()) == Array(1...200))
            _ = index
        }
    }

    @Test func whatRetentionDropsIsForgotten() throws {
        var dice = Dice(13)
        try World.with { world in
            try world.write(someRecords(200, &dice))
            let index = try world.index()
            let oldest = try #require(try world.log.parts().first)
            try FileManager.default.removeItem(atPath: Path.join(world.log.directory, oldest.file.name).text)
            try index.update()
            let left = try world.records().map(\.sequence)
            #expect(left.count < 200)
            #expect(try everything(world, index) == left)
            #expect(try index.count() == left.count)
            #expect(try index.statistics(RecordFilter()).total == left.count)
        }
    }

    @Test func aFileThatComesBackIsNoticed() throws {
        var dice = Dice(20)
        try World.with { world in
            try world.write(someRecords(200, &dice))
            let oldest = Path.join(world.log.directory, try #require(try world.log.parts().first).file.name).text
            let elsewhere = Path.join(world.folder, "elsewhere").text
            try FileManager.default.moveItem(atPath: oldest, toPath: elsewhere)
            let index = try world.index()
            try FileManager.default.moveItem(atPath: elsewhere, toPath: oldest)
            let error = #expect(throws: IndexError.self) { try index.update() }
            #expect(error?.isMendedByRebuilding == true)
            LogIndex.remove(at: world.indexPath)
            #expect(try everything(world, try world.index()) == Array(1...200))
        }
    }

    @Test func whatIsNotFinishedWaits() throws {
        var dice = Dice(14)
        let records = someRecords(3, &dice)
        try World.with { world in
            try world.write(Array(records.prefix(2)))
            let file = Path.join(world.log.directory, try #require(try world.log.parts().last).file.name).text
            let handle = try #require(FileHandle(forWritingAtPath: file))
            try handle.seekToEnd()
            try handle.write(contentsOf: Data(#"{"version":1,"seq":3,"ti"#.utf8))
            let index = try world.index()
            #expect(try everything(world, index) == [1, 2])
            // The next writer moves it aside and says so.
            try world.write([records[2]])
            try index.update()
            #expect(try everything(world, index) == [1, 2, 3, 4])
            #expect(try index.damage().isEmpty)
        }
    }

    @Test func brokenLinesAreNamedAndTheOthersFound() throws {
        var dice = Dice(15)
        let records = someRecords(3, &dice).map { record in
            var record = record
            record.time = Timestamp(milliseconds: 1_770_000_000_000)
            return record
        }
        try World.with { world in
            try world.write(records)
            let file = Path.join(world.log.directory, try #require(try world.log.parts().last).file.name).text
            let text = try String(contentsOfFile: file, encoding: .isoLatin1)
            let forged = text.replacing(#""seq":2,"#, with: #""seq":2 ,"#)
            try forged.write(toFile: file, atomically: false, encoding: .isoLatin1)
            let index = try world.index()
            #expect(try everything(world, index) == [1, 3])
            #expect(try index.damage().map(\.reason) == ["not a record"])
        }
    }

    @Test func anotherLogInTheSamePlaceIsNoticed() throws {
        var dice = Dice(16)
        let records = someRecords(40, &dice)
        try World.with { world in
            try world.write(records)
            _ = try world.index()
            try FileManager.default.removeItem(atPath: world.log.directory.text)
            try world.write(
                records.map { record in
                    var record = record
                    record.process = 4711
                    return record
                })
            let index = try LogIndex(at: world.indexPath, of: world.log)
            let error = #expect(throws: IndexError.self) { try index.update() }
            #expect(error?.isMendedByRebuilding == true)
        }
    }

    @Test(arguments: ["no database at all", ""])
    func whatIsNoIndexIsTold(content: String) throws {
        try World.with { world in
            var dice = Dice(17)
            try world.write(someRecords(3, &dice))
            _ = try world.index()
            LogIndex.remove(at: world.indexPath)
            try Data(content.utf8).write(to: URL(fileURLWithPath: world.indexPath.text))
            if content.isEmpty {
                // An empty file is an empty database.
                #expect(try everything(world, try world.index()) == [1, 2, 3])
            } else {
                let error = #expect(throws: IndexError.self) { _ = try world.index() }
                #expect(error?.isMendedByRebuilding == true)
            }
        }
    }

    @Test func bytesThatWereOverwrittenAreTold() throws {
        try World.with { world in
            var dice = Dice(18)
            try world.write(someRecords(400, &dice))
            _ = try world.index()
            let file = world.indexPath.text
            let handle = try #require(FileHandle(forUpdatingAtPath: file))
            let size = try handle.seekToEnd()
            // All pages but the first, which holds the schema.
            try handle.seek(toOffset: 4096)
            try handle.write(contentsOf: Data(repeating: 0xA5, count: Int(size) - 4096))
            try handle.close()
            for suffix in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: file + suffix) }
            let error = #expect(throws: IndexError.self) { try everything(world, try world.index()) }
            #expect(error?.isMendedByRebuilding == true)
        }
    }

    @Test func aPlaceThatCannotBeWrittenIsNoReasonToRebuild() throws {
        try World.with { world in
            try Data("a file".utf8).write(to: URL(fileURLWithPath: Path.join(world.folder, "cache").text))
            let error = #expect(throws: IndexError.self) { _ = try world.index() }
            #expect(error?.isMendedByRebuilding == false)
        }
    }

    /// Four writers append while three readers, each with an index of its own opening of the same file, keep it up to
    /// date: every record is in it once.
    @Test func manyProcessesAtOnce() async throws {
        var dice = Dice(19)
        let records = someRecords(240, &dice)
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("pawl-index-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: url) }
        let folder = ByteString(url.path)
        let world = World(folder: folder, log: AuditLog(directory: Path.join(folder, "log")))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<4 {
                group.addTask {
                    for record in records[(writer * 60)..<(writer * 60 + 60)] {
                        var record = record
                        record.time = Timestamp(milliseconds: 1_770_000_000_000)
                        _ = try world.log.append(record)
                    }
                }
            }
            for _ in 0..<3 {
                group.addTask {
                    let index = try LogIndex(at: world.indexPath, of: world.log)
                    for _ in 0..<40 { try index.update() }
                }
            }
            try await group.waitForAll()
        }
        let index = try world.index()
        #expect(try everything(world, index) == Array(1...240))
        #expect(try index.count() == 240)
        #expect(try index.damage().isEmpty)
    }
}
