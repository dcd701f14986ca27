import ByteStrings
import GitSyntax
import Testing

@Suite("Commands of a shell line")
struct ShellCommandsTests {
    @Test(
        arguments: [
            ("", []), ("make test", []), ("git push -f", [["push", "-f"]]),
            ("make && git push origin '+a b' || :", [["push", "origin", "+a b"]]),
            ("cd x; FOO=1 BAR=2 /usr/bin/git reset --hard", [["reset", "--hard"]]),
            ("if git diff --quiet; then ! git stash; fi", [["diff", "--quiet"], ["stash"]]),
            ("echo $(git rev-parse HEAD) `git log -1`", [["rev-parse", "HEAD"], ["log", "-1"]]),
            ("git log >out 2>&1 -3 </dev/null | cat", [["log", "-3"]]),
            ("sh -c 'git push --mirror'", [["push", "--mirror"]]),
            ("bash -ec \"git branch -D x\"", [["branch", "-D", "x"]]),
            ("(git gc)", [["gc"]]), ("echo 'git push'", []), ("git-push", []), ("legit push", []),
            ("git push origin \"$branch\"", [["push", "origin", "$branch"]]),
            ("git commit -m 'unclosed", [["commit", "-m", "unclosed"]]),
        ] as [(String, [[ByteString]])])
    func findsTheGits(line: String, gits: [[ByteString]]) {
        #expect(ShellCommands.gits(in: ByteString(line)) == gits)
    }
}
