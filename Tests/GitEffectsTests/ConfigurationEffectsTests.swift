import ByteStrings
import Effects
import GitSyntax
import Testing

@testable import GitEffects

/// What commands write into configuration, foreseen in real repositories: only what this protection rests on counts, and
/// only where something changes.
@Suite("Changes of guarding configuration are foreseen by its state")
struct ConfigurationEffectsTests {
    private static let prepare = """
        git remote add origin ../origin.git; git config remote.origin.push main; git config receive.denyDeletes true
        git config alias.mine '!/usr/bin/git push'
        git config -f .gitmodules submodule.lib.path lib; git config -f .gitmodules submodule.lib.url /srv/lib
        git config submodule.lib.url /srv/old; git config submodule.same.url /srv/same
        git config -f .gitmodules submodule.same.url /srv/same; git config -f .gitmodules submodule.near.url ../near
        """

    /// Words, and the keys that are told of.
    private static let cases: [(String, [ByteString])] = [
        ("config user.name X", []),
        ("config core.editor vi", []),
        ("config pull.rebase true", []),
        ("config alias.st status", []),
        ("config alias.p '!git push'", []),
        ("config alias.p '!/usr/bin/git push'", ["alias.p"]),
        ("config alias.mine '!/usr/bin/git push'", []),
        ("config core.hooksPath", []),
        ("config --get core.hooksPath", []),
        ("config core.hooksPath /none", ["core.hookspath"]),
        ("config --global Core.HooksPath /none", ["core.hookspath"]),
        ("config --file ../elsewhere core.hooksPath /none", ["core.hookspath"]),
        ("config --unset core.hooksPath", []),
        ("config --unset remote.origin.push", ["remote.origin.push"]),
        ("config --unset remote.origin.push ^x", ["remote.origin.push"]),
        ("config remote.origin.push main", []),
        ("config --add remote.origin.push main", ["remote.origin.push"]),
        ("config remote.origin.url ../origin.git", []),
        ("config remote.origin.url ../other.git", ["remote.origin.url"]),
        ("config remote.other.url ../other.git", []),
        ("config remote.origin.fetch +refs/heads/x:refs/remotes/origin/x", []),
        ("config --add remote.origin.fetch +refs/heads/*:refs/heads/*", ["remote.origin.fetch"]),
        ("config remote.origin.mirror false", []),
        ("config remote.origin.mirror true", ["remote.origin.mirror"]),
        ("config receive.denyDeletes true", []),
        ("config receive.denyDeletes false", ["receive.denydeletes"]),
        ("config --unset receive.denyDeletes", ["receive.denydeletes"]),
        ("config receive.denyNonFastForwards false", []),
        ("config gc.pruneExpire now", ["gc.pruneexpire"]),
        ("config gc.pruneExpire 30.days.ago", []),
        ("config core.logAllRefUpdates false", ["core.logallrefupdates"]),
        ("config core.logAllRefUpdates always", []),
        ("config push.default current", []),
        ("config push.default matching", ["push.default"]),
        ("config core.bare false", []),
        ("config core.bare true", ["core.bare"]),
        ("config core.fsmonitor true", []),
        ("config core.fsmonitor .git/monitor", ["core.fsmonitor"]),
        ("config url./elsewhere/.pushInsteadOf ..", ["url./elsewhere/.pushinsteadof"]),
        ("config include.path ../more", ["include.path"]),
        ("config --edit", ["any key"]),
        ("config --remove-section remote.origin", ["remote.origin.url", "remote.origin.push"]),
        ("config --remove-section core", []),
        (
            "config --rename-section remote.origin remote.old",
            ["remote.origin.url", "remote.origin.push", "remote.old.push"]
        ),
        ("remote add up ../up.git", []),
        ("remote add --mirror=push up ../up.git", ["remote.up.mirror"]),
        ("remote set-url origin ../origin.git", []),
        ("remote set-url origin ../other.git", ["remote.origin.url"]),
        ("remote set-url --push origin ../origin.git", ["remote.origin.pushurl"]),
        ("remote remove origin", ["remote.origin.url"]),
        ("remote remove none", []),
        ("submodule set-url lib /srv/lib", ["submodule.lib.url"]),
        ("submodule set-url lib /srv/old", []),
        ("submodule sync", ["submodule.lib.url"]),
        ("clone -q ../origin.git copy", []),
        ("clone -c core.autocrlf=false ../origin.git copy", []),
        ("clone -c core.hooksPath=/none ../origin.git copy", ["core.hookspath"]),
    ]

    @Test func onlyWhatWeakensOrRedirectsCounts() throws {
        try ScratchRepository.with(Self.prepare) { scratch in
            for (line, keys) in Self.cases {
                let words = try ShellWords.split(ByteString(line))
                let command = try understood(words)
                let told = try Foreseer(scratch.setting()).foresee(command) { _ in false }.effects
                    .filter { $0.kind == .changeConfig }
                #expect(told.map(\.target) == keys.map { .named($0) }, "\(line)")
                // Whether anything is looked at is decided by the words alone.
                #expect(
                    keys.isEmpty || ConfigurationWrites.concern(command.name, command.interpretations), "\(line)")
            }
        }
    }

    @Test func commandsOfNewerGitsAreReadToo() throws {
        let lines: [(String, [ByteString])] = [
            ("config set core.hooksPath /none", ["core.hookspath"]),
            ("config set --append remote.origin.push +main", ["remote.origin.push"]),
            ("config unset remote.origin.push", ["remote.origin.push"]),
            ("config get core.hooksPath", []),
            ("config set user.name X", []),
            ("config remove-section remote.origin", ["remote.origin.url", "remote.origin.push"]),
            ("config edit", ["any key"]),
        ]
        try ScratchRepository.with(Self.prepare) { scratch in
            for (line, keys) in lines {
                let command = try understood(ByteString(line).split(UInt8(ascii: " ")), version: GitVersion(2, 55, 0))
                let told = ConfigurationEffects(setting: scratch.setting()).effects(of: command)
                #expect(told.map(\.target) == keys.map { .named($0) }, "\(line)")
            }
        }
    }

    private func understood(
        _ line: [ByteString], version: GitVersion = GitVersion(2, 39, 5)
    ) throws -> UnderstoodCommand {
        let name = try #require(line.first)
        let words = Array(line.dropFirst())
        return UnderstoodCommand(
            name: name, words: words,
            interpretations: [try OptionParser.parse(words, of: name, version: version)])
    }
}
