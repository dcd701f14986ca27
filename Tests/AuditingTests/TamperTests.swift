import ByteStrings
import Foundation
import Platform
import Testing

@testable import Auditing

/// What `verify` says of each way in which somebody can lay hands on the log.
@Suite struct TamperTests {
    /// Nine records in three files of three.
    private static let names: [ByteString] = ["2026-01.jsonl", "2026-01_0002.jsonl", "2026-02.jsonl"]

    private static func withLog(_ body: (AuditLog, Lines) throws -> Void) throws {
        try withScratch { folder in
            let log = AuditLog(directory: folder)
            for number in 1...9 {
                if number == 4 { try replaceContents(log.path(names[1]), []) }
                let month = number < 7 ? "2026-01" : "2026-02"
                _ = try log.append(record("commit", ByteString("\(number)"), time: try noon(month)))
            }
            #expect(try log.wholeCount() == 9)
            try body(log, try Lines(log))
        }
    }

    /// The files as lists of lines.
    struct Lines {
        let log: AuditLog
        var files: [[ByteString]]

        init(_ log: AuditLog) throws {
            self.log = log
            files = try TamperTests.names.map { name in
                ByteString(try contents(log.path(name))).split(Line.newline).dropLast()
            }
        }

        func write() throws {
            for (name, lines) in zip(TamperTests.names, files) {
                try replaceContents(log.path(name), lines.flatMap { $0.bytes + [Line.newline] })
            }
        }
    }

    /// The problem after the lines were changed: kind, file, line, and words that have to occur.
    private static func expect(
        _ kind: Verification.Problem.Kind, _ file: Int, line: Int, _ words: String,
        _ change: (inout Lines) throws -> Void
    ) throws {
        try withLog { log, lines in
            var lines = lines
            try change(&lines)
            try lines.write()
            let problem = try #require(try log.verify().problem)
            #expect(problem.kind == kind, "\(problem)")
            #expect(problem.file == log.path(names[file]) && problem.line == line, "\(problem)")
            #expect(problem.what.contains(words), "\(problem)")
        }
    }

    @Test func changedByte() throws {
        try Self.expect(.changed, 1, line: 2, "record 5 was changed: the hash does not fit") { lines in
            lines.files[1][1] = ByteString(Array(lines.files[1][1].text.replacing("commit", with: "commie").utf8))
        }
    }

    @Test func changedNumberAndChangedSeal() throws {
        try Self.expect(.changed, 1, line: 2, "record 5 was changed") { lines in
            lines.files[1][1] = ByteString(lines.files[1][1].text.replacing("\"seq\":5", with: "\"seq\":6"))
        }
        try Self.expect(.changed, 0, line: 1, "record 1 was changed") { lines in
            lines.files[0][0].bytes.removeLast()
        }
    }

    @Test func removedLine() throws {
        try Self.expect(.removed, 1, line: 2, "record 5 is missing: record 6 stands here") { $0.files[1].remove(at: 1) }
        try Self.expect(.removed, 0, line: 1, "record 1 is missing, and no notice") { $0.files[0].remove(at: 0) }
        try Self.expect(.removed, 2, line: 1, "record 7 is missing: record 8 stands here; a whole file may") {
            $0.files[2].remove(at: 0)
        }
    }

    @Test func removedLastLineOfAFile() throws {
        try Self.expect(.removed, 2, line: 1, "record 6 is missing: record 7") { $0.files[1].removeLast() }
    }

    @Test func insertedLine() throws {
        try Self.expect(.inserted, 1, line: 2, "this line was inserted before record 5: not a record") {
            $0.files[1].insert("{\"seq\":5}", at: 1)
        }
        // One with a good hash of its own.
        try Self.expect(.inserted, 1, line: 2, "this record 5 was inserted") { lines in
            var forged = record("push")
            forged.sequence = 5
            forged.previous = SealedLine.origin
            lines.files[1].insert(ByteString(SealedLine.seal(forged).line.dropLast()), at: 1)
        }
        try Self.expect(.inserted, 1, line: 2, "record 4 stands here a second time") {
            $0.files[1].insert($0.files[1][0], at: 1)
        }
    }

    @Test func swappedLines() throws {
        try Self.expect(.reordered, 1, line: 2, "record 6 stands before record 5, which is at") {
            $0.files[1].swapAt(1, 2)
        }
        try Self.expect(.reordered, 0, line: 1, "record 2 stands before record 1, which is at") {
            $0.files[0].swapAt(0, 1)
        }
        // Across files.
        try Self.expect(.reordered, 0, line: 3, "record 7 stands before record 3") { lines in
            (lines.files[0][2], lines.files[2][0]) = (lines.files[2][0], lines.files[0][2])
        }
    }

    @Test func replacedRecordWithAComputedHash() throws {
        try Self.expect(.changed, 1, line: 3, "record 5 was changed, and its hash computed anew") { lines in
            let json = try JSON(parsing: lines.files[1][1])
            var forged = try Record(json: json)
            forged.arguments = ["git", "status"]
            lines.files[1][1] = ByteString(SealedLine.seal(forged).line.dropLast())
        }
    }

    @Test func swappedFiles() throws {
        try Self.expect(.reordered, 0, line: 1, "record 4 stands before record 1, which is at") {
            $0.files.swapAt(0, 1)
        }
        try Self.expect(.reordered, 1, line: 1, "record 7 stands before record 4, which is at") {
            $0.files.swapAt(1, 2)
        }
    }

