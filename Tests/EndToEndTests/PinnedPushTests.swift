import Testing

/// A forced push that a policy lets through is tied to the values that were decided on, and with `snapshot` what it
/// replaces is kept first.
@Suite("Forced pushes that are let through")
struct PinnedPushTests {
    /// The example of the policy language: agents may force their own branches, with a lease.
    private static let policy = """
        [include]
        \tpath = built-in:default
        [rule "agents-own-branches"]
        \teffect = force-push
        \tref = refs/heads/agent/*
        \tlease = true
        \taction = snapshot

        """

    private static let world = """
        set -e
        git init -q --bare --template= origin.git; git init -q --template= work; cd work
        git remote add origin ../origin.git
        git commit -q --allow-empty -m base; git push -q origin HEAD:main
        git checkout -q -b agent/x; git commit -q --allow-empty -m first; git push -q origin agent/x
        git fetch -q; git commit -q --amend --allow-empty -m second

        """

    private struct Push {
        var outcome: Outcome
        var old: String
        var new: String
        var remote: String
        var kept: String
        var records: String
    }

    private func push(_ line: String, _ scratch: Scratch, policy: String = policy) throws -> Push {
        let plain = scratch.environment(path: BuiltProducts.systemPath)
        let work = scratch.path("work")
        try scratch.write(policy, to: "home/.config/pawl/policy")
        #expect(try scratch.shell(Self.world, environment: plain).succeeded)
        func ask(_ question: String) throws -> String { try scratch.shell(question, in: work, environment: plain).text }
        let old = try ask("git --git-dir=../origin.git rev-parse agent/x")
        let outcome = try scratch.shell(
            line, in: work,
            environment: scratch.environment(path: scratch.guardedPath(), ["XDG_STATE_HOME": scratch.path("state")]))
        return Push(
            outcome: outcome, old: old, new: try ask("git rev-parse agent/x"),
            remote: try ask("git --git-dir=../origin.git rev-parse agent/x"),
            kept: try ask("git for-each-ref --format='%(parent) %(refname)' refs/pawl"),
            records: try ask("cat ../state/pawl/audit/*.jsonl"))
    }

    @Test func snapshotKeepsWhatIsReplacedAndTheLogSaysWhere() throws {
        try Scratch.with { scratch in
            let push = try push("git push --force-with-lease origin agent/x", scratch)
            #expect(push.outcome.succeeded, "\(push.outcome.errorText)")
            #expect(push.remote == push.new && push.old != push.new)
            let old = push.old.split(separator: "\n").first.map(String.init) ?? "?"
            let kept = push.kept.split(separator: " ").last?.split(separator: "/").last.map(String.init) ?? "?"
            #expect(push.kept.split(separator: "\n").count == 1, "\(push.kept)")
            let id = kept.trimmingCharacters(in: .newlines)
            let parent = try scratch.shell(
                "git rev-parse refs/pawl/snapshots/\(id)~1", in: scratch.path("work"),
                environment: scratch.environment(path: BuiltProducts.systemPath))
            #expect(parent.text == old + "\n")
            #expect(push.records.contains("\"decision\":\"snapshot\""))
            #expect(push.records.contains("\"snapshot\":\"\(id)\""))
        }
    }

    /// What the undo of a push has told and left, in the remote's own refs.
    private func undo(_ between: String, _ words: String, _ scratch: Scratch) throws -> (Outcome, String) {
        let plain = scratch.environment(path: BuiltProducts.systemPath, ["PAWL": BuiltProducts.pawl])
        // Nothing but the snapshot holds the old commits any more, here or there.
        let forget =
            "git reflog expire --expire=now --all; git gc -q --prune=now; git -C ../origin.git gc -q --prune=now"
        let work = scratch.path("work")
        let undone = try scratch.shell(
            "\(forget); \(between) && \"$PAWL\" undo \(words)", in: work, environment: plain)
        let there = try scratch.shell(
            "git --git-dir=../origin.git for-each-ref --format='%(objectname) %(refname:short)'", in: work,
            environment: plain)
        return (undone, there.text)
    }

    @Test func anUndoPushesBackWhatWasReplacedAndCanBeUndone() throws {
        try Scratch.with { scratch in
            let push = try push("git push --force-with-lease origin agent/x", scratch)
            let old = push.old.trimmingCharacters(in: .newlines)
            let (undone, there) = try undo("true", "", scratch)
            #expect(undone.succeeded && undone.text.contains("  refs/heads/agent/x on origin\n"), "\(undone.errorText)")
            #expect(there.contains("\(old) agent/x"))
            let again = undone.text.split(separator: " ").last ?? ""
            let (redone, then) = try undo("true", String(again), scratch)
            #expect(redone.succeeded && then.contains(push.new.trimmingCharacters(in: .newlines) + " agent/x"))
        }
    }

    @Test func anUndoPushesADeletedBranchBack() throws {
        try Scratch.with { scratch in
            let open = "[rule \"all\"]\n\teffect = delete-remote-ref\n\taction = snapshot\n"
            let push = try push("git push -q origin :agent/x", scratch, policy: open)
            #expect(push.outcome.succeeded && push.remote.contains("agent/x\n"), "\(push.outcome.errorText)")
            let (undone, there) = try undo("git branch -qm agent/x other", "", scratch)
            #expect(undone.succeeded && there.contains(push.old.trimmingCharacters(in: .newlines) + " agent/x"))
        }
    }

    @Test func anUndoOverwritesNothingNewerOnTheRemote() throws {
        try Scratch.with { scratch in
            _ = try push("git push --force-with-lease origin agent/x", scratch)
            let newer = "git commit -q --allow-empty -m newer && git push -q origin HEAD:agent/x"
            let (refused, there) = try undo(newer, "", scratch)
            #expect(refused.ending == .exit(1))
            #expect(refused.errorText.contains("refs/heads/agent/x on origin was moved since"))
            let (_, then) = try undo("true", "; git log -1 --format=%s origin/agent/x", scratch)
            #expect(there == then)
        }
    }

    @Test(arguments: [
        "git push --force origin agent/x", "git push origin +agent/x",
    ])
    func withoutTheLeaseTheSamePolicyRefuses(line: String) throws {
        try Scratch.with { scratch in
            let push = try push(line, scratch)
            #expect(push.outcome.ending == .exit(77), "\(push.outcome.errorText)")
            #expect(push.remote == push.old && push.kept.isEmpty)
        }
    }

    @Test func keptRefsDoNotTravelWithAMirror() throws {
        try Scratch.with { scratch in
            let open = "[rule \"all\"]\n\teffect = force-push\n\teffect = delete-remote-ref\n\taction = snapshot\n"
            let push = try push(
                "git push -q --force origin agent/x && git push -q --mirror origin", scratch, policy: open)
            #expect(push.outcome.succeeded, "\(push.outcome.errorText)")
            #expect(push.kept.contains("refs/pawl/snapshots/"))
            let plain = scratch.environment(path: BuiltProducts.systemPath)
            let there = try scratch.shell(
                "git --git-dir=../origin.git for-each-ref refs/pawl", in: scratch.path("work"), environment: plain)
            #expect(there.text.isEmpty, "\(there.text)")
        }
    }
}
