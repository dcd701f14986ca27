import ByteStrings
import Effects
import Testing

@testable import PolicyEngine

@Suite("When a rule matches")
struct RuleTests {
    /// A policy that denies pushes under one more condition.
    private func denying(_ condition: ByteString) throws -> Policy {
        try parse(
            "[policy]\nprotected = main\nprotected = release/*\n[rule \"r\"]\neffect=push\naction=deny\n" + condition)
    }

    @Test("effect: alternatives")
    func effects() throws {
        let policy = try parse("[rule \"r\"]\neffect = push\neffect = delete-tag\naction = deny")
        for kind in Effect.Kind.allCases {
            #expect(policy.action(.sample(kind)) == ([.push, .deleteTag].contains(kind) ? .deny : .allow), "\(kind)")
        }
    }

    @Test("All words for effects, actions and certainties are known", arguments: Effect.Kind.allCases)
    func words(kind: Effect.Kind) throws {
        for action in Action.allCases {
            let text = "[rule \"r\"]\neffect = \(kind.rawValue)\naction = \(action.word)\ncertainty = certain"
            #expect(try parse(ByteString(text)).action(.sample(kind)) == action)
        }
    }

    @Test("remote: by name or URL, with or without credentials")
    func remotes() throws {
        #expect(try denying("remote = orig*").action(.remote(.push)) == .deny)
        #expect(try denying("remote = backup").action(.remote(.push)) == .allow)
        let policy = try denying("remote = https://example.com/*")
        #expect(policy.action(.remote(.push)) == .deny)
        #expect(policy.action(.remote(.push, url: "https://me:secret@example.com/x")) == .deny)
        #expect(policy.action(.remote(.push, url: "HTTPS://token@Example.COM/x")) == .deny)
        #expect(policy.action(.remote(.push, remote: "https://a:b@example.com/x", url: nil)) == .deny)
        #expect(policy.action(.remote(.push, url: "https://elsewhere.com/x")) == .allow)
        #expect(policy.action(.remote(.push, url: nil)) == .deny, "a URL that is not known may be that one")
        #expect(try denying("remote = backup").action(.remote(.push, url: nil)) == .allow)
        #expect(try denying("remote = ssh://host/x").action(.remote(.push, url: "ssh://git@host/x")) == .deny)
        #expect(try denying("remote = host:x").action(.remote(.push, url: "git@host:x")) == .deny)
        #expect(try denying("remote = git@host:x").action(.remote(.push, url: "git@host:x")) == .deny)
    }

    @Test("ref: full or short, patterns over slashes")
    func refs() throws {
        for pattern in ["main", "refs/heads/main", "m*", "refs/*/main", "*"] as [ByteString] {
            #expect(try denying("ref = " + pattern).action(.remote(.push)) == .deny, "\(pattern)")
        }
        for pattern in ["mai", "refs/tags/main", "heads/main"] as [ByteString] {
            #expect(try denying("ref = " + pattern).action(.remote(.push)) == .allow, "\(pattern)")
        }
        let policy = try denying("ref = release/*\nref = v*")
        #expect(policy.action(.remote(.push, "refs/heads/release/1.0/x")) == .deny)
        #expect(policy.action(.remote(.push, "refs/tags/v1")) == .deny)
        #expect(try denying("ref = *").action(Effect(.push, .named("x"))) == .allow, "no ref, no match")
    }

    @Test("repository: by path or URL; agent")
    func places() throws {
        let context = Context(
            repository: "/home/dev/client/x", repositoryURLs: ["https://t@example.com/team/x.git"], agent: "claude-code"
        )
        for condition in [
            "repository = /home/dev/client/*", "repository = https://example.com/team/*", "agent = claude*",
            "agent = *",
        ] as [ByteString] {
            let policy = try denying(condition)
            #expect(policy.action(.remote(.push), in: context) == .deny, "\(condition)")
            #expect(policy.action(.remote(.push)) == .allow, "\(condition)")
        }
        #expect(try denying("repository = /work").action(.remote(.push), in: context) == .allow)
        #expect(try denying("agent = codex").action(.remote(.push), in: context) == .allow)
    }

    @Test("protected: short patterns mean branches, full ones anything")
    func protected() throws {
        let policy = try denying("protected = true")
        #expect(policy.action(.remote(.push, "refs/heads/main")) == .deny)
        #expect(policy.action(.remote(.push, "refs/heads/release/1/2")) == .deny)
        #expect(policy.action(.remote(.push, "refs/heads/topic")) == .allow)
        #expect(policy.action(.remote(.push, "refs/tags/main")) == .allow)
        #expect(try denying("protected = false").action(.remote(.push, "refs/heads/topic")) == .deny)
        #expect(try denying("protected = false").action(.remote(.push, "refs/heads/main")) == .allow)
        let full = try parse(
            "[policy]\nprotected = refs/tags/v*\n[rule \"r\"]\neffect=push\naction=deny\nprotected=true")
        #expect(full.action(.remote(.push, "refs/tags/v1")) == .deny)
        #expect(full.action(.remote(.push, "refs/heads/v1")) == .allow)
    }

    @Test("protected adds up, over includes too; an empty value begins anew")
    func protectedAddsUp() throws {
        #expect(try parse("[policy]\nprotected=a\nprotected=b").protectedPatterns == ["a", "b"])
        #expect(try parse("[policy]\nprotected=a\nprotected=\nprotected=b").protectedPatterns == ["b"])
        let policy = try parse("[include]\npath = built-in:default\n[policy]\nprotected = trunk")
        #expect(policy.protectedPatterns == ["main", "master", "release/*", "trunk"])
    }

