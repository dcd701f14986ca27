import ByteStrings
import Foundation
import Platform
import Testing

@testable import Auditing

@Suite("Following the log")
struct LogFollowerTests {
    private func numbers(_ entries: [AuditLog.Entry]) -> [Int] {
        entries.compactMap { if case .record(let record) = $0 { record.sequence } else { nil } }
    }

    @Test func whatComesIsReadOnceAcrossFiles() throws {
        try withScratch { folder in
            let log = AuditLog(directory: Path.join(folder, "log"))
            var follower = try LogFollower(log)
            #expect(numbers(try follower.next()) == [])
            _ = try log.append(record("one", time: try noon("2026-01")))
            _ = try log.append(record("two", time: try noon("2026-01")))
            #expect(numbers(try follower.next()) == [1, 2])
            _ = try log.append(record("three", time: try noon("2026-01")))
            // The log goes on in another file, and in yet another.
            _ = try log.append(record("four", time: try noon("2026-02")))
            _ = try log.append(record("five", time: try noon("2026-03")))
            #expect(numbers(try follower.next()) == [3, 4, 5])
            #expect(numbers(try follower.next()) == [])
            #expect(follower.lastSequence == 5)
        }
    }

    @Test func itBeginsBehindTheNewestRecord() throws {
        try withScratch { folder in
            let log = AuditLog(directory: Path.join(folder, "log"))
            _ = try log.append(record("old", time: try noon("2026-01")))
            _ = try log.append(record("old", time: try noon("2026-02")))
            var follower = try LogFollower(log)
            #expect(follower.lastSequence == 2)
            #expect(numbers(try follower.next()) == [])
            _ = try log.append(record("new", time: try noon("2026-02")))
            #expect(numbers(try follower.next()) == [3])
        }
    }

    @Test func tornBytesAreNotTakenForARecord() throws {
        try withScratch { folder in
            let log = AuditLog(directory: Path.join(folder, "log"))
            _ = try log.append(record("old", time: try noon("2026-02")))
            var follower = try LogFollower(log)
            let file = try log.newestFile()
            let whole = try contents(file)
            try replaceContents(file, whole + Array(#"{"version":1,"seq":2,"#.utf8))
            #expect(numbers(try follower.next()) == [])
            var again = try LogFollower(log)
            _ = try log.append(record("new", time: try noon("2026-02")))
            // The notice of what was torn, and the record.
            #expect(numbers(try follower.next()) == [2, 3])
            #expect(numbers(try again.next()) == [2, 3])
        }
    }
}
