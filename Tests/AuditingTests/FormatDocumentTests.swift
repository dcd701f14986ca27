import ByteStrings
import Foundation
import Platform
import Testing

@testable import Auditing

/// The verifier in docs/audit-log.md is what the format promises to other languages; it has to agree with ours.
@Suite struct FormatDocumentTests {
    static let python =
        ["/usr/bin/python3", "/usr/local/bin/python3", "/opt/homebrew/bin/python3"]
        .map { ByteString($0) }
        + (Environment.current["PATH"] ?? "").split(UInt8(ascii: ":")).map { Path.join($0, "python3") }

    private static func verify(_ log: AuditLog, expecting hash: ByteString? = nil) throws -> Captured {
        let document = try File.read(
            ByteString(
                URL(fileURLWithPath: #filePath).appendingPathComponent("../../../docs/audit-log.md").standardized.path))
        let blocks = document.text.components(separatedBy: "```")
        let script = try #require(blocks.first { $0.hasPrefix("python\n") }).dropFirst("python\n".count)
        let interpreter = try #require(python.first { File.exists($0) })
        let arguments: [ByteString] = ["python3", "-c", ByteString(String(script)), log.directory]
        return try Program(interpreter, arguments + (hash.map { [$0] } ?? []), environment: .current).capture()
    }

    @Test(.enabled(if: python.contains { File.exists($0) }))
    func documentedVerifierAgrees() throws {
        try withScratch { folder in
            let log = AuditLog(directory: folder)
            let first = try log.append(record(ByteString([0xFF, 0x85, 0xE2, 0x80, 0xA8]), time: try noon("2026-01")))
            _ = try log.append(try fullRecord())
            let last = try log.append(record("push", time: try noon("2026-03")))
            let good = try Self.verify(log, expecting: first.hash)
            #expect(good.ending == .exited(0), "\(good.errors)")
            #expect(good.output == ByteString("3 ") + last.hash + "\n")
            let unknown = try Self.verify(log, expecting: SealedLine.origin)
            #expect(unknown.ending == .exited(1))

            // Rotated and archived, it is the same log.
            try replaceContents(log.path("2026-03_0002.jsonl"), [])
            let rotated = try log.append(record("fetch", time: try noon("2026-03")))
            for file in try log.closedFiles() { _ = try log.archive(file) }
            #expect(try log.fileNames().filter { $0.hasSuffix(".gz") }.count == 3)
            let archived = try Self.verify(log, expecting: first.hash)
            #expect(archived.output == ByteString("4 ") + rotated.hash + "\n", "\(archived.errors)")

            let path = try log.newestFile()
            var bytes = try contents(path)
            bytes[bytes.count / 2] ^= 1
            try replaceContents(path, bytes)
            let bad = try Self.verify(log)
            #expect(bad.ending == .exited(1))
            #expect(bad.errors.contains("2026-03_0002.jsonl:1:"))
        }
    }

    @Test(.enabled(if: python.contains { File.exists($0) }))
    func documentedVerifierKnowsRetention() throws {
        try withScratch { folder in
            let log = AuditLog(directory: folder)
            for month in ["2026-01", "2026-02", "2026-03", "2026-03"] {
                _ = try log.append(record("commit", time: try noon(month)))
            }
            let drop = try log.drop(before: try noon("2026-03"), reason: "retain = 10d")
            let notice = try #require(drop?.notice)
            let whole = try Self.verify(log)
            #expect(whole.output == ByteString("5 ") + notice.hash + "\n", "\(whole.errors)")
            // A beginning that no notice explains.
            let path = log.path("2026-03.jsonl")
            try replaceContents(path, ByteString(try contents(path)).split(Line.newline)[1].bytes + [Line.newline])
            let cut = try Self.verify(log)
            #expect(cut.ending == .exited(1))
            #expect(cut.errors.contains("the records up to 3 are missing"))
        }
    }
}
