import Foundation
import Testing

/// What pawl itself changes in a repository is on record like what git does.
@Suite("Pawl's own commands on record")
struct OwnCommandTests {
    private static func records(_ world: BusyRepository) throws -> [[String: Any]] {
        try world.shell("cat $XDG_STATE_HOME/pawl/audit/*.jsonl").text.split(separator: "\n").map(jsonObject)
    }

    @Test func anUndoIsOnRecordWithWhatItBroughtBack() throws {
        try BusyRepository.with { world in
            #expect(try world.shell("git reset -q --hard HEAD~1").succeeded)
            let old = try world.shell("git rev-parse HEAD ORIG_HEAD", guarded: false).text.split(separator: "\n").map(
                String.init)
            let undone = try world.shell("PAWL_AGENT=ann PAWL_SESSION=s-1 $PAWL undo")
            #expect(undone.succeeded && undone.errorText.isEmpty, "\(undone.errorText)")
            let records = try Self.records(world)
            let (reset, undo) = (try #require(records.first), try #require(records.last))
            #expect(records.count == 2 && reset["command"] as? String == "reset")
            #expect(undo["argv"] as? [String] == ["pawl", "undo"] && undo["command"] as? String == "pawl undo")
            #expect(undo["agent"] as? String == "ann" && undo["session"] as? String == "s-1")
            #expect(undo["repository"] as? String == reset["repository"] as? String)
            #expect(undo["decision"] == nil && undo["ran"] as? String == "native" && undo["exit"] as? Int == 0)
            #expect(undo["head"] as? [String: String] == ["before": old[0], "after": old[1]])
            let moved = undo["refs"] as? [[String: String]]
            #expect(moved == [["ref": "refs/heads/main", "old": old[0], "new": old[1]]])
            // Nor does git's own record name the snapshot among the refs that git has moved.
            #expect((reset["refs"] as? [[String: String]])?.map { $0["ref"] } == ["refs/heads/main"])
            let told = try #require(undo["undo"] as? [String: Any])
            #expect(told["snapshot"] as? String == reset["snapshot"] as? String && told["index"] as? Bool == true)
            let files = told["files"] as? [String: Any]
            #expect((files?["paths"] as? [String])?.contains("dir/in") == true && files?["count"] as? Int ?? 0 > 5)

            // The recovery point on record is the one that the undo is undone with.
            let back = try world.shell("$PAWL undo \(undo["snapshot"] as? String ?? "") && cat .git/refs/heads/main")
            #expect(back.text.hasSuffix(old[0] + "\n"))
            #expect(try world.shell("$PAWL audit verify").text.hasPrefix("3 records intact"))
            #expect(try world.shell("$PAWL audit").text.contains("  undo "))
            let shown = try world.shell("$PAWL audit show 2").text
            for line in [
                "record 2: pawl undo", "undone      20", "restored    the index", "restored    dir/in", "pawl undo 20",
            ] {
                #expect(shown.contains(line), "\(line) in\n\(shown)")
            }
            #expect(try world.shell("$PAWL audit --grep dir/in --json | grep -c 'pawl undo'").text == "2\n")
        }
    }

    @Test func oneThatChangesNothingIsOnRecordToo() throws {
        try BusyRepository.with { world in
            #expect(try world.shell("git reset -q --hard && echo newer > app").succeeded)
            #expect(try world.shell("$PAWL undo").ending == .exit(1))
            let stopped = try #require(try Self.records(world).last)
            #expect(stopped["exit"] as? Int == 1 && stopped["refs"] == nil)
            #expect((stopped["stopped"] as? String)?.contains("app was changed since") == true)
            #expect(try world.shell("$PAWL undo --paths dir/in").succeeded)
            let partial = try #require(try Self.records(world).last?["undo"] as? [String: Any])
            #expect(partial["partial"] as? Bool == true)
            #expect((partial["files"] as? [String: Any])?["paths"] as? [String] == ["dir/in"])
        }
    }

    @Test func refsOfARemoteThatAreSetBackAreOnRecord() throws {
        try BusyRepository.with { world in
            let policy = "[policy]\n\tname = t\n[rule \"keep\"]\n\teffect = force-push\n\taction = snapshot\n"
            try world.scratch.write(policy, to: "home/.config/pawl/policy")
            #expect(try world.shell("git push -q origin main", guarded: false).succeeded)
            let undone = try world.shell("git push -q -f origin topic:main && $PAWL undo")
            #expect(undone.succeeded, "\(undone.errorText)")
            let record = try #require(try Self.records(world).last)
            #expect(record["remote"] as? String == "origin")
            let effect = try #require((record["effects"] as? [[String: Any]])?.first)
            #expect(effect["kind"] as? String == "force-push" && effect["lease"] as? Bool == true)
            let refs = try #require((record["undo"] as? [String: Any])?["remoteRefs"] as? [[String: String]])
            let there = try world.shell("git rev-parse topic main", guarded: false).text
            #expect(refs.map { ($0["old"] ?? "") + "\n" + ($0["new"] ?? "") + "\n" } == [there])
            // No policy is asked about it, now or later.
            #expect(try world.shell("$PAWL audit replay --policy strict").succeeded)
        }
    }

    @Test func snapshotsThatAreGivenUpAreOnRecord() throws {
        try BusyRepository.with { world in
            #expect(try world.shell("git stash drop -q && git reset -q --hard").succeeded)
            let pruned = try world.shell("$PAWL snapshots prune --keep-bytes 0")
            let record = try #require(try Self.records(world).last)
            #expect(record["command"] as? String == "pawl snapshots prune")
            let gone = (record["refs"] as? [[String: String]])?.compactMap { $0["ref"] }
            #expect(gone?.map { "given up: " + $0.dropFirst("refs/pawl/snapshots/".count) + "\n" } == [pruned.text])
        }
    }

    @Test func whereRecordsAreRequiredNothingIsDoneWithoutOne() throws {
        try BusyRepository.with { world in
            #expect(try world.shell("git reset -q --hard && echo x > file").succeeded)
            let before = try world.state()
            let warned = try world.shell("XDG_STATE_HOME=$PWD/file $PAWL undo --paths app")
            #expect(warned.succeeded && warned.errorText.hasPrefix("pawl: warning: this command is not on record"))
            #expect(try world.shell("git -C . checkout -q app", guarded: false).succeeded)
            let policy = "[policy]\n\tname = t\n\trecordRequired = true\n"
            try world.scratch.write(policy, to: "home/.config/pawl/policy")
            let refused = try world.shell("XDG_STATE_HOME=$PWD/file $PAWL undo")
            #expect(refused.ending == .exit(77) && refused.errorText.contains("it cannot be recorded"))
            #expect(try world.state() == before)
        }
    }
}
