import ByteStrings
import Foundation
import Platform
import Testing

@testable import Auditing

@Suite struct ArchivingTests {
    /// Five records in three files: two months, the second in two parts.
    private func makeLog(_ folder: ByteString) throws -> AuditLog {
        let log = AuditLog(directory: folder)
        for (number, month) in ["2026-01", "2026-01", "2026-02", "2026-02"].enumerated() {
            _ = try log.append(record("commit", ByteString("\(number)"), time: try noon(month)))
        }
        try replaceContents(log.path("2026-02_0002.jsonl"), [])
        _ = try log.append(record("commit", "4", time: try noon("2026-02")))
        return log
    }

    @Test func emptyNextFileTakesTheRecordsFromThereOn() throws {
        try withScratch { folder in
            let log = try makeLog(folder)
            _ = try log.append(record("commit", "5", time: try noon("2026-01")))
            #expect(try log.fileNames() == ["2026-01.jsonl", "2026-02.jsonl", "2026-02_0002.jsonl"])
            #expect(ByteString(try contents(log.path("2026-02_0002.jsonl"))).split(Line.newline).count == 3)
            #expect(try log.wholeCount() == 6)
        }
    }

    @Test func archivedFilesAreReadAsBefore() throws {
        try withScratch { folder in
            let log = try makeLog(folder)
            let (records, head) = (try log.intactRecords(), try log.verify().head)
            let sizes = try log.snapshot().map(\.size)
            let january = try contents(log.path("2026-01.jsonl"))
            let closed = try log.closedFiles()
            #expect(closed.map(\.name) == ["2026-01.jsonl", "2026-02.jsonl"])
            for file in closed {
                let archived = try #require(try log.archive(file))
                #expect(archived.plainSize > archived.size && archived.size > 0)
            }
            #expect(try log.fileNames() == ["2026-01.jsonl.gz", "2026-02.jsonl.gz", "2026-02_0002.jsonl"])
            #expect(try log.closedFiles().isEmpty)
            #expect(try log.intactRecords() == records)
            #expect(try log.snapshot().map(\.size) == sizes)
            #expect(try log.wholeCount() == 5 && log.verify().head == head)
            for first in 1...5 {
                #expect(try log.record(first)?.sequence == first)
                let backwards = try log.records(.newestFirst, from: first).map { entry in
                    if case .record(let record) = entry { record.sequence } else { -1 }
                }
                #expect(backwards == Array((1...first).reversed()))
            }
            #expect(File.status(log.path("2026-01.jsonl.gz"))?.mode == 0o600)
            _ = try log.append(record("after", time: try noon("2026-03")))
            #expect(try log.verify().count == 6)
            // Any gunzip reads it.
            let unpacked = try Program(
                "/bin/gzip", ["gzip", "-dc", log.path("2026-01.jsonl.gz")], environment: .current
            )
            .capture()
            #expect(unpacked.output.bytes == january)
        }
    }

    @Test func filesThatWritersNeedStayPlain() throws {
        try withScratch { folder in
            let log = AuditLog(directory: folder)
            #expect(try log.closedFiles().isEmpty)
            _ = try log.append(record("one", time: try noon("2026-01")))
            // The next month's file is there and empty: the newest record still stands in January's.
            try replaceContents(log.path("2026-02.jsonl"), [])
            #expect(try log.closedFiles().isEmpty)
        }
    }

    /// At every point at which archiving can be interrupted, the log is whole, and the next attempt completes it.
    @Test func interruptedArchivingLosesNothing() throws {
        try withScratch { folder in
            let log = try makeLog(folder)
            let january = try #require(try log.closedFiles().first)
            let plain = try contents(log.path("2026-01.jsonl"))
            // A draft that was not finished.
            try replaceContents(log.path("2026-01.jsonl.gz.new"), plain[..<20])
            #expect(try log.verify().count == 5)
            _ = try log.archive(january)
            #expect(!File.exists(log.path("2026-01.jsonl.gz.new")))
            // Renamed, and the plain one still there.
            try replaceContents(log.path("2026-01.jsonl"), plain)
            #expect(try log.wholeCount() == 5)
            #expect(try log.intactRecords().map(\.sequence) == [1, 2, 3, 4, 5])
            #expect(try log.closedFiles().first == january)
            _ = try log.archive(january)
            #expect(!File.exists(log.path("2026-01.jsonl")))
            #expect(try log.verify().count == 5)
        }
    }

