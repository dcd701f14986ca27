import Foundation
import Testing

@Suite("The log under faults, with the built programs")
struct AuditFaultTests {
    /// Runs a line of shell in the clone with the front end first on PATH.
    private static func guarded(_ line: String, _ world: PawlWorld, state: String? = nil) throws -> Outcome {
        var environment = world.environment
        environment["PATH"] = "\(world.prefix)/libexec/pawl:\(BuiltProducts.systemPath)"
        if let state { environment["XDG_STATE_HOME"] = state }
        return try world.scratch.shell(line, in: world.clone, environment: environment)
    }

    private static let warning = "pawl: warning: this command is not on record: "

    /// One command with an effect, one without, and the strict form of the first.
    private static func behaves(_ world: PawlWorld, state: String, reason: String) throws {
        let warned = try guarded("git push -q origin HEAD:refs/heads/told", world, state: state)
        #expect(
            warned.succeeded && warned.errorText.hasPrefix(warning) && warned.errorText.contains(reason), "\(warned)")
        #expect(warned.errorText.split(separator: "\n").count == 1)
        let silent = try guarded("git rev-parse HEAD", world, state: state)
        #expect(silent.succeeded && silent.errorText.isEmpty)
        try world.scratch.write(
            "[policy]\n\trecordRequired = true\n[include]\n\tpath = built-in:observe\n", to: "config/pawl/policy")
        let refused = try guarded("git push -q origin HEAD:refs/heads/new", world, state: state)
        #expect(refused.ending == .exit(77) && refused.errorText.contains("it cannot be recorded"), "\(refused)")
        #expect(try guarded("git rev-parse HEAD", world, state: state).succeeded)
        try FileManager.default.removeItem(atPath: world.scratch.path("config/pawl/policy"))
    }

    private static func whole(_ world: PawlWorld, state: String, _ count: Int) throws -> Bool {
        let verified = try world.pawl(["audit", "verify"], ["XDG_STATE_HOME": state])
        return verified.succeeded && verified.text.hasPrefix("\(count) record")
    }

    /// Whether this user and this machine allow a file system in memory to be mounted.
    private static let canMount: Bool = {
        let trial = "d=$(mktemp -d) && mount -t tmpfs -o size=128k tmpfs $d && umount $d; s=$?; rmdir $d; exit $s"
        let outcome = try? Scratch.with {
            try $0.shell(trial, environment: $0.environment(path: BuiltProducts.systemPath))
        }
        return outcome?.succeeded == true
    }()

    /// A small file system in memory for the log.
    private static func withMount(_ world: PawlWorld, _ body: (String) throws -> Void) throws {
        let folder = world.scratch.path("disk")
        let mounted = try world.shell("mkdir \(folder) && mount -t tmpfs -o size=128k tmpfs \(folder)")
        #expect(mounted.succeeded)
        defer { _ = try? world.shell("umount \(folder)") }
        try body(folder)
    }

    @Test("A full disk: warned of, refused where records are required, and nothing half", .enabled(if: canMount))
    func fullDisk() throws {
        try PawlWorld.with { world in
            try Self.withMount(world) { disk in
                #expect(try Self.guarded("git tag t0", world, state: disk).succeeded)
                _ = try world.shell("dd if=/dev/zero of=\(disk)/fill bs=4k 2>/dev/null")
                // What is left of the last block takes some records, then none: each is there whole or not at all.
                _ = try Self.guarded("for i in 1 2 3 4 5 6 7 8 9; do git rev-parse HEAD; done", world, state: disk)
                try Self.behaves(world, state: disk, reason: "No space left on device")
                let torn = try Data(contentsOf: URL(fileURLWithPath: try Self.log(disk)))
                #expect(torn.last == UInt8(ascii: "\n"))
                try FileManager.default.removeItem(atPath: "\(disk)/fill")
                let before = torn.split(separator: UInt8(ascii: "\n")).count
                #expect(try Self.guarded("git tag t2", world, state: disk).succeeded)
                #expect(try Self.whole(world, state: disk, before + 1))
            }
        }
    }

    @Test("A log on a read-only file system can be read and verified, and is not written", .enabled(if: canMount))
    func readOnlyLog() throws {
        try PawlWorld.with { world in
            try Self.withMount(world) { disk in
                #expect(try Self.guarded("git tag t0; git rev-parse HEAD", world, state: disk).succeeded)
                #expect(try world.shell("mount -o remount,ro \(disk)").succeeded)
                try Self.behaves(world, state: disk, reason: "Read-only file system")
                #expect(try Self.whole(world, state: disk, 2))
                #expect(try world.pawl(["audit"], ["XDG_STATE_HOME": disk]).succeeded)
                #expect(try world.pawl(["audit", "archive"], ["XDG_STATE_HOME": disk]).text.hasPrefix("no file"))
            }
        }
    }

    @Test("A limit on the size of files ends no command, and is told")
    func fileSizeLimit() throws {
        try PawlWorld.with { world in
            let state = world.scratch.path("state")
            #expect(try Self.guarded("git tag t0", world, state: state).succeeded)
            let word = String(repeating: "x", count: 3000)
            // In blocks of 512 bytes: less than two such records.
            let limited = try Self.guarded(
                "ulimit -f 8; git rev-parse -q --verify \(word); git tag \(word)1; git tag t1", world, state: state)
            #expect(limited.errorText.contains("File too large") || limited.succeeded, "\(limited)")
            #expect(try world.shell("git tag").text.contains("t1"))
            try world.scratch.write(
                "[policy]\n\trecordRequired = true\n[include]\n\tpath = built-in:observe\n", to: "config/pawl/policy")
            let refused = try Self.guarded("ulimit -f 8; git push -q origin HEAD:refs/heads/t2", world, state: state)
            #expect(refused.ending == .exit(77) && refused.errorText.contains("ulimit -f"), "\(refused)")
            #expect(try world.pawl(["audit", "verify"], ["XDG_STATE_HOME": state]).succeeded)
        }
    }

    @Test("Killed writers, and readers and archiving beside them: nothing recorded is lost, nothing half is believed")
    func killedWriters() throws {
        try PawlWorld.with { world in
            let state = world.scratch.path("state")
            try world.scratch.write("[audit]\n\tmaxFileSize = 64k\n", to: "config/pawl/policy")
            let environment = world.environment.merging(["XDG_STATE_HOME": state]) { $1 }
            let completed = Gathered()
            DispatchQueue.concurrentPerform(iterations: 7) { number in
                do {
                    if number == 6 {
                        try Self.readBesideWriters(world, environment)
                    } else {
                        try Self.writeAndBeKilled("w\(number)", world, environment, completed)
                    }
                } catch {
                    Issue.record(error)
                }
            }
            let verified = try world.pawl(["audit", "verify"], ["XDG_STATE_HOME": state])
            #expect(verified.succeeded, "\(verified.errorText)")
            let listed = try world.pawl(["audit", "--json", "--limit", "1000"], ["XDG_STATE_HOME": state]).text
            #expect(completed.all.count >= 54)
            for word in completed.all { #expect(listed.contains("\"\(word)\""), "\(word)") }
        }
    }

    /// 25 commands, two of three of which are killed at some moment.
    private static func writeAndBeKilled(
        _ name: String, _ world: PawlWorld, _ environment: [String: String], _ completed: Gathered
    ) throws {
        for round in 0..<25 {
            let word = "\(name).\(round)"
            let words = ["rev-parse", "-q", "--verify", word, String(repeating: "x", count: 900)]
            let running = try world.scratch.start(
                "\(world.prefix)/libexec/pawl/git", words.map { Array($0.utf8) }, in: world.clone,
                environment: environment)
            usleep(.random(in: 0..<12_000))
            if round % 3 != 0 { running.send(SIGKILL) }
            if case .exit = running.wait().ending { completed.add(word) }
        }
    }

    private static func readBesideWriters(_ world: PawlWorld, _ environment: [String: String]) throws {
        for _ in 0..<10 {
            for command in ["verify", "archive"] {
                let outcome = try world.scratch.run(world.pawl, ["audit", command], environment: environment)
                // What a writer that was killed left unfinished is no problem of the chain.
                if ![.exit(0), .exit(3)].contains(outcome.ending) { Issue.record("\(outcome.errorText)") }
            }
        }
    }

    private static func log(_ state: String) throws -> String {
        let folder = "\(state)/pawl/audit"
        let names = try FileManager.default.contentsOfDirectory(atPath: folder)
        return "\(folder)/\(try #require(names.first { $0.hasSuffix(".jsonl") }))"
    }
}

private final class Gathered: @unchecked Sendable {
    private let lock = NSLock()
    private var list: [String] = []

    var all: [String] { lock.withLock { list } }

    func add(_ text: String) { lock.withLock { list.append(text) } }
}
