import ByteStrings
import Effects
import GitSyntax
import Libgit2
import Platform

/// What the foresight asks of a repository. Answered in process by libgit2 where libgit2 reads the repository as git
/// does, else by the real git's plumbing: the same answers either way.
public protocol RepositoryFacts {
    /// The git directory of this work tree.
    var gitDirectory: ByteString { get }
    /// The git directory that linked work trees share.
    var commonDirectory: ByteString { get }
    /// The top of the work tree; nil in a bare repository.
    var workTree: ByteString? { get }

    /// Where HEAD points; nil where it cannot be read.
    func head() -> Repository.Head?
    /// All refs below `refs/` that point to an object.
    func references() -> [Repository.Reference]
    /// The object that a ref points to, by its full name.
    func target(of reference: ByteString) -> ObjectName?
    /// The ref at the end of symbolic refs, by its full name; nil where there is none (`HEAD` leads to the branch).
    func resolvedName(of reference: ByteString) -> ByteString?
    /// The object that a revision names (gitrevisions(7)).
    func object(named revision: ByteString) -> ObjectName?
    /// The kind of an object; nil where it is not here.
    func kind(of object: ObjectName) -> ObjectKind?
    /// What is lost when a ref moves between two objects; tags are followed to their commits.
    func move(from old: ObjectName, to new: ObjectName) -> Move
    /// A commit as messages name it; nil where it is not here.
    func commit(_ name: ObjectName) -> Effect.Commit?
    /// The commits that the real git lists within these limits (git-rev-list(1)), newest first, at most a thousand; nil
    /// where it fails over them.
    func commits(_ limits: [ByteString]) -> [ObjectName]?
    /// The commits of a part of history, newest first, at most a thousand; nil where that cannot be told.
    func commits(_ part: PartOfHistory) -> [ObjectName]?
    /// Whether any of the commits can be reached from any of the refs; nil where that cannot be told.
    func isAny(of commits: [ObjectName], reachableFrom refs: RefSelection) -> Bool?
    /// Where a commit's history forked from a ref, by that ref's reflog (git-merge-base(1), `--fork-point`).
    func forkPoint(_ ref: ByteString, _ commit: ObjectName) -> ObjectName?
    /// The files that a commit has and HEAD has not, by their paths; nil where that cannot be told.
    func additions(in commit: ObjectName) -> [ByteString]?
    /// The files that differ between two trees or commits, by their paths; nil where git cannot compare them.
    func differing(_ old: ByteString, _ new: ByteString) -> [ByteString]?
    /// Whether the index has entries that git was told not to look at (git-update-index(1), `--assume-unchanged`).
    func hasUnwatchedFiles() -> Bool
    /// The refs that a remote has now, by full name, as it tells when it is asked; nil where it cannot be.
    func references(of remote: ByteString) -> [ByteString: ObjectName]?
    /// Has the objects of a remote's refs brought here, and nothing else: no ref of this repository points to them. What a
    /// forced fetch would drop can be told only with both ends at hand.
    func obtain(_ references: [ByteString], from remote: ByteString)
    /// The branch that `@{-N}` stands for, by its short name (git-check-ref-format(1)); nil where there is none.
    func branch(called word: ByteString) -> ByteString?
}

/// The commits that some can reach and others cannot (git-rev-list(1), `--not`).
public struct PartOfHistory: Sendable {
    /// Commits, or tags of some.
    public var tips: [ObjectName]
    public var excludedTips: [ObjectName]
    public var excludedRefs: RefSelection?
    public var onlyMerges: Bool

    public init(
        _ tips: [ObjectName], notFrom excludedTips: [ObjectName] = [], notFromRefs excludedRefs: RefSelection? = nil,
        onlyMerges: Bool = false
    ) {
        self.tips = tips
        self.excludedTips = excludedTips
        self.excludedRefs = excludedRefs
        self.onlyMerges = onlyMerges
    }

    /// The words by which the real git lists them.
    var limits: [ByteString] {
        let excluded = excludedTips.map(\.hex) + (excludedRefs?.words ?? [])
        return (onlyMerges ? ["--merges"] : []) + tips.map(\.hex) + (excluded.isEmpty ? [] : ["--not"] + excluded)
    }
}

