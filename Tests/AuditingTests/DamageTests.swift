import ByteStrings
import Foundation
import Platform
import Testing

@testable import Auditing

@Suite struct DamageTests {
    private func makeLog(_ folder: ByteString, records count: Int = 3) throws -> AuditLog {
        let log = AuditLog(directory: folder)
        for number in 0..<count {
            _ = try log.append(record("commit", ByteString("\(number)"), time: try noon("2026-01")))
        }
        return log
    }

    @Test func everyChangedByteShows() throws {
        try withScratch { folder in
            let log = try makeLog(folder)
            let path = try log.newestFile()
            let original = try contents(path)
            for index in original.indices {
                var changed = original
                changed[index] ^= 0x01
                try replaceContents(path, changed)
                #expect(try log.verify().problem != nil, "byte \(index)")
            }
            try replaceContents(path, original)
            #expect(try log.verify().problem == nil)
        }
    }

    @Test func missingMovedAndRepeatedLinesShow() throws {
        try withScratch { folder in
            let log = try makeLog(folder)
            let path = try log.newestFile()
            let head = try #require(try log.verify().head)
            let lines = ByteString(try contents(path)).split(Line.newline).dropLast()
            for (order, line) in [([0, 2], 2), ([1, 2], 1), ([1, 0, 2], 1), ([0, 1, 1, 2], 3), ([0, 2, 1], 2)] {
                try replaceContents(path, order.flatMap { lines[$0].bytes + [Line.newline] })
                #expect(try log.verify().problem?.line == line, "\(order)")
                #expect(try log.verify().problem?.file == path)
            }
            try replaceContents(path, lines.dropLast().flatMap { $0.bytes + [Line.newline] })
            // A cut at the end shows only to those who know what stood there.
            #expect(try log.verify().problem == nil)
            #expect(try log.verify(expecting: head.hash).problem != nil)
        }
    }

    @Test func brokenLinesAreReportedAndPassedOver() throws {
        try withScratch { folder in
            let log = try makeLog(folder)
            let path = try log.newestFile()
            var lines = ByteString(try contents(path)).split(Line.newline)
            lines[1] = "{\"version\":1,\"seq\":2,garbage}"
            try replaceContents(path, lines.joined(separator: "\n").bytes)
            for order in [AuditLog.Order.oldestFirst, .newestFirst] {
                let entries = Array(try log.records(order))
                #expect(entries.count == 3)
                guard case .broken(let file, let line, let reason) = entries[1] else {
                    Issue.record("the second entry is not broken")
                    continue
                }
                #expect(file == path && line == 2 && !reason.isEmpty)
            }
        }
    }

    /// A writer killed after any byte of its record: the next one mends it.
    @Test func tornTailIsMovedAsideWhereverItIsTorn() throws {
        try withScratch { folder in
            let log = try makeLog(folder)
            let path = try log.newestFile()
            let whole = try contents(path)
            let lines = ByteString(whole).split(Line.newline)
            let lastStart = whole.count - lines[2].count - 1
            for end in lastStart...whole.count {
                for name in File.list(folder) ?? [] where name.contains(".torn") {
                    try FileManager.default.removeItem(atPath: log.path(name).text)
                }
                try replaceContents(path, whole[..<end])
                _ = try log.append(record("next", time: try noon("2026-01")))
                #expect(try log.verify().problem == nil)
                let records = try log.intactRecords()
                let isTorn = end > lastStart && end < whole.count
                #expect(records.count == (end == whole.count ? 4 : isTorn ? 4 : 3))
                #expect((records.dropLast().last?.notice != nil) == isTorn)
                let aside = log.path(Path.name(path) + ByteString(".torn-\(lastStart)"))
                #expect(File.exists(aside) == isTorn)
                if isTorn {
                    #expect(try contents(aside) == Array(whole[lastStart..<end]))
                    #expect(File.status(aside)?.mode == 0o600)
                }
            }
        }
    }

    /// What only goes through the motions leaves the log as it is, whole, torn, archived or not there at all.
    @Test func rehearsalChangesNothing() throws {
        try withScratch { folder in
            let absent = AuditLog(directory: Path.join(folder, "none/audit"))
            absent.rehearse(record("next"))
            #expect(!File.exists(Path.join(folder, "none")))
            let log = try makeLog(folder)
            let path = try log.newestFile()
            let whole = try contents(path)
            for content in [whole, whole + [1, 2, 3], Array(whole.dropLast(9)), []] {
                try replaceContents(path, content[...])
                let names = File.list(folder)?.sorted()
                log.rehearse(record("next", "--token=ghp_" + ByteString([UInt8](repeating: 0x61, count: 36))))
                #expect(try contents(path) == content)
                #expect(File.list(folder)?.sorted() == names)
            }
        }
    }

