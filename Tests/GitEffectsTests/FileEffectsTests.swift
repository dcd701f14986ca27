import ByteStrings
import Effects
import GitSyntax
import Platform
import Testing

@testable import GitEffects

/// What commands would do to files, foreseen in real repositories full of unsaved work.
@Suite("Losses of files are foreseen by their state")
struct FileEffectsTests {
    /// `edited` and `both` differ from HEAD on disk, `both` and `staged` in the index, `new` is staged only; `side` is a
    /// branch that has `other` and `loose` and an older `edited`.
    private static let unsaved = """
        printf '*.o\\n' > .gitignore
        for f in clean edited both staged gone; do echo $f > $f; done; mkdir dir; echo in > dir/in
        git add .; git commit -q -m one
        git checkout -q -b side; echo side > other; echo side > loose; git add .; git commit -q -m side
        git checkout -q main
        echo x >> edited; echo x >> both; git add both; echo y >> both; echo x >> staged; git add staged
        echo new > new; git add new; rm gone; echo loose > loose; mkdir sub; echo more > sub/more; echo o > thing.o
        """

    /// The same without anything unsaved.
    private static let saved = "git reset -q --hard; git clean -qfdx"

    struct Case: Sendable, CustomTestStringConvertible {
        var words: [ByteString]
        /// The effects as `kind paths`, a `?` behind those that are only possible.
        var effects: [ByteString]
        var prepare: String
        var folder: ByteString
        var input: ByteString?

        init(
            _ line: ByteString, _ effects: [ByteString] = [], prepare: String = "true", in folder: ByteString = ".",
            input: ByteString? = nil
        ) {
            words = line.split(UInt8(ascii: " "))
            self.effects = effects
            self.prepare = prepare
            self.folder = folder
            self.input = input
        }

        var testDescription: String { words.joined(separator: " ").text + (prepare == "true" ? "" : " # \(prepare)") }
    }

    private static let all: ByteString = "discard-changes both,edited,new,staged"

