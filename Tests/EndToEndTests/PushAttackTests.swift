import Testing

/// Ways past the front end that were found once, each with a name. All of them overwrote or deleted a ref of a remote.
@Suite("Attacks on a remote")
struct PushAttackTests {
    struct Attack: Sendable, CustomTestStringConvertible {
        var name: String
        /// Shell lines that prepare the world with the real git, in the clone.
        var setup = ":"
        /// Shell lines run in the clone with the front end first on PATH.
        var line: String

        var testDescription: String { name }
    }

    /// A legacy remote that forces, in `.git/remotes/leg`.
    private static let legacyRemote =
        "mkdir -p .git/remotes; printf 'URL: %s/../origin.git\\nPush: +main:main\\n' \"$PWD\" > .git/remotes/leg"
    /// A submodule whose own configuration forces, one commit ahead of its remote and not a descendant of it.
    private static let submodule = """
        git switch -q topic; git clone -q ../modules.git sub
        (cd sub && git commit -q --amend --allow-empty -m other && git config remote.origin.push +main:main)
        git add sub 2>/dev/null; git commit -q -m 'a submodule'
        """
    private static let submodulePush = "git push --recurse-submodules=on-demand ../origin.git topic:new"

    private static let longName = Array(repeating: String(repeating: "a", count: 240), count: 5).joined(separator: "/")

    static let attacks: [Attack] = [
        Attack(name: "a dashed command in a shell alias", line: "git -c alias.x='!git-push -f origin main' x"),
        Attack(
            name: "a dashed command in a function",
            line: "git -c alias.x='!f() { git-push \"$@\"; }; f' x -f origin main"),
        Attack(
            name: "dashed plumbing in a shell alias",
            line: "git -c alias.x='!git-send-pack --force ../origin.git' x main"),
        Attack(
            name: "a dashed command in a nested alias",
            setup: "git config alias.x '!git-push -f origin main'; git config alias.y '!git x'", line: "git y"),
        Attack(
            name: "a shell alias whose name holds a =",
            setup: "printf '[alias \"a=b\"]\\n\\tc = !git push -f origin main\\n' >> .git/config", line: "git a=b.c"),
        Attack(
            name: "for-each-repo", setup: "git config my.repo \"$PWD\"",
            line: "git for-each-repo --config=my.repo push -f origin main"),
        Attack(
            name: "for-each-repo inside itself, of an alias",
            setup: "git config My.repo \"$PWD\"; git config alias.x 'push -f origin main'",
            line: "git for-each-repo --config MY.REPO -- for-each-repo --config=my.repo x"),
        Attack(
            name: "for-each-repo of a shell alias",
            setup: "git config my.repo \"$PWD\"; git config alias.x '!git push -f origin main'",
            line: "git for-each-repo --config=my.repo x"),
        Attack(
            name: "GIT_DIR wins over --bare", setup: legacyRemote,
            line: "cd ../backup.git && GIT_DIR=$OLDPWD/.git git --bare push leg"),
        Attack(
            name: "--bare before -C", setup: legacyRemote, line: "cd .git && git --bare -C ../../backup.git push leg"),
        Attack(
            name: "the branch at the end of symbolic refs",
            setup: """
                git symbolic-ref refs/heads/alias refs/heads/topic; git symbolic-ref HEAD refs/heads/alias
                git config branch.topic.pushRemote other; git config remote.other.url ../origin.git
                git config remote.other.push +main:main
                """, line: "git push"),
        Attack(
            name: "a detached HEAD where the remote has a branch of that name",
            setup: "git push -q origin topic:refs/heads/HEAD; git switch -q --detach main",
            line: "git push -f origin HEAD"),
        Attack(
            name: "a branch whose name is too long for libgit2",
            setup: "git branch \(longName) main; git push -q origin topic:refs/heads/\(longName)",
            line: "git push -f origin \(longName)"),
        Attack(
            name: "for-each-repo under replace refs",
            setup: "git config my.repo \"$PWD\"; git replace --graft main topic",
            line: "git for-each-repo --config=my.repo push origin main"),
        Attack(
            name: "replace refs in a submodule",
            setup: submodule
                + "\ngit -C sub config --unset remote.origin.push; git -C sub replace --graft main origin/main",
            line: "git push --recurse-submodules=on-demand ../origin.git topic:new"),
        Attack(name: "a mirror by a hexadecimal number", line: "git -c remote.origin.mirror=0x1 push origin"),
        Attack(name: "a mirror by a number with a unit", line: "git -c remote.origin.mirror=1k push origin"),
        Attack(
            name: "a legacy remote beside a pushurl",
            setup: legacyRemote + "; git config remote.leg.pushurl ../origin.git",
            line: "git push leg"),
        Attack(
            name: "a legacy remote without a URL",
            setup: "mkdir -p .git/remotes; ln -s ../origin.git leg; echo 'Push: +main:main' > .git/remotes/leg",
            line: "git push leg"),
        Attack(
            name: "a legacy remote in a large file",
            setup: legacyRemote
                + "; head -c 1500000 /dev/zero | tr '\\0' '\\n' > big; cat .git/remotes/leg >> big; mv big .git/remotes/leg",
            line: "git push leg"),
        Attack(name: "a submodule without .gitmodules", setup: submodule, line: submodulePush),
        Attack(
            name: "a submodule of an older commit",
            setup: submodule + "\ngit rm -q --cached sub; git commit -q -m 'no submodule'", line: submodulePush),
        Attack(
            name: "a submodule, from outside of the work tree", setup: submodule,
            line: "cd .. && git --git-dir=work/.git --work-tree=work push --recurse-submodules=on-demand "
                + "\"$PWD/origin.git\" topic:new"),
        Attack(
            name: "the later of two settings on submodules", setup: submodule,
            line: "git -c push.recurseSubmodules=no -c submodule.recurse=true push ../origin.git topic:new"),
        Attack(
            name: "a setting of the command line in a submodule",
            setup: submodule + "\ngit -C sub config --unset remote.origin.push",
            line: "git -c remote.origin.mirror=true push --recurse-submodules=on-demand ../origin.git topic:new"),
    ]

