import ByteStrings
import Libgit2
import Platform

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// The repository and work tree that snapshots are of, and how to ask the real git there.
public struct Place: Sendable {
    /// The git directory of this work tree, absolute.
    public var gitDirectory: ByteString
    /// The git directory that all work trees share (gitrepository-layout(5), "commondir"), absolute.
    public var commonDirectory: ByteString
    /// The top of the work tree, absolute; nil for a bare repository.
    public var workTree: ByteString?
    /// The same where the call itself says it, so that nothing else tells it later (git(1), `--work-tree`).
    public var givenTop: ByteString?
    /// Whether refs and objects can be read in process: nothing in the environment leads git elsewhere, and libgit2 knows
    /// the repository's format.
    public var isPlain: Bool
    /// A call of the real git with these words after the global options.
    public var question: @Sendable ([ByteString]) -> Program
    /// The caller's `GIT_TERMINAL_PROMPT`, for calls that talk to a remote (git(1)).
    public var terminalPrompt: ByteString?

    public init(
        gitDirectory: ByteString, commonDirectory: ByteString, workTree: ByteString?, givenTop: ByteString? = nil,
        isPlain: Bool = false, terminalPrompt: ByteString? = nil,
        question: @escaping @Sendable ([ByteString]) -> Program
    ) {
        self.gitDirectory = gitDirectory
        self.commonDirectory = commonDirectory
        self.workTree = workTree
        self.givenTop = givenTop
        self.isPlain = isPlain
        self.terminalPrompt = terminalPrompt
        self.question = question
    }

    /// The linked work tree that this is, as `worktrees/NAME`; nil for the main one (gitrepository-layout(5)).
    var linkedName: ByteString? { gitDirectory.dropping(prefix: commonDirectory + "/") }

    /// The work tree that a snapshot was taken in; nil where it is not there any more.
    func home(of manifest: Manifest) throws(RecoveryError) -> Place? {
        guard let top = manifest.top else { return try workTree(manifest.workTree) }
        guard File.isDirectory(top) else { return nil }
        var home = self
        if let name = manifest.workTree { home.gitDirectory = Path.join(commonDirectory, name) }
        home.workTree = top
        home.givenTop = top
        return home
    }

    /// Another work tree of the same repository, by its `linkedName`; nil where it is not there any more.
    private func workTree(_ name: ByteString?) throws(RecoveryError) -> Place? {
        if name == linkedName { return self }
        var other = self
        if let name {
            other.gitDirectory = Path.join(commonDirectory, name)
            guard let file = try? File.read(Path.join(other.gitDirectory, "gitdir")) else { return nil }
            other.workTree = Path.parent(file.withoutNewline)
        } else {
            other.gitDirectory = commonDirectory
            let listed = try output(["worktree", "list", "--porcelain"]).split(0x0a)
            other.workTree = listed.contains("bare") ? nil : listed.first?.dropping(prefix: "worktree ")
        }
        if let workTree = other.workTree, !File.isDirectory(workTree) { return nil }
        return other
    }

    /// The file that tells of the state after a snapshot's command.
    func afterPath(_ id: ByteString) -> ByteString { Path.join(commonDirectory, "pawl-after/" + id) }

    /// Removes what was noted about snapshots that are gone, some time after that.
    func sweepAfter(_ known: Set<ByteString>) {
        let folder = Path.parent(afterPath("x"))
        for name in File.list(folder) ?? [] where !known.contains(name) {
            let path = Path.join(folder, name)
            guard let written = File.linkStatus(path)?.modified, written < Int64(time(nil)) - 3600 else { continue }
            File.removeTree(path)
        }
    }

    /// Where relative paths begin.
    var top: ByteString { workTree ?? gitDirectory }

    /// A call from the top of the work tree, whatever folder the command runs in; no hook and no monitor is started.
    func program(_ words: [ByteString], indexFile: ByteString? = nil) -> Program {
        var globals: [ByteString] = ["--git-dir=" + gitDirectory]
        if let workTree { globals.append("--work-tree=" + workTree) }
        globals += ["-C", top, "-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false"]
        var program = question(globals + words)
        if let indexFile { program.environment["GIT_INDEX_FILE"] = indexFile }
        return program
    }

    /// Runs git to its end, whatever that is.
    func run(
        _ words: [ByteString], input: ByteString? = nil, indexFile: ByteString? = nil
    ) throws(RecoveryError) -> Captured {
        do {
            return try program(words, indexFile: indexFile).capture(input: input)
        } catch {
            throw .system(error)
        }
    }

