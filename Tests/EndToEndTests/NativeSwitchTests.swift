import Foundation
import Testing

/// Switching branches in process: it loses nothing, it is on record, and where anything goes wrong it is git's doing.
@Suite("Native switching")
struct NativeSwitchTests {
    /// Two branches that differ in changed, new, removed, executable and linked files, at `main`, with nothing to commit.
    private static let repository = """
        git init -q -b main repo; cd repo
        mkdir -p src/deep old; echo 1 > a; echo 2 > src/b; echo 3 > src/deep/c; echo 4 > old/d; echo same > kept
        echo '*.log' > .gitignore; git add .; git commit -qm one
        git switch -qc other; echo 11 > a; git rm -q old/d; mkdir new; echo new > new/f; chmod +x src/b
        ln -s a link; head -c 40000 /dev/zero | tr '\\0' 'x' > zbig; git add .; git commit -qm two
        git switch -q main; touch -d @1700000000 kept a src/b src/deep/c old/d; git update-index -q --refresh
        sleep 1.1; git update-index -q --refresh; touch .git/index
        """

    /// Everything that a switch may change, in words.
    private static let state = """
        export GIT_OPTIONAL_LOCKS=0
        find . -path ./.git -prune -o -printf '%p %y %m %l\\n' | sort
        find . -path ./.git -prune -o -type f -print0 | sort -z | xargs -0 cat
        git ls-files -s; cat .git/HEAD; find .git/logs -type f | sort | xargs cat; git for-each-ref
        ls .git | grep -v pawl; git status --porcelain
        """

    private struct Run: Equatable {
        var outcome: Outcome
        var state: String
    }

    /// Runs a line in the repository after some preparation, by the front end and by the real git.
    private static func both(
        _ world: PawlWorld, _ line: String, after preparation: String = ":", _ more: [String: String] = [:]
    ) throws -> (front: Run, real: Run, record: [String: Any]) {
        func run(_ search: String) throws -> Run {
            var environment = world.environment.merging(more) { $1 }
            let made = try world.scratch.shell(
                "rm -rf repo; \(Self.repository)\n\(preparation)", in: world.scratch.root, environment: environment)
            #expect(made.succeeded, "\(made.errorText)")
            environment["PATH"] = search
            let outcome = try world.scratch.shell(
                line, in: world.scratch.path("repo"), environment: environment)
            let state = try world.scratch.shell(
                Self.state, in: world.scratch.path("repo"), environment: world.environment)
            return Run(outcome: outcome, state: state.text + state.errorText)
        }
        let real = try run(BuiltProducts.systemPath)
        let front = try run("\(world.prefix)/libexec/pawl:\(BuiltProducts.systemPath)")
        return (front, real, try lastRecord(world))
    }

    private static func lastRecord(_ world: PawlWorld) throws -> [String: Any] {
        let last = try world.scratch.shell(
            "tail -qn 1 \(world.scratch.capture)/state/pawl/audit/*.jsonl", in: world.scratch.root,
            environment: world.environment)
        return last.text.isEmpty ? [:] : try jsonObject(last.text)
    }

    // MARK: What runs natively

    @Test(
        "Plain switches run natively, and are git's",
        arguments: [
            "git switch other", "git checkout other", "git switch -q other", "git checkout other --",
            "git switch main", "git switch -c fresh", "git checkout -b fresh/one", "git checkout -q -b fresh",
            "cd src && git switch other",
        ])
    func plain(line: String) throws {
        try PawlWorld.with { world in
            let (front, real, record) = try Self.both(world, line)
            #expect(front == real, "\(front.state)---\n\(real.state)")
            #expect(record["ran"] as? String == "native", "\(record)")
        }
    }

    @Test func theRecordSaysWhereHeadWasAndWhichRefsAreNew() throws {
        try PawlWorld.with { world in
            var (front, _, record) = try Self.both(world, "git switch other; git rev-parse main other >&2")
            (front, _, record) = try Self.both(world, "git rev-parse main other; git switch other")
            let tips = front.outcome.text.split(separator: "\n").map(String.init)
            #expect(record["ran"] as? String == "native" && record["exit"] as? Int == 0)
            let head = try #require(record["head"] as? [String: String])
            #expect(head == ["before": tips[0], "after": tips[1]])
            #expect((record["refs"] as? [Any])?.isEmpty != false)
            (_, _, record) = try Self.both(world, "git switch -c fresh")
            let moved = try #require((record["refs"] as? [[String: String]])?.first)
            #expect(moved["ref"] == "refs/heads/fresh" && moved["new"] == tips[0] && moved["old"] == nil)
        }
    }

