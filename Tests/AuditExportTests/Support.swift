import Auditing
import ByteStrings
import Effects
import Platform

let packageFolder = Path.parent(Path.parent(Path.parent(ByteString(#filePath))))

/// Every field of a record in use. Each text of it that tells about somebody has `secret` in it.
func tellingRecord() -> Record {
    var record = Record(time: Timestamp(milliseconds: 1_770_000_000_123))
    record.sequence = 3
    record.session = "secret-session"
    record.agent = "secret agent"
    record.process = 4711
    record.parents = [
        Record.ParentProcess(process: 4700, executable: "/usr/bin/bash"),
        Record.ParentProcess(process: 12, executable: "/home/secret/bin/tool"),
    ]
    record.directory = "/home/secret/shop"
    record.repository = "/home/secret/shop/.git"
    record.remote = "secret-remote"
    record.arguments = [
        "/home/secret/libexec/git", "-C", "/home/secret", "-c", "user.name=Secret Person", "--git-dir=secret.git",
        "push", "--force", "--push-option=secret", "-o", "secret-option", "https://host.example/secret.git",
        "+secret/main:main", "HEAD~2:refs/heads/secret", ByteString([0xFF]) + "secret",
    ]
    record.command = "push"
    record.expansion = ["push", "--force-with-lease=secret", "origin", "secret..main"]
    let lost = Effect.LostCommits(
        count: 3,
        first: [
            Effect.Commit(
                id: "a94a8fe5ccb19ba61c4c0873d391e987982fbbd3", subject: "secret message", author: "Secret <s@secret>")
        ])
    let forces: [Effect.Force] = [
        .option("--force"), .refspec("+secret:main"), .configuration("remote.secret.push=+secret:main"),
        .overlay("refs/replace/secret"),
    ]
    record.effects = forces.map { force in
        Effect(
            .forcePush,
            .remoteRef(
                Effect.RemoteRef(
                    remote: "https://host.example/secret.git", url: "https://host.example/secret.git",
                    ref: "refs/heads/secret", forcedBy: force)), lost: lost, published: true)
    }
    record.effects += [
        Effect(.deleteBranch, .localRef("refs/remotes/secret/secret-branch"), lost: lost),
        Effect(.discardChanges, .files(paths: ["secret/a.txt", "b.secret"], count: 12)),
        Effect(.changeConfig, .named("alias.secret")), Effect(.runNested, .named("make secret")),
    ]
    record.decision = .deny
    record.rule = "secret-rule"
    record.stopped = "cannot read /home/secret/policy"
    record.policy = Record.PolicySource(
        name: "secret-policy", digest: "b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c",
        layer: "user",
        file: "/home/secret/.config/pawl/policy", line: 12)
    record.ran = .no
    record.milliseconds = 250
    record.head = Record.Head(
        before: "a94a8fe5ccb19ba61c4c0873d391e987982fbbd3", after: "0000000000000000000000000000000000000000")
    record.movedRefs = [
        Record.MovedRef(ref: "refs/tags/secret", old: nil, new: "a94a8fe5ccb19ba61c4c0873d391e987982fbbd3")
    ]
    record.snapshot = "20260131-secret"
    record.undo = Record.Undo(snapshot: "20260130-secret")
    record.undo?.files = Record.Undo.Files(["secret/file"])
    record.undo?.left = Record.Undo.Files(["home/secret"])
    record.undo?.remoteRefs = [Record.MovedRef(ref: "refs/heads/secret", old: "a94a8fe5", new: nil)]
    record.notice = "torn tail: secret"
    record.dropped = [
        Record.DroppedFile(
            name: "2026-01.jsonl", last: 2, hash: "b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c")
    ]
    record.exit = 1
    record.signal = 9
    record.omitted = Record.Omitted(argumentBytes: 1, effects: 2, refs: 3)
    record.previous = "b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c"
    record.hash = "7d865e959b2466918c9863afca942d0fb89d7c9ac0c99bafc3749504ded97730"
    return record
}
