import ByteStrings
import GitEffects
import GitSyntax
import Platform
import Testing

/// Whether git may collect garbage behind a command with an expiry that was set: told from files, and never missed.
@Suite("Automatic garbage collection")
struct AutomaticCollectionTests {
    private func mayCollect(
        _ prepare: String, _ command: ByteString = "commit", _ more: [ByteString] = [],
        globals: [ByteString] = []
    ) throws -> Bool {
        var answer = false
        try ScratchRepository.with("git commit -q --allow-empty -m one\n" + prepare) { repository in
            guard
                case .command(let line) = ArgumentVector.parse(
                    ["git"] + globals + [command], version: GitVersion(2, 39, 5))
            else { return }
            let setting = Setting(
                executable: ScratchRepository.git, globals: line.globals.words,
                environment: Environment(repository.environment.entries + more), directory: repository.path,
                gitDirectory: nil)
            let folder = repository.path + "/.git"
            answer = Foreseer.mayCollectGarbage(
                command, setting, line.globals, gitDirectory: folder, commonDirectory: folder)
        }
        return answer
    }

    @Test(
        "An expiry from any source is seen",
        arguments: [
            "git config gc.pruneExpire now", "git config gc.refs/heads/*.reflogExpire now",
            "git config GC.ReflogExpire now",
            "git config extensions.worktreeConfig true; git config --worktree gc.pruneExpire now",
            "printf '[gc]\\n\\tpruneExpire = now\\n' >\"$HOME/more\"; git config include.path \"$HOME/more\"",
            "git config --global gc.pruneExpire now",
        ])
    func seen(prepare: String) throws {
        #expect(try mayCollect(prepare))
    }

    @Test("Words and environment count like files")
    func wordsAndEnvironment() throws {
        #expect(try mayCollect("", globals: ["-c", "gc.pruneExpire=now"]))
        #expect(
            try mayCollect(
                "", "merge", ["GIT_CONFIG_COUNT=1", "GIT_CONFIG_KEY_0=gc.pruneExpire", "GIT_CONFIG_VALUE_0=now"]))
        #expect(try mayCollect("", "merge", ["GIT_CONFIG_PARAMETERS='gc.pruneexpire'='now'"]))
    }

    @Test("Other settings of garbage collection, and other commands, are no reason to ask")
    func idle() throws {
        #expect(try !mayCollect(""))
        #expect(try !mayCollect("git config gc.auto 0; git config gc.autoDetach false"))
        #expect(try !mayCollect("git config gc.auto 0", globals: ["-c", "user.name=x"]))
        #expect(try !mayCollect("git config gc.pruneExpire now", "add"))
    }
}
