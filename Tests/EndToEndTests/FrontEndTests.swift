import Foundation
import Testing

/// What the front end says and does besides the decision on a push: layers, formats, failures of its own.
@Suite("The front end")
struct FrontEndTests {
    private static let allowAll = """
        [policy]
        \tname = permissive
        [rule "all"]
        \teffect = force-push
        \teffect = delete-remote-ref
        \taction = allow

        """

    /// Runs a line of shell in the clone with the installed front end first on PATH.
    private static func git(_ line: String, _ world: PawlWorld, _ more: [String: String] = [:]) throws -> Outcome {
        var environment = world.environment.merging(more) { $1 }
        environment["PATH"] = "\(world.prefix)/libexec/pawl:\(BuiltProducts.systemPath)"
        return try world.scratch.shell(line, in: world.clone, environment: environment)
    }

    // MARK: Policies

    @Test("A layer below can tighten and never loosen")
    func layers() throws {
        try PawlWorld.with { world in
            let before = try world.remoteMain()
            let words = "git push -qf origin main"
            try world.scratch.write(Self.allowAll, to: "clone/.pawl/policy")
            let stopped = try Self.git(words, world)
            #expect(stopped.ending == .exit(77), "the built-in default holds where nobody but the repository speaks")
            #expect(stopped.errorText.contains("rule    no-force-push"))

            try world.scratch.write(Self.allowAll, to: "config/pawl/policy")
            try world.scratch.write("[include]\n\tpath = built-in:default\n", to: "clone/.pawl/policy")
            #expect(try Self.git(words, world).ending == .exit(77), "the repository tightens what the user allows")
            #expect(try world.remoteMain() == before)

            try world.scratch.write(Self.allowAll, to: "clone/.pawl/policy")
            #expect(try Self.git(words, world).succeeded, "all layers allow it")
            #expect(try world.remoteMain() != before)
        }
    }

    @Test("A broken policy stops what has effects, and nothing else", arguments: ["", "json"])
    func brokenPolicy(format: String) throws {
        try PawlWorld.with { world in
            try world.scratch.write("[rule \"x\"]\n\teffect = force-push\n\tcolour = red\n", to: "config/pawl/policy")
            let before = try world.remoteMain()
            let stopped = try Self.git("git push -q origin main:fresh", world, ["PAWL_FORMAT": format])
            #expect(stopped.ending == .exit(77))
            #expect(stopped.errorText.contains("config/pawl/policy:3: "))
            if format == "json" {
                let object = try jsonObject(stopped.errorText)
                #expect(object["decision"] as? String == "deny" && object["reason"] != nil && object["record"] != nil)
            }
            for line in ["git status", "git log -1", "git commit -q --allow-empty -m more", "git push -n origin main"] {
                #expect(try Self.git(line, world).ending != .exit(77), "\(line)")
            }
            #expect(try world.remoteMain() == before)
        }
    }

    @Test("Where every command has to be on record, an unwritable log stops what has effects")
    func unwritableLog() throws {
        try PawlWorld.with { world in
            let line = "git push -q origin main:fresh"
            let nowhere = ["XDG_STATE_HOME": "/dev/null"]
            try world.scratch.write("[policy]\n\tname = p\n\trecordRequired = true\n", to: "config/pawl/policy")
            let stopped = try Self.git(line, world, nowhere)
            #expect(stopped.ending == .exit(77) && stopped.errorText.contains("it cannot be recorded"))
            #expect(try Self.git("git status", world, nowhere).ending == .exit(0))
            try world.scratch.write("[policy]\n\tname = p\n", to: "config/pawl/policy")
            let warned = try Self.git(line, world, nowhere)
            #expect(warned.succeeded && warned.errorText.contains("pawl: warning: this command is not on record"))
        }
    }

    // MARK: What is said

    @Test("A refusal shows no credentials, in words or as an object", arguments: ["", "json"])
    func redaction(format: String) throws {
        try PawlWorld.with { world in
            let url = "https://ada:s3cret@localhost:1/x"
            for line in ["git push -f \(url) main", "git push \(url) :main", "git -c alias.x='push -f \(url)' x main"] {
                let stopped = try Self.git(line, world, ["PAWL_FORMAT": format])
                #expect(stopped.ending == .exit(77))
                #expect(stopped.errorText.contains("localhost:1/x"))
                #expect(!stopped.errorText.contains("s3cret"), "\(stopped.errorText)")
            }
            let checked = try world.pawl(["check", "--", "push", "-f", url, "main"], ["PAWL_FORMAT": format])
            #expect(!checked.text.contains("s3cret"), "\(checked.text)")
        }
    }

    @Test("With PAWL_FORMAT=json a refusal is one object on one line")
    func refusalAsObject() throws {
        try PawlWorld.with { world in
            let stopped = try Self.git("git push -f origin main", world, ["PAWL_FORMAT": "json"])
            #expect(stopped.ending == .exit(77) && stopped.output.isEmpty)
            #expect(stopped.errorText.split(separator: "\n").count == 1)
            let object = try jsonObject(stopped.errorText)
            #expect(object["decision"] as? String == "deny" && object["rule"] as? String == "no-force-push")
            #expect(object["instead"] != nil && object["record"] is Int)
        }
    }

