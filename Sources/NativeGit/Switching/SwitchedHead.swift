import ByteStrings
import Libgit2
import Platform

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// HEAD on the way from one branch to another (git's `create_symref` and `update_refs_for_switch`).
struct SwitchedHead {
    /// Without `refs/heads/`.
    let old: ByteString
    let new: ByteString
    private let file: ByteString
    private let log: Reflog

    init(from old: ByteString, to new: ByteString, _ bench: Workbench) throws(Leave) {
        (self.old, self.new) = (old, new)
        file = bench.file("HEAD")
        log = try Reflog(of: "HEAD", bench)
    }

    /// Whether HEAD is still on the branch that it was found on.
    var isCurrent: Bool { (try? File.read(file, limit: 4096)) == "ref: refs/heads/" + old + "\n" }

    /// Sets it. Returns what git says to errors in doing so, and whether it dies of them.
    func set(_ before: ObjectID, _ after: ObjectID, _ committer: Committer) -> (errors: String, isSet: Bool) {
        guard let lock = RefLock(file) else {
            return ("error: Unable to create '\(file).lock': \(Self.reason)\n" + Self.death, false)
        }
        let message = "checkout: moving from ".utf8 + old.bytes + " to ".utf8 + new.bytes
        let errors = log.add(before, after, committer, message).map { "error: \($0)\n" } ?? ""
        if lock.commit("ref: refs/heads/" + new + "\n") { return (errors, true) }
        return (errors + "error: unable to write symref for HEAD: \(Self.reason)\n" + Self.death, false)
    }

    private static let death = "fatal: unable to update HEAD\n"

    private static var reason: String { String(cString: strerror(errno)) }
}
