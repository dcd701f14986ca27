import ByteStrings
import GitSyntax
import Platform

extension Submodules {
    /// Commands that take submodules along where they are asked to (git-checkout(1), `--recurse-submodules`; git-config(1),
    /// `submodule.recurse`): their HEADs are detached at what the new tree has for them.
    private static let carrying: WordList = "checkout merge pull read-tree rebase reset switch"

    /// Whether the command may do so by its words, where there are submodules at all. Errs on the side of yes: only git
    /// knows all of its configuration.
    static func mayBeCarried(by command: UnderstoodCommand, top: ByteString?) -> Bool {
        guard carrying.contains(command.name), let top, File.exists(Path.join(top, ".gitmodules")) else { return false }
        return command.interpretations.contains { $0.isOn("recurse-submodules", default: true) }
    }

    /// Those that the command takes to another commit, with that commit.
    public static func carried(by command: UnderstoodCommand, _ setting: Setting, top: ByteString) -> [Submodule] {
        guard mayBeCarried(by: command, top: top), let foreseer = try? Foreseer(setting), let facts = foreseer.facts
        else { return [] }
        let configured = foreseer.configuration.boolean("submodule.recurse") ?? false
        var targets: [ByteString: Set<ByteString>] = [:]
        let recorded = links(of: "HEAD", setting)
        for arguments in command.interpretations where arguments.isOn("recurse-submodules", default: configured) {
            for touch in FileTouches.of(command, arguments, facts, foreseer.configuration) {
                switch touch {
                case .overwrite(let overwrite):
                    guard overwrite.submodules, overwrite.workTree || overwrite.index,
                        overwrite.paths?.isEmpty != false,
                        case .tree(let revision) = overwrite.source
                    else { continue }
                    for (path, commit) in links(of: revision, setting) { targets[path, default: []].insert(commit) }
                case .switchTo(let revision):
                    // What is the same in both is left alone.
                    for (path, commit) in links(of: revision, setting) where recorded[path] != commit {
                        targets[path, default: []].insert(commit)
                    }
                default: continue
                }
            }
        }
        guard !targets.isEmpty else { return [] }
        return present([":/"], setting, top: top).flatMap { submodule in
            (targets[submodule.path] ?? []).sorted().map { Submodule(path: submodule.path, recorded: $0) }
        }
    }

    /// The commits that a tree has for submodules, by their paths.
    private static func links(of revision: ByteString, _ setting: Setting) -> [ByteString: ByteString] {
        let question = setting.question(["ls-tree", "-r", "-z", "--full-tree", revision])
        guard let answer = try? question.capture(), answer.ending.succeeded else { return [:] }
        var links: [ByteString: ByteString] = [:]
        for line in answer.output.split(0) where line.hasPrefix("160000 ") {
            guard let (about, path) = line.split(atFirst: UInt8(ascii: "\t")),
                let commit = about.split(UInt8(ascii: " ")).last
            else { continue }
            links[path] = commit
        }
        return links
    }
}