    @Test("leaves it unharmed", arguments: attacks)
    func leavesItUnharmed(attack: Attack) throws {
        try Scratch.with { scratch in
            let harmed = try Self.run(attack, scratch, path: BuiltProducts.systemPath)
            #expect(harmed.before != harmed.after, "no attack: the real git does no harm\n\(harmed.outcome.errorText)")
        }
        try Scratch.with { scratch in
            let guarded = try Self.run(attack, scratch, path: scratch.guardedPath())
            let isUnharmed = guarded.before == guarded.after
            #expect(isUnharmed, "\(guarded.outcome.ending)\n\(guarded.outcome.errorText)\(guarded.after)")
        }
    }

    @Test(
        "Transport helpers by hand and options behind http-push's URL are refused",
        arguments: [
            "echo 'push +main:main' | git remote-https origin http://localhost:1/x",
            "git http-push http://localhost:1/x --force main", "git http-push http://localhost:1/x -D main",
        ])
    func refusesWhatTalksHTTP(line: String) throws {
        try Scratch.with { scratch in
            let run = try Self.run(Attack(name: line, line: line), scratch, path: scratch.guardedPath())
            #expect(run.outcome.ending == .exit(77), "\(run.outcome.errorText)")
        }
    }

    /// What an agent may put into the environment does not loosen anything.
    @Test(
        "Environment loosens nothing",
        arguments: [
            "PAWL_POLICY=observe", "PAWL_POLICY=/nonexistent", "PAWL_DEPTH=9999", "PAWL_DEPTH=-9999",
            "PAWL_DEPTH=9223372036854775807", "PAWL_DEPTH=-9223372036854775808", "GIT_CONFIG=/dev/null",
            "GIT_NO_REPLACE_OBJECTS=", "GIT_EXEC_PATH=/usr/lib/git-core/.", "GIT_PUSH_OPTION_COUNT=1",
        ])
    func environmentLoosensNothing(variable: String) throws {
        try Scratch.with { scratch in
            let attack = Attack(name: variable, line: "\(variable) git push -f origin main")
            let run = try Self.run(attack, scratch, path: scratch.guardedPath())
            #expect(run.before == run.after, "\(run.outcome.errorText)")
            #expect([Ending.exit(77), .exit(69)].contains(run.outcome.ending))
        }
    }

