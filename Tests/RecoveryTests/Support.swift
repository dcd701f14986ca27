import ByteStrings
import Foundation
import Platform
import Recovery
import Testing

/// A scratch repository with some history, gone when the body is left.
struct Scratch {
    let folder: ByteString
    let path: ByteString
    let environment: Environment

    /// `work` has three commits on main, a branch `side`, and files that .gitignore leaves out.
    static let history = """
        printf 'one\\n' > a; printf 'b\\n' > b; mkdir d; printf 'deep\\n' > d/deep; printf '*.log\\n' > .gitignore
        git add .; git commit -qm first
        git branch side
        printf 'two\\n' > a; printf 'c\\n' > c; git add .; git commit -qm second
        printf 'three\\n' > a; git commit -qam third
        """

    static func with(
        _ script: String = history, format: String = "sha1", _ body: (Scratch) throws -> Void
    ) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("pawl-undo-\(UUID().uuidString)")
            .path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { File.removeTree(ByteString(folder)) }
        let environment = Environment([
            "PATH=/usr/bin:/bin", ByteString("HOME=\(folder)"), "GIT_CONFIG_NOSYSTEM=1", "GIT_AUTHOR_NAME=A",
            "GIT_AUTHOR_EMAIL=a@example.com", "GIT_COMMITTER_NAME=A", "GIT_COMMITTER_EMAIL=a@example.com", "LC_ALL=C",
            ByteString("GIT_CEILING_DIRECTORIES=\(folder)"),
        ])
        let scratch = Scratch(folder: ByteString(folder), path: ByteString(folder + "/work"), environment: environment)
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

    /// `plain`: what can be done in process is.
    func recovery(_ workTree: ByteString? = nil, plain: Bool = true) throws -> Recovery {
        let top = workTree ?? path
        let own = try run("git rev-parse --absolute-git-dir", in: top)
        let common = try run("git rev-parse --path-format=absolute --git-common-dir", in: top)
        var quiet = environment
        quiet["GIT_OPTIONAL_LOCKS"] = "0"
        quiet["GIT_NO_REPLACE_OBJECTS"] = "1"
        let settled = quiet
        return Recovery(
            Place(gitDirectory: own, commonDirectory: common, workTree: top, isPlain: plain && !own.contains("sha256"))
            {
                Program("/usr/bin/git", ["git", "-C", top] + $0, environment: settled, directory: top)
            })
    }

    /// Everything that an undo is to bring back, as text.
    func state(_ workTree: ByteString? = nil, logs: Bool = true) throws -> String {
        try run(
            """
            git for-each-ref | grep -v refs/pawl || true
            git symbolic-ref -q HEAD || git rev-parse HEAD
            echo INDEX; git ls-files -s; echo STATUS; git status --porcelain --ignored
            echo STASH; git stash list
            \(logs ? "for b in $(git for-each-ref --format='%(refname)' refs/heads); do echo $b; git reflog $b; done" : "")
            echo FILES; find . -path ./.git -prune -o -printf '%y %m %p %l\\n' | sort
            find . -path ./.git -prune -o -type f -print0 | sort -z | xargs -0 sha256sum
            """, in: workTree ?? path
        ).text
    }

    func request(_ id: ByteString = "s1", time: Int64 = 1000, _ fill: (inout SnapshotRequest) -> Void)
        -> SnapshotRequest
    {
        var request = SnapshotRequest(id: id, command: "git something", time: time)
        fill(&request)
        return request
    }

    /// Snapshot, command, undo: the state is as before; then undo of the undo: it is as after the command.
    func cycle(
        _ command: String, logs: Bool = true, workTree: ByteString? = nil, complete: Bool = true,
        _ fill: (inout SnapshotRequest) -> Void
    ) throws {
        let recovery = try recovery(workTree)
        let before = try state(workTree, logs: logs)
        let taken = try recovery.take(request("s1", fill))
        try run(command, in: workTree)
        if complete { try recovery.complete(taken) }
        let after = try state(workTree, logs: false)
        #expect(before != after)
        try run("git gc -q --prune=now", in: workTree)
        try recovery.undo(newID: "s2", time: 2000)
        #expect(try state(workTree, logs: logs) == before)
        try run("git fsck --strict --no-dangling", in: workTree)
        #expect(try recovery.list().map(\.isUndone) == [false, true])
        try recovery.undo("s2", newID: "s3", time: 3000)
        #expect(try state(workTree, logs: false) == after)
    }
}
