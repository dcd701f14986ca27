import ByteStrings
import GitSyntax
import Platform

/// Files of submodules, which git removes or overwrites along with them.
struct SubmoduleFiles {
    /// The top of the work tree that the submodule is in.
    let top: ByteString
    let setting: Setting

    func loss(in path: ByteString, discards: FileTouch.SubmoduleLoss) -> FileLoss {
        let place = Path.join(top, path)
        var loss = FileLoss()
        // A submodule that is not checked out has no repository of its own.
        guard File.exists(Path.join(place, ".git")),
            let status = WorkTreeStatus.read(
                setting.elsewhere(place), untracked: discards == .changes ? .no : .withIgnored)
        else { return loss }
        for entry in status.entries {
            let inside = Path.join(path, entry.path)
            if entry.isSubmodule {
                loss.add(self.loss(in: inside, discards: discards))
                continue
            }
            switch (entry.kind, discards) {
            case (.changed, .changes), (.unmerged, .changes), (.changed, .everything), (.unmerged, .everything):
                loss.changes.insert(inside)
            case (.untracked, .everything), (.ignored, .everything), (.ignored, .ignored): loss.untracked.insert(inside)
            default: break
            }
        }
        // A submodule that is taken away is told from any other folder by it (gitsubmodules(7), "gitfile").
        let gitfile = Path.join(path, ".git")
        if !loss.isEmpty && discards != .changes && File.linkStatus(Path.join(top, gitfile))?.kind == .regular {
            loss.around.insert(gitfile)
        }
        return loss
    }

    /// The submodules that pathspecs mean; all of them without any.
    func paths(_ specs: [ByteString]) -> [ByteString] { entries(specs).map(\.path) }

    func entries(_ specs: [ByteString]) -> [Submodules.Submodule] {
        guard let answer = try? setting.question(["ls-files", "-s", "-z", "--full-name", "--"] + specs).capture(),
            answer.ending.succeeded
        else { return [] }
        return answer.output.split(0).compactMap { record in
            // Mode, object, stage and path.
            guard record.hasPrefix("160000 "), let (words, path) = record.split(atFirst: UInt8(ascii: "\t")) else {
                return nil
            }
            return Submodules.Submodule(path: path, recorded: words.split(UInt8(ascii: " "))[1])
        }
    }
}

/// The submodules of a repository that are checked out.
public enum Submodules {
    public struct Submodule: Sendable {
        /// From the top of the superproject's work tree.
        public var path: ByteString
        /// The commit that the superproject's index has for it, in hexadecimal.
        public var recorded: ByteString
    }

    /// All that pathspecs mean, as seen from the folder that the command runs in.
    public static func present(_ specs: [ByteString], _ setting: Setting, top: ByteString) -> [Submodule] {
        SubmoduleFiles(top: top, setting: setting).entries(specs)
            .filter { File.exists(Path.join(Path.join(top, $0.path), ".git")) }
    }

    /// Those whose HEAD is not where the superproject has it.
    public static func moved(_ specs: [ByteString], _ setting: Setting, top: ByteString) -> [Submodule] {
        present(specs, setting, top: top).filter { submodule in
            guard let facts = try? FactsOpener.open(setting.elsewhere(Path.join(top, submodule.path))) else {
                return true
            }
            return facts.object(named: "HEAD")?.hex != submodule.recorded
        }
    }
}

/// What `submodule foreach` runs (git-submodule(1)): one word is a line of shell, several are a command.
struct SubmoduleCommand {
    private let words: [ByteString]?
    private let text: ByteString

    init(_ words: [ByteString]) {
        text = words.joined(separator: " ")
        self.words = words.count == 1 ? try? ShellWords.split(words[0]) : words
    }

    /// Whether it may be a git command that does more than read. What a shell does with files by itself is not git's.
    var mayLose: Bool {
        guard text.contains("git") else { return false }
        guard let words, let program = words.first else { return true }
        guard Path.name(program) == "git", let command = words.dropFirst().first else {
            return Path.name(program) == "git"
        }
        // An alias or a program may do anything; of git's own, only some do something to files.
        guard CommandTable.entry(named: command) != nil else { return true }
        if !FileTouches.concern(command) { return false }
        let meanings = OptionParser.interpretations(
            of: Array(words.dropFirst(2)), for: command, version: GitVersion(2, 39, 0)
        ).compactMap { try? $0.get() }
        return meanings.isEmpty || !meanings.allSatisfy { ReadOnlyForms.isReadOnly(command, $0) }
    }
}

/// A linked work tree that `worktree remove` takes away. What git tracks and nobody changed comes back from the branch;
/// ignored files go without a word.
struct LinkedWorkTree {
    let setting: Setting

    /// What is lost with the work tree at a path or of a name, and the whole of it to keep.
    func loss(of word: ByteString) -> FileLoss {
        guard let place = find(word),
            let status = WorkTreeStatus.read(setting.elsewhere(place), untracked: .withIgnored)
        else { return FileLoss() }
        var loss = FileLoss()
        for entry in status.entries {
            let path = Path.join(place, entry.path)
            switch entry.kind {
            case .changed where entry.isMissing && !entry.isStaged: break
            case .changed, .unmerged: loss.changes.insert(path)
            case .untracked, .ignored: loss.untracked.insert(path)
            }
        }
        guard !loss.isEmpty || hasCommitsOfItsOwn(place) else { return loss }
        loss.always.insert(place)
        let question = setting.elsewhere(place).question(["rev-parse", "--absolute-git-dir"])
        if let answer = try? question.capture(), answer.ending.succeeded {
            loss.always.insert(answer.output.dropping(suffix: "\n") ?? answer.output)
        }
        return loss
    }

    /// Whether its HEAD is detached at commits that nothing else has.
    private func hasCommitsOfItsOwn(_ place: ByteString) -> Bool {
        let words: [ByteString] = ["rev-list", "--max-count=1", "HEAD", "--not", "--branches", "--tags", "--remotes"]
        guard let answer = try? setting.elsewhere(place).question(words).capture() else { return true }
        return !answer.output.isEmpty
    }

    /// The git directories of all linked work trees, and where those stand or stood (gitrepository-layout(5),
    /// `worktrees/<id>/gitdir`).
    static func all(_ facts: any RepositoryFacts) -> [(name: ByteString, gitDirectory: ByteString, place: ByteString)] {
        let folder = Path.join(facts.commonDirectory, "worktrees")
        return (File.list(folder) ?? []).sorted().compactMap { name in
            let gitDirectory = Path.join(folder, name)
            guard let link = try? File.read(Path.join(gitDirectory, "gitdir"), limit: 4096) else { return nil }
            return (name, gitDirectory, Path.parent(link.trimmed))
        }
    }

    static func missing(
        _ facts: any RepositoryFacts
    ) -> [(name: ByteString, gitDirectory: ByteString, place: ByteString)] {
        all(facts).filter { !File.exists($0.place) }
    }

    /// A work tree is named by its path or by the end of it (git-worktree(1), "LIST OUTPUT FORMAT").
    private func find(_ word: ByteString) -> ByteString? {
        guard let answer = try? setting.question(["worktree", "list", "--porcelain", "-z"]).capture(),
            answer.ending.succeeded
        else { return nil }
        let places = answer.output.split(0).compactMap { $0.dropping(prefix: "worktree ") }.dropFirst()
        let given = File.realPath(setting.path(word))
        return places.first { File.realPath($0) == given }
            ?? places.first { $0.hasSuffix("/" + word) }
    }
}
