import ByteStrings
import Effects
import Platform
import Testing

@testable import PolicyEngine

@Suite("Layers")
struct PolicyStackTests {
    private static let denyPush: ByteString = "[policy]\nname = p\n[rule \"r\"]\neffect = push\naction = deny"
    private static let allowAll: ByteString =
        "[policy]\nname = q\n[rule \"r\"]\neffect = push\neffect = force-push\naction = allow"

    /// A machine with the given files, and what is loaded on it.
    private func load(
        _ files: [ByteString: ByteString], session: ByteString? = nil, in folder: TemporaryFolder
    ) throws -> PolicyStack {
        for (name, text) in files { try folder.write(name, text) }
        var environment = Environment(["HOME=" + folder.path + "/home"])
        environment["PAWL_POLICY"] = session
        return try PolicyStack.load(
            environment: environment, workTree: folder.path + "/tree", policyFolder: folder.path + "/share",
            systemFile: folder.path + "/etc/policy")
    }

    private let user: ByteString = "home/.config/pawl/policy"
    private let system: ByteString = "etc/policy"
    private let repository: ByteString = "tree/.pawl/policy"

    @Test("No layer present: the built-in default")
    func none() throws {
        let stack = try load([:], in: TemporaryFolder())
        #expect(stack.layers.map(\.layer) == [.builtIn])
        #expect(stack.layers.map(\.policy.name) == ["default"])
        #expect(stack.decide([.remote(.forcePush)], in: Context()).action == .deny)
    }

    @Test("Each layer is read from its place")
    func places() throws {
        let files = [system: Self.allowAll, user: Self.denyPush, repository: Self.denyPush]
        let stack = try load(files, session: "observe", in: TemporaryFolder())
        #expect(stack.layers.map(\.layer) == [.system, .user, .repository, .session])
        #expect(stack.layers.map(\.policy.name) == ["q", "p", "p", "observe"])
    }

    @Test("XDG_CONFIG_HOME counts if it is absolute")
    func userFile() {
        #expect(PolicyStack.userFile(Environment(["HOME=/h", "XDG_CONFIG_HOME=/x"])) == "/x/pawl/policy")
        #expect(PolicyStack.userFile(Environment(["HOME=/h", "XDG_CONFIG_HOME=x"])) == "/h/.config/pawl/policy")
        #expect(PolicyStack.userFile(Environment(["HOME=/h", "XDG_CONFIG_HOME="])) == "/h/.config/pawl/policy")
        #expect(PolicyStack.userFile(Environment()) == nil)
    }

    @Test("The strictest decision wins, whichever layer it is of")
    func strictest() throws {
        for (outer, inner) in [(system, repository), (user, system), (repository, user)] {
            for swapped in [false, true] {
                let files = [(swapped ? inner : outer): Self.denyPush, (swapped ? outer : inner): Self.allowAll]
                let stack = try load(files, in: TemporaryFolder())
                #expect(stack.decide([.remote(.push)], in: Context()).action == .deny)
            }
        }
    }

    @Test("A repository's or session's policy cannot loosen, not even the built-in default")
    func onlyTightens() throws {
        for files in [[:], [user: "[include]\npath = built-in:default"]] as [[ByteString: ByteString]] {
            var files = files
            files[repository] = Self.allowAll
            let stack = try load(files, session: "observe", in: TemporaryFolder())
            for kind in Effect.Kind.allCases {
                let before = try Policy.builtInDefault().action(.sample(kind))
                #expect(stack.decide([.sample(kind)], in: Context()).action == before, "\(kind)")
            }
        }
        let tightened = try load([repository: Self.denyPush], in: TemporaryFolder())
        #expect(tightened.decide([.remote(.push)], in: Context()).action == .deny)
        #expect(tightened.decide([.remote(.push)], in: Context()).deciding?.layer == .repository)
    }

    @Test("The user's own policy replaces the built-in default")
    func userReplaces() throws {
        let stack = try load([user: Self.allowAll], in: TemporaryFolder())
        #expect(stack.decide([.remote(.forcePush)], in: Context()).action == .allow)
    }

