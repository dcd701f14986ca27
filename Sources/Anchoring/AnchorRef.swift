import ByteStrings
import Platform

/// A ref with a commit for each hash, which stands in its message. The commits hold no files. Whoever fetches the ref
/// has all hashes so far, and git shows when they are replaced.
struct AnchorRef {
    private let anchor: Anchor
    private let name: ByteString
    private let repository: ByteString

    /// Attempts, where other writers move the ref at the same time.
    private static let attempts = 5

    init(_ anchor: Anchor, _ name: ByteString, _ repository: ByteString) {
        self.anchor = anchor
        self.name = name
        self.repository = repository
    }

    func add(_ line: ByteString) throws(AnchorError) {
        let tree = try git(["mktree"])
        for attempt in 1...Self.attempts {
            let tip = try tip()
            let commit = try git(["commit-tree", tree, "-m", line] + (tip.map { ["-p", $0] } ?? []))
            let absent = ByteString([UInt8](repeating: UInt8(ascii: "0"), count: commit.count))
            do {
                // Only from the value that was read: nothing that another writer adds is lost.
                _ = try git(["update-ref", "-m", "pawl audit anchor", name, commit, tip ?? absent])
                return
            } catch {
                if attempt == Self.attempts { throw error }
            }
        }
    }

    /// All messages, the newest first.
    func lines() throws(AnchorError) -> ByteString {
        try tip() == nil ? "" : try git(["log", "--format=%s", name])
    }

    /// The commit that it names; nil where it is not there yet.
    private func tip() throws(AnchorError) -> ByteString? {
        let found = try git(["for-each-ref", "--format=%(objectname)", name])
        return found.isEmpty ? nil : found
    }

    private func git(_ words: [ByteString]) throws(AnchorError) -> ByteString {
        // Of that repository, whichever this command is for; no hook of it runs.
        var environment = Environment(anchor.environment.entries.filter { !$0.hasPrefix("GIT_") })
        for role in ["AUTHOR", "COMMITTER"] {
            environment[ByteString("GIT_\(role)_NAME")] = "pawl"
            environment[ByteString("GIT_\(role)_EMAIL")] = "pawl@localhost"
        }
        let globals: [ByteString] = ["git", "-C", repository, "-c", "core.hooksPath=/dev/null", "--no-replace-objects"]
        let program = Program(anchor.git, globals + words, environment: environment)
        return try anchor.output(of: program).trimmed
    }
}
