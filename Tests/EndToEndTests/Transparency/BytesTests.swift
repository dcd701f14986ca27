import Testing

/// Arguments and streams are bytes; nothing on the way reads them as text.
@Suite("Arguments and standard streams")
struct BytesTests {
    @Test(
        "An argument that is not UTF-8 arrives as it is",
        arguments: [
            #"git log -1 "--format=$(printf 'x\377y')""#, #"git add "$(printf 'x\377y')""#,
            #"printf a > "$(printf 'n\351')"; git add . && git ls-files -z"#, #"git commit -m "$(printf '\377\376')""#,
            #"git branch "$(printf 'br\351')" && git branch"#, #"git "$(printf '\377')""#,
            #"git push origin "$(printf 'topic\377')""#,
            #"git -c "alias.x=log -1 --format=$(printf '\377')" x"#,
        ])
    func nonUTF8(line: String) throws {
        try Scratch.with { scratch in try Twin(scratch).expectSame(line) }
    }

    @Test(
        "A long argument arrives whole, and one that the system refuses fails as ever",
        arguments: [
            "a=$(head -c 100000 /dev/zero | tr '\\0' a); git log -1 --format=\"$a\"",
            "a=$(head -c 100000 /dev/zero | tr '\\0' a); git commit -q -m \"$a\"; git log -1 --format=%B | wc -c",
            "a=$(head -c 140000 /dev/zero | tr '\\0' a); git log -1 --format=\"$a\" 2>/dev/null; echo $?",
            "a=$(head -c 100000 /dev/zero | tr '\\0' a); git commit -q -m \"$a\" -m \"$a\" -m \"$a\"; git log -1 --format=%B | wc -c",
            "git log -1 --format=%s $(yes -- | head -n 1) $(seq 1 5000)",
            "a=$(head -c 70000 /dev/zero | tr '\\0' a); git -c x.y=$a -c x.z=$a config x.y | wc -c",
        ])
    func longArguments(line: String) throws {
        try Scratch.with { scratch in try Twin(scratch).expectSame(line) }
    }

    @Test(
        "Standard input is the command's",
        arguments: [
            ("git hash-object --stdin", "some bytes\n"), ("git hash-object -w --stdin", "\u{0}\u{1}"),
            ("git commit -F -", "from a pipe\n"), ("git cat-file --batch", "HEAD\nnowhere\nHEAD:README\n"),
            ("git cat-file --batch-check", "HEAD\nmain\n"),
            ("git apply", "diff --git a/x b/x\nnew file mode 100644\n--- /dev/null\n+++ b/x\n@@ -0,0 +1 @@\n+x\n"),
            ("git apply --check", "not a patch\n"), ("git update-ref --stdin", "create refs/heads/made HEAD\n"),
            ("git rev-list --stdin", "main\n"), ("git log --stdin --format=%s", "topic\n"),
            ("git stripspace", "a  \n\n\n\nb\n"),
            ("git mktree", ""), ("git check-ignore --stdin", "thing.o\nREADME\n"), ("git tag -a v9 -F -", "nine\n"),
            ("git commit --pathspec-from-file=- -m x", "README\n"), ("git pack-objects --stdout | wc -c", ""),
            ("git fast-export --all | wc -l", ""), ("git add --pathspec-from-file=-", "untracked.txt\n"),
            ("read a; git stripspace; echo \"$a\"", "first\nsecond\n"), ("git check-attr --stdin -a", "README\n"),
            ("git notes add -F -", "noted\n"), ("git add -p", "y\nq\n"), ("git clean -i", "q\n"),
            ("git interpret-trailers", "subject\n"),
        ])
    func standardInput(line: String, input: String) throws {
        try Scratch.with { scratch in try Twin(scratch).expectSame(line, input: Array(input.utf8)) }
    }

    @Test(
        "A reader that goes away ends git as ever",
        arguments: [
            "git log -p --all | head -n 1",
            "{ sleep 0.3; git ls-files; echo $? >&2; } | true", "git rev-list --all | head -n 1",
            "git log >&-; echo $?", "git status -s <&-; echo $?", "git commit -m x >&- 2>&-; echo $?",
            "git log -1 2>&-; echo $?", "git status > /dev/full; echo $?",
        ])
    func closedStreams(line: String) throws {
        try Scratch.with { scratch in try Twin(scratch).expectSame(line) }
    }

    @Test func aBrokenPipeIsDeathBySignal() throws {
        try Scratch.with { scratch in
            let line = """
                mkfifo p; (exec 3<p; sleep 0.2) & exec git -c alias.x=x fast-export --all --signed-tags=strip > p
                """
            let many =
                Twin.ordinaryRepository + "\nhead -c 400000 /dev/zero > zeros; git add zeros; git commit -q -m zeros\n"
            try Twin(scratch, many).expectSame(line)
        }
    }
}
