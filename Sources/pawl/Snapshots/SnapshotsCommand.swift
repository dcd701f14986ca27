import ArgumentParser
import Auditing
import ByteStrings
import Guard
import Recovery

/// `pawl snapshots`.
struct SnapshotsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "snapshots",
        abstract: "List what pawl has kept in this repository before git lost it.",
        subcommands: [List.self, Show.self, Diff.self, Size.self, Prune.self],
        defaultSubcommand: List.self)

    /// `pawl snapshots list`.
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "One line a snapshot, the newest first.")

        func run() throws {
            let snapshots: [Snapshot]
            do {
                snapshots = try RecoveryHere.open().list()
            } catch let error as RecoveryError {
                throw RecoveryHere.failure(error)
            }
            if snapshots.isEmpty { return Output.line("no snapshots in this repository") }
            for snapshot in snapshots {
                var state: ByteString = ""
                if let undone = snapshot.undoes ?? snapshot.partOf { state = "  (undo of " + undone + ")" }
                if snapshot.isUndone { state = "  (undone)" }
                let content = Self.content(of: snapshot).padded(to: 24)
                let command = Output.printable(snapshot.command)
                Output.line(snapshot.id.padded(to: 28) + " " + content + " " + command + state)
            }
        }

        private static func content(of snapshot: Snapshot) -> ByteString {
            if let remote = snapshot.remote {
                let refs = remote.refs.count == 1 ? "1 ref" : "\(remote.refs.count) refs"
                return ByteString(refs + " on ") + Output.printable(remote.repository)
            }
            if snapshot.files.isEmpty { return snapshot.hasIndex ? "refs and index" : "refs" }
            let files = snapshot.files.count == 1 ? "1 file" : "\(snapshot.files.count) files"
            return ByteString("\(files), \(snapshot.bytes) bytes")
        }
    }

    /// `pawl snapshots show`.
    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "What is in a snapshot: refs with their values, and files.")

        @Argument(help: "The snapshot's name.")
        var snapshot: String

        func run() throws {
            let found: Snapshot
            do {
                found = try RecoveryHere.open().show(ByteString(snapshot))
            } catch let error as RecoveryError {
                throw RecoveryHere.failure(error)
            }
            let time = Timestamp(milliseconds: found.time * 1000).text
            var lines: [ByteString] = [
                "snapshot  " + found.id, "time      " + time, "before    " + found.command,
                ByteString("bytes     \(found.bytes)"),
            ]
            switch found.head {
            case .branch(let name): lines.append("HEAD      " + name)
            case .detached(let object): lines.append("HEAD      " + object.hex)
            case nil: break
            }
            if found.hasIndex { lines.append("index     kept") }
            lines += found.refs.map { reference in
                "ref       " + (reference.object?.hex ?? reference.target ?? "(none)") + " " + reference.name
            }
            for ref in found.remote?.refs ?? [] {
                lines.append(
                    "remote    " + (ref.before?.hex ?? "(none)") + " " + ref.name + " on "
                        + (found.remote?.repository ?? ""))
            }
            lines += found.files.map { file in
                "file      " + ByteString(file.state.kind.rawValue).padded(to: 9) + " " + file.path
            }
            Output.text(lines.map(Output.printable).joined(separator: "\n") + "\n")
        }
    }

    /// `pawl snapshots prune`.
    struct Prune: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "prune", abstract: "Give up snapshots that are old, or more than there is room for.",
            discussion: "The newest are kept. What is given up stays in the repository until git gc removes it.")

        @Option(name: .long, help: "Give up those that are older than this many days.")
        var olderThan: Int?

        @Option(name: .long, help: "Give up the oldest until no more than this many bytes of files are kept.")
        var keepBytes: Int64?

        func validate() throws {
            guard olderThan != nil || keepBytes != nil else {
                throw ValidationError("say which: --older-than DAYS, --keep-bytes BYTES, or both")
            }
            if let olderThan, !(0...36_500).contains(olderThan) {
                throw ValidationError("--older-than takes a number of days from 0 to 36500")
            }
            if let keepBytes, keepBytes < 0 { throw ValidationError("--keep-bytes takes a number from 0 on") }
        }

        func run() throws {
            let now = Timestamp.now
            var command = try RecoveryHere.command("pawl snapshots prune", RecoveryHere.open(), at: now)
            let gone = try RecoveryHere.attempt {
                try command.prune(
                    olderThan: olderThan.map { now.milliseconds / 1000 - Int64($0) * 86_400 }, keepingBytes: keepBytes)
            }
            if gone.isEmpty { return Output.line("nothing to give up") }
            for id in gone { Output.line("given up: " + id) }
        }
    }
}