    /// A shell alias of the ordinary kind still finds git's own programs or fails loudly, and a `git` in it works.
    @Test func aPlainPushInAShellAliasPasses() throws {
        try Scratch.with { scratch in
            let attack = Attack(name: "", line: "git -c alias.x='!git push origin' x topic:fresh")
            let run = try Self.run(attack, scratch, path: scratch.guardedPath())
            #expect(run.outcome.succeeded && run.after.contains("refs/heads/fresh"), "\(run.outcome.errorText)")
        }
    }

    /// Between the decision and the push another clone moves the ref: the remote itself does it here, as soon as it has
    /// told its refs for the first time.
    @Test func aPinnedPushDoesNotOverwriteWhatCameInBetween() throws {
        try Scratch.with { scratch in
            try scratch.write(
                """
                #!/bin/sh
                "$1" "$2"
                if [ "$1" = git-upload-pack ]; then
                    git --git-dir="$2" update-ref refs/heads/main refs/heads/victim
                fi

                """, to: "serve.sh", executable: true)
            try scratch.write(
                """
                [policy]
                \tname = permissive
                [rule "all"]
                \teffect = force-push
                \taction = allow

                """, to: "home/.config/pawl/policy")
            let attack = Attack(
                name: "", setup: "git --git-dir=../origin.git update-ref refs/heads/victim refs/heads/main~1",
                line: "git -c protocol.ext.allow=always push -f \"ext::$PWD/../../serve.sh %S $PWD/../origin.git\" main"
            )
            let run = try Self.run(attack, scratch, path: scratch.guardedPath())
            #expect(run.outcome.errorText.contains("stale info"), "\(run.outcome.errorText)")
            #expect(run.after.contains("refs/heads/main a\n"), "\(run.after)")
        }
    }

    // MARK: The world

    private static func run(
        _ attack: Attack, _ scratch: Scratch, path: String
    ) throws -> (outcome: Outcome, before: String, after: String) {
        let plain = scratch.environment(path: BuiltProducts.systemPath)
        let work = scratch.path("world/work")
        let built = try scratch.shell("set -e\n\(world)", environment: plain)
        let prepared = try scratch.shell(attack.setup, in: work, environment: plain)
        guard built.succeeded else { throw CorpusRun.Missing(description: built.errorText + prepared.errorText) }
        func references() throws -> String {
            let listing =
                "for r in origin backup modules; do git --git-dir=$r.git for-each-ref "
                + "--format=\"$r %(refname) %(subject)\"; done"
            // New refs are no harm.
            return try scratch.shell(listing, in: scratch.path("world"), environment: plain).text
        }
        let before = try references()
        let outcome = try scratch.shell(attack.line, in: work, environment: scratch.environment(path: path))
        return (outcome, before, try references())
    }

    /// A clone whose `main` has diverged from the remote's, and a remote for a submodule.
    private static let world = """
        mkdir world; cd world
        for r in origin backup modules; do git init -q --bare --template= $r.git; done
        git init -q --template= seed; cd seed
        git commit -q --allow-empty -m one; git commit -q --allow-empty -m two
        git push -q ../modules.git main
        cd ..; git init -q --template= work; cd work
        git config remote.origin.url ../origin.git
        git commit -q --allow-empty -m a; git commit -q --allow-empty -m b
        git push -q origin main main:victim
        git branch topic; git push -q origin topic
        git reset -q --hard HEAD~1; git commit -q --allow-empty -m diverged

        """
}