    // MARK: Nothing is lost

    @Test(
        "What could lose anything is left to git",
        arguments: [
            "echo mine > a", "echo mine > a; git add a", "echo mine > old/d", "rm a", "chmod +x a",
            "mkdir new; echo mine > new/f", "echo mine > new", "echo mine > link", "echo mine > zbig",
            "mkdir zbig; echo mine > zbig/x", "rm -r src/deep; mv src elsewhere; ln -s elsewhere src",
            "echo mine > new.log; git rm -q --cached a", "rm a; mkdir a; echo mine > a/x",
            "git update-index --assume-unchanged a; echo mine > a",
            "git update-index --skip-worktree a; echo mine > a", "git mv a a2", "git rm -q --cached old/d",
            "ln -sf kept a", "echo '*.log' >> .gitignore; echo zbig >> .git/info/exclude; echo mine > zbig",
            "echo 9 > a; touch -d @1700000000 a", "mkdir -p new; echo mine > new/f; echo new/ > .git/info/exclude",
        ])
    func leftToGit(preparation: String) throws {
        try PawlWorld.with { world in
            for line in ["git switch other", "git checkout other"] {
                let (front, real, record) = try Self.both(world, line, after: preparation)
                // What is ignored and overwritten is foreseen: then a snapshot is taken, and named.
                let isKept = record["snapshot"] is String
                #expect(front == real || isKept, "\(preparation)\n\(front)---\n\(real)")
                #expect(record["ran"] as? String == "spawn", "\(preparation): \(record)")
            }
        }
    }

    @Test(
        "What stays as it is does not stop it",
        arguments: [
            "echo mine > kept", "echo mine > kept; git add kept", "echo mine > src/deep/c; echo x > untracked",
            "rm kept", "git rm -q kept", "echo mine > added; git add added", "touch a", "echo more.log > x.log",
            "mkdir old/mine; echo mine > old/mine/file", "mkdir -p new",
        ])
    func whatStays(preparation: String) throws {
        try PawlWorld.with { world in
            let (front, real, record) = try Self.both(world, "git switch other", after: preparation)
            #expect(front == real, "\(preparation)\n\(front.state)---\n\(real.state)")
            #expect(record["ran"] as? String == "native", "\(preparation): \(record)")
        }
    }

    @Test(
        "Hooks run, and other settings are heeded",
        arguments: [
            "printf '#!/bin/sh\\necho hook $3\\n' > .git/hooks/post-checkout; chmod +x .git/hooks/post-checkout",
            "printf '#!/bin/sh\\necho hook $1\\n' > .git/hooks/reference-transaction; chmod +x .git/hooks/*n",
            "printf '#!/bin/sh\\necho hook\\n' > .git/hooks/post-index-change; chmod +x .git/hooks/post-index-change",
            "mkdir h; printf '#!/bin/sh\\necho hook\\n' > h/post-checkout; chmod +x h/*; git config core.hooksPath h",
            "echo 'a text eol=crlf' > .gitattributes", "echo 'a text eol=crlf' > .git/info/attributes",
            "git config core.autocrlf true", "git tag other", "git worktree add -q ../linked-$$ -b linked",
            "git switch -q --detach", "echo x > other", "git config checkout.workers 2",
            "git update-index --split-index", "git config user.name ''", "touch .git/index.lock",
            "git update-index --force-remove kept; git update-index --index-version 4", "touch .git/SQUASH_MSG",
        ])
    func settings(preparation: String) throws {
        try PawlWorld.with { world in
            // A switch alone is no transaction of refs.
            let line = preparation.contains("transaction") ? "git switch -c fresh" : "git checkout other"
            let (front, real, record) = try Self.both(world, line, after: preparation)
            #expect(front.outcome == real.outcome, "\(preparation)\n\(front.outcome)---\n\(real.outcome)")
            #expect(front.outcome.errorText.contains("hook") == preparation.contains("hook"))
            #expect(record["ran"] as? String == "spawn", "\(preparation): \(record)")
        }
    }

