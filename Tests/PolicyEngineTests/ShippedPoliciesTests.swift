import ByteStrings
import Effects
import Platform
import Testing

@testable import PolicyEngine

@Suite("The shipped policies")
struct ShippedPoliciesTests {
    @Test("The binary holds the files, byte for byte", arguments: ShippedPolicies.names)
    func embedded(name: ByteString) throws {
        let file = Path.join(packageFolder, "policies/" + name)
        #expect(try File.read(file) == ShippedPolicies.text(of: name), "run Scripts/embed-policies")
        #expect(try Policy.named(name).name == name)
        #expect(try Policy.load(file: file).rules.map(\.name) == Policy.named(name).rules.map(\.name))
        #expect(!(try Policy.named(name).description.isEmpty))
    }

    @Test("No file is left out")
    func complete() {
        #expect(Set(File.list(Path.join(packageFolder, "policies")) ?? []) == Set(ShippedPolicies.names))
    }

    @Test("Every rule has a reason and a safer way", arguments: ShippedPolicies.names)
    func reasons(name: ByteString) throws {
        for rule in try Policy.named(name).rules {
            #expect(rule.reason?.hasPrefix("would ") == true, "\(rule.name)")
            #expect(rule.instead != nil, "\(rule.name)")
            for kind in rule.effects {
                var effect = Effect.sample(kind)
                effect.safer = "git fetch"
                #expect(rule.reasonTemplate?.expanded(for: effect)?.hasSuffix(":") == false, "\(rule.name)")
                #expect(rule.insteadTemplate?.expanded(for: effect) != nil, "\(rule.name)")
            }
        }
    }

    /// What each policy decides on: (kind, protected, published).
    private func table(_ name: ByteString, _ expected: (Effect.Kind, Bool, Bool?) -> Action) throws {
        let policy = try Policy.named(name)
        for kind in Effect.Kind.allCases {
            for protected in [false, true] {
                for published in [nil, false, true] as [Bool?] {
                    let effect = Effect.sample(kind, protected: protected, published: published)
                    #expect(
                        policy.action(effect) == expected(kind, protected, published),
                        "\(name): \(kind), protected \(protected), published \(String(describing: published))")
                }
            }
        }
    }

    @Test("default")
    func builtInDefault() throws {
        try table("default") { kind, _, published in
            switch kind {
            case .forcePush, .deleteRemoteRef, .destroyRecovery: .deny
            case .rewriteHistory: published == false ? .snapshot : .deny
            case .deleteBranch, .moveTag, .deleteTag, .discardChanges, .deleteUntracked, .dropStash: .snapshot
            case .push, .skipHooks, .changeConfig, .runNested, .runUnknown: .allow
            }
        }
    }

    @Test("remote-only")
    func remoteOnly() throws {
        try table("remote-only") { kind, _, _ in [.forcePush, .deleteRemoteRef].contains(kind) ? .deny : .allow }
    }

    @Test("strict")
    func strict() throws {
        try table("strict") { kind, protected, _ in kind == .push && !protected ? .allow : .deny }
        let policy = try Policy.named("strict")
        #expect(policy.recordRequired)
        #expect(policy.files == ["built-in:strict", "built-in:default"])
        #expect(policy.action(.remote(.push, "refs/heads/*")) == .deny, "that may be a protected branch")
    }

    @Test("read-only")
    func readOnly() throws {
        try table("read-only") { _, _, _ in .deny }
    }

    @Test("observe")
    func observe() throws {
        try table("observe") { _, _, _ in .allow }
    }

    @Test("A lease does not make a forced push right, and a pattern of refs is no way around")
    func forms() throws {
        for name in ["default", "remote-only", "strict", "read-only"] as [ByteString] {
            let policy = try Policy.named(name)
            #expect(policy.action(.remote(.forcePush, lease: true)) == .deny)
            #expect(policy.action(.remote(.forcePush, "refs/*", certainty: .possible)) == .deny)
            #expect(policy.action(.remote(.deleteRemoteRef, "refs/heads/*", url: nil)) == .deny)
        }
    }

    @Test("The example in the header of default works")
    func example() throws {
        let text = try #require(ShippedPolicies.text(of: "default"))
        let lines = text.split(0x0a).compactMap { $0.dropping(prefix: "#     ") }
        let policy = try parse(lines.joined(separator: "\n"))
        #expect(policy.protectedPatterns.contains("trunk"))
        #expect(policy.action(.remote(.forcePush, "refs/heads/agent/1", lease: true)) == .snapshot)
        #expect(policy.action(.remote(.forcePush, "refs/heads/agent/1")) == .deny)
        #expect(policy.action(.remote(.forcePush, lease: true)) == .deny)
    }
}
