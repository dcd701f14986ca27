import ByteStrings
import Libgit2
import Platform

/// `git symbolic-ref HEAD` (git-symbolic-ref(1)).
enum SymbolicRefOperation {
    static func run(_ form: Form, _ bench: Workbench) throws(Leave) -> NativeOutcome {
        guard form.operands == ["HEAD"] else { throw Leave() }
        var outcome = NativeOutcome()
        if let name = try bench.branch() {
            if form.has("--short") {
                try Revision(bench: bench).requireUnambiguous(branch: name)
                outcome.output = name.bytes + "\n".utf8
            } else {
                outcome.output = "refs/heads/".utf8 + name.bytes + "\n".utf8
            }
        } else if form.has("-q", "--quiet") {
            outcome.status = 1
        } else {
            outcome.errors = Array("fatal: ref HEAD is not a symbolic ref\n".utf8)
            outcome.status = 128
        }
        return outcome
    }
}

extension Workbench {
    /// The branch that HEAD is on, born or not, without `refs/heads/`; nil where HEAD is detached. Fails where it is
    /// anything else.
    func branch() throws(Leave) -> ByteString? {
        switch try refs.read("HEAD") {
        case .symbolic(let name):
            guard let branch = name.dropping(prefix: "refs/heads/") else { throw Leave() }
            return branch
        case .object: return nil
        case nil: throw Leave()
        }
    }
}
