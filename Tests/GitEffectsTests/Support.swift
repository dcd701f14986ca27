import ByteStrings
import Foundation
import GitEffects
import GitSyntax
import Platform

/// A scratch repository, gone when the body is left.
struct ScratchRepository {
    let path: ByteString
    let environment: Environment
    static let git: ByteString = "/usr/bin/git"

    static func with(
        _ script: String, format: String = "sha1", _ body: (ScratchRepository) throws -> Void
    ) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("pawl-facts-\(UUID().uuidString)")
            .path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let environment = Environment([
            "PATH=/usr/bin:/bin", ByteString("HOME=\(folder)"), "GIT_CONFIG_NOSYSTEM=1", "GIT_AUTHOR_NAME=A",
            "GIT_AUTHOR_EMAIL=a@example.com", "GIT_COMMITTER_NAME=A", "GIT_COMMITTER_EMAIL=a@example.com",
            ByteString("GIT_CEILING_DIRECTORIES=\(folder)"),
        ])
        let scratch = ScratchRepository(path: ByteString(folder + "/work"), environment: environment)
        try scratch.run("git init -q -b main --object-format=\(format) work", in: ByteString(folder))
        try scratch.run(script)
        try body(scratch)
    }

    @discardableResult
    func run(_ script: String, in folder: ByteString? = nil) throws -> ByteString {
        let shell = Program(
            "/bin/sh", ["sh", "-ec", ByteString(script)], environment: environment, directory: folder ?? path)
        let run = try shell.capture()
        guard run.ending.succeeded else { throw Failure(errors: run.errors.text) }
        return run.output.trimmed
    }

    struct Failure: Error { var errors: String }

    /// nil as a value takes a variable away.
    func setting(_ globals: [ByteString] = [], extra: [(ByteString, ByteString?)] = []) -> Setting {
        var environment = environment
        for (name, value) in extra { environment[name] = value }
        return Setting(
            executable: Self.git, globals: ["-C", path] + globals, environment: environment, directory: path,
            gitDirectory: nil)
    }
}
