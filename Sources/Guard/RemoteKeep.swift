import Auditing
import ByteStrings
import GitEffects
import Libgit2
import Platform

/// Keeps what a push is about to replace or remove on a remote: the old objects are fetched into private refs of this
/// repository, never into remote-tracking refs, which would disarm the leases of others.
struct RemoteKeep {
    struct Failure: Error {
        var reason: ByteString
    }

    private let setting: Setting
    private let url: ByteString

    init(_ setting: Setting, _ url: ByteString) {
        self.setting = setting
        self.url = url
    }

    /// Fetches the refs' present objects and returns the prefix of the private refs that hold them now:
    /// `refs/pawl/remote/TIME/` with the rest of each ref's name behind it.
    func keep(_ references: [Repository.Reference], at time: Timestamp) throws(Failure) -> ByteString? {
        guard !references.isEmpty else { return nil }
        let prefix = ByteString("refs/pawl/remote/\(time.milliseconds)/")
        let refspecs = references.map { reference in
            "+" + reference.name + ":" + prefix + (reference.name.dropping(prefix: "refs/") ?? reference.name)
        }
        var fetch = setting.question(
            [
                "-c", "core.hooksPath=/dev/null", "fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--refmap=",
                "--no-recurse-submodules", "--no-auto-maintenance", "--", url,
            ] + refspecs)
        fetch.environment["GIT_TERMINAL_PROMPT"] = setting.environment["GIT_TERMINAL_PROMPT"]
        let answer: Captured
        do {
            answer = try fetch.capture()
        } catch {
            throw Failure(reason: ByteString(error.description))
        }
        guard answer.ending.succeeded else { throw Failure(reason: answer.errors.trimmed) }
        let facts = (try? FactsOpener.open(setting)) ?? nil
        for reference in references {
            let kept = prefix + (reference.name.dropping(prefix: "refs/") ?? reference.name)
            guard facts?.target(of: kept) == reference.target else {
                throw Failure(reason: reference.name + " has moved in between")
            }
        }
        return prefix
    }
}
