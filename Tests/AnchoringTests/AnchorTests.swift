import Auditing
import ByteStrings
import Foundation
import Platform
import PolicyEngine
import Testing

@testable import Anchoring

@Suite struct AnchorTests {
    @Test func fileGathersLines() throws {
        try withScratch { folder in
            let anchor = anchor(.file(folder + "/heads"))
            #expect(try anchor.content() == .heads([]))
            try anchor.store(receipt(1))
            try anchor.store(receipt(20))
            #expect(try anchor.content().receipts == [receipt(1), receipt(20)])
            #expect(File.status(folder + "/heads")?.mode == 0o600)
        }
    }

    @Test func refGathersCommits() throws {
        try withScratch { folder in
            let repository = folder + "/anchors.git"
            _ = try Program(realGit, ["git", "init", "-q", "--bare", repository], environment: .current).capture()
            let anchor = anchor(.ref(name: "refs/heads/heads", repository: repository))
            #expect(try anchor.content() == .heads([]))
            for number in [1, 20, 300] { try anchor.store(receipt(number)) }
            #expect(try anchor.content().receipts == [receipt(300), receipt(20), receipt(1)])
            let words: [ByteString] = ["git", "-C", repository, "fsck", "--strict"]
            #expect(try Program(realGit, words, environment: .current).capture().ending.succeeded)
        }
    }

    /// The variables of the repository that the command is for, and its hooks, have no say.
    @Test func refIsOfItsOwnRepository() throws {
        try withScratch { folder in
            for name in ["own", "anchors"] {
                _ = try Program(
                    realGit, ["git", "init", "-q", Path.join(folder, ByteString(name))], environment: .current
                )
                .capture()
            }
            let hook = Path.join(folder, "anchors/.git/hooks/reference-transaction")
            try File.makeFolder(Path.parent(hook))
            try File.write("#!/bin/sh\nexit 1\n", to: hook, mode: 0o755)
            var environment = Environment.current
            environment["GIT_DIR"] = Path.join(folder, "own/.git")
            let place = AnchorPlace.ref(name: "refs/heads/heads", repository: Path.join(folder, "anchors"))
            let anchor = Anchor(place, environment: environment, git: realGit, milliseconds: 20_000)
            try anchor.store(receipt(7))
            #expect(try anchor.content().receipts == [receipt(7)])
            let words: [ByteString] = ["git", "-C", Path.join(folder, "own"), "for-each-ref"]
            #expect(try Program(realGit, words, environment: .current).capture().output.isEmpty)
        }
    }

    @Test func severalWritersOfARefLoseNothing() throws {
        try withScratch { folder in
            let repository = folder + "/anchors.git"
            _ = try Program(realGit, ["git", "init", "-q", "--bare", repository], environment: .current).capture()
            let place = AnchorPlace.ref(name: "refs/heads/heads", repository: repository)
            DispatchQueue.concurrentPerform(iterations: 3) { number in
                do {
                    try anchor(place).store(receipt(number + 1))
                } catch {
                    Issue.record(error)
                }
            }
            let receipts = try anchor(place).content().receipts ?? []
            #expect(Set(receipts) == [receipt(1), receipt(2), receipt(3)])
        }
    }

    @Test func commandStoresAndGets() throws {
        try withScratch { folder in
            let script = "f=\(folder)/heads; case $1 in store) cat >> $f;; get) cat $f;; *) exit 9;; esac"
            try File.write("#!/bin/sh\n" + ByteString(script), to: folder + "/keep it", mode: 0o755)
            let anchor = anchor(.command("'" + folder + "/keep it'"))
            try anchor.store(receipt(5))
            try anchor.store(receipt(6))
            #expect(try anchor.content().receipts == [receipt(5), receipt(6)])
        }
    }

    @Test func systemLogGetsALine() throws {
        try withScratch { folder in
            let path = folder + "/log"
            let listener = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
            defer { close(listener) }
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.bytes) }
            let bound = withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    bind(listener, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
                }
            }
            #expect(bound == 0)
            try SystemLog.send(HeadLine.text(receipt(12)), tag: "pawl-audit", to: path)
            var buffer = [UInt8](repeating: 0, count: 1024)
            let count = recv(listener, &buffer, buffer.count, Int32(MSG_DONTWAIT))
            let message = ByteString(buffer[..<max(count, 0)])
            #expect(message.hasPrefix("<85>"))
            #expect(message.contains("pawl-audit[\(getpid())]: pawl audit head 12 "))
            #expect(Anchor.heads(in: message, source: "x").map(\.hash) == [receipt(12).hash])
            // A log that takes nothing is a failure, and nobody waits for it.
            let started = Date()
            let failure = #expect(throws: SystemError.self) {
                for _ in 0..<100_000 { try SystemLog.send("x", tag: "pawl-audit", to: path) }
            }
            #expect(failure?.code == EAGAIN)
            #expect(Date().timeIntervalSince(started) < 20)
            #expect(throws: SystemError.self) { try SystemLog.send("x", tag: "t", to: folder + "/none") }
        }
    }

    @Test(arguments: [
        AnchorPlace.file("/nonexistent/heads"), .file("~/heads"), .command("exit 3"), .command("no-such-program-here"),
        .ref(name: "refs/heads/x", repository: "/nonexistent"), .ref(name: "refs/heads/..x", repository: "/"),
    ])
    func failuresNameThePlace(place: AnchorPlace) throws {
        let anchor = Anchor(place, environment: Environment(["PATH=/usr/bin:/bin"]), git: realGit, milliseconds: 20_000)
        let error = #expect(throws: AnchorError.self) { try anchor.store(receipt(1)) }
        #expect(error?.place == place)
        #expect(error?.description.contains("\n") == false && error?.reason.isEmpty == false)
    }

    @Test func aCommandThatHangsIsKilledWithItsChildren() throws {
        try withScratch { folder in
            let command = ByteString("sleep 600 & echo $! > ") + folder + "/pid; sleep 600; true"
            let error = #expect(throws: AnchorError.self) {
                try anchor(.command(command), milliseconds: 300).store(receipt(1))
            }
            #expect(error?.reason == "it took more than 300 ms")
            let sleeper = try #require(Int32(try File.read(folder + "/pid").trimmed.text))
            var isGone = false
            for _ in 0..<100 where !isGone {
                // It is nobody's child any more: gone, or a zombie until it is reaped.
                isGone =
                    kill(sleeper, 0) != 0
                    || (try? File.read(ByteString("/proc/\(sleeper)/stat")).contains(") Z")) == true
                usleep(10_000)
            }
            #expect(isGone)
        }
    }

    @Test func linesAreReadOutOfWhateverSurroundsThem() {
        let hash = receipt(3).hash
        let text: ByteString =
            "Nov 24 20:00:00 host pawl-audit[12]: pawl audit head 3 " + hash + "\r\npawl audit head 4 " + hash
            + " x\npawl audit head 0 " + hash + "\npawl audit head 5 abc\npawl audit head x " + hash
            + "\npawl audit head 99999999999999999999 " + hash + "\n\npawl audit head \n"
        #expect(Anchor.heads(in: text, source: "s").map(\.sequence) == [3, 4])
    }
}
