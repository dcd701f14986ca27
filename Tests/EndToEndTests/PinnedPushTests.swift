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
            kept: try ask("git for-each-ref --format='%(objectname) %(refname)' refs/pawl/remote"),
            records: try ask("cat ../state/pawl/audit/*.jsonl"))
    }

    @Test func snapshotKeepsWhatIsReplacedAndTheLogSaysWhere() throws {
        try Scratch.with { scratch in
            let push = try push("git push --force-with-lease origin agent/x", scratch)
            #expect(push.outcome.succeeded, "\(push.outcome.errorText)")
            #expect(push.remote == push.new && push.old != push.new)
            let old = push.old.split(separator: "\n").first.map(String.init) ?? "?"
            #expect(
                push.kept.hasPrefix("\(old) refs/pawl/remote/") && push.kept.contains("/heads/agent/x"), "\(push.kept)")
            #expect(push.records.contains("\"decision\":\"snapshot\""))
            #expect(push.records.contains("\"snapshot\":\"refs/pawl/remote/"))
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
            #expect(push.kept.contains("refs/pawl/remote/"))
            let plain = scratch.environment(path: BuiltProducts.systemPath)
            let there = try scratch.shell(
                "git --git-dir=../origin.git for-each-ref refs/pawl", in: scratch.path("work"), environment: plain)
            #expect(there.text.isEmpty, "\(there.text)")
        }
    }
}