    private static let cases: [Case] = [
        // reset
        Case("reset --hard", [all]),
        Case("reset --hard HEAD", [all], in: "sub"),
        Case("reset --hard", prepare: saved),
        Case("reset --hard side", [all, "delete-untracked loose"]),
        Case("reset --hard side", prepare: saved),
        Case("reset", ["discard-changes both"]),
        Case("reset clean"),
        Case("reset both", ["discard-changes both"]),
        Case("reset HEAD -- new staged"),
        Case("reset --soft side"),
        Case("reset --keep HEAD", ["discard-changes both"]),
        Case("reset --merge", ["discard-changes both,new,staged"]),
        Case("reset -p", ["discard-changes both?"]),
        // checkout, switch, restore
        Case("checkout side"),
        Case("checkout -b fresh"),
        Case("checkout -f", [all]),
        Case("checkout -f side", [all, "delete-untracked loose"]),
        Case("checkout .", ["discard-changes both,edited"]),
        Case("checkout -- clean"),
        Case("checkout edited", ["discard-changes edited"]),
        Case("checkout -- edited", prepare: "git checkout -q edited"),
        Case("checkout HEAD -- staged new", ["discard-changes new,staged"]),
        Case("checkout side -- .", [all, "delete-untracked loose"]),
        Case("checkout side other"),
        Case("checkout -- gone"),
        Case("checkout -- gone", ["delete-untracked gone"], prepare: "mkdir gone; echo x > gone/x"),
        Case("checkout -p", ["discard-changes both,edited?"]),
        Case("checkout -m side", ["discard-changes both,edited,new,staged?"]),
        Case("switch side"),
        Case("switch --discard-changes side", [all, "delete-untracked loose"]),
        Case("switch -C fresh"),
        Case("restore .", ["discard-changes both,edited"]),
        Case("restore --staged .", ["discard-changes both"]),
        Case("restore --staged new staged"),
        Case("restore -SW .", [all]),
        Case("restore --source side loose", ["delete-untracked loose"]),
        Case("restore --source HEAD edited", ["discard-changes edited"]),
        Case("restore in", in: "dir"),
        Case("restore :/", ["discard-changes both,edited"], in: "dir"),
        // Ignored files in the way of a branch.
        Case("checkout obj", ["delete-untracked thing.o"], prepare: objects),
        Case("merge obj", ["delete-untracked thing.o"], prepare: objects),
        Case("checkout --no-overwrite-ignore obj", prepare: objects),
        // Single files
        Case("rm -f edited new", ["discard-changes edited,new"]),
        Case("rm clean"),
        Case("rm -f clean"),
        Case("rm --cached -f both", ["discard-changes both"]),
        Case("mv -f clean loose", ["delete-untracked loose"]),
        Case("mv -f clean edited", ["discard-changes edited"]),
        Case("mv -f clean new", ["discard-changes new"]),
        Case("mv -f clean fresh"),
        Case("mv clean loose"),
        Case("checkout-index -a"),
        Case("checkout-index -f -a", ["discard-changes both,edited"]),
        Case("checkout-index -f edited", ["discard-changes edited"]),
        Case("read-tree HEAD", ["discard-changes both"]),
        Case("read-tree --reset -u side", [all, "delete-untracked loose"]),
        Case("read-tree -n --reset -u side"),
        Case("apply", ["discard-changes edited"], input: patch),
        Case("apply", prepare: saved, input: patch),
        Case("apply", ["discard-changes both,edited,new,staged?"], input: "no patch"),
        Case("merge-file loose clean edited", ["delete-untracked loose"]),
        Case("merge-file -p loose clean edited"),
        Case("diff --output=loose", ["delete-untracked loose"]),
        Case("diff --output=fresh"),
        Case("archive -o clean HEAD"),
        // clean
        Case("clean -f", ["delete-untracked loose"]),
        Case("clean -fd", ["delete-untracked loose,sub"]),
        Case("clean -fdx", ["delete-untracked loose,sub,thing.o"]),
        Case("clean -fX", ["delete-untracked thing.o"]),
        Case("clean -f more", ["delete-untracked sub/more"], in: "sub"),
        Case("clean -f -e loose"),
        Case("clean -n"),
        Case("clean"),
        Case("clean -d", ["delete-untracked loose,sub"], prepare: "git config clean.requireForce false"),
        Case("clean -i", input: ""),
        Case("clean -id", ["delete-untracked loose,sub?"], input: "1\n"),
        Case("clean -ff", ["delete-untracked loose"], prepare: "git init -q nested"),
        Case("clean -ffd", ["delete-untracked loose,nested,sub"], prepare: "git init -q nested"),
        // Hidden edits
        Case(
            "reset --hard", ["discard-changes clean"],
            prepare: saved + "; git update-index --assume-unchanged clean; echo x >> clean"),
        Case("reset --hard", prepare: saved + "; git update-index --assume-unchanged clean"),
        // What ends an operation
        Case("merge --abort"),
        Case("merge --abort", prepare: saved + conflict),
        Case("merge --abort", ["discard-changes edited"], prepare: saved + conflict + "; echo solved > edited"),
        Case("rebase --abort", ["discard-changes edited"], prepare: saved + rebase + "; echo solved > edited"),
        Case("rebase --skip", prepare: saved + rebase),
        Case("cherry-pick --abort", prepare: saved + pick),
        Case("cherry-pick --quit", prepare: saved + pick + "; echo solved > edited"),
        // Linked work trees, sparse checkouts
        Case("worktree remove ../linked", prepare: linked),
        Case(
            "worktree remove ../linked", ["delete-untracked ../linked/t.o"],
            prepare: linked + "; echo o > ../linked/t.o"
        ),
        Case(
            "worktree remove -f ../linked", ["discard-changes ../linked/clean"],
            prepare: linked + "; echo x > ../linked/clean"),
        Case("sparse-checkout set nothing", ["delete-untracked dir/k.o?"], prepare: saved + "; echo o > dir/k.o"),
        Case("sparse-checkout set dir", prepare: saved + "; echo o > dir/k.o"),
        // Ignored files in the way of every kind of merge
        Case("cherry-pick obj", ["delete-untracked thing.o"], prepare: objects),
        Case("cherry-pick main..obj", ["delete-untracked thing.o"], prepare: objects),
        Case("rebase --onto obj main", ["delete-untracked thing.o"], prepare: objects),
        Case("reset -q --keep obj", ["delete-untracked thing.o"], prepare: objects),
        Case("reset -q --merge obj", ["delete-untracked thing.o"], prepare: objects),
        Case("read-tree -m -u HEAD obj", ["delete-untracked thing.o"], prepare: objects),
        Case("read-tree -m HEAD obj", prepare: objects),
        Case("merge-recursive HEAD -- HEAD obj", ["delete-untracked thing.o"], prepare: objects),
        Case("revert --no-edit obj", prepare: objects),
        Case(
            "revert --no-edit HEAD", ["delete-untracked thing.o"],
            prepare: objects + "; git merge -q -f obj 2>/dev/null || { rm thing.o; git merge -q obj; }; "
                + "git rm -q thing.o; git commit -q -m gone; echo precious > thing.o"),
        Case("pull . obj", ["delete-untracked thing.o"], prepare: objects),
        Case("checkout far", ["delete-untracked thing.o"], prepare: far),
        Case("switch far", ["delete-untracked thing.o"], prepare: far),
        Case("switch --no-guess far", prepare: far),
        Case("checkout none", prepare: far),
        Case("stash pop", ["delete-untracked st.o"], prepare: stashed),
        Case("stash apply", ["delete-untracked st.o"], prepare: stashed),
        Case("stash branch new", ["delete-untracked st.o"], prepare: stashed),
        Case("stash drop", prepare: stashed),
        Case("bisect reset", ["delete-untracked thing.o"], prepare: objects + "; echo obj > .git/BISECT_START"),
        // Patches that are written over
        Case("format-patch -q -1", ["delete-untracked 0001-n.patch"], prepare: patched),
        Case("format-patch -q -o . -1", ["delete-untracked 0001-n.patch"], prepare: patched),
        Case("format-patch -q -osub -1", prepare: patched),
        Case("format-patch -q --stdout -1", prepare: patched),
        Case("format-patch -q -1", prepare: saved + "; git commit -q --allow-empty -m n; git format-patch -q -1"),
        Case("stash"),
        Case("stash -u"),
        Case("add -A"),
        Case("commit -am x"),
    ]

