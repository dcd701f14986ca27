import Testing

/// A push that the remote refuses, because others have pushed, and then the same with force.
@Suite("A forced push after a refused one")
struct EscalationTests {
    private static let world = #"""
        set -e
        git init -q --bare ../origin.git; git init -q .; git commit -q --allow-empty -m one
        git remote add origin ../origin.git; git push -q -u origin main
        git clone -q ../origin.git ../other; cd ../other
        git commit -q --allow-empty --author='Ann Lee <ann@example.org>' -m 'Fix the total'
        git commit -q --allow-empty --author='Bo Ek <bo@example.org>' -m "$(printf 'Add \033[31mtax')"; git push -q
        cd ../repo; git commit -q --allow-empty -m mine
        """#

    @Test func theMessageNamesWhoseCommitsTheRemoteHas() throws {
        try BusyRepository.with(Self.world) { world in
            let tracked = try world.shell("git rev-parse origin/main", guarded: false).text
            let plain = try world.shell("git push origin main")
            #expect(plain.ending == .exit(1) && plain.errorText.contains("[rejected]"))
            let refused = try world.shell("git push --force origin main")
            #expect(refused.ending == .exit(77))
            let lines = refused.errorText.split(separator: "\n").map(String.init)
            #expect(lines.count == 6, "\(refused.errorText)")
            #expect(lines[1].hasPrefix("  would   overwrite refs/heads/main on origin; 2 commits would be lost ("))
            #expect(lines[1].hasSuffix(" Fix the total)") && !lines[1].contains("\u{1b}"), "\(lines[1])")
            #expect(
                lines[2].hasPrefix("  moved   refs/heads/main on origin has 2 commits by Bo Ek, Ann Lee that the push ")
            )
            let instead = "git fetch origin && git rebase origin/main && git push origin main"
            #expect(lines[4] == "  instead " + instead)
            // Leases of this clone rest on what it has fetched itself; nothing that was asked for has changed that.
            #expect(try world.shell("git rev-parse origin/main", guarded: false).text == tracked)
            #expect(try world.shell("git for-each-ref | wc -l; ls .git/FETCH_HEAD", guarded: false).text == "2\n")
            let record = try world.shell("tail -n 1 $XDG_STATE_HOME/pawl/audit/*.jsonl", guarded: false).text
            #expect(record.contains("Ann Lee") && record.contains(#""decision":"deny""#))
            let json = try world.shell("PAWL_FORMAT=json git push -f")
            #expect((try jsonObject(json.errorText)["moved"] as? String)?.contains("by Bo Ek, Ann Lee") == true)
            #expect(try world.shell(instead).succeeded)
        }
    }

    @Test(arguments: ["", "git push -q origin main"])
    func wherePushesSucceedTheRemoteIsNotAsked(before: String) throws {
        try BusyRepository.with(Self.world) { world in
            let prepared =
                "git fetch -q && git rebase -q origin/main && \(before.isEmpty ? ":" : before); mv ../origin.git ../gone"
            #expect(try world.shell(prepared).succeeded)
            let refused = try world.shell("git push --force origin HEAD~1:main")
            #expect(refused.ending == .exit(77) && !refused.errorText.contains("  moved "), "\(refused.errorText)")
        }
    }

    @Test func aRemoteThatDoesNotAnswerIsNoReason() throws {
        try BusyRepository.with(Self.world) { world in
            let refused = try world.shell("git push -q origin main; mv ../origin.git ../gone; git push -f origin main")
            #expect(refused.ending == .exit(77))
            #expect(
                refused.errorText.contains("  moved   refs/heads/main on origin may have moved"), "\(refused.errorText)"
            )
        }
    }
}
