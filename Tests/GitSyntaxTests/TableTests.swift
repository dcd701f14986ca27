import ByteStrings
import Testing

@testable import GitSyntax

@Suite struct TableTests {
    @Test func everyCommandOfTheTableCanBeReadAndIsThereOnce() {
        let names = CommandTable.names
        #expect(names.count > 200)
        #expect(Set(names).count == names.count)
        for name in names { #expect(CommandTable.entry(named: name)?.name == name) }
    }

    @Test func commandsAreWhatTheyAre() throws {
        let push = try #require(CommandTable.entry(named: "push"))
        #expect(push.nature == .talksToRemote && push.isBuiltin && !push.isHarmlessAlways)
        #expect(push.mayHave("force-push") && push.mayHave("move-tag") && push.mayHave("run-nested"))
        #expect(CommandTable.entry(named: "status")?.isHarmlessAlways == true)
        #expect(CommandTable.entry(named: "filter-repo")?.isThirdParty == true)
        #expect(CommandTable.entry(named: "submodule")?.origin == .program)
        #expect(CommandTable.entry(named: "pus") == nil)
        #expect(CommandTable.entry(named: "") == nil)
    }

    @Test func wordsWithBlanksAreNoKeysOfATable() {
        #expect(CommandTable.entry(named: "stash moves-refs") == nil)
        #expect(CommandTable.entry(named: "push\n") == nil)
        #expect(!OptionParser.hasTable(for: "stash push"))
        #expect(!OptionParser.hasTable(for: "%diff"))
        #expect(ArgumentVector.parse(["git", "--bare flag", "status"], version: nil) == .usage)
    }

    @Test func commandsComeAndGoWithVersions() {
        let old = GitVersion(2, 39, 5)
        #expect(CommandTable.entry(named: "replay")?.exists(in: old) == false)
        #expect(CommandTable.entry(named: "bisect--helper")?.exists(in: old) == true)
        #expect(CommandTable.entry(named: "bisect--helper")?.exists(in: GitVersion(2, 55, 0)) == false)
        #expect(CommandTable.entry(named: "push")?.exists(in: nil) == true)
    }

    private func reads(_ command: ByteString, _ arguments: [ByteString], _ minor: Int = 39) -> Bool {
        guard let parsed = try? OptionParser.parse(arguments, of: command, version: GitVersion(2, minor, 5)) else {
            return false
        }
        return ReadOnlyForms.isReadOnly(command, parsed)
    }

    @Test(
        arguments: [
            ["status"], ["log", "-p"], ["diff", "--cached"], ["branch"], ["branch", "-a"], ["branch", "--list", "x"],
            ["branch", "--contains", "x"], ["tag"], ["tag", "-l", "v*"], ["tag", "-n3"], ["remote"], ["remote", "-v"],
            ["remote", "show", "origin"], ["remote", "get-url", "origin"], ["stash", "list"], ["stash", "show", "-p"],
            ["config", "a.b"], ["config", "--get", "a.b"], ["config", "--global", "-l"], ["notes"], ["notes", "show"],
            ["worktree", "list"], ["bisect", "log"], ["reflog"], ["reflog", "show", "main"], ["submodule"],
            ["submodule", "status"], ["symbolic-ref", "HEAD"], ["ls-remote", "origin"], ["clean", "-n", "-f"],
            ["rev-parse"],
            ["grep", "x"], ["format-patch", "--stdout", "x"], ["replace"], ["cat-file", "-p", "x"],
        ] as [[ByteString]])
    func formsThatOnlyRead(words: [ByteString]) {
        #expect(reads(words[0], Array(words.dropFirst())))
    }

    @Test(
        arguments: [
            ["log", "--output=f"], ["log", "--output", "f"], ["diff", "--output=f"], ["branch", "x"],
            ["branch", "-D", "x"],
            ["branch", "--list", "-D", "x"], ["branch", "-u", "x"], ["branch", "--unset-upstream"], ["tag", "x"],
            ["tag", "-d", "x"], ["tag", "-f", "x"], ["remote", "add", "a", "b"], ["remote", "rm", "a"],
            ["remote", "update"],
            ["stash"], ["stash", "pop"], ["stash", "show", "--output=f"], ["stash", "list", "--output", "f"],
            ["config", "a.b", "c"], ["config", "--unset", "a.b"], ["config", "-e"], ["notes", "add"],
            ["worktree", "add", "x"],
            ["bisect", "run", "x"], ["bisect", "start"], ["reflog", "expire"], ["reflog", "delete", "x"],
            ["submodule", "foreach", "x"], ["submodule", "update"], ["symbolic-ref", "HEAD", "x"],
            ["symbolic-ref", "-d", "x"],
            ["ls-remote", "--upload-pack=x", "y"], ["clean", "-f"], ["clean", "-n", "--no-dry-run", "-f"],
            ["grep", "-Ox", "y"], ["format-patch", "x"], ["push"], ["fetch"], ["commit"], ["replace", "a", "b"],
            ["archive", "-o", "f", "x"], ["cat-file", "--filters", "x"], ["merge-tree", "a", "b"], ["pack-refs"],
            ["no-such-command"],
        ] as [[ByteString]])
    func formsThatMayWrite(words: [ByteString]) {
        #expect(!reads(words[0], Array(words.dropFirst())))
    }

    @Test func configSubcommandsReadOrWriteInNewerVersions() {
        #expect(reads("config", ["get", "a.b"], 55))
        #expect(reads("config", ["list"], 55))
        #expect(!reads("config", ["set", "a.b", "c"], 55))
        #expect(!reads("config", ["edit"], 55))
    }
}
