import ByteStrings
import Libgit2

/// `git switch BRANCH`, `git switch -c NEW` and the same forms of `git checkout` (git-switch(1), git-checkout(1)): from a
/// branch to another one, which is there or begins at HEAD.
///
/// Left to git: whatever could lose or hide anything (changes to files that differ between the branches, files in the
/// way, ignored ones too), hooks, attributes, submodules, linked work trees, an operation under way, a detached HEAD,
/// names that could mean several things, and refs that would have to be guessed.
enum SwitchOperation {
    static func run(_ form: Form, _ bench: Workbench) throws(Leave) -> NativeOutcome {
        let request = try SwitchRequest(form, bench)
        try SwitchGround.check(bench)
        let (old, before) = try branch(bench)
        let new = request.isNew ? try NewBranch(request.branch, bench) : nil
        let after = request.isNew ? before : try target(of: request.branch, bench)
        let head = try SwitchedHead(from: old, to: request.branch, bench)
        let committer = try Committer(bench)
        let ending = try ending(request, old, after, bench)
        let trees = (try Commit(before, bench).tree, try Commit(after, bench).tree)
        let files = request.looksAtFiles ? try FileSwitch(bench, from: trees.0, to: trees.1) : nil

        // From here on things are done.
        var outcome = NativeOutcome()
        var (isDead, isMade) = (false, false)
        if let files {
            (outcome.output, outcome.errors, isDead) = try carryOut(files, head, request, (before, after), bench)
        } else if !head.isCurrent {
            throw Leave()
        }
        if !isDead, let new {
            let problem = new.make(at: after, committer)
            if let problem { outcome.errors += "fatal: \(problem)\n".utf8 }
            (isDead, isMade) = (problem != nil, problem == nil)
        }
        if !isDead {
            let (errors, isSet) = head.set(before, after, committer)
            outcome.errors += errors.utf8
            isDead = !isSet
        }
        outcome.moves = NativeOutcome.Moves(
            head: (ByteString(before.hex), ByteString((isDead ? before : after).hex)),
            created: isMade ? [("refs/heads/" + request.branch, ByteString(after.hex))] : [])
        guard !isDead else {
            outcome.status = 128
            return outcome
        }
        outcome.output += ending.output
        outcome.errors += ending.errors
        return outcome
    }

    /// The branch that HEAD is on, and its commit.
    private static func branch(_ bench: Workbench) throws(Leave) -> (ByteString, ObjectID) {
        guard let name = try bench.branch(), case .object(let commit) = try bench.refs.read("refs/heads/" + name) else {
            throw Leave()
        }
        return (name, commit)
    }

    /// The commit of another branch, where its name means that branch alone.
    private static func target(of branch: ByteString, _ bench: Workbench) throws(Leave) -> ObjectID {
        try Revision(bench: bench).requireUnambiguous(branch: branch)
        guard case .object(let commit) = try bench.refs.read("refs/heads/" + branch) else { throw Leave() }
        return commit
    }

    /// What is said when all is done.
    private static func ending(
        _ request: SwitchRequest, _ old: ByteString, _ after: ObjectID, _ bench: Workbench
    ) throws(Leave) -> (output: [UInt8], errors: [UInt8]) {
        if request.isQuiet { return ([], []) }
        let words =
            request.isNew
            ? "Switched to a new branch '" : request.branch == old ? "Already on '" : "Switched to branch '"
        return (
            try Tracking.text(of: request.branch, at: after, bench) ?? [],
            words.utf8 + request.branch.bytes + "'\n".utf8
        )
    }

    /// Files and index. Fails where anything has changed since it was looked at, and then nothing has been done.
    private static func carryOut(
        _ files: FileSwitch, _ head: SwitchedHead, _ request: SwitchRequest, _ commits: (ObjectID, ObjectID),
        _ bench: Workbench
    ) throws(Leave) -> (output: [UInt8], errors: [UInt8], isDead: Bool) {
        var writer = try IndexWriter(bench, files.index)
        guard let lock = writer.lock() else { throw Leave() }
        guard writer.isCurrent, head.isCurrent, stands(head.old, at: commits.0, bench),
            request.isNew || stands(request.branch, at: commits.1, bench), files.isCurrent()
        else {
            writer.unlock(lock)
            throw Leave()
        }
        writer.refresh(files.refresh)
        writer.record(files.trees)
        var switching = FileSwitching(files)
        switching.carryOut(&writer, lock)
        if switching.isDead || request.isQuiet { return ([], switching.errors, switching.isDead) }
        var changes = files.localChanges
        if !switching.failures.isEmpty { changes.add(switching.failures) }
        return (changes.text(bench), switching.errors, false)
    }

    /// Whether a branch is still where it was.
    private static func stands(_ branch: ByteString, at commit: ObjectID, _ bench: Workbench) -> Bool {
        (try? bench.refs.read("refs/heads/" + branch)) == .object(commit)
    }
}
