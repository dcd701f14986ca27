import Foundation
import Testing

@Suite("The log's rotation, anchors and retention, with the built programs")
struct AuditIntegrityTests {
    /// Runs a line of shell in the clone with the front end first on PATH.
    private static func guarded(_ line: String, _ world: PawlWorld, _ more: [String: String] = [:]) throws -> Outcome {
        let environment = world.environment.merging(["PATH": "\(world.prefix)/libexec/pawl:\(BuiltProducts.systemPath)"]
        ) {
            $1
        }.merging(more) { $1 }
        return try world.scratch.shell(line, in: world.clone, environment: environment)
    }

    private static func policy(_ lines: String, _ world: PawlWorld) throws {
        try world.scratch.write("[audit]\n" + lines, to: "config/pawl/policy")
    }

    private static func files(_ world: PawlWorld) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: "\(world.scratch.capture)/state/pawl/audit").sorted()
    }

    /// `git rev-parse`, so many times.
    private static func records(_ count: Int, _ world: PawlWorld) throws {
        let loop = "i=0; while [ $i -lt \(count) ]; do git rev-parse -q HEAD >/dev/null || exit 1; i=$((i+1)); done"
        #expect(try guarded(loop, world).succeeded)
    }

    @Test("git anchors the hash as the policy says, and verify finds a chain that was computed anew")
    func anchored() throws {
        try PawlWorld.with { world in
            let heads = world.scratch.path("heads")
            _ = try world.shell("git init -q --bare ../anchors.git")
            let places = "anchor = file \(heads)\nanchor = ref refs/heads/heads \(world.scratch.path("anchors.git"))\n"
            try Self.policy(places + "anchorEvery = 16\n", world)
            try Self.records(33, world)
            let lines = String(decoding: readBytes(heads), as: UTF8.self).split(separator: "\n")
            #expect(
                lines.count == 2 && lines[0].hasPrefix("pawl audit head 16 ")
                    && lines[1].hasPrefix("pawl audit head 32 "))
            let verified = try world.pawl(["audit", "verify"])
            #expect(verified.succeeded, "\(verified.errorText)")
            #expect(
                verified.text.contains("file \(heads): 2 hashes agree, the newest with record 32, 1 before the head"))
            #expect(verified.text.contains("ref refs/heads/heads "))
            #expect(try world.pawl(["audit", "anchor"]).text.contains("record 33, "))
            #expect(
                try world.pawl(["audit", "verify"]).text.contains("3 hashes agree, the newest with record 33, 0 before")
            )

            // The chain computed anew from record 20 on, which holds in itself.
            let forged = try world.scratch.run(
                "/usr/bin/env", ["python3", "-c", Self.rewrite, try Self.log(world), "20"],
                environment: world.environment)
            #expect(forged.succeeded, "\(forged.errorText)")
            let found = try world.pawl(["audit", "verify"])
            #expect(found.ending == .exit(1))
            #expect(
                found.errorText.contains(
                    "record 32 has another hash than file \(heads) holds: the log was written anew after record 16, which agrees"
                ))
            // Anchors that were emptied, or cannot be read, do not pass either.
            try world.scratch.write("", to: "heads")
            #expect(try world.pawl(["audit", "verify"]).ending == .exit(1))
        }
    }

    @Test("Lines out of the system's log are compared, too")
    func linesFromElsewhere() throws {
        try PawlWorld.with { world in
            try Self.records(3, world)
            let head = try world.pawl(["audit", "verify"]).text.split(separator: " ").last.map(String.init) ?? ""
            let line = "Nov 24 20:00:00 host pawl-audit[7]: pawl audit head 3 " + head
            let compared = try world.pawl(["audit", "verify", "--anchors", "-"], input: line)
            #expect(compared.succeeded && compared.text.contains("standard input: 1 hash agrees"))
            let cut = try world.pawl(
                ["audit", "verify", "--anchors", "-"], input: line.replacing("head 3", with: "head 4"))
            #expect(cut.ending == .exit(1))
            #expect(cut.errorText.contains("holds the hash of record 4, and the log ends with record 3: it was cut"))
            #expect(try world.pawl(["audit", "verify", "--anchors", "-"], input: "nothing\n").ending == .exit(1))
        }
    }

    @Test("A place that fails is one line of warning, and the command runs")
    func failingAnchor() throws {
        try PawlWorld.with { world in
            try Self.policy("anchor = file /nonexistent/heads\nanchorEvery = 1\n", world)
            try Self.records(15, world)
            let warned = try Self.guarded("git rev-parse HEAD", world)
            #expect(warned.succeeded && warned.text.count == 41)
            #expect(warned.errorText.split(separator: "\n").count == 1)
            #expect(
                warned.errorText.hasPrefix(
                    "pawl: warning: the hash of record 16 could not be anchored: file /nonexistent/heads: "))
            #expect(try Self.guarded("git rev-parse HEAD", world).errorText.isEmpty)
            #expect(try world.pawl(["audit", "anchor"]).ending == .exit(1))
        }
    }

    @Test("Files rotate by size, are archived, and stay one log")
    func rotation() throws {
        try PawlWorld.with { world in
            try Self.policy("maxFileSize = 64k\n", world)
            let word = String(repeating: "x", count: 3000)
            let loop = "i=0; while [ $i -lt 40 ]; do git rev-parse -q --verify \(word) \(word) || i=$((i+1)); done"
            _ = try Self.guarded(loop, world)
            let names = try Self.files(world).filter { $0 != "lock" }
            #expect(
                names.count == 3 && names[1].hasSuffix("_0002.jsonl") && names[2].hasSuffix("_0003.jsonl"), "\(names)")
            let archived = try world.pawl(["audit", "archive"])
            #expect(archived.succeeded && archived.text.split(separator: "\n").count == 2, "\(archived.text)")
            #expect(try Self.files(world).filter { $0.hasSuffix(".jsonl.gz") }.count == 2)
            #expect(try world.pawl(["audit", "archive"]).text.hasPrefix("no file to archive"))
            let verified = try world.pawl(["audit", "verify"])
            #expect(verified.succeeded && verified.text.hasPrefix("40 records intact"), "\(verified.errorText)")
            #expect(try world.pawl(["audit", "show", "1"]).succeeded)
        }
    }

    @Test("Retention is the policy's, and not the repository's")
    func retention() throws {
        try PawlWorld.with { world in
            try Self.records(2, world)
            let none = try world.pawl(["audit", "prune"])
            #expect(none.ending == .exit(1) && none.errorText.contains("no policy says how long records are kept"))
            try world.scratch.write("[audit]\nretain = 1d\n", to: "clone/.pawl/policy")
            #expect(try world.pawl(["audit", "prune"]).ending == .exit(1))
            try Self.policy("retain = forever\n", world)
            #expect(try world.pawl(["audit", "prune"]).text == "nothing to drop: records are kept forever\n")

            // The same records as if they were of 2001, with one of now behind them.
            let log = try Self.log(world)
            let old = log.replacing(/\d{4}-\d\d\.jsonl$/, with: "2001-01.jsonl")
            #expect(try world.shell("mv \(log) \(old)").succeeded)
            let aged = try world.scratch.run(
                "/usr/bin/env", ["python3", "-c", Self.rewrite, old, "1", "2001-01-01T00:00:00.000Z"],
                environment: world.environment)
            #expect(aged.succeeded, "\(aged.errorText)")
            try Self.records(1, world)
            try Self.policy("retain = 400d\n", world)
            let tried = try world.pawl(["audit", "prune", "--dry-run"])
            #expect(tried.text == "would drop 2001-01.jsonl\nrecords 1 to 2\n")
            let dropped = try world.pawl(["audit", "prune"])
            #expect(dropped.text == "dropped 2001-01.jsonl\nrecords 1 to 2\nrecord 4 says so\n", "\(dropped.errorText)")
            let verified = try world.pawl(["audit", "verify"])
            #expect(verified.succeeded && verified.text.hasPrefix("2 records intact\n"), "\(verified.errorText)")
            #expect(verified.text.contains("begins with record 3; retention dropped those before it"))
            #expect(verified.text.contains("notice: record 4, retention: records 1 to 2 dropped, 1 file, "))
            #expect(try world.pawl(["audit", "prune"]).text.hasPrefix("nothing to drop"))
        }
    }

    @Test("A torn end is told from tampering by its exit status")
    func tornEnd() throws {
        try PawlWorld.with { world in
            try Self.records(2, world)
            let log = try Self.log(world)
            try Data(readBytes(log).dropLast(5)).write(to: URL(fileURLWithPath: log))
            let torn = try world.pawl(["audit", "verify"])
            #expect(torn.ending == .exit(3) && torn.errorText.contains("record 2 is not finished"))
            try Self.records(1, world)
            let mended = try world.pawl(["audit", "verify"])
            #expect(mended.succeeded && mended.text.contains("notice: record 2, torn tail: "))
        }
    }

    private static func log(_ world: PawlWorld) throws -> String {
        let name = try #require(try files(world).first { $0.hasSuffix(".jsonl") })
        return "\(world.scratch.capture)/state/pawl/audit/\(name)"
    }

    /// Computes a chain anew from a record on, with another command in it, or another time.
    private static let rewrite = #"""
        import hashlib, re, sys
        path, first = sys.argv[1], int(sys.argv[2])
        out, previous = [], None
        for line in open(path, "rb").read().splitlines():
            seq = int(re.match(rb'\{"version":\d+,"seq":(\d+)', line)[1])
            if seq >= first:
                signed = line[:-75]
                if len(sys.argv) > 3:
                    signed = re.sub(rb'"time":"[^"]*"', b'"time":"%s"' % sys.argv[3].encode(), signed)
                elif seq == first:
                    signed = signed.replace(b"rev-parse", b"rev-list")
                if previous and seq > first:
                    signed = signed[:-65] + previous + b'"'
                previous = hashlib.sha256(signed).hexdigest().encode()
                line = signed + b',"hash":"' + previous + b'"}'
            out.append(line + b"\n")
        open(path, "wb").write(b"".join(out))
        """#
}