    private static let objects =
        "git stash -q; git checkout -q -b obj; echo o > thing.o; git add -f thing.o; git commit -q -m o; "
        + "git checkout -q main; echo precious > thing.o"
    private static let far =
        objects + "; git update-ref refs/remotes/origin/far obj; git branch -q -D obj; "
        + "git config remote.origin.url x; git config remote.origin.fetch +refs/heads/*:refs/remotes/origin/*"
    private static let stashed = saved + "; echo s > st.o; git add -f st.o; git stash -q; echo precious > st.o"
    private static let patched =
        saved + "; echo n > n; git add n; git commit -q -m n; echo mine > 0001-n.patch; mkdir sub"
    private static let conflict =
        "; git checkout -q -b c1; echo 1 > edited; git commit -qam 1; git checkout -q -b c2 main; echo 2 > edited; "
        + "git commit -qam 2; git merge -q c1 >/dev/null 2>&1 || true"
    private static let rebase =
        "; git checkout -q -b c1; echo 1 > edited; git commit -qam 1; git checkout -q -b c2 main; echo 2 > edited; "
        + "git commit -qam 2; git rebase -q c1 >/dev/null 2>&1 || true"
    private static let pick =
        "; git checkout -q -b c1; echo 1 > edited; git commit -qam 1; git checkout -q -b c2 main; echo 2 > edited; "
        + "git commit -qam 2; git cherry-pick c1 >/dev/null 2>&1 || true"
    private static let linked = "git worktree add -q ../linked side"
    private static let patch: ByteString = "--- a/edited\n+++ b/edited\n@@ -1 +1,2 @@\n edited\n+more\n"

    @Test(arguments: cases)
    func theStateDecides(row: Case) throws {
        try ScratchRepository.with(Self.unsaved + "\n" + row.prepare) { scratch in
            let name = try #require(row.words.first)
            let command = UnderstoodCommand(
                name: name, words: Array(row.words.dropFirst()),
                interpretations: OptionParser.interpretations(
                    of: Array(row.words.dropFirst()), for: name, version: GitVersion(2, 39, 5)
                ).compactMap { try? $0.get() }, input: row.input)
            try #require(!command.interpretations.isEmpty)
            var setting = scratch.setting()
            setting.globals += ["-C", row.folder]
            setting.directory = Path.join(scratch.path, row.folder)
            let kinds: Set<Effect.Kind> = [.discardChanges, .deleteUntracked]
            var effects = try Foreseer(setting).foresee(command) { _ in false }.effects
            effects += OutputFiles.foresee(command, setting).effects
            let top = Path.parent(scratch.path)
            #expect(effects.filter { kinds.contains($0.kind) }.map { Self.described($0, top) } == row.effects)
            if !row.effects.isEmpty && !["diff", "format-patch", "merge-file"].contains(name) {
                #expect(Foreseer.concernsFiles(command, setting), "the look at the words alone lets it pass")
            }
        }
    }

    @Test func everythingThatAnEffectNamesIsKept() throws {
        try ScratchRepository.with(Self.unsaved) { scratch in
            let command = UnderstoodCommand(
                name: "reset", words: ["--hard"],
                interpretations: [try OptionParser.parse(["--hard"], of: "reset", version: GitVersion(2, 39, 5))])
            let foresight = try Foreseer(scratch.setting()).foresee(command) { _ in false }
            #expect(foresight.filesToKeep == ["both", "edited", "gone", "new", "staged"])
        }
    }

    private static func described(_ effect: Effect, _ outside: ByteString) -> ByteString {
        guard case .files(let paths, _) = effect.target else { return "?" }
        let shown = paths.map { $0.dropping(prefix: outside + "/").map { "../" + $0 } ?? $0 }
        return ByteString(effect.kind.rawValue) + " " + shown.joined(separator: ",")
            + (effect.certainty == .possible ? "?" : "")
    }
}
