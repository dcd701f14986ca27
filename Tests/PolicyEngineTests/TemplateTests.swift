import ByteStrings
import Effects
import Testing

@testable import PolicyEngine

@Suite("Placeholders")
struct TemplateTests {
    private func expand(_ text: ByteString, _ effect: Effect) throws -> ByteString? {
        try Template(text).expanded(for: effect)
    }

    private var forced: Effect {
        let target = Effect.RemoteRef(
            remote: "origin", url: "https://me:secret@example.com/x", ref: "refs/heads/main",
            forcedBy: .refspec("+main:main"))
        let commits = ["9f3c1d2aaaa", "77ab0e4bbbb"].map {
            Effect.Commit(id: ByteString($0), subject: "s", author: "a")
        }
        return Effect(
            .forcePush, .remoteRef(target), lost: Effect.LostCommits(count: 2, first: commits),
            safer: "git fetch origin && git rebase origin/main && git push origin main")
    }

    @Test("The refusal of a forced push")
    func refusal() throws {
        let stack = PolicyStack(layers: [LayeredPolicy(layer: .builtIn, policy: try Policy.builtInDefault())])
        let verdict = try #require(stack.decide([forced], in: Context()).deciding)
        #expect(
            verdict.reason
                == "would overwrite refs/heads/main on origin; 2 commits would be lost (9f3c1d2 s, 77ab0e4 s)")
        #expect(
            verdict.consequence == "overwrite refs/heads/main on origin; 2 commits would be lost (9f3c1d2 s, 77ab0e4 s)"
        )
        #expect(verdict.instead == "git fetch origin && git rebase origin/main && git push origin main")
    }

    @Test("Each placeholder")
    func each() throws {
        #expect(try expand("{ref} {branch} {remote}", forced) == "refs/heads/main main origin")
        #expect(try expand("{url}", forced) == "https://example.com/x")
        #expect(try expand("{forced}|{count}", forced) == "+main:main|2")
        #expect(try expand("{branch}", .local(.moveTag, "refs/tags/v1")) == "v1")
        #expect(try expand("{branch}", .local(.rewriteHistory, "HEAD")) == "HEAD")
        let files = Effect(.discardChanges, .files(paths: ["a", "b", "c", "d"], count: 9))
        #expect(try expand("{count}: {paths}", files) == "9: a, b, c and 6 more")
        #expect(try expand("{paths}", Effect(.discardChanges, .files(paths: [], count: 2))) == "2 files")
        let config = Effect(.changeConfig, .named("core.hooksPath=/x"))
        #expect(try expand("{key}|{name}|{command}", config) == "core.hooksPath|core.hooksPath=/x|core.hooksPath=/x")
    }

    @Test("How a push is forced, in words")
    func forces() throws {
        let forces: [(Effect.Force, ByteString)] = [
            (.option("--force"), "--force"), (.refspec("+main:main"), "+main:main"),
            (.configuration("remote.origin.push=+main"), "remote.origin.push=+main"),
        ]
        for (force, words) in forces {
            let target = Effect.RemoteRef(remote: "o", url: nil, ref: "refs/heads/a", forcedBy: force)
            #expect(try expand("{forced}", Effect(.forcePush, .remoteRef(target))) == words)
        }
    }

    @Test("Lost commits: some named, all counted, nothing where nothing is known")
    func lost() throws {
        var effect = forced
        effect.lost = nil
        #expect(try expand("x{lost}", effect) == "x")
        effect.lost = Effect.LostCommits(count: 1, first: [])
        #expect(try expand("x{lost}", effect) == "x; 1 commit would be lost")
        let commits = (1...5).map { Effect.Commit(id: ByteString("\($0)00000000"), subject: "", author: "") }
        effect.lost = Effect.LostCommits(count: 12, first: commits)
        #expect(try expand("x{lost}", effect) == "x; 12 commits would be lost (1000000, 2000000, 3000000, and 9 more)")
        let long = ByteString(String(repeating: "ü", count: 60))
        let subjects: [ByteString] = ["Fix the \u{1b}[31mparser\u{9b}2J", long]
        effect.lost = Effect.LostCommits(
            count: 2, first: subjects.map { Effect.Commit(id: "9f3c1d2aaaa", subject: $0, author: "") })
        let cut = ByteString(String(repeating: "ü", count: 50)) + "…"
        #expect(
            try expand("x{lost}", effect)
                == "x; 2 commits would be lost (9f3c1d2 Fix the ?[31mparser\u{bf}2J, 9f3c1d2 " + cut + ")")
        effect.kind = .dropStash
        effect.lost = Effect.LostCommits(
            count: 1, first: [Effect.Commit(id: "9f3c1d2aaaa", subject: "On main: half", author: "")])
        #expect(try expand("x{lost}", effect) == "x; 1 entry would be lost (9f3c1d2 On main: half)")
    }

    @Test("Braces, and texts of which nothing remains")
    func braces() throws {
        #expect(try expand("{{ref}} }", forced) == "{ref} }")
        #expect(try expand("{safer}", .remote(.push)) == nil)
        #expect(try expand(" {paths} ", .remote(.push)) == nil)
    }

    @Test("A remote given as a URL shows no credentials, and nothing speaks to the terminal")
    func secrets() throws {
        let urls: [(ByteString, ByteString)] = [
            ("https://token@example.com/x", "https://example.com/x"), ("ssh://git:pw@host:22/x", "ssh://git@host:22/x"),
            ("git@host:x", "git@host:x"), ("/a/path@x", "/a/path@x"), ("https://a:p@b@host/x@y", "https://host/x@y"),
        ]
        for (url, shown) in urls {
            #expect(try expand("{remote} {url}", .remote(.push, remote: url, url: url)) == shown + " " + shown)
        }
        #expect(try expand("{command}", Effect(.runNested, .named("a\nb\u{1b}[31m"))) == "a b?[31m")
    }
}