    /// Several at once, over and over: each file is archived by one of them, and none is lost.
    @Test func severalArchiversDoNotGetInEachOthersWay() throws {
        for _ in 0..<10 {
            try withScratch { folder in
                let log = try makeLog(folder)
                let (closed, records) = (try log.closedFiles(), try log.intactRecords())
                DispatchQueue.concurrentPerform(iterations: 4) { _ in
                    for file in closed {
                        do {
                            _ = try log.archive(file)
                        } catch {
                            Issue.record(error)
                        }
                    }
                }
                #expect(try log.closedFiles().isEmpty)
                #expect(try log.intactRecords() == records)
                #expect(File.list(folder)?.filter { $0.contains(".new") } == [])
            }
        }
    }

    @Test func brokenFilesStayAsTheyAre() throws {
        try withScratch { folder in
            let log = try makeLog(folder)
            let path = log.path("2026-01.jsonl")
            let whole = try contents(path)
            let january = try #require(try log.closedFiles().first)
            for damaged in [Array(whole.dropLast()), whole + [0], Array(whole.reversed())] {
                try replaceContents(path, damaged)
                #expect(throws: AuditError.self) { try log.archive(january) }
                #expect(try contents(path) == damaged)
                #expect(File.list(folder)?.contains { $0.contains(".gz") } == false)
            }
        }
    }

    /// An archive that is cut anywhere or has something behind it shows, and so does any changed byte that is not
    /// without meaning in gzip's own format: then the lines are the same.
    @Test func damagedArchivesShow() throws {
        try withScratch { folder in
            let log = try makeLog(folder)
            _ = try log.archive(try #require(try log.closedFiles().first))
            let path = log.path("2026-01.jsonl.gz")
            let whole = try contents(path)
            let lines = try log.intactRecords()
            func shows() -> Bool { (try? log.verify())?.problem != nil }
            for index in whole.indices {
                var damaged = whole
                damaged[index] ^= 0x10
                try replaceContents(path, damaged)
                let harmless = try !shows() && log.intactRecords() == lines
                #expect(shows() || harmless, "byte \(index)")
                try replaceContents(path, whole[..<index])
                #expect(shows(), "cut at \(index)")
            }
            try replaceContents(path, whole + [0])
            #expect(shows())
            try replaceContents(path, whole)
            #expect(!shows())
        }
    }

    @Test func anArchivedNewestFileIsFollowedByTheNext() throws {
        try withScratch { folder in
            let log = AuditLog(directory: folder)
            _ = try log.append(record("one", time: try noon("2026-01")))
            let gzip = try Program("/bin/gzip", ["gzip", log.path("2026-01.jsonl")], environment: .current).capture()
            #expect(gzip.ending == .exited(0))
            _ = try log.append(record("two", time: try noon("2026-01")))
            #expect(try log.fileNames() == ["2026-01.jsonl.gz", "2026-01_0002.jsonl"])
            #expect(try log.wholeCount() == 2)
        }
    }

    @Test(
        arguments: [
            ("2026-01.jsonl", "2026-01_0002.jsonl"), ("2026-01_0002.jsonl", "2026-01_0003.jsonl"),
            ("2026-01_9999.jsonl", "2026-02.jsonl"), ("2026-12_9999.jsonl", "2027-01.jsonl"),
            ("9999-12_9999.jsonl", nil),
        ] as [(ByteString, ByteString?)])
    func filesFollowOneAnother(name: ByteString, next: ByteString?) throws {
        let file = try #require(LogFile(named: name))
        #expect(file.next?.name == next)
        if let next = file.next { #expect(file < next) }
        #expect(LogFile(named: name + ".gz")?.isArchived == true)
    }

    @Test(
        arguments: [
            "2026-01.jsonl.torn-12", "2026-01_0001.jsonl", "2026-01-0002.jsonl", "2026-1.jsonl", "lock", ".jsonl",
            "2026-01.jsonl.gz.new", "2026-01.json", "2026-01.gz", "x026-01.jsonl", "2026-01_02.jsonl", ".gz", "",
        ] as [ByteString])
    func otherNamesAreNoPartOfTheLog(name: ByteString) {
        #expect(LogFile(named: name) == nil)
    }
}
