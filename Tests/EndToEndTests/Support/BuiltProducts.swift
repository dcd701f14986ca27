import Foundation

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// The executables under test, and the git they stand in front of.
///
/// They are looked for beside the test bundle, where `swift build` puts them; the environment variable
/// PAWL_TEST_PRODUCTS names another folder that holds `git` and `pawl`, PAWL_TEST_REAL_GIT another real git.
enum BuiltProducts {
    static let realGit = ProcessInfo.processInfo.environment["PAWL_TEST_REAL_GIT"] ?? "/usr/bin/git"

    /// The search path without the front end.
    static let systemPath: String = {
        var folders = [URL(fileURLWithPath: realGit).deletingLastPathComponent().path, "/usr/bin", "/bin"]
        folders = folders.enumerated().filter { folders.firstIndex(of: $0.element) == $0.offset }.map(\.element)
        return folders.joined(separator: ":")
    }()

    static let folder: String = {
        if let folder = ProcessInfo.processInfo.environment["PAWL_TEST_PRODUCTS"] { return folder }
        let holdsProducts = { (folder: String) in
            FileManager.default.isExecutableFile(atPath: "\(folder)/git")
                && FileManager.default.isExecutableFile(atPath: "\(folder)/pawl")
        }
        // On Linux the bundle is the running program; on a Mac an `.xctest` folder that a runner has loaded.
        let candidates = [Bundle.main.bundlePath, Bundle.main.executablePath ?? ""] + CommandLine.arguments
        for candidate in candidates {
            var url = URL(fileURLWithPath: candidate).resolvingSymlinksInPath()
            for _ in 0..<5 {
                if holdsProducts(url.path) { return url.path }
                url.deleteLastPathComponent()
            }
        }
        return URL(fileURLWithPath: #filePath).appendingPathComponent("../../../../.build/debug").standardized.path
    }()

    static var pawl: String { "\(folder)/pawl" }

    /// The root of the package, for the scripts under `Tests`.
    static let packageRoot = URL(fileURLWithPath: #filePath)
        .appendingPathComponent("../../../..").standardized.path
}

extension BuiltProducts {
    /// A folder that holds the front end alone, fit to go first on PATH, one for the whole run. The front end knows
    /// itself by the file it runs from, so this is a copy, never a symbolic link. A child process makes the copy: a file
    /// that this process has open for writing cannot be run while another thread starts a program.
    fileprivate static let frontEnd: Result<String, any Error> = Result {
        let scratch = try Scratch()
        atexit { BuiltProducts.frontEndScratch?.remove() }
        frontEndScratch = scratch
        let script = #"mkdir "$2" && cp -L "$1/git" "$2/git""#
        let copied = try scratch.run(
            "/bin/sh", ["-c", script, "sh", folder, scratch.path("front")], environment: ["PATH": systemPath])
        guard copied.succeeded else { throw SpawnFailure(program: "\(folder)/git", code: ENOENT) }
        return scratch.path("front")
    }

    nonisolated(unsafe) private static var frontEndScratch: Scratch?
}

extension Scratch {
    func frontEndFolder() throws -> String { try BuiltProducts.frontEnd.get() }

    /// The search path with the front end first.
    func guardedPath() throws -> String { "\(try frontEndFolder()):\(BuiltProducts.systemPath)" }
}
