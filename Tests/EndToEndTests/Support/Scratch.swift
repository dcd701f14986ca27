import Foundation

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// A temporary folder with a HOME of its own; gone when the body is done, whether it returned or threw.
struct Scratch {
    let root: String
    /// The folder of captured output, outside of what tests look at.
    let capture: String

    static func with<Result>(_ body: (Scratch) throws -> Result) throws -> Result {
        let scratch = try Scratch()
        defer { scratch.remove() }
        return try body(scratch)
    }

    /// In memory where the system offers that: git waits for the disk after every object.
    private static let parent: String = {
        let chosen = ProcessInfo.processInfo.environment["TMPDIR"] != nil
        if !chosen && access("/dev/shm", W_OK) == 0 { return "/dev/shm" }
        return URL(fileURLWithPath: NSTemporaryDirectory()).resolvingSymlinksInPath().path
    }()

    init() throws {
        let base = "\(Self.parent)/pawl-test-\(UUID().uuidString)"
        root = "\(base)/world"
        capture = "\(base)/capture"
        for folder in [root, capture, "\(root)/home", "\(root)/tmp"] {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        }
        try write(
            """
            [user]
            \tname = Dev
            \temail = dev@example.com
            [init]
            \tdefaultBranch = main

            """, to: "home/.gitconfig")
    }

    func remove() {
        let base = URL(fileURLWithPath: root).deletingLastPathComponent().path
        try? FileManager.default.removeItem(atPath: base)
    }

    func path(_ relative: String) -> String { "\(root)/\(relative)" }

    func write(_ text: String, to relative: String, executable: Bool = false) throws {
        let file = path(relative)
        let folder = URL(fileURLWithPath: file).deletingLastPathComponent()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: URL(fileURLWithPath: file))
        if executable {
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file)
        }
    }

    func exists(_ relative: String) -> Bool { FileManager.default.fileExists(atPath: path(relative)) }

    /// Waits until a file is there: the sign that a program has come so far.
    func waitFor(_ relative: String, timeout: Double = 20) -> Bool {
        let deadline = Date(timeIntervalSinceNow: timeout)
        while !exists(relative) {
            if Date() > deadline { return false }
            usleep(2_000)
        }
        return true
    }

    /// The environment of a test: nothing is inherited, and the clock of commits stands still.
    func environment(path search: String, _ more: [String: String] = [:]) -> [String: String] {
        let base: [String: String] = [
            "PATH": search,
            "HOME": path("home"),
            "XDG_STATE_HOME": "\(capture)/state",
            "TMPDIR": path("tmp"),
            "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "TERM": "dumb", "TZ": "UTC",
            "USER": "dev", "LOGNAME": "dev", "SHELL": "/bin/sh",
            "GIT_TERMINAL_PROMPT": "0", "GIT_EDITOR": "true", "GIT_SEQUENCE_EDITOR": "true",
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CEILING_DIRECTORIES": root,
            "GIT_AUTHOR_DATE": "@1792000000 +0000", "GIT_COMMITTER_DATE": "@1792000000 +0000",
        ]
        return base.merging(more) { $1 }
    }
}
