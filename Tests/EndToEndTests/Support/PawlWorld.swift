import Foundation

/// A scratch folder with Pawl installed in it as install.sh lays it out, and a remote that is ahead of a clone.
struct PawlWorld {
    let scratch: Scratch
    var environment: [String: String]

    var prefix: String { scratch.path("pawl") }
    var pawl: String { "\(prefix)/bin/pawl" }
    var clone: String { scratch.path("clone") }

    static func with<Result>(_ body: (PawlWorld) throws -> Result) throws -> Result {
        try Scratch.with { scratch in try body(PawlWorld(scratch)) }
    }

    struct Failed: Error, CustomStringConvertible {
        var description: String
    }

    private init(_ scratch: Scratch) throws {
        self.scratch = scratch
        environment = scratch.environment(path: BuiltProducts.systemPath)
        environment["XDG_CONFIG_HOME"] = scratch.path("config")
        let made = try scratch.run(
            "/bin/sh",
            ["-c", Self.script, "sh", BuiltProducts.folder, BuiltProducts.packageRoot, BuiltProducts.realGit],
            environment: environment)
        guard made.succeeded else { throw Failed(description: made.errorText) }
    }

    private static let script = #"""
        set -e
        mkdir -p pawl/bin pawl/libexec/pawl pawl/share/pawl/policies
        cp -L "$1/pawl" pawl/bin/pawl; cp -L "$1/git" pawl/libexec/pawl/git
        cp "$2"/policies/* pawl/share/pawl/policies/
        { echo "$3"; "$3" version; stat -Lc '%s %Y %i' "$3" 2>/dev/null || stat -Lf '%z %m %i' "$3"
          "$3" --exec-path; } > pawl/share/pawl/real-git
        git init -q --bare origin.git; git clone -q origin.git clone 2>/dev/null; cd clone
        git commit -q --allow-empty -m one; git push -q origin main
        git commit -q --allow-empty -m two; git push -q origin main
        git reset -q --hard HEAD~1; git commit -q --allow-empty -m mine
        """#

    /// Runs `pawl` in the clone.
    func pawl(
        _ arguments: [String], in folder: String? = nil, input: String = "", _ more: [String: String] = [:]
    ) throws -> Outcome {
        try scratch.run(
            pawl, arguments, in: folder ?? clone, environment: environment.merging(more) { $1 },
            input: Array(input.utf8))
    }

    /// Runs a line of shell in the clone, with the real git on PATH.
    func shell(_ line: String) throws -> Outcome {
        try scratch.shell(line, in: clone, environment: environment.merging(["PAWL": pawl]) { $1 })
    }

    /// The commit that the remote's main names.
    func remoteMain() throws -> String {
        try shell("git -C ../origin.git rev-parse main").text
    }
}

/// A JSON object that was printed.
func jsonObject(_ text: some StringProtocol) throws -> [String: Any] {
    let value = try JSONSerialization.jsonObject(with: Data(text.utf8))
    return value as? [String: Any] ?? [:]
}