    /// What git prints; throws where it fails.
    func output(
        _ words: [ByteString], input: ByteString? = nil, indexFile: ByteString? = nil
    ) throws(RecoveryError) -> ByteString {
        let captured = try run(words, input: input, indexFile: indexFile)
        guard captured.ending.succeeded else {
            throw .git(command: words.first { !$0.hasPrefix("-") && !$0.contains(0x3d) } ?? "", errors: captured.errors)
        }
        return captured.output
    }

    /// The path of the index file that git uses here (git(1), `GIT_INDEX_FILE`).
    func indexPath() throws(RecoveryError) -> ByteString {
        guard program([]).environment["GIT_INDEX_FILE"] != nil else { return Path.join(gitDirectory, "index") }
        return try output(["rev-parse", "--path-format=absolute", "--git-path", "index"]).withoutNewline
    }
}

extension ByteString {
    var withoutNewline: ByteString { dropping(suffix: "\n") ?? self }

    /// The parts that each end with a NUL.
    var records: [ByteString] { isEmpty ? [] : (dropping(suffix: "\0") ?? self).split(0) }
}

/// Why a snapshot or an undo did not happen. Unless said otherwise nothing has been changed.
public enum RecoveryError: Error, CustomStringConvertible, Sendable {
    /// A system call failed.
    case system(SystemError)
    /// The real git failed.
    case git(command: ByteString, errors: ByteString)
    /// A remote could not be asked, or not be kept or set back: its name, and why.
    case remote(ByteString, ByteString)
    /// More to save than the limit allows.
    case tooMuch(bytes: Int64, files: Int, limit: SnapshotLimit)
    /// Not a usable name for a snapshot, or one that is taken.
    case badIdentifier(ByteString)
    case noSuchSnapshot(ByteString)
    /// A path that a snapshot does not hold.
    case notSaved(ByteString, snapshot: ByteString)
    /// A file that became shorter while it was read.
    case changing(ByteString)
    /// There is no snapshot that has not been undone.
    case nothingToUndo
    /// The linked work tree that a snapshot was taken in is gone.
    case noWorkTree(ByteString, snapshot: ByteString)
    /// A snapshot that cannot be read: what is wrong with it.
    case damaged(ByteString, String)
    /// Work that is newer than the command would be overwritten.
    case newerWork([Conflict])
    /// The undo stopped midway; the snapshot holds the state before it.
    case stopped(snapshot: ByteString, reason: String)

    private static func size(_ bytes: Int64) -> String {
        bytes < 1 << 20 ? "\(bytes) bytes" : "\(bytes >> 20) MiB"
    }

    public var description: String {
        switch self {
        case .system(let error): "\(error)"
        case .git(let command, let errors): "git \(command) failed: \(errors.trimmed.split(0x0a).first ?? "")"
        case .remote(let name, let reason): "remote \(name): \(reason)"
        case .tooMuch(let bytes, let files, let limit):
            "a snapshot would hold \(Self.size(bytes)) in \(files) files; the limit is \(Self.size(limit.bytes)) in "
                + "\(limit.files) files (snapshotBytes and snapshotFiles of the policy)"
        case .badIdentifier(let name): "\(name) cannot name a new snapshot"
        case .noSuchSnapshot(let name): "there is no snapshot \(name)"
        case .notSaved(let path, let snapshot): "snapshot \(snapshot) does not hold \(path)"
        case .changing(let path): "\(path) changes while it is read"
        case .nothingToUndo: "there is no snapshot that has not been undone"
        case .noWorkTree(let name, let snapshot):
            "snapshot \(snapshot) was taken in the work tree \(Path.name(name)), which is gone: undo its removal first"
        case .damaged(let name, let reason): "snapshot \(name) cannot be read: \(reason)"
        case .newerWork(let conflicts):
            "newer work would be overwritten: " + conflicts.map(\.description).joined(separator: ", ")
        case .stopped(let snapshot, let reason):
            "the undo stopped midway: \(reason); undo snapshot \(snapshot) to go back to the state before it"
        }
    }
}

/// Something that changed after the command that an undo would take back.
public enum Conflict: Equatable, Sendable, CustomStringConvertible {
    case file(ByteString)
    case ref(ByteString)
    case head
    case index
    case operation
    case remoteRef(ByteString, remote: ByteString)

    public var description: String {
        switch self {
        case .file(let path): "\(path) was changed since"
        case .ref(let name): "\(name) was moved since"
        case .head: "HEAD was moved since"
        case .index: "the index was changed since"
        case .remoteRef(let name, let remote): "\(name) on \(remote) was moved since"
        case .operation: "a merge, rebase or the like was begun, ended or went on since"
        }
    }
}
