import ByteStrings
import GitSyntax
import Testing

@testable import CompactOutput

/// What becomes of what git prints. The texts are git's own, of version 2.39.
@Suite("Shortened output")
struct ShortenerTests {
    private func shortened(_ text: String, _ shortener: CompactForm.Shortener, block: Int = 7) throws -> String {
        var stream = ShortenedStream(try #require(shortener.begin()))
        var out: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            out += stream.take(rest.prefix(block))
            rest = rest.dropFirst(block)
        }
        return String(decoding: out + stream.finish(), as: UTF8.self)
    }

    @Test("A patch keeps its hunks, and each file's head becomes one line", arguments: [1, 7, 4096])
    func patch(block: Int) throws {
        let text = """
            diff --git a/one b/one
            index e8823e1..10adcaf 100644
            --- a/one
            +++ b/one
            @@ -28,2 +28,2 @@ head
             29
            --- a/looks like a head
            +++ b/looks like a head
            \\ No newline at end of file
            diff --git a/old b/new name
            similarity index 90%
            rename from old
            rename to new name
            index e8823e1..10adcaf 100644
            --- a/old
            +++ b/new name\t
            @@ -1 +1 @@
            -a
            +b

            """
        let expected = """
            == one
            @@ -28,2 +28,2 @@ head
             29
            --- a/looks like a head
            +++ b/looks like a head
            \\ No newline at end of file
            == new name (renamed from old)
            @@ -1 +1 @@
            -a
            +b

            """
        #expect(try shortened(text, .patches, block: block) == expected)
    }

    @Test("What became of a file stands behind its name")
    func heads() throws {
        let text = """
            diff --git a/tool b/tool
            old mode 100644
            new mode 100755
            diff --git a/new b/new
            new file mode 100755
            index 0000000..e69de29
            diff --git a/gone b/gone
            deleted file mode 100644
            index e69de29..0000000
            diff --git "a/sp\\303\\244ce" "b/sp\\303\\244ce"
            index 6f3a9c1..6f3a9c2 100644
            Binary files "a/sp\\303\\244ce" and "b/sp\\303\\244ce" differ
            diff --cc both
            index 1,2..3
            --- a/both
            +++ b/both
            @@@ -1,1 -1,1 +1,5 @@@
            ++<<<<<<< HEAD

            """
        let expected = """
            == tool (mode 100644 -> 100755)
            == new (new, mode 100755)
            == gone (deleted)
            == "sp\\303\\244ce" (binary)
            == both (merge)
            @@@ -1,1 -1,1 +1,5 @@@
            ++<<<<<<< HEAD

            """
        #expect(try shortened(text, .patches) == expected)
    }

    @Test("A commit is one line, and one for each file that came, went or moved")
    func commit() throws {
        let text = """
            [main (root-commit) d590eba] second [sic]
             Date: Tue Nov 24 20:24:18 2026 +0000
             3 files changed, 2 insertions(+), 1 deletion(-)
             create mode 100644 b c
             delete mode 100644 d
             rename a => z (100%)
             mode change 100644 => 100755 t

            """
        #expect(
            try shortened(text, .commit)
                == "[main (root-commit) d590eba] 3 files +2 -1\n new b c\n deleted d\n renamed a => z (100%)\n"
                + " mode 100644 => 100755 t\n")
        #expect(try shortened("[main d590eba] empty\n", .commit) == "[main d590eba]\n")
        #expect(
            try shortened("On branch main\n\nnothing to commit, working tree clean\n", .commit)
                == "On branch main\nnothing to commit, working tree clean\n")
    }

    @Test("A push says what happened to each ref, and where only where there are several places")
    func push() throws {
        let text = """
            To ../o.git
             \trefs/heads/main:refs/heads/main\t0ae27eb..d590eba
            *\trefs/heads/main:refs/heads/side\t[new branch]
            !\trefs/heads/a:refs/heads/a\t[rejected] (non-fast-forward)
            -\t:refs/heads/old\t[deleted]
            Done

            """
        let lines =
            "main 0ae27eb..d590eba\n* main -> side [new branch]\n! a [rejected] (non-fast-forward)\n- old [deleted]\n"
        #expect(try shortened(text, .push) == lines)
        #expect(try shortened(text + text, .push) == "To ../o.git\n" + lines + "To ../o.git\n" + lines)
    }

    @Test("Only forms of the table are compact")
    func forms() {
        let version = GitVersion(2, 39, 5)
        func form(_ line: ByteString) -> CompactForm? {
            let words = line.split(UInt8(ascii: " "))
            guard let command = words.first else { return nil }
            let outcomes = OptionParser.interpretations(of: Array(words.dropFirst()), for: command, version: version)
            return CompactForm.of(command, outcomes.compactMap { try? $0.get() })
        }
        let compact: [ByteString] = [
            "status", "status -uno", "status src", "diff", "diff --cached", "diff HEAD~1 -- a", "diff --stat", "log",
            "log -5",
            "log -n 3 --author me -p", "log --no-merges main..x", "show", "show HEAD --stat", "commit -m x",
            "commit -am x",
            "commit --amend --no-edit", "push", "push -u origin x", "push --tags",
        ]
        for line in compact { #expect(form(line) != nil, "\(line)") }
        let exact: [ByteString] = [
            "status -s", "status --porcelain", "status -z", "status --long", "diff --color", "diff -z",
            "diff --word-diff",
            "diff --output=x", "diff --binary", "log --oneline", "log --format=%H", "log --graph", "show --pretty=raw",
            "commit -v",
            "commit -q -m x", "commit --dry-run", "push --porcelain", "push -q", "push -v", "add .", "branch",
            "rev-parse HEAD",
        ]
        for line in exact { #expect(form(line) == nil, "\(line)") }
    }
}
