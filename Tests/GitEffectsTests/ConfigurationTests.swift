import ByteStrings
import GitSyntax
import Platform
import Testing

@testable import GitEffects

@Suite("git's configuration")
struct ConfigurationTests {
    private static let files = """
        git config remote.origin.url ../origin.git; git config --add remote.origin.push +main
        git config --add remote.origin.push refs/tags/x:refs/tags/y; git config Branch.Main.Remote origin
        printf '[alone]\\n\\tkey\\n[include]\\n\\tpath = more\\n[empty]\\n\\tvalue =\\n' >>.git/config
        printf '[more]\\n\\tkey = "a # b"\\n' >.git/more
        printf '[user]\\n\\tname = U\\n[push]\\n\\tdefault = current\\n' >"$HOME/.gitconfig"
        """

    private func asked(_ scratch: ScratchRepository, _ globals: [ByteString] = []) throws -> Configuration {
        Configuration(listing: try scratch.setting(globals).question(Configuration.question).capture().output)
    }

    @Test func whatLibgit2ReadsOfFilesIsWhatGitLists() throws {
        try ScratchRepository.with(Self.files) { scratch in
            let foreseer = try #require(
                Foreseer(readingFilesOf: scratch.setting(), CommandLine.Globals()))
            let asked = try asked(scratch)
            // libgit2 finds the home folder by the process, not by the setting: the repository's own files count here.
            #expect(
                foreseer.configuration.entries.filter { $0.scope == "local" }
                    == asked.entries.filter { $0.scope == "local" })
        }
    }

    @Test func settingsFromElsewhereThanFilesAreLeftToGit() throws {
        try ScratchRepository.with(Self.files) { scratch in
            var globals = CommandLine.Globals()
            globals.configuration = [ConfigurationSetting(parameter: "remote.origin.mirror=true")]
            #expect(Foreseer(readingFilesOf: scratch.setting(), globals) == nil)
            let counted = scratch.setting(extra: [("GIT_CONFIG_COUNT", "0")])
            #expect(Foreseer(readingFilesOf: counted, CommandLine.Globals()) == nil)
        }
    }

    @Test func listsBooleansAndSubsectionsReadAsGitReadsThem() throws {
        try ScratchRepository.with(Self.files) { scratch in
            let configuration = try asked(
                scratch, ["-c", "a.b", "-c", "remote.x.mirror=yes", "-c", "c.d=-3", "-c", "e.f=no"])
            #expect(configuration.values("remote.origin.push") == ["+main", "refs/tags/x:refs/tags/y"])
            #expect(configuration.last("branch.Main.remote") == "origin")
            #expect(configuration.boolean("alone.key") == true)
            #expect(configuration.boolean("a.b") == true)
            #expect(configuration.boolean("remote.x.mirror") == true)
            #expect(configuration.boolean("c.d") == true)
            #expect(configuration.boolean("e.f") == false)
            #expect(configuration.boolean("empty.value") == false)
            #expect(configuration.boolean("no.such") == nil)
            #expect(configuration.last("more.key") == "a # b")
            #expect(configuration.subsections(of: "remote") == ["origin", "x"])
            #expect(configuration.all("a.b").map(\.scope) == ["command"])
        }
    }
}
