import ByteStrings
import Effects
import Testing

@testable import Auditing

@Suite struct RedactionTests {
    static let token = "ghp_" + String(repeating: "a1", count: 18)
    static let webToken = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl"

    @Test(arguments: [
        ("https://user:secret@host/r.git", "https://[redacted]@host/r.git"),
        ("https://oauth2:a/b@host/r", "https://oauth2:a/b@host/r"),
        ("https://tok@github.com/o/r", "https://[redacted]@github.com/o/r"),
        ("https://a:b@c@host:8443/r", "https://[redacted]@host:8443/r"),
        ("ssh://me:pw@host/r", "ssh://[redacted]@host/r"),
        (
            "url.https://x:y@github.com/.insteadOf=https://github.com/",
            "url.https://[redacted]@github.com/.insteadOf=https://github.com/"
        ),
        ("https://h/r?access_token=abc&x=1", "https://h/r?access_token=[redacted]&x=1"),
        ("https://h/r?x=1&PRIVATE_TOKEN=abc#f", "https://h/r?x=1&PRIVATE_TOKEN=[redacted]#f"),
        ("https://h/r?password=abc", "https://h/r?password=[redacted]"),
        ("http.extraHeader=Authorization: Basic eDp5", "http.extraHeader=[redacted]"),
        ("http.https://h/.extraheader=X: y", "http.https://h/.extraheader=[redacted]"),
        ("--config=http.extraHeader=X: y", "--config=http.extraHeader=[redacted]"),
        ("credential.helper=!f() { echo password=x; }; f", "credential.helper=[redacted]"),
        ("sendemail.smtpPass=x", "sendemail.smtpPass=[redacted]"),
        ("my.apiToken=x", "my.apiToken=[redacted]"),
        ("remote.pw.secret=x", "remote.pw.secret=[redacted]"),
        ("--password=hunter2", "--password=[redacted]"), ("--smtp-pass=x", "--smtp-pass=[redacted]"),
        ("Authorization: token abc", "Authorization: [redacted]"), ("cookie:a=b", "cookie:[redacted]"),
        ("PRIVATE-TOKEN: x", "PRIVATE-TOKEN: [redacted]"),
        ("!curl -H 'Authorization: x y' https://h", "!curl -H 'Authorization: [redacted]' https://h"),
        ("Bearer abcdefgh12345678", "Bearer [redacted]"),
        (token, "[redacted]"), ("x=\(token),y", "x=[redacted],y"),
        ("gho_" + String(repeating: "Z", count: 36), "[redacted]"),
        ("ghs_" + String(repeating: "Z", count: 36), "[redacted]"),
        ("github_pat_" + String(repeating: "Z9_", count: 20), "[redacted]"),
        ("glpat-abcdefghij0123456789", "[redacted]"), ("xoxb-123456789012-abc", "[redacted]"),
        ("xoxp-123456789012-abc", "[redacted]"), ("xoxa-123456789012-abc", "[redacted]"),
        ("AKIAIOSFODNN7EXAMPLE", "[redacted]"), (webToken, "[redacted]"),
    ])
    func takesCredentialsOut(_ word: String, _ expected: String) {
        let once = Redaction.redact(word: ByteString(word))
        #expect(once == ByteString(expected))
        #expect(Redaction.redact(word: once) == once)
    }

    @Test(arguments: [
        "", "push", "--force", "git@github.com:org/repo.git", "https://github.com/a@b/c", "ssh://git@host/r",
        "https://git@github.com/o/r", "https://github.com/o/r?ref=token", "user@host:path", "credential.helper=",
        "--config-env=http.extraHeader=VARIABLE", "http.proxy=http://proxy:3128", "user.email=a@b.c",
        "+refs/heads/*:refs/remotes/origin/*", "HEAD@{2 days ago}", "file:///tmp/a@b", "fix: password handling",
        "ghp_short", "Makefile", "core.pager=less", "Bearer authentication-for-all", "basic understanding",
        "src/eyJ.swift", "AKIA", "remote.origin.url=https://github.com/o/r",
    ])
    func leavesTheRest(_ word: String) {
        #expect(Redaction.redact(word: ByteString(word)) == ByteString(word))
    }

