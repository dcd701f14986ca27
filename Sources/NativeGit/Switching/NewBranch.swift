import ByteStrings
import Libgit2
import Platform

/// A branch that is to be made (git's `create_branch` and `files-backend.c`).
struct NewBranch {
    private let name: ByteString
    private let file: ByteString
    private let log: Reflog

    /// Fails where there is anything of that name, or in its way.
    init(_ branch: ByteString, _ bench: Workbench) throws(Leave) {
        name = "refs/heads/" + branch
        file = Path.join(bench.place.common, name)
        guard try Revision(bench: bench).fullName(branch) == nil, File.linkStatus(file) == nil,
            File.linkStatus(RefLock.path(file)) == nil
        else { throw Leave() }
        // A branch `a` and a branch `a/b` cannot both be.
        let packed = try bench.refs.packedFile()
        if packed.contains(" " + name + "/") { throw Leave() }
        var above = Path.parent(branch)
        while above != branch, above != ".", !above.isEmpty {
            let ref = "refs/heads/" + above
            if packed.contains(" " + ref + "\n") { throw Leave() }
            if let status = File.linkStatus(Path.join(bench.place.common, ref)), status.kind != .directory {
                throw Leave()
            }
            guard above.contains(UInt8(ascii: "/")) else { break }
            above = Path.parent(above)
        }
        try File.requireWay(to: file)
        try SwitchGround.checkTracking(bench)
        log = try Reflog(of: name, bench)
    }

    /// Makes it. Returns what git dies of where that fails.
    func make(at commit: ObjectID, _ committer: Committer) -> String? {
        try? File.makeFolder(Path.parent(file), mode: 0o777)
        guard let lock = RefLock(file) else { return "cannot lock ref '\(name)': Unable to create '\(file).lock'" }
        guard File.linkStatus(file) == nil else {
            lock.release()
            return "cannot lock ref '\(name)': reference already exists"
        }
        if let problem = log.add(.zero, commit, committer, Array("branch: Created from HEAD".utf8)) {
            lock.release()
            return "cannot update the ref '\(name)': \(problem)"
        }
        guard lock.commit(ByteString(commit.hex) + "\n") else { return "couldn't set '\(name)'" }
        return nil
    }
}
