import ArgumentParser
import ByteStrings
import Guard
import Platform
import Recovery

extension SnapshotsCommand {
    /// `pawl snapshots diff`.
    struct Diff: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "diff",
            abstract: "What is different now from what a snapshot holds: what an undo would change.",
            discussion: "Lines with - are what was there, lines with + what is there now.")

        @Argument(help: "The snapshot's name; the newest that is not undone without one.")
        var snapshot: String?

        @Flag(name: .long, help: "Name what differs, without the lines.")
        var summary = false

        @Flag(name: .long, help: "Exit with 1 where there is a difference, as git diff does.")
        var exitCode = false

        func run() throws {
            do {
                let here = try RecoveryHere.open()
                let (recovery, id) = try here.home(of: snapshot.map { ByteString($0) })
                let comparison = try recovery.comparison(with: id)
                if !comparison.isEmpty {
                    Output.text(Self.lines(comparison).map { Output.printable($0) + "\n" }.joined(separator: ""))
                    if !summary { try printFiles(comparison, id, recovery) }
                    if exitCode { throw ExitCode(1) }
                }
            } catch let error as RecoveryError {
                throw RecoveryHere.failure(error)
            }
        }

        private static func lines(_ comparison: Comparison) -> [ByteString] {
            var lines: [ByteString] = []
            switch comparison.head {
            case .branch(let name): lines.append("HEAD      was " + name)
            case .detached(let object): lines.append("HEAD      was " + object.hex)
            case nil: break
            }
            lines += comparison.refs.map { ref in
                "ref       " + (ref.then?.short ?? "(none)") + " -> " + (ref.now?.short ?? "(none)") + "  " + ref.name
            }
            for ref in comparison.remote?.refs ?? [] {
                lines.append(
                    "remote    " + (ref.after?.short ?? "(none)") + " -> " + (ref.before?.short ?? "(none)") + "  "
                        + ref.name + " on " + (comparison.remote?.repository ?? ""))
            }
            if comparison.index { lines.append("index     is another") }
            lines += comparison.tracked.map { "tracked   " + $0 }
            lines += comparison.files.map { file in
                let state: ByteString =
                    file.now.kind == .absent ? "gone      " : file.then.kind == .absent ? "new       " : "changed   "
                return state + file.path
            }
            return lines
        }

        /// The files line by line, as git shows them.
        private func printFiles(_ comparison: Comparison, _ id: ByteString, _ recovery: Recovery) throws {
            let surroundings = try Surroundings.current()
            let folder = try File.makeTemporaryFolder("pawl-diff", environment: surroundings.environment)
            defer { File.removeTree(folder) }
            for side in ["then", "now"] as [ByteString] { try File.makeFolder(Path.join(folder, side)) }
            try recovery.export(comparison, of: id, to: folder)
            let git = try surroundings.realGit()
            var diff = Program(
                git.path, ["git", "diff", "--no-index", "--no-prefix", "--no-ext-diff", "then", "now"],
                environment: surroundings.environment, directory: folder)
            diff.environment["GIT_DIR"] = nil
            Output.text(try diff.capture().output)
        }
    }

    /// `pawl snapshots size`.
    struct Size: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "size", abstract: "Bytes on disk that each snapshot alone keeps.")

        func run() throws {
            do {
                let recovery = try RecoveryHere.open()
                var sum: Int64 = 0
                for snapshot in try recovery.list() {
                    let bytes = try recovery.diskUsage(of: snapshot.id)
                    sum += bytes
                    Output.line(ByteString("\(bytes)").padded(to: 14) + " " + snapshot.id)
                }
                Output.line(ByteString("\(sum)").padded(to: 14) + " in all")
            } catch let error as RecoveryError {
                throw RecoveryHere.failure(error)
            }
        }
    }
}
