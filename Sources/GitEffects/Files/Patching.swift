import ByteStrings
import Effects
import GitSyntax
import Platform

/// What `git apply` changes of what no commit has: git itself is asked with `--numstat` (git-apply(1)).
struct Patching {
    let command: UnderstoodCommand
    let arguments: ParsedArguments
    let setting: Setting

    func loss() -> FileLoss {
        guard let status = WorkTreeStatus.read(setting, paths: [":/"], untracked: .withIgnored) else {
            return FileLoss()
        }
        let touched = touched
        var loss = FileLoss(certainty: touched == nil ? .possible : .certain)
        for entry in status.entries where touched?.contains(entry.path) != false {
            switch entry.kind {
            case .untracked, .ignored:
                // A patch that nobody has read may change any of them; that is not assumed of all.
                if touched != nil { loss.untracked.insert(entry.path) }
            case .unmerged: loss.changes.insert(entry.path)
            case .changed:
                let losesStaged = arguments.isOn("cached") && entry.isStaged && entry.isEdited
                let losesFile = !arguments.isOn("cached") && (entry.isEdited || entry.isStaged)
                if losesStaged || losesFile { loss.changes.insert(entry.path) }
            }
        }
        return loss
    }

    /// The files that the patch names, from the top of the work tree; nil where that is not known.
    private var touched: Set<ByteString>? {
        if command.input == nil, Self.readsInput(arguments) { return nil }
        let applies = Set(arguments.options.filter { $0.name == "apply" }.map(\.word))
        let words = command.words.indices.filter { !applies.contains($0) }.map { command.words[$0] }
        let question = setting.question(["apply", "--numstat", "--summary", "-z"] + words)
        guard let answer = try? question.capture(input: command.input), answer.ending.succeeded else { return nil }
        // A renamed file has two names, of which only one is told.
        if answer.output.contains(" rename ") { return nil }
        return Set(
            answer.output.split(0).compactMap { record in
                record.split(atFirst: UInt8(ascii: "\t"))?.tail.split(atFirst: UInt8(ascii: "\t"))?.tail
            })
    }

    static func readsInput(_ arguments: ParsedArguments) -> Bool {
        arguments.operands.isEmpty || arguments.operands.contains { $0.value == "-" }
    }
}