    @Test func removedFile() throws {
        for (index, file, words) in [(1, 2, "records 4 to 6 are missing"), (0, 1, "records 1 to 3 are missing")] {
            try Self.withLog { log, _ in
                try FileManager.default.removeItem(atPath: log.path(Self.names[index]).text)
                let problem = try #require(try log.verify().problem)
                #expect(problem.kind == .removed && problem.what.contains(words), "\(problem)")
                #expect(problem.file == log.path(Self.names[file]) && problem.line == 1)
            }
        }
    }

    /// What a crash leaves, and what nobody can tell from a crash.
    @Test func tornTail() throws {
        try Self.withLog { log, lines in
            let path = log.path(Self.names[2])
            let whole = try contents(path)
            try replaceContents(path, whole.dropLast(10))
            let problem = try #require(try log.verify().problem)
            #expect(problem.kind == .torn && problem.line == 3, "\(problem)")
            #expect(problem.what.contains("record 9 is not finished: a crash left"))
            // The writer mends it, and says so.
            _ = try log.append(record("next", time: try noon("2026-02")))
            let mended = try log.verify()
            #expect(mended.problem == nil && mended.count == 10)
            #expect(mended.notices.map(\.sequence) == [9])
            #expect(mended.notices.first?.text.hasPrefix("torn tail: ") == true)
        }
        // The same in an older file is no crash: the log went on behind it.
        try Self.withLog { log, _ in
            let path = log.path(Self.names[1])
            try replaceContents(path, try contents(path).dropLast(10))
            let problem = try #require(try log.verify().problem)
            #expect(problem.kind == .changed && problem.what.contains("the log goes on behind it"), "\(problem)")
        }
    }

    @Test func cutEndShowsToThoseWhoKnow() throws {
        try Self.withLog { log, lines in
            let records = try log.intactRecords()
            var lines = lines
            lines.files[2].removeLast(2)
            try lines.write()
            #expect(try log.wholeCount() == 7)
            let kept = try #require(records[7].hash)
            let result = try log.verify(against: [KnownHead(hash: kept, sequence: 8, source: "the journal")])
            #expect(result.problem?.kind == .rewritten && result.standings == [.cutOff(8)])
            #expect(
                result.problem?.what
                    == "the journal holds the hash of record 8, and the log ends with record 7: it was cut")
            #expect(try log.verify(expecting: kept).problem?.kind == .rewritten)
        }
    }

    /// Somebody who can write the log computes it anew from record 5 on: the chain holds, and only hashes that are kept
    /// elsewhere show it.
    @Test func rewrittenTailShowsToThoseWhoKnow() throws {
        try Self.withLog { log, lines in
            let records = try log.intactRecords()
            var lines = lines
            var previous = records[3].hash
            for number in 5...9 {
                var forged = records[number - 1]
                if number == 5 { forged.arguments = ["git", "status"] }
                forged.previous = previous
                let (line, hash) = SealedLine.seal(forged)
                lines.files[(number - 1) / 3][(number - 1) % 3] = ByteString(line.dropLast())
                previous = hash
            }
            try lines.write()
            #expect(try log.wholeCount() == 9)
            let known = try [2, 4, 6, 9].map { number in
                KnownHead(hash: try #require(records[number - 1].hash), sequence: number, source: "the journal")
            }
            let result = try log.verify(against: known)
            #expect(result.standings == [.confirmed(2), .confirmed(4), .contradicted(6), .contradicted(9)])
            #expect(result.problem?.kind == .rewritten)
            #expect(
                result.problem?.what == "record 6 has another hash than the journal holds: the log was written anew "
                    + "after record 4, which agrees")
            #expect(try log.verify(expecting: known[3].hash).problem?.kind == .rewritten)
            #expect(try log.verify(expecting: known[1].hash).problem == nil)
        }
    }

    /// More records than one batch holds, checked by several threads: the same problem at the same place.
    @Test func largeLogIsCheckedInBatches() throws {
        try withScratch { folder in
            let log = AuditLog(directory: folder)
            var receipt = AuditLog.Receipt(sequence: 0, hash: SealedLine.origin)
            var lines: [[UInt8]] = []
            for number in 1...2500 {
                var entry = record("commit", time: try noon("2026-01"))
                (entry.sequence, entry.previous) = (number, receipt.hash)
                let sealed = SealedLine.seal(entry)
                receipt = AuditLog.Receipt(sequence: number, hash: sealed.hash)
                lines.append(sealed.line)
            }
            let path = log.path("2026-01.jsonl")
            func check() throws -> Verification {
                try log.verify { DispatchQueue.concurrentPerform(iterations: $0, execute: $1) }
            }
            try replaceContents(path, lines.joined())
            #expect(try check() == log.verify() && check().count == 2500 && check().head == receipt)
            for number in [1, 1024, 1025, 1500, 2048, 2500] {
                var changed = lines
                changed[number - 1][40] ^= 1
                try replaceContents(path, changed.joined())
                let problem = try check().problem
                #expect(try problem?.line == number && problem == log.verify().problem)
            }
            lines.swapAt(1023, 1024)
            try replaceContents(path, lines.joined())
            #expect(try check().problem?.what.contains("stands before record 1024, which is at") == true)
        }
    }

    @Test func fileThatIsNoLogIsAProblem() throws {
        try Self.withLog { log, _ in
            try FileManager.default.removeItem(atPath: log.path(Self.names[1]).text)
            try FileManager.default.createDirectory(
                atPath: log.path(Self.names[1]).text, withIntermediateDirectories: false)
            #expect(throws: AuditError.notRegular(path: log.path(Self.names[1]))) { try log.verify() }
        }
    }
}
