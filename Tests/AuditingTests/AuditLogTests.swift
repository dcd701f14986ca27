import ByteStrings
import Effects
import Platform
import Testing

@testable import Auditing

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

@Suite struct AuditLogTests {
    @Test func recordsFormAChain() throws {
        try withScratch { folder in
            let log = AuditLog(directory: Path.join(folder, "a/b"))
            let first = try log.append(record("status"))
            let second = try log.append(try fullRecord(), durably: true)
            #expect(first.sequence == 1 && second.sequence == 2)
            let records = try log.intactRecords()
            #expect(records.map(\.sequence) == [1, 2])
            #expect(records.map(\.hash) == [first.hash, second.hash])
            #expect(records.map(\.previous) == [SealedLine.origin, first.hash])
            #expect(records.last?.effects == Effect.samples)
            #expect(try log.wholeCount() == 2 && log.verify().head == second)
            #expect(try log.verify(expecting: first.hash).problem == nil)
            #expect(try log.verify(expecting: "abc").problem != nil)
        }
    }

    @Test func filesAreForTheirOwnerAlone() throws {
        try withScratch { folder in
            let log = AuditLog(directory: Path.join(folder, "a/b"))
            _ = try log.append(record("status"))
            #expect(File.status(Path.join(folder, "a"))?.mode == 0o700)
            #expect(File.status(log.directory)?.mode == 0o700)
            #expect(File.status(try log.newestFile())?.mode == 0o600)
            #expect(File.status(log.path("lock"))?.mode == 0o600)
        }
    }

    @Test func placeFollowsTheEnvironment() throws {
        #expect(try AuditLog.directory(for: Environment(["HOME=/h"])) == "/h/.local/state/pawl/audit")
        #expect(try AuditLog.directory(for: Environment(["HOME=/h", "XDG_STATE_HOME=/s"])) == "/s/pawl/audit")
        #expect(
            try AuditLog.directory(for: Environment(["HOME=/h", "XDG_STATE_HOME=s"])) == "/h/.local/state/pawl/audit")
        #expect(throws: AuditError.noHome) { try AuditLog.directory(for: Environment([])) }
        #expect(throws: AuditError.noHome) { try AuditLog.directory(for: Environment(["HOME="])) }
    }

    @Test func monthsHaveFilesOfTheirOwn() throws {
        try withScratch { folder in
            let log = AuditLog(directory: folder)
            for month in ["2025-12", "2026-01", "2026-01", "2026-03"] {
                _ = try log.append(record("status", time: try noon(month)))
            }
            #expect(try log.fileNames() == ["2025-12.jsonl", "2026-01.jsonl", "2026-03.jsonl"])
            #expect(try log.verify().count == 4)
            #expect(try log.verify().problem == nil)
        }
    }

    @Test func clockSetBackKeepsTheNewestFile() throws {
        try withScratch { folder in
            let log = AuditLog(directory: folder)
            for month in ["2026-03", "2025-01", "2026-02"] {
                _ = try log.append(record("status", time: try noon(month)))
            }
            #expect(try log.fileNames() == ["2026-03.jsonl"])
            #expect(try log.intactRecords().map(\.sequence) == [1, 2, 3])
            #expect(try log.verify().problem == nil)
        }
    }

    /// Back and forth, to the ends of what can be written: one chain, in the order in which it was written.
    @Test func clockThatJumpsLeavesOneChain() throws {
        try withScratch { folder in
            let log = AuditLog(directory: folder)
            let months = ["2026-03", "2025-01", "2027-05", "2026-04", "1970-01", "9999-12", "2026-05", "0001-01"]
            for month in months { _ = try log.append(record("status", time: try noon(month))) }
            try log.rotate(above: 0)
            _ = try log.append(record("status", time: try noon("2026-06")))
            #expect(try log.wholeCount() == 9)
            #expect(try log.intactRecords().map(\.sequence) == Array(1...9))
            #expect(
                try log.fileNames() == ["2026-03.jsonl", "2027-05.jsonl", "9999-12.jsonl", "9999-12_0002.jsonl"])
            #expect(try log.intactRecords().prefix(8).map { String($0.time.text.text.prefix(7)) } == months)
        }
    }

    @Test func readsInBothDirectionsFromAnywhere() throws {
        try withScratch { folder in
            let log = AuditLog(directory: folder)
            for (index, month) in ["2026-01", "2026-01", "2026-02", "2026-02", "2026-03"].enumerated() {
                // One record longer than the blocks in which the log is read.
                let word = ByteString(String(repeating: "x", count: index == 2 ? 4000 : 3))
                var entry = record(time: try noon(month))
                entry.arguments = Array(repeating: word, count: index == 2 ? 15 : 1)
                _ = try log.append(entry)
            }
            func sequences(_ order: AuditLog.Order, _ from: Int?) throws -> [Int] {
                try log.records(order, from: from).map {
                    if case .record(let record) = $0 { record.sequence } else { -1 }
                }
            }
            #expect(try sequences(.oldestFirst, nil) == [1, 2, 3, 4, 5])
            #expect(try sequences(.newestFirst, nil) == [5, 4, 3, 2, 1])
            for first in 0...6 {
                #expect(try sequences(.oldestFirst, first) == Array(1...5).filter { $0 >= first })
                #expect(try sequences(.newestFirst, first) == Array(1...5).reversed().filter { $0 <= first })
                #expect(try log.record(first)?.sequence == ((1...5).contains(first) ? first : nil))
            }
        }
    }

    @Test func logThatIsNotThereIsEmpty() throws {
        let log = AuditLog(directory: "/nonexistent/pawl")
        #expect(try log.entries().isEmpty)
        #expect(try log.verify() == Verification())
    }

    @Test func argumentOfAMegabyteIsRecorded() throws {
        try withScratch { folder in
            let log = AuditLog(directory: folder)
            let words = Array(repeating: ByteString(String(repeating: "m", count: 1 << 20)), count: 3)
            var entry = Record()
            entry.arguments = ["git", "commit", "-m"] + words
            _ = try log.append(entry)
            let read = try #require(try log.record(1))
            #expect(read.arguments.count == 6)
            #expect(read.arguments[3].hasSuffix("[... 1044480 more bytes]"))
            #expect(read.omitted == Record.Omitted(argumentBytes: 3 * 1_044_480))
        }
    }

    @Test func argumentsThatAreNotUTF8AreRecorded() throws {
        try withScratch { folder in
            let log = AuditLog(directory: folder)
            let word = ByteString([0xFF, 0x0A, 0xC3, 0x80, 0x22])
            _ = try log.append(record(word))
            #expect(try log.record(1)?.arguments == ["git", word])
            #expect(try log.verify().problem == nil)
        }
    }

    @Test func credentialsNeverReachTheDisk() throws {
        try withScratch { folder in
            let log = AuditLog(directory: folder)
            _ = try log.append(record("push", "https://me:hunter2@host/r"))
            let written = ByteString(try contents(try log.newestFile()))
            #expect(!written.contains("hunter2"))
            #expect(try log.record(1)?.arguments.last == "https://[redacted]@host/r")
        }
    }
}
