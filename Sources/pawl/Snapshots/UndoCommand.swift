import ArgumentParser
import Auditing
import ByteStrings
import Guard
import Platform
import Recovery

/// `pawl undo`.
struct UndoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "undo",
        abstract: "Bring back what a command has lost in this repository.",
        discussion: """
            Before git loses something that only this repository has, pawl keeps it in a snapshot. This brings the \
            state of a snapshot back: branches, tags, stash, HEAD, the index and files, the newest snapshot's unless \
            another is named. The present state is kept first, so that the undo can be undone: `pawl undo` with the \
            name it prints. Work that is newer than the command is never overwritten unless that is asked for.
            """)

    @Argument(help: "The snapshot's name, as `pawl snapshots` lists it.")
    var snapshot: String?

    @Option(
        name: .long, parsing: .upToNextOption,
        help: "Bring back only these files or folders, and leave refs, HEAD and index alone.")
    var paths: [String] = []

    @Flag(name: .long, help: "Overwrite newer work as well; it is in the snapshot of the present state then.")
    var overwriteNewer = false

    /// The path from the top of the work tree, of a word that is meant from the working directory as in git.
    private func resolved(_ word: String, _ workTree: ByteString?) -> ByteString {
        // The parser's text may have lost bytes that the word has.
        let word = Words.ofThisProcess.first { $0.text == word } ?? ByteString(word)
        guard let folder = Path.workingDirectory.flatMap(File.realPath), let top = workTree.flatMap(File.realPath)
        else {
            return word
        }
        let path = Path.normalized(Path.join(folder, word))
        return path == top ? "." : path.dropping(prefix: top + "/") ?? word
    }

    func run() throws {
        let now = Timestamp.now
        let recovery = try RecoveryHere.open()
        var command = try RecoveryHere.command("pawl undo", recovery, at: now)
        let outcome = try RecoveryHere.attempt {
            try command.undo(
                snapshot.map { ByteString($0) },
                paths: paths.isEmpty ? nil : paths.map { resolved($0, recovery.place.workTree) },
                overwriteNewer: overwriteNewer)
        }
        var lines: [ByteString] = ["undone: " + outcome.id]
        if let place = outcome.workTree, place != recovery.place.workTree { lines.append("  in " + place) }
        lines += outcome.refs.map { "  " + $0 }
        lines += (outcome.remote?.refs ?? []).map { "  " + $0.name + " on " + (outcome.remote?.repository ?? "") }
        if outcome.movedHead { lines.append("  HEAD") }
        if outcome.restoredIndex { lines.append("  the index") }
        lines += outcome.files.map { "  " + $0 }
        lines += outcome.left.map { "  left as it is, for it has changes of its own: " + $0 }
        if let kept = outcome.snapshot { lines.append("to undo this: pawl undo " + kept) }
        Output.text(lines.map(Output.printable).joined(separator: "\n") + "\n")
    }
}
