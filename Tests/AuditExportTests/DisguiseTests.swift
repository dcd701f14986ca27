import Auditing
import ByteStrings
import Effects
import Foundation
import Platform
import Testing

@testable import AuditExport

@Suite("Records in disguise")
struct DisguiseTests {
    private let disguise = Disguise(key: DisguiseKey(bytes: [UInt8](repeating: 7, count: 32)), plain: ["no-force-push"])

    @Test("Nothing that tells about anybody is left, in any field")
    func nothingIsLeft() {
        let record = tellingRecord()
        let text = disguise.record(record).json.encoded
        for telling in ["secret", "home", "host.example", "person", "a94a8fe5", "b5bb9d80", "7d865e95"] as [ByteString]
        {
            #expect(record.json.encoded.lowercased.contains(telling) || telling == "person")
            #expect(!text.lowercased.dropping("person-").contains(telling), "\(telling) in \(text)")
        }
        for kept in ["push", "--force", "/usr/bin/bash", "refs/heads/branch-", "force-push", "user.name="]
            as [ByteString]
        {
            #expect(text.contains(kept), "\(kept) in \(text)")
        }
    }

    @Test("Equal texts have equal pseudonyms, others have others, and another key makes others")
    func grouping() {
        var first = Record()
        first.agent = "ann"
        first.repository = "/a"
        var second = first
        second.repository = "/b"
        let (one, two) = (disguise.record(first), disguise.record(second))
        #expect(one.agent == two.agent)
        #expect(one.agent?.hasPrefix("agent-") == true)
        #expect(one.repository != two.repository)
        let other = Disguise(key: DisguiseKey(bytes: [UInt8](repeating: 8, count: 32)))
        #expect(other.record(first).agent != one.agent)
        // The same branch on the command line and in an effect can be told to be the same.
        let branch = disguise.ref("refs/heads/topic").bytes.suffix(12)
        #expect(disguise.word("topic").bytes.suffix(12) == branch)
    }

    @Test("What git itself knows stays on command lines, and nothing else")
    func commandLines() {
        let cases: [([ByteString], String)] = [
            (["git", "status", "-s"], "git status -s"),
            (["/home/x/git", "push", "--force", "origin", "main"], "git push --force origin main"),
            (["git", "log", "-5", "--oneline", "HEAD~3..main"], "git log -5 --oneline HEAD~3..main"),
            (["git", "commit", "-m", "fix it"], "git commit -m text-#"),
            (["git", "commit", "-amfix it"], "git commit -amtext-#"),
            (["git", "commit", "--message=fix"], "git commit --message=word-#"),
            (["git", "push", "--force-w", "up", "+a:b", ":c"], "git push --force-w word-# +word-#:word-# :word-#"),
            (["git", "-C", "/home/x", "-c", "core.pager=less", "log"], "git -C path-# -c core.pager=word-# log"),
            (["git", "config", "user.email", "a@b.c"], "git config user.email word-#"),
            (["git", "config", "remote.acme.url", "git@h:x"], "git config remote.name-#.url url-#"),
            (["git", "config", "acme.key", "v"], "git config word-# word-#"),
            (["git", "stash", "drop", "stash@{1}"], "git stash drop word-#"),
            (["git", "reset", "--hard", "topic~2"], "git reset --hard word-#~2"),
            (["git", "ship-it", "--to-acme"], "git command-# option-#"),
            (["git", "push", "--acme-option"], "git push option-#"),
            (["git", "--acme", "push"], "git option-# word-#"),
            (["git"], "git"), ([], ""),
        ]
        for (words, expected) in cases {
            let line = disguise.commandLine(words).joined(separator: " ").text
            #expect(line.replacing(/-[0-9a-f]{12}/, with: "-#") == expected)
        }
    }

    @Test("Pawl's own commands stay, and a snapshot is called what it is called elsewhere")
    func ownCommands() throws {
        var record = Record()
        record.command = "pawl undo"
        record.arguments = ["/home/secret/pawl", "undo", "20260131-101010-123-4711", "--paths", "secret", "--secret"]
        record.snapshot = "20260131-101010-123-4711"
        let disguised = disguise.record(record)
        let line = disguised.arguments.joined(separator: " ").text
        #expect(line.replacing(/-[0-9a-f]{12}/, with: "-#") == "pawl undo snapshot-# --paths word-# option-#")
        #expect(disguised.command == "pawl undo" && disguised.snapshot == disguised.arguments[2])
    }

    @Test("The code is HMAC-SHA-256 (test case 2 of RFC 4231)")
    func code() {
        let code = DisguiseKey(bytes: Array("Jefe".utf8)).code(for: "what do ya want for nothing?")
        let text = code.map { String(format: "%02x", $0) }.joined()
        #expect(text == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
    }

    @Test("The key is made once, for its owner alone; a file that is none is named")
    func key() throws {
        let folder = try File.makeTemporaryFolder("pawl-key", environment: .current)
        defer { File.removeTree(folder) }
        let file = Path.join(folder, "state/pawl/pseudonyms.key")
        let first = try DisguiseKey.stored(in: file)
        #expect(first.bytes.count == 32 && Set(first.bytes).count > 8)
        #expect(try DisguiseKey.stored(in: file).bytes == first.bytes)
        #expect(File.status(file).map { $0.mode & 0o777 } == 0o600)
        try File.write("short", to: file)
        #expect { try DisguiseKey.stored(in: file) } throws: { "\($0)".contains("does not hold a key") }
    }
}

extension ByteString {
    /// Without a word, wherever it stands.
    fileprivate func dropping(_ word: String) -> ByteString {
        ByteString(text.replacingOccurrences(of: word, with: ""))
    }
}
