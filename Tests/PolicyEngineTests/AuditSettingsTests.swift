import ByteStrings
import Platform
import Testing

@testable import PolicyEngine

@Suite("What policies say about the audit log")
struct AuditSettingsTests {
    @Test("All keys")
    func keys() throws {
        let settings = try parse(
            """
            [audit]
                retain = 60w
                maxFileSize = 8m
                anchor = syslog
                anchor = ref refs/heads/heads ~/my anchors.git
                anchor = file /mnt/usb/heads
                anchor = file /mnt/usb/heads
                anchor = command ssh log "x y"
                anchorEvery = 1000
            """
        ).audit
        #expect(settings.retention == .days(420))
        #expect(settings.maximumFileSize == 8 << 20)
        #expect(
            settings.anchors == [
                .syslog, .ref(name: "refs/heads/heads", repository: "~/my anchors.git"), .file("/mnt/usb/heads"),
                .command("ssh log x y"),
            ])
        #expect(settings.anchorInterval == 1000)
        for anchor in settings.anchors { #expect(AnchorPlace(anchor.text) == anchor) }
    }

    @Test("Times and sizes")
    func units() throws {
        func retention(_ text: ByteString) throws -> AuditSettings.Retention? {
            try parse("[audit]\nretain = " + text).audit.retention
        }
        #expect(try retention("400d") == .days(400))
        #expect(try retention("2y") == .days(732))
        #expect(try retention("forever") == .forever)
        #expect(AuditSettings.Retention.days(999_999_999) < .forever)
        #expect(try parse("[audit]\nmaxFileSize = 65536").audit.maximumFileSize == 65536)
        #expect(try parse("[audit]\nmaxFileSize = 64K").audit.maximumFileSize == 65536)
        #expect(try parse("[audit]\nmaxFileSize = 2g").audit.maximumFileSize == 2 << 30)
    }

    @Test("Within a file the last value counts, and an empty anchor takes back the earlier ones")
    func lastValue() throws {
        let policy = try parse("[audit]\nretain=1d\nanchor=syslog\n[audit]\nretain=2d\nanchor=\nanchor=file /x")
        #expect(policy.audit.retention == .days(2))
        #expect(policy.audit.anchors == [.file("/x")])
    }

    @Test("Home folders are resolved where there is one")
    func homes() {
        #expect(AnchorPlace.file("~/x").resolved(home: "/h") == .file("/h/x"))
        #expect(AnchorPlace.file("~/x").resolved(home: nil) == nil)
        #expect(AnchorPlace.ref(name: "refs/x", repository: "~/r").resolved(home: "") == nil)
        #expect(AnchorPlace.syslog.resolved(home: nil) == .syslog)
    }

    @Test("Of the system's and the user's settings the longer retention, the smaller size, all anchors")
    func combined() throws {
        let folder = try TemporaryFolder()
        let system = "[audit]\nretain=400d\nmaxFileSize=1m\nanchor=syslog\nanchorEvery=500"
        try folder.write("etc/policy", ByteString(system))
        try folder.write(
            "home/.config/pawl/policy",
            "[audit]\nretain=30d\nmaxFileSize=2m\nanchor=file /x\nanchor=syslog\nanchorEvery=1000")
        let expected = AuditSettings(
            retention: .days(400), maximumFileSize: 1 << 20, anchors: [.syslog, .file("/x")], anchorInterval: 500)
        #expect(try Self.settings(folder) == expected)
        try folder.write("home/.config/pawl/policy", "[audit]\nretain=forever")
        #expect(try Self.settings(folder).retention == .forever)
    }

    @Test("A repository and a session cannot say anything about the log")
    func agentsReach() throws {
        let folder = try TemporaryFolder()
        try folder.write("home/.config/pawl/policy", "[audit]\nretain=400d\nanchor=syslog")
        let grab: ByteString = "[audit]\nretain=1d\nanchor=\nanchor=file /tmp/x\nanchorEvery=1\nmaxFileSize=64k"
        try folder.write("tree/.pawl/policy", grab)
        try folder.write("share/session", grab)
        var environment = Self.environment(folder)
        environment["PAWL_POLICY"] = "session"
        let stack = try PolicyStack.load(
            environment: environment, workTree: folder.path + "/tree", policyFolder: folder.path + "/share",
            systemFile: folder.path + "/none")
        #expect(stack.layers.map(\.layer) == [.user, .builtIn, .repository, .session])
        #expect(stack.auditSettings == AuditSettings(retention: .days(400), anchors: [.syslog]))
        // What is not understood is an error there, too.
        try folder.write("tree/.pawl/policy", "[audit]\nretain=soon")
        #expect(throws: PolicyError.self) {
            try PolicyStack.load(environment: environment, workTree: folder.path + "/tree")
        }
    }

    @Test("A policy that speaks of the log alone leaves the built-in default in force")
    func logAlone() throws {
        let folder = try TemporaryFolder()
        func layers() throws -> [Layer] {
            let stack = try PolicyStack.load(
                environment: Self.environment(folder), workTree: nil, systemFile: folder.path + "/etc/policy")
            return stack.layers.map(\.layer)
        }
        try folder.write("etc/policy", "[audit]\nretain=400d")
        #expect(try layers() == [.system, .builtIn])
        try folder.write("home/.config/pawl/policy", "[audit]\nanchor=syslog")
        #expect(try layers() == [.system, .user, .builtIn])
        try folder.write("home/.config/pawl/policy", "[audit]\nanchor=syslog\n[policy]\nname=mine")
        #expect(try layers() == [.system, .user])
    }

    private static func environment(_ folder: TemporaryFolder) -> Environment {
        Environment(["HOME=" + folder.path + "/home"])
    }

    private static func settings(_ folder: TemporaryFolder) throws -> AuditSettings {
        try PolicyStack.loadAuditSettings(
            environment: environment(folder), systemFile: folder.path + "/etc/policy")
    }
}
