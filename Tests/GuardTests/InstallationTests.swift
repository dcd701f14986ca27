import ByteStrings
import Foundation
import Platform
import Testing

@testable import Guard

@Suite("The installation and the real git")
struct InstallationTests {
    /// An installed tree with a stand-in for the front end, and a record of the real git with these lines.
    private func withTree(_ lines: [String]?, _ body: (Installation, String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("pawl-tree-\(UUID().uuidString)")
            .path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        for part in ["/libexec/pawl", "/share/pawl", "/bin"] {
            try FileManager.default.createDirectory(atPath: folder + part, withIntermediateDirectories: true)
        }
        try Data().write(to: URL(fileURLWithPath: folder + "/libexec/pawl/git"))
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o755], ofItemAtPath: folder + "/libexec/pawl/git")
        if let lines {
            try lines.joined(separator: "\n").write(
                toFile: folder + "/share/pawl/real-git", atomically: true, encoding: .utf8)
        }
        try body(Installation(executable: ByteString(folder + "/libexec/pawl/git")), folder)
    }

    private var identity: String {
        File.status("/usr/bin/git").map { "\($0.size) \($0.modified) \($0.inode)" } ?? ""
    }

    @Test func bothProgramsFindTheirPrefix() throws {
        try withTree(nil) { installation, folder in
            #expect(installation.prefix == ByteString(folder))
            #expect(Installation(executable: ByteString(folder + "/bin/pawl")).prefix == ByteString(folder))
            #expect(Installation(executable: "/somewhere/.build/debug/git").prefix == nil)
        }
    }

    @Test func whatInstallationRecordedIsTakenWhileTheFileIsTheSame() throws {
        try withTree(["/usr/bin/git", "git version 9.8.7", identity, "/programs"]) { installation, _ in
            let git = try RealGit.locate(installation)
            #expect(git.path == "/usr/bin/git" && git.recorded?.programFolder == "/programs")
            #expect(git.recorded?.version.major == 9)
        }
        try withTree(["/usr/bin/git", "git version 9.8.7", "1 2 3", "/programs"]) { installation, _ in
            let git = try RealGit.locate(installation)
            #expect(git.recorded == nil)
            #expect(try #require(git.version(Environment.current)).major < 9)
        }
    }

    @Test func aMissingOrWrongRealGitIsAClearError() throws {
        try withTree(nil) { installation, folder in
            #expect(throws: GuardError.noRealGitRecord(file: ByteString(folder + "/share/pawl/real-git"))) {
                try RealGit.locate(installation)
            }
        }
        try withTree(["/nonexistent/git"]) { installation, folder in
            #expect(
                throws: GuardError.realGitMissing(
                    path: "/nonexistent/git", file: ByteString(folder + "/share/pawl/real-git"))
            ) {
                try RealGit.locate(installation)
            }
        }
        try withTree(["git"]) { installation, _ in
            #expect(throws: GuardError.self) { try RealGit.locate(installation) }
        }
    }

    @Test func theFrontEndIsNeverTakenForTheRealGit() throws {
        try withTree([]) { installation, folder in
            let record = folder + "/share/pawl/real-git"
            for name in ["/libexec/pawl/git", "/link"] {
                if name == "/link" {
                    try FileManager.default.createSymbolicLink(
                        atPath: folder + "/link", withDestinationPath: folder + "/libexec/pawl/git")
                }
                try (folder + name).write(toFile: record, atomically: true, encoding: .utf8)
                #expect(throws: GuardError.realGitIsPawl(path: ByteString(folder + name), file: ByteString(record))) {
                    try RealGit.locate(installation)
                }
            }
        }
    }
}
