import ByteStrings
import Testing

@testable import GitEffects

/// Configuration read from files alone is what the real git lists, or there is none.
@Suite("Configuration that is all in plain files", .serialized)
struct PlainConfigurationTests {
    private func expectGitsList(_ setting: Setting, isPlain: Bool) throws {
        let plain = Foreseer(plainly: setting)
        #expect((plain != nil) == isPlain)
        guard let plain else { return }
        #expect(try plain.configuration.entries == Foreseer(setting).configuration.entries)
    }

    @Test(arguments: [
        "true",
        "git config user.name 'A  B'; git config --add user.name C; git config core.hooksPath ''",
        "git config remote.Origin.url x; git config remote.origin.URL y; git config 'branch.a.b/c.d.merge' refs/heads/m",
        "printf '[alias]\\n\\tx\\n\\ty = \"a # b\" ; c\\n[OLD.Form] k = \\\\\\n  2\\n' >> .git/config",
        "git config --global push.default current; mkdir -p ../.config/git; printf '[push]default=simple' > ../.config/git/config",
        "git config extensions.worktreeConfig true",
        "printf '\\357\\273\\277[a]\\n\\tk = v\\r\\n' > ../.gitconfig; rm -rf ../.config",
        "git init -q --bare ../bare.git; rm -rf .git; mv ../bare.git .git",
        "git config user.name 'a\\b'; printf '[x \"y\\\"z\\\\\\\\\"] k = \\\\\"q\\\\\"\\n' >> .git/config",
    ])
    func isWhatGitLists(script: String) throws {
        try ScratchRepository.with(script) { try expectGitsList($0.setting(), isPlain: true) }
    }

    @Test(arguments: [
        "git config include.path other; printf '[push]default=current' > .git/other",
        "git config --global includeIf.gitdir:/.path other",
        "printf '[INCLUDE] path = x' >> ../.gitconfig",
        "git config extensions.worktreeConfig true; git config --worktree core.bare false",
        "printf '[a]\\n\\tk = one\\ttwo\\n' >> .git/config",
        "printf '[a]\\n\\tk = \"open\\n' >> ../.gitconfig",
        "mkdir ../.gitconfig",
        "head -c 70000 /dev/zero | tr '\\0' '\\n' >> .git/config",
    ])
    func isLeftToGitWhereThereIsMoreToIt(script: String) throws {
        try ScratchRepository.with(script) { #expect(Foreseer(plainly: $0.setting()) == nil) }
    }

    @Test func whatTheCallItselfAddsIsLeftToGit() throws {
        try ScratchRepository.with("true") { scratch in
            for globals in [["-c", "a.b=c"], ["--config-env=a.b=HOME"], ["--git-dir", ".git"], ["--work-tree", "."]] {
                #expect(
                    Foreseer(plainly: scratch.setting(globals.map { ByteString($0) })) == nil
                        || globals[0] == "--git-dir")
            }
            for name in [
                "GIT_CONFIG_COUNT", "GIT_CONFIG_PARAMETERS", "GIT_CONFIG_GLOBAL", "GIT_CONFIG", "GIT_COMMON_DIR",
                "GIT_OBJECT_DIRECTORY", "GIT_WORK_TREE", "GIT_NAMESPACE",
            ] as [ByteString] {
                #expect(Foreseer(plainly: scratch.setting(extra: [(name, "/elsewhere")])) == nil, "\(name)")
            }
            #expect(Foreseer(plainly: scratch.setting(extra: [("HOME", nil)])) == nil)
            #expect(Foreseer(plainly: scratch.setting(extra: [("XDG_CONFIG_HOME", "relative")])) == nil)
            try scratch.run(
                "printf '[push]default=current' > ../.gitconfig; mkdir -p ../xdg/git; echo '[a]b' > ../xdg/git/config")
            try expectGitsList(scratch.setting(extra: [("GIT_CONFIG_GLOBAL", "/dev/null")]), isPlain: true)
            let elsewhere = scratch.path + "/../xdg"
            try expectGitsList(scratch.setting(extra: [("XDG_CONFIG_HOME", elsewhere)]), isPlain: true)
            // The system's file, wherever the real git is the usual one.
            try expectGitsList(scratch.setting(extra: [("GIT_CONFIG_NOSYSTEM", nil)]), isPlain: true)
            var setting = scratch.setting(extra: [("GIT_CONFIG_NOSYSTEM", nil)])
            setting.executable = "/opt/other/bin/git"
            #expect(Foreseer(plainly: setting) == nil)
        }
    }

    @Test func linkedWorkTreesShareTheRepositorysFile() throws {
        try ScratchRepository.with(
            "git commit -q --allow-empty -m x; git config a.b c; git worktree add -q ../linked -b linked"
        ) { scratch in
            let linked = ScratchRepository(path: scratch.path + "/../linked", environment: scratch.environment)
            try expectGitsList(linked.setting(), isPlain: true)
            try scratch.run("git config extensions.worktreeConfig true; git -C ../linked config --worktree a.b d")
            try expectGitsList(linked.setting(), isPlain: false)
            try expectGitsList(scratch.setting(), isPlain: true)
        }
    }
}