extension RepositoryFacts {
    /// The branch that HEAD leads to, by its short name; nil when detached. A branch may be a symbolic ref itself: git
    /// means the one at the end.
    public var currentBranch: ByteString? {
        guard case .branch(let name, _) = head() else { return nil }
        return (resolvedName(of: name) ?? name).dropping(prefix: "refs/heads/")
    }

    /// Whether refs are files of their own or lines of `packed-refs`. In the reftable format `refs/heads` is no folder
    /// (gitrepository-layout(5)).
    var keepsRefsInFiles: Bool { File.isDirectory(Path.join(commonDirectory, "refs/heads")) }

    /// Whether there is such a mark of an operation at work: a ref or a file in the git directory (`MERGE_HEAD`,
    /// `sequencer`).
    func isMarked(_ name: ByteString) -> Bool {
        File.exists(Path.join(gitDirectory, name))
            || (!keepsRefsInFiles && name.hasSuffix("_HEAD") && object(named: name) != nil)
    }

    /// The refs that a source word of a push may name. Branches, tags and refs that are written out come before all
    /// others (git's `count_refspec_match`).
    func references(called word: ByteString) -> [Repository.Reference] {
        let found = RefName.candidates(for: word).filter { $0.hasPrefix("refs/") }.compactMap { name in
            target(of: name).map { Repository.Reference(name: name, target: $0) }
        }
        let strong = found.filter { reference in
            reference.name == word || reference.name == "refs/" + word
                || reference.name.hasPrefix("refs/heads/") || reference.name.hasPrefix("refs/tags/")
        }
        return strong.isEmpty ? found : strong
    }

    /// The remote-tracking ref of a branch that only a remote has: `checkout` and `switch` make it here (git-switch(1),
    /// `--guess`).
    func guessedBranch(_ word: ByteString) -> ByteString? {
        references().map(\.name).first { name in
            guard let (_, branch) = name.dropping(prefix: "refs/remotes/")?.split(atFirst: UInt8(ascii: "/")) else {
                return false
            }
            return branch == word
        }
    }

    /// The ref that a short name means, by its full name (gitrevisions(7)); a name of no ref is taken for a branch's.
    func fullName(of word: ByteString) -> ByteString {
        RefName.candidates(for: word).first { $0.hasPrefix("refs/") && target(of: $0) != nil } ?? "refs/heads/" + word
    }

    /// Counts lost commits and names the first few.
    func lostCommits(_ names: [ObjectName], naming limit: Int = 5) -> Effect.LostCommits {
        Effect.LostCommits(count: names.count, first: names.prefix(limit).compactMap(commit))
    }
}

/// Finds the repository of an invocation and the way to ask it.
public enum FactsOpener {
    /// Environment with which git reads a repository from other places than libgit2 would.
    private static let onlyGitReads: [ByteString] = [
        "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_NAMESPACE",
        "GIT_REFERENCE_BACKEND", "GIT_SHALLOW_FILE",
    ]

    /// The facts of the invocation's repository; nil where there is none (or one that git refuses to read).
    public static func open(_ setting: Setting) throws(SystemError) -> (any RepositoryFacts)? {
        if let repository = library(setting) { return LibraryFacts(repository, setting) }
        return try PlumbingFacts(setting)
    }

    /// The repository in libgit2's hands; nil where libgit2 would not read it as git does.
    static func library(_ setting: Setting) -> Repository? {
        guard onlyGitReads.allSatisfy({ setting.environment[$0] == nil }), !setting.namesWorkTree,
            let repository = try? Repository(place(of: setting))
        else { return nil }
        // Where the git directory is given, the work tree is the folder that git runs in (git(1), `--git-dir`).
        if setting.gitDirectory != nil, let workTree = repository.workTree,
            File.realPath(workTree) != File.realPath(setting.directory.isEmpty ? "." : setting.directory)
        {
            return nil
        }
        return repository
    }

    private static func place(of setting: Setting) -> Repository.Place {
        if let gitDirectory = setting.gitDirectory {
            return .gitDirectory(setting.path(gitDirectory))
        }
        let across = setting.environment["GIT_DISCOVERY_ACROSS_FILESYSTEM"].map {
            !["", "0", "false", "no"].contains($0)
        }
        return .discovered(
            from: setting.directory.isEmpty ? "." : setting.directory,
            ceilings: setting.environment["GIT_CEILING_DIRECTORIES"] ?? "", acrossFileSystems: across ?? false)
    }
}