    @Test("A rule about a repository by its URL is about what happens in it, whichever of its remotes that names")
    func repositoryByURL() throws {
        try PawlWorld.with { world in
            let rule = """
                [policy]
                \tname = t
                [rule "this-one"]
                \teffect = rewrite-history
                \trepository = https://example.com/team/*
                \taction = deny

                """
            try world.scratch.write(rule, to: "config/pawl/policy")
            func amend() throws -> Ending { try Self.git("git commit -q --allow-empty --amend -m x", world).ending }
            #expect(try amend() == .exit(0))
            _ = try world.shell(
                "git config url.https://example.com/.insteadOf ex: && git remote add up ex:team/shop.git")
            #expect(try amend() == .exit(77))
            _ = try world.shell("git remote remove up")
            #expect(try amend() == .exit(0))
            _ = try world.shell("git remote set-url --push origin https://user:word@example.com/team/shop.git")
            #expect(try amend() == .exit(77))
            _ = try world.shell("git config --remove-section remote.origin")
            let given = "git -c remote.up.url=https://example.com/team/x commit -q --allow-empty --amend -m x"
            #expect(try amend() == .exit(0) && Self.git(given, world).ending == .exit(77))
        }
    }

    // MARK: Loops and slips

    @Test("A loop of gits ends with an error, and nothing runs", arguments: [63, 64])
    func depth(depth: Int) throws {
        try PawlWorld.with { world in
            let run = try Self.git("git rev-parse HEAD", world, ["PAWL_DEPTH": "\(depth)"])
            #expect(run.ending == (depth < 64 ? .exit(0) : .exit(69)))
            if depth == 64 { #expect(run.output.isEmpty && run.errorText.contains("64 levels deep")) }
        }
    }

    @Test(
        "What git says of aliases that lead nowhere is said by Pawl",
        arguments: [
            "git -c alias.a=a a", "git -c alias.a=b -c alias.b=a a", "git -c alias.a=b -c alias.b=c -c alias.c=b a",
            "git -c alias.a=nothing a", "git -c alias.a='push \"' a", "git -c alias.a='--git-dir=x push' a",
            "git -c alias.a= a",
        ])
    func aliasLoops(line: String) throws {
        try PawlWorld.with { world in
            let real = try world.shell(line)
            let guarded = try Self.git(line, world)
            #expect(guarded == real, "\(real.errorText)---\n\(guarded.errorText)")
        }
    }

    @Test(
        "help.autocorrect makes no unexamined push of a slip",
        arguments: ["1", "5", "-1", "immediate", "prompt", "never", "0", "", "show", "true", "nonsense"])
    func autocorrect(value: String) throws {
        try PawlWorld.with { world in
            let before = try world.remoteMain()
            _ = try Self.git("git -c help.autocorrect=\(value) psuh -f origin main", world)
            #expect(try world.remoteMain() == before)
            let aliased = "git -c alias.shove='push -f' -c help.autocorrect=\(value) shoev origin main"
            _ = try Self.git(aliased, world)
            #expect(try world.remoteMain() == before)
        }
    }

    @Test("A slip that git corrects to a plain push is a plain push")
    func harmlessSlip() throws {
        try PawlWorld.with { world in
            let run = try Self.git("git -c help.autocorrect=immediate psuh -q origin main:fresh", world)
            #expect(run.succeeded, "\(run.errorText)")
            #expect(try world.shell("git -C ../origin.git rev-parse -q --verify fresh").succeeded)
        }
    }

    // MARK: Pushes

    @Test("Without GIT_CONFIG variables, where configuration is first read in process, the answers are the same")
    func quickPath() throws {
        try PawlWorld.with { world in
            var world = world
            for name in world.environment.keys where name.hasPrefix("GIT_CONFIG") { world.environment[name] = nil }
            let before = try world.remoteMain()
            let forced = [
                "-f origin main", "origin +main", "--mirror origin", "origin :main", "--force-with-lease=main:HEAD -f",
            ]
            for words in forced {
                let stopped = try Self.git("git push \(words)", world)
                #expect(stopped.ending == .exit(77), "\(words)\n\(stopped.errorText)")
            }
            #expect(try world.remoteMain() == before)
            #expect(try Self.git("git push -qf -n origin main", world).succeeded)
            #expect(try Self.git("git push -qf --no-force origin main:fresh", world).succeeded)
            try world.scratch.write(Self.allowAll, to: "config/pawl/policy")
            #expect(try Self.git("git push -qf origin main", world).succeeded, "a policy that allows it is heeded")
            #expect(try world.remoteMain() != before)
        }
    }

    @Test("A bare lease rests on what was decided: the push names its value")
    func bareLease() throws {
        try PawlWorld.with { world in
            let line = "git -c trace2.eventTarget=0 push --force-with-lease origin main"
            _ = try world.shell("git reset -q --hard origin/main && git commit -q --allow-empty -m next")
            let tip = try world.remoteMain().trimmingCharacters(in: .whitespacesAndNewlines)
            let trace = world.scratch.path("trace")
            let run = try Self.git(line, world, ["GIT_TRACE": trace])
            #expect(run.succeeded, "\(run.errorText)")
            let said = String(decoding: readBytes(trace), as: UTF8.self)
            #expect(said.contains("--force-with-lease=refs/heads/main:\(tip)"), "\(said)")
        }
    }

    @Test("A caller that ignores SIGCHLD learns how git ended")
    func ignoredChildSignal() throws {
        try PawlWorld.with { world in
            let ignoring = "python3 -c 'import os, signal, sys; signal.signal(signal.SIGCHLD, signal.SIG_IGN); "
            let line = ignoring + "os.execvp(\"git\", [\"git\"] + sys.argv[1:])' "
            let pushed = try Self.git(line + "push -q origin main:fresh", world)
            #expect(pushed.ending == .exit(0), "\(pushed.errorText)")
            #expect(try world.shell("git -C ../origin.git rev-parse -q --verify fresh").succeeded)
            #expect(try Self.git(line + "push -qf origin main", world).ending == .exit(77))
        }
    }
}
