import ByteStrings
import Libgit2
import Platform

/// Refs of a remote that a push replaces or removes.
public struct SavedRemote: Equatable, Sendable {
    public struct Ref: Equatable, Sendable {
        /// The full name on the remote.
        public var name: ByteString
        /// nil where it did not exist.
        public var before: ObjectName?
        /// What the push sets it to; nil where it removes it.
        public var after: ObjectName?

        public init(name: ByteString, before: ObjectName?, after: ObjectName?) {
            self.name = name
            self.before = before
            self.after = after
        }
    }

    /// What to call it by in `git push`: its name, or its URL without credentials.
    public var repository: ByteString
    public var refs: [Ref]

    public init(repository: ByteString, refs: [Ref]) {
        self.repository = repository
        self.refs = refs
    }
}

extension Place {
    /// Where a remote's objects wait until a snapshot holds them.
    private static let incoming: ByteString = "refs/pawl/incoming/"

    /// A call that talks to a remote: the user may have to name a password, and a partial clone to fetch more.
    private func talk(_ words: [ByteString]) throws(RecoveryError) -> Captured {
        var program = program(words)
        program.environment["GIT_TERMINAL_PROMPT"] = terminalPrompt
        program.environment["GIT_NO_LAZY_FETCH"] = nil
        do { return try program.capture() } catch { throw .system(error) }
    }

    /// Fetches the refs' objects, never into remote-tracking refs, which would disarm the leases of others. They are held
    /// until `release`.
    func fetch(_ remote: SavedRemote, from url: ByteString, for id: ByteString) throws(RecoveryError) {
        let prefix = Self.incoming + id + "/"
        let refs = remote.refs.filter { $0.before != nil }
        guard !refs.isEmpty else { return }
        let words: [ByteString] = [
            "fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--refmap=", "--no-recurse-submodules",
            "--no-auto-maintenance", "--", url,
        ]
        let answer = try talk(words + refs.map { "+" + $0.name + ":" + prefix + $0.name })
        guard answer.ending.succeeded else { throw .git(command: "fetch", errors: answer.errors) }
        let found = try readRefs(refs.map { prefix + $0.name })
        for ref in refs where found.first(where: { $0.name == prefix + ref.name })?.object != ref.before {
            throw .remote(remote.repository, ref.name + " has moved in between")
        }
    }

    /// Gives up the refs of `fetch`; those of snapshots that never came about as well.
    func release(_ id: ByteString) throws(RecoveryError) {
        let names = try output(["for-each-ref", "--format=%(refname)", Self.incoming + id]).split(0x0a)
        let orders = names.filter { !$0.isEmpty }.map { "delete " + $0 + "\0\0" }.joined(separator: "")
        if !orders.isEmpty { _ = try output(["update-ref", "--stdin", "-z"], input: orders) }
    }

    /// Where pushes to a remote go, by its name or URL.
    func pushURL(_ repository: ByteString) throws(RecoveryError) -> ByteString {
        let told = try run(["remote", "get-url", "--push", "--", repository])
        return told.ending.succeeded ? told.output.withoutNewline : repository
    }

    /// The remote's refs as it shows them now.
    func advertised(_ repository: ByteString, _ url: ByteString) throws(RecoveryError) -> [ByteString: ObjectName] {
        let answer = try talk(["ls-remote", "--", url])
        guard answer.ending.succeeded else {
            throw .remote(repository, "it does not say what it has: " + answer.errors.trimmed)
        }
        var refs: [ByteString: ObjectName] = [:]
        for line in answer.output.split(0x0a) {
            guard let (hex, name) = line.split(atFirst: 0x09), let object = ObjectName(hex: hex) else { continue }
            refs[name] = object
        }
        return refs
    }

    /// Sets refs of a remote from `before` to `after`, each only where it still has that value
    /// (git-push(1), `--force-with-lease=<refname>:<expect>`).
    func push(_ remote: SavedRemote) throws(RecoveryError) {
        var words: [ByteString] = ["push", "--quiet", "--no-verify", "--no-follow-tags", "--no-recurse-submodules"]
        words += remote.refs.map { "--force-with-lease=" + $0.name + ":" + ($0.before?.hex ?? "") }
        words += ["--", remote.repository]
        words += remote.refs.map { ($0.after?.hex ?? "") + ":" + $0.name }
        let answer = try talk(["-c", "remote." + remote.repository + ".mirror=false"] + words)
        guard answer.ending.succeeded else { throw .git(command: "push", errors: answer.errors) }
    }
}