    @Test(
        arguments: [
            (["git", "-c", "http.extraHeader=A: b", "push"], ["git", "-c", "http.extraHeader=[redacted]", "push"]),
            (["git", "--password", "x", "push"], ["git", "--password", "[redacted]", "push"]),
            (["git", "send-email", "--smtp-pass", "x", "p"], ["git", "send-email", "--smtp-pass", "[redacted]", "p"]),
            (["git", "send-email", "--smtp-pass", "--to", "p"], ["git", "send-email", "--smtp-pass", "--to", "p"]),
            (["git", "config", "http.extraHeader", "A: b"], ["git", "config", "http.extraHeader", "[redacted]"]),
            (["git", "config", "set", "x.token", "y"], ["git", "config", "set", "x.token", "[redacted]"]),
            (["git", "config", "user.name", "y"], ["git", "config", "user.name", "y"]),
            (["git", "add", "x.token", "y"], ["git", "add", "x.token", "y"]),
            (["git", "--config-env", "http.extraHeader=V"], ["git", "--config-env", "http.extraHeader=V"]),
            (
                ["git", "commit", "-m", "Authorization: explain the header"],
                ["git", "commit", "-m", "Authorization: explain the header"]
            ),
            (["git", "commit", "-m", "no \(token) here"], ["git", "commit", "-m", "no [redacted] here"]),
            (
                ["git", "commit", "--message=see https://a:b@h/"],
                ["git", "commit", "--message=see https://[redacted]@h/"]
            ),
        ] as [([String], [String])])
    func knowsOptions(_ words: [String], _ expected: [String]) {
        #expect(Redaction.redact(arguments: words.map { ByteString($0) }) == expected.map { ByteString($0) })
    }

    @Test func nothingInARecordIsForgotten() throws {
        let secret = Self.token
        let url = ByteString("https://u:\(secret)@h/r")
        var record = try fullRecord()
        record.arguments.append(url)
        record.expansion = [url]
        record.remote = url
        record.repository = url
        record.directory = url
        record.notice = url
        record.effects = [
            Effect(
                .push, .remoteRef(Effect.RemoteRef(remote: url, url: url, ref: url, forcedBy: .refspec(url))),
                lost: Effect.LostCommits(count: 1, first: [Effect.Commit(id: "a", subject: url, author: url)])),
            Effect(.runNested, .named(url)), Effect(.deleteTag, .localRef(url)),
            Effect(.discardChanges, .files(paths: [url], count: 1)),
            Effect(.push, .remoteRef(Effect.RemoteRef(remote: "o", url: nil, ref: "r", forcedBy: .configuration(url)))),
        ]
        #expect(record.json.encoded.contains(ByteString(secret)))
        #expect(!record.redacted().json.encoded.contains(ByteString(secret)))
    }

    @Test func randomTextNeverTraps() {
        let parts = [
            "://", "@", ":", "/", "?", "&token=", "=", "Authorization:", "Bearer ", "eyJ", ".", "ghp_", "\"", " ", "a1",
            "http.extraHeader", "\n",
        ]
        var unstable: [ByteString] = []
        let found: [ByteString] = ["http.extraHeader://=@?://.&token=:?"]
        for number in 0..<5000 {
            let word =
                number < found.count
                ? found[number]
                : ByteString((0..<Int.random(in: 0...12)).map { _ in parts.randomElement() ?? "" }.joined())
            let once = Redaction.redact(arguments: ["git", "-c", word])
            if Redaction.redact(arguments: once) != once { unstable.append(word) }
        }
        #expect(unstable == [])
    }
}