    @Test("PAWL_POLICY is a shipped name, a name in the policy folder, or a file")
    func session() throws {
        let folder = try TemporaryFolder()
        try folder.write("share/team", Self.denyPush)
        try folder.write("share/strict", Self.allowAll)
        let file = try folder.write("mine", Self.denyPush)
        let names: [(ByteString, ByteString)] = [
            ("team", "p"), ("strict", "strict"), (file, "p"), ("read-only", "read-only"),
        ]
        for (session, name) in names {
            #expect(try load([:], session: session, in: folder).layers.last?.policy.name == name)
        }
        #expect(try load([:], session: "", in: folder).layers.map(\.layer) == [.builtIn])
        #expect(throws: PolicyError.self) { try load([:], session: "nowhere", in: folder) }
        #expect(throws: PolicyError.self) { try load([:], session: folder.path + "/nowhere", in: folder) }
    }

    @Test("A layer that is there and cannot be understood is an error, never left out")
    func broken() throws {
        for file in [system, user, repository] {
            let folder = try TemporaryFolder()
            let error = #expect(throws: PolicyError.self) { try load([file: "[rule]"], in: folder) }
            #expect(error?.file == Path.join(folder.path, file))
            #expect(error?.line == 1)
            #expect(throws: PolicyError.self) { try load([file + "/is-a-folder": ""], in: TemporaryFolder()) }
        }
    }

    @Test("Several effects: the strictest counts, all are reported")
    func several() throws {
        let stack = try load([:], in: TemporaryFolder())
        let effects: [Effect] = [.remote(.push), .sample(.dropStash), .remote(.forcePush), .remote(.deleteRemoteRef)]
        let decision = stack.decide(effects, in: Context())
        #expect(decision.action == .deny)
        #expect(decision.verdicts.map(\.action) == [.allow, .snapshot, .deny, .deny])
        #expect(decision.verdicts.map(\.effect) == effects)
        #expect(decision.deciding?.effect == effects[2])
        #expect(decision.deciding?.rule?.name == "no-force-push")
        #expect(decision.deciding?.policyName == "default")
        #expect(decision.deciding?.policyDigest.count == 64)
        #expect(decision.verdicts.first?.rule == nil)
    }

    @Test("No effects: allowed, whatever the policy")
    func noEffects() throws {
        let stack = try load([user: "[include]\npath = built-in:read-only"], in: TemporaryFolder())
        let decision = stack.decide([], in: Context())
        #expect(decision.action == .allow)
        #expect(decision.deciding == nil)
    }

    @Test("One layer that needs the record is enough")
    func recordRequired() throws {
        #expect(try load([:], in: TemporaryFolder()).recordRequired == false)
        #expect(try load([:], session: "strict", in: TemporaryFolder()).recordRequired)
    }

    @Test("How snapshots are kept: the user's word instead of the standard, an agent's only where it keeps more")
    func snapshotSettings() throws {
        func settings(_ files: [ByteString: ByteString]) throws -> SnapshotSettings {
            try load(files, in: TemporaryFolder()).snapshotSettings
        }
        let less: ByteString = "[policy]\nsnapshotBytes = 1k\nkeepDays = 2\nkeepBytes = 1m\n"
        let more: ByteString = "[policy]\nsnapshotBytes = 2g\nsnapshotFiles = 5\nkeepDays = 90\n"
        #expect(try settings([:]) == .standard)
        #expect(
            try settings([user: less])
                == SnapshotSettings(bytes: 1024, files: 100_000, keptBytes: 1 << 20, keptDays: 2))
        #expect(
            try settings([repository: less])
                == SnapshotSettings(bytes: 1024, files: 100_000, keptBytes: 5 << 30, keptDays: 30))
        #expect(
            try settings([user: less, repository: more])
                == SnapshotSettings(bytes: 1024, files: 5, keptBytes: 1 << 20, keptDays: 90))
    }
}
