import Auditing
import ByteStrings
import Foundation
import Platform
import PolicyEngine

@testable import Anchoring

let realGit: ByteString = "/usr/bin/git"

/// A folder that is there for the length of a test.
func withScratch(_ body: (ByteString) throws -> Void) throws {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("pawl-anchor-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: url) }
    try body(ByteString(url.path))
}

func anchor(_ place: AnchorPlace, milliseconds: Int = 20_000) -> Anchor {
    Anchor(place, environment: .current, git: realGit, milliseconds: milliseconds)
}

/// The hash of some record.
func receipt(_ number: Int) -> AuditLog.Receipt {
    AuditLog.Receipt(sequence: number, hash: Digest.sha256(ByteString("\(number)")))
}

extension Anchor.Content {
    /// The numbers and hashes, in their order.
    var receipts: [AuditLog.Receipt]? {
        guard case .heads(let heads) = self else { return nil }
        return heads.map { AuditLog.Receipt(sequence: $0.sequence ?? 0, hash: $0.hash) }
    }
}