    @Test("lease and certainty")
    func leaseAndCertainty() throws {
        #expect(try denying("lease = true").action(.remote(.push, lease: true)) == .deny)
        #expect(try denying("lease = true").action(.remote(.push)) == .allow)
        #expect(try denying("lease = false").action(.remote(.push)) == .deny)
        #expect(try denying("certainty = possible").action(.remote(.push, certainty: .possible)) == .deny)
        #expect(try denying("certainty = possible").action(.remote(.push)) == .allow)
        let both = try denying("certainty = possible\ncertainty = certain")
        #expect(both.action(.remote(.push)) == .deny)
    }

    @Test("published; where it is not known, the strictest of both answers")
    func published() throws {
        let rule: ByteString = "effect = rewrite-history\neffect = discard-changes\n"
        let denying = try parse("[rule \"r\"]\n" + rule + "published = true\naction = deny")
        #expect(denying.action(.local(.rewriteHistory, published: true)) == .deny)
        #expect(denying.action(.local(.rewriteHistory, published: false)) == .allow)
        #expect(denying.action(.local(.rewriteHistory, published: nil)) == .deny)
        #expect(denying.action(.sample(.discardChanges)) == .allow, "it does not apply there")
        let allowing = try parse(
            "[rule \"a\"]\n" + rule + "action = deny\n[rule \"b\"]\n" + rule + "published = false\naction = snapshot")
        #expect(allowing.action(.local(.rewriteHistory, published: false)) == .snapshot)
        #expect(allowing.action(.local(.rewriteHistory, published: nil)) == .deny)
    }

    @Test("Different keys all have to hold")
    func conjunction() throws {
        let policy = try denying("ref = main\nremote = origin\nlease = true")
        #expect(policy.action(.remote(.push, lease: true)) == .deny)
        #expect(policy.action(.remote(.push)) == .allow)
        #expect(policy.action(.remote(.push, "refs/heads/x", lease: true)) == .allow)
        #expect(policy.action(.remote(.push, remote: "b", lease: true)) == .allow)
    }

    @Test("true and false as alternatives are no condition")
    func booleanAlternatives() throws {
        let policy = try denying("lease = true\nlease = false")
        #expect(policy.action(.remote(.push)) == .deny)
        #expect(policy.action(.remote(.push, lease: true)) == .deny)
        #expect(try denying("lease").rules.first?.lease == true, "a key alone is true")
    }

    @Test("The last matching rule wins")
    func lastWins() throws {
        let policy = try parse(
            """
            [rule "a"]
                effect = push
                action = deny
            [rule "b"]
                effect = push
                ref = agent/*
                action = allow
            [rule "c"]
                effect = push
                ref = agent/kept
                action = snapshot
            """)
        #expect(policy.action(.remote(.push)) == .deny)
        #expect(policy.action(.remote(.push, "refs/heads/agent/1")) == .allow)
        #expect(policy.action(.remote(.push, "refs/heads/agent/kept")) == .snapshot)
        #expect(try parse("").action(.remote(.forcePush)) == .allow, "no rule allows")
    }
}

@Suite("Refs that only the remote knows")
struct RefPatternTests {
    @Test("A refusal counts if the patterns can meet")
    func denying() throws {
        let policy = try parse("[rule \"r\"]\neffect = force-push\nref = main\naction = deny")
        #expect(policy.action(.remote(.forcePush, "refs/*")) == .deny)
        #expect(policy.action(.remote(.forcePush, "refs/heads/m*")) == .deny)
        #expect(policy.action(.remote(.forcePush, "refs/heads/x*")) == .allow)
    }

    @Test("A permission counts only if it covers all of them")
    func allowing() throws {
        let policy = try parse(
            """
            [rule "no"]
                effect = force-push
                action = deny
            [rule "agents"]
                effect = force-push
                ref = refs/heads/agent/*
                action = allow
            """)
        #expect(policy.action(.remote(.forcePush, "refs/heads/agent/*")) == .allow)
        #expect(policy.action(.remote(.forcePush, "refs/heads/agent/x*")) == .allow)
        #expect(policy.action(.remote(.forcePush, "refs/heads/*")) == .deny)
        #expect(policy.action(.remote(.forcePush, "refs/heads/a*")) == .deny)
    }

    @Test("A snapshot does not loosen a refusal that may be the last to match")
    func snapshot() throws {
        let policy = try parse(
            """
            [rule "no"]
                effect = force-push
                action = deny
            [rule "agents"]
                effect = force-push
                ref = agent/*
                action = snapshot
            """)
        #expect(policy.action(.remote(.forcePush, "refs/heads/*")) == .deny)
        #expect(policy.action(.remote(.forcePush, "refs/heads/agent/*")) == .snapshot)
    }

    @Test("What may be a protected branch is taken as one")
    func protected() throws {
        let head: ByteString = "[policy]\nprotected = main\n[rule \"r\"]\neffect = force-push\n"
        let denying = try parse(head + "protected = true\naction = deny")
        #expect(denying.action(.remote(.forcePush, "refs/*")) == .deny)
        #expect(denying.action(.remote(.forcePush, "refs/heads/x*")) == .allow)
        let allowing = try parse(
            head + "action = deny\n[rule \"s\"]\neffect = force-push\nprotected = false\naction = allow")
        #expect(allowing.action(.remote(.forcePush, "refs/*")) == .deny)
        #expect(allowing.action(.remote(.forcePush, "refs/heads/x*")) == .allow)
    }
}