    @Test func tailOfZerosAndSecondTearAtTheSamePlace() throws {
        try withScratch { folder in
            let log = try makeLog(folder, records: 1)
            let path = try log.newestFile()
            let whole = try contents(path)
            for round in 1...2 {
                try replaceContents(path, whole + [UInt8](repeating: 0, count: 10_000))
                _ = try log.append(record("next", time: try noon("2026-01")))
                #expect(try log.verify().problem == nil)
                #expect((File.list(folder) ?? []).filter { $0.contains(".torn") }.count == round)
            }
        }
    }

    @Test func tornFirstRecordOfAMonthFollowsTheMonthBefore() throws {
        try withScratch { folder in
            let log = try makeLog(folder)
            try replaceContents(log.path("2026-02.jsonl"), "{\"version\":1".utf8)
            _ = try log.append(record("next", time: try noon("2026-02")))
            #expect(try log.wholeCount() == 5)
        }
    }

    @Test func fullDiskTakesTheRecordBack() throws {
        try withScratch { folder in
            let log = try makeLog(folder)
            let before = try contents(try log.newestFile())
            let short = AuditLog(directory: folder) { descriptor, bytes, count in
                Foundation.write(descriptor, bytes, count / 2)
            }
            #expect(throws: AuditError.incomplete(path: try log.newestFile(), code: ENOSPC)) {
                try short.append(record("x", time: try noon("2026-01")))
            }
            let full = AuditLog(directory: folder) { _, _, _ in
                errno = ENOSPC
                return -1
            }
            let error = #expect(throws: AuditError.self) { try full.append(record("x", time: try noon("2026-01"))) }
            #expect(error?.remedy.contains("Free space") ?? false)
            #expect(try contents(log.path("2026-01.jsonl")) == before)
            _ = try log.append(record("after", time: try noon("2026-01")))
            #expect(try log.wholeCount() == 4)
        }
    }

    @Test func filesThatAreNotTheLogsAreRefused() throws {
        try withScratch { folder in
            let log = AuditLog(directory: folder)
            let path = log.path("2026-01.jsonl")
            try replaceContents(Path.join(folder, "victim"), "x".utf8)
            try FileManager.default.createSymbolicLink(
                atPath: path.text, withDestinationPath: Path.join(folder, "victim").text)
            #expect(throws: AuditError.notRegular(path: path)) {
                try log.append(record("x", time: try noon("2026-01")))
            }
            try FileManager.default.removeItem(atPath: path.text)
            #expect(mkfifo(path.text, 0o600) == 0)
            #expect(throws: AuditError.notRegular(path: path)) {
                try log.append(record("x", time: try noon("2026-01")))
            }
            try FileManager.default.removeItem(atPath: path.text)
            try FileManager.default.createDirectory(atPath: path.text, withIntermediateDirectories: false)
            #expect(throws: AuditError.notRegular(path: path)) {
                try log.append(record("x", time: try noon("2026-01")))
            }
        }
    }

    @Test func folderThatCannotBeMadeIsNamed() throws {
        try withScratch { folder in
            try replaceContents(Path.join(folder, "file"), "x".utf8)
            let error = #expect(throws: AuditError.self) {
                try AuditLog(directory: Path.join(folder, "file/audit")).append(record("x"))
            }
            #expect(error?.description.contains("file/audit") ?? false)
            #expect(error?.remedy.contains("file") ?? false)
        }
    }

    @Test(.enabled(if: geteuid() != 0, "the superuser may write anywhere"))
    func readOnlyFolderAndFile() throws {
        try withScratch { folder in
            let log = try makeLog(folder)
            let path = try log.newestFile()
            chmod(path.text, 0o400)
            #expect(throws: AuditError.self) { try log.append(record("x")) }
            chmod(path.text, 0o600)
            chmod(folder.text, 0o500)
            let error = #expect(throws: AuditError.self) { try log.append(record("x", time: try noon("2026-02"))) }
            #expect(error?.remedy.contains("writable") ?? false)
            chmod(folder.text, 0o700)
        }
    }
}