    // MARK: Faults

    /// An ignored SIGXFSZ makes a limit on the size of files an error of writing, as of a full disk.
    @Test func anErrorInTheMiddleIsSaidAndLeftAsByGit() throws {
        try PawlWorld.with { world in
            let full = "bash -c \"trap '' XFSZ; ulimit -f 16; git switch other\""
            let (front, real, record) = try Self.both(world, full)
            #expect(front == real, "\(front)---\n\(real)")
            #expect(front.outcome.errorText.contains("unable to write file zbig"), "\(front.outcome.errorText)")
            #expect(front.outcome.text == "M\tzbig\n")
            #expect(record["ran"] as? String == "native")
        }
    }

    @Test func aFolderThatMayNotBeWrittenIsLeftToGit() throws {
        try PawlWorld.with { world in
            // To root all folders are writable, unless the file system says otherwise.
            let isRoot = geteuid() == 0
            let able = try world.scratch.shell(
                "touch x && chattr +i x && chattr -i x", in: world.scratch.root, environment: world.environment)
            if isRoot && !able.succeeded { return }
            let (closed, open) = isRoot ? ("chattr +i", "chattr -i") : ("chmod a-w", "chmod u+w")
            let (front, real, _) = try Self.both(
                world, "git switch other; \(open) old src; exit 0", after: "\(closed) old src")
            #expect(front == real, "\(front)---\n\(real)")
        }
    }

    /// Whenever it is killed, each file is the one of either branch or gone, and git brings the branch back.
    @Test func whatKillsItLosesNothing() throws {
        try PawlWorld.with { world in
            var environment = world.environment
            let made = try world.scratch.shell(
                Self.repository, in: world.scratch.root, environment: environment)
            #expect(made.succeeded, "\(made.errorText)")
            environment["PATH"] = "\(world.prefix)/libexec/pawl:\(BuiltProducts.systemPath)"
            for number in 0..<40 {
                let killed = try world.scratch.shell(
                    """
                    set -m; echo mine \(number) > untracked
                    git switch -q other & p=$!; perl -e 'select undef, undef, undef, \(Double(number) / 8000)'
                    kill -9 $p 2> ../told; wait $p
                    """, in: world.scratch.path("repo"), environment: environment)
                _ = killed
                let back = try world.scratch.shell(
                    """
                    test "$(cat untracked)" = "mine \(number)" || echo lost
                    rm -f .git/*.lock; git reset -q --hard && git switch -q -f main && git clean -qfd new link zbig
                    git fsck && git status --porcelain
                    """, in: world.scratch.path("repo"), environment: world.environment)
                #expect(back.succeeded && back.text == "?? untracked\n", "\(number) \(back.text)\(back.errorText)")
            }
        }
    }

    // MARK: Policies

    @Test func withoutALogNothingHappensWhereCommandsHaveToBeOnRecord() throws {
        try PawlWorld.with { world in
            try world.scratch.write("[policy]\n\tname = p\n\trecordRequired = true\n", to: "config/pawl/policy")
            let nowhere = ["XDG_STATE_HOME": "/dev/null"]
            // An ignored file would be overwritten: an effect, for which policies are read.
            let preparation = "echo zbig >> .git/info/exclude; echo mine > zbig"
            let (front, _, _) = try Self.both(world, "git switch other", after: preparation, nowhere)
            #expect(front.outcome.ending == .exit(77) && front.state.contains("mine"), "\(front)")
        }
    }

    @Test func whatAPolicyKeepsASnapshotOfIsTheRealGits() throws {
        try PawlWorld.with { world in
            let preparation = "echo zbig >> .git/info/exclude; echo mine > zbig"
            let (front, _, record) = try Self.both(world, "git switch other", after: preparation)
            #expect(front.outcome.succeeded && record["ran"] as? String == "spawn")
            #expect(record["decision"] as? String == "snapshot" && record["snapshot"] is String, "\(record)")
        }
    }
}
