import ByteStrings
import Foundation
import Platform
import Testing

@testable import Auditing

@Suite struct RetentionTests {
    /// Two records a month from January to May 2026.
    private func withLog(_ body: (AuditLog) throws -> Void) throws {
        try withScratch { folder in
            let log = AuditLog(directory: folder)
            for number in 0..<10 {
                let month = "2026-0\(number / 2 + 1)"
                _ = try log.append(record("commit", ByteString("\(number)"), time: try noon(month)))
            }
            try body(log)
        }
    }

    private func droppable(_ log: AuditLog, _ month: String) throws -> AuditLog.Drop? {
        try log.droppable(before: try noon(month))
    }

    private func drop(_ log: AuditLog, _ month: String) throws -> AuditLog.Drop? {
        try log.drop(before: try noon(month), reason: "r")
    }

    @Test func dropsWhatIsOlderAndSaysSo() throws {
        try withLog { log in
            for file in try log.closedFiles().prefix(2) { _ = try log.archive(file) }
            try replaceContents(log.path("2026-01.jsonl.torn-99"), "x".utf8)
            let limit = try noon("2026-04")
            #expect(try log.droppable(before: limit)?.files.map(\.last) == [2, 4, 6])
            let drop = try #require(try log.drop(before: limit, reason: "retain = 30d"))
            #expect(drop.first == 1 && drop.notice?.sequence == 11)
            #expect(try Array(log.fileNames().prefix(2)) == ["2026-04.jsonl", "2026-05.jsonl"])
            #expect(File.list(log.directory)?.contains { $0.contains(".torn") } == false)
            let state = try log.verify()
            #expect(state.problem == nil && state.first == 7 && state.count == 5)
            #expect(
                state.notices.first?.text.hasPrefix(
                    "retention: records 1 to 6 dropped, 3 files, all older than 2026-04-01") == true)
            #expect(state.notices.first?.text.hasSuffix("; retain = 30d") == true)
            #expect(try log.record(7)?.sequence == 7)
            #expect(try log.record(3) == nil)
            #expect(try log.drop(before: limit, reason: "") == nil)
        }
    }

    @Test func whatIsYoungerStays() throws {
        try withLog { log in
            let february = try noon("2026-02")
            #expect(try droppable(log, "2026-01") == nil)
            #expect(
                try log.droppable(before: Timestamp(milliseconds: february.milliseconds - 1))?.files.count
                    == 1)
            #expect(try droppable(log, "2026-02")?.files.map(\.name) == ["2026-01.jsonl"])
            // The file of the newest record stays, however old it is.
            #expect(try droppable(log, "2099-01")?.files.count == 4)
        }
    }

    /// The clock was set back: behind a record of March stand older ones, in its file and in those after it.
    @Test func oneYoungRecordKeepsItsFileAndAllBehindIt() throws {
        try withScratch { folder in
            let log = AuditLog(directory: folder)
            _ = try log.append(record("a", time: try noon("2026-03")))
            _ = try log.append(record("b", time: try noon("2026-01")))
            try replaceContents(log.path("2026-03_0002.jsonl"), [])
            _ = try log.append(record("c", time: try noon("2026-02")))
            try replaceContents(log.path("2026-03_0003.jsonl"), [])
            _ = try log.append(record("d", time: try noon("2026-02")))
            #expect(try droppable(log, "2026-03") == nil)
        }
    }

    @Test func aClockThatIsAheadMakesNothingOld() throws {
        try withLog { log in
            let (february, wrong) = (try noon("2026-02"), try noon("2099-01"))
            let limit = try log.retentionLimit(days: 31, now: wrong)
            #expect(limit == Timestamp("2026-03-31T12:00:00.000Z"))
            #expect(try log.retentionLimit(days: 31, now: february) == Timestamp("2026-01-01T12:00:00.000Z"))
            #expect(try AuditLog(directory: "/nonexistent").retentionLimit(days: 1) == nil)
        }
    }

    /// After the notice, with none, some or all of the files gone.
    @Test func interruptedDropIsWholeAndIsCompleted() throws {
        try withLog { log in
            let limit = try noon("2026-04")
            let kept = try ["2026-01.jsonl", "2026-02.jsonl", "2026-03.jsonl"].map { name in
                (name: ByteString(name), content: try contents(log.path(ByteString(name))))
            }
            _ = try log.drop(before: limit, reason: "r")
            for gone in 0...3 {
                for (name, content) in kept.dropFirst(gone) { try replaceContents(log.path(name), content) }
                let state = try log.verify()
                #expect(state.problem == nil && state.first == 2 * gone + 1)
                let again = try log.drop(before: limit, reason: "r")
                #expect((again != nil) == (gone < 3) && again?.notice == nil)
                #expect(try log.verify().first == 7)
            }
        }
    }

    @Test func aMissingBeginningWithoutItsNoticeShows() throws {
        try withLog { log in
            _ = try drop(log, "2026-03")
            #expect(try log.verify().first == 5)
            // One file more than the notice names.
            try FileManager.default.removeItem(atPath: log.path("2026-03.jsonl").text)
            let problem = try #require(try log.verify().problem)
            #expect(problem.kind == .removed && problem.what.hasPrefix("records 1 to 6 are missing, and no notice"))
        }
    }

    @Test func aBrokenLogLosesNothing() throws {
        try withLog { log in
            let path = log.path("2026-05.jsonl")
            var bytes = try contents(path)
            bytes[100] ^= 1
            try replaceContents(path, bytes)
            let names = try log.fileNames()
            #expect(throws: AuditError.self) { try drop(log, "2026-04") }
            #expect(try log.fileNames() == names)
        }
    }

    @Test func hashesOfDroppedRecordsContradictNothing() throws {
        try withLog { log in
            let records = try log.intactRecords()
            _ = try drop(log, "2026-03")
            func head(_ number: Int, _ hash: ByteString?) throws -> KnownHead {
                KnownHead(hash: try #require(hash), sequence: number, source: "a file")
            }
            let known = [
                try head(1, records[0].hash), try head(4, records[3].hash), try head(5, records[4].hash),
            ]
            let state = try log.verify(against: known)
            #expect(state.problem == nil && state.standings == [.dropped(1), .dropped(4), .confirmed(5)])
            // The notice knows the last one.
            let forged = try log.verify(against: [try head(4, records[0].hash)])
            #expect(forged.problem?.kind == .rewritten)
        }
    }
}
