import Foundation
import Testing

@Suite("pawl doctor")
struct PawlDoctorTests {
    @Test func aFreshInstallationIsWell() throws {
        try PawlWorld.with { world in
            let outcome = try world.pawl(["doctor"])
            #expect(outcome.succeeded, "\(outcome.text)\(outcome.errorText)")
            let end = outcome.text.split(separator: "\n").suffix(6).joined(separator: "\n")
            #expect(end.contains("pawl: blocked: git push --force origin main"))
            #expect(try FileManager.default.contentsOfDirectory(atPath: world.scratch.path("tmp")).isEmpty)
            #expect(try world.pawl(["audit"]).text.hasPrefix("Nothing is on record"), "the trial went on record")
        }
    }

    @Test func whatTheUserHasSetUpDoesNotSpoilTheTrial() throws {
        try PawlWorld.with { world in
            try world.scratch.write(
                "[core]\n\thooksPath = /nonexistent\n[push]\n\tdefault = nothing\n", to: "home/.gitconfig")
            let outcome = try world.pawl(
                ["doctor", "--json"], in: "/",
                ["GIT_DIR": "/nonexistent", "PAWL_POLICY": "observe", "PAWL_DEPTH": "60"])
            #expect(outcome.succeeded, "\(outcome.text)")
            #expect(try jsonObject(outcome.text)["ok"] as? Bool == true)
        }
    }

    @Test(
        "What is broken is found, and said",
        arguments: [
            ("rm ../pawl/libexec/pawl/git", "there is no front end at"),
            ("cp /bin/sh ../pawl/libexec/pawl/git", "a git in it is not pawl"),
            ("echo /nonexistent > ../pawl/share/pawl/real-git", "the real git is not at /nonexistent"),
            ("echo $PWD/../pawl/libexec/pawl/git > ../pawl/share/pawl/real-git", "is pawl itself"),
            ("mkdir .pawl; echo '[rule]' > .pawl/policy", ".pawl/policy:1: a rule needs a name"),
            ("mkdir -p $XDG_STATE_HOME/pawl; touch $XDG_STATE_HOME/pawl/audit", "cannot"),
            (
                "\"$PAWL\" run -- git status >/dev/null; sed -i.old s/allow/deny/ $XDG_STATE_HOME/pawl/audit/*.jsonl",
                "the hash does not fit the record"
            ),
        ])
    func finds(damage: String, said: String) throws {
        try PawlWorld.with { world in
            #expect(try world.shell(damage).succeeded)
            let outcome = try world.pawl(["doctor"])
            #expect(outcome.ending == .exit(1))
            let problems = outcome.text.split(separator: "\n").filter { $0.hasPrefix("PROBLEM") }
            #expect(problems.contains { $0.contains(said) }, "\(outcome.text)")
        }
    }
}
