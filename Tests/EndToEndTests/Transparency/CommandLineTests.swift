import Testing

/// Everything that is not stopped is git: output, errors, exit status and what is left on disk, byte for byte.
@Suite("Ordinary command lines")
struct CommandLineTests {
    @Test func thereAreAFewHundred() {
        #expect(CommandLines.all.count > 500)
        #expect(Set(CommandLines.all).count == CommandLines.all.count)
    }

    @Test("A command line is as with the real git", arguments: CommandLines.all)
    func commandLineIsAsWithTheRealGit(line: String) throws {
        try Scratch.with { scratch in try Twin(scratch).expectSame(line) }
    }

    @Test(
        "Outside a repository a command line is as with the real git",
        arguments: [
            "git", "git status", "git log", "git diff", "git config --list", "git rev-parse HEAD", "git --version",
            "git help bogus", "git push", "git push --force origin main", "git bogus", "git init new",
            "git branch -D x",
            "git ls-remote ../origin.git", "git clone -q ../origin.git copy", "git diff --no-index a b",
            "git -C repo status",
            "git --exec-path", "git commit -m x", "git reset --hard", "git stash", "git st", "git -c alias.v=version v",
        ])
    func outsideARepository(line: String) throws {
        try Scratch.with { scratch in try Twin(scratch).expectSame(line, in: "tmp") }
    }

    @Test(
        "Where HOME or the folder is missing a command line is as with the real git",
        arguments: [
            "unset HOME; git status", "unset HOME; git commit -m x", "unset HOME; git config --global user.name x",
            "HOME= git status", "HOME=/nowhere git config user.name", "HOME=relative git log -1",
            "unset XDG_STATE_HOME HOME; git log -1", "XDG_STATE_HOME=/dev/null git log -1",
            "mkdir gone; cd gone; rmdir ../gone; git status", "mkdir gone; cd gone; rmdir ../gone; git --version",
            "mkdir gone; cd gone; rmdir ../gone; git -C \"$HOME/../repo\" status -s",
            "cd .git; git status", "cd .git; git log -1 --format=%s", "cd src; git status -s", "cd src; git add .",
            "GIT_DIR=nowhere git status", "GIT_DIR=$PWD/.git git -C / log -1 --format=%s",
            "GIT_WORK_TREE=src git status -s", "GIT_CONFIG_GLOBAL=/dev/null git commit -m x",
            "GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=alias.z GIT_CONFIG_VALUE_0='log -1 --format=%s' git z",
            "GIT_CONFIG_COUNT=bogus git status", "GIT_CONFIG_COUNT=1 git status",
            "GIT_CONFIG_PARAMETERS=\"'user.name=P'\" git config user.name", "GIT_CONFIG_PARAMETERS=bogus git status",
            "GIT_TRACE=1 git status -s 2>&1 | sed 's/^[0-9:.]* //'", "GIT_PAGER=cat git log -1",
            "echo bad >> .git/config; git status",
            "env -i PATH=\"$PATH\" git log -1 --format=%H",
        ])
    func missingSurroundings(line: String) throws {
        try Scratch.with { scratch in
            var (real, guarded) = try Twin(scratch).lives {
                try scratch.shell(line, in: scratch.path("repo"), environment: $0)
            }
            if line.hasPrefix("GIT_TRACE") {
                // Probes may add lines to the user's trace.
                real.outcome.output = []
                guarded.outcome.output = []
            }
            if line.contains("XDG_STATE_HOME") || line.hasPrefix("env -i") {
                // Where there is no place for the log, one line may say so.
                let lines = guarded.outcome.errorText.split(separator: "\n", omittingEmptySubsequences: false)
                let kept = lines.filter { !$0.hasPrefix("pawl: ") }
                #expect(lines.count - kept.count <= 1)
                guarded.outcome.errors = Array(kept.joined(separator: "\n").utf8)
            }
            Twin.expectSame(real, guarded, line)
        }
    }
}
