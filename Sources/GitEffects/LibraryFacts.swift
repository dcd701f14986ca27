import ByteStrings
import Effects
import Libgit2

/// Facts read in process with libgit2.
public struct LibraryFacts: RepositoryFacts {
    private let repository: Repository
    private let setting: Setting

    /// How many commits are looked at to tell what a move loses. A bound in commits, not in time: beyond it the
    /// worst is assumed, on any machine alike.
    private static let commitLimit = 1000

    public init(_ repository: Repository, _ setting: Setting) {
        self.repository = repository
        self.setting = setting
    }

    public var gitDirectory: ByteString { repository.gitDirectory }
    public var commonDirectory: ByteString { repository.commonDirectory }
    public var workTree: ByteString? { repository.workTree }

    public func head() -> Repository.Head? { try? repository.head() }

    /// What libgit2 cannot list, the real git may still be able to push.
    public func references() -> [Repository.Reference] {
        (try? repository.references()) ?? PlumbingFacts.references(setting)
    }

    public func target(of reference: ByteString) -> ObjectName? {
        isBeyondLibrary(reference) ? PlumbingFacts.target(of: reference, setting) : repository.target(of: reference)
    }

    public func resolvedName(of reference: ByteString) -> ByteString? {
        isBeyondLibrary(reference)
            ? PlumbingFacts.resolvedName(of: reference, setting) : repository.resolvedName(of: reference)
    }

    /// libgit2 knows no refs with names of `GIT_REFNAME_MAX` bytes and more, nor those of other work trees; git does.
    private func isBeyondLibrary(_ reference: ByteString) -> Bool {
        reference.count >= 1024 || reference.hasPrefix("worktrees/")
    }

    /// libgit2 knows fewer forms of revisions than git; what it does not know, git is asked.
    public func object(named revision: ByteString) -> ObjectName? {
        ObjectName(hex: revision) ?? repository.object(named: revision)
            ?? PlumbingFacts.object(named: revision, setting)
    }

    public func kind(of object: ObjectName) -> ObjectKind? { repository.kind(of: object) }

    public func move(from old: ObjectName, to new: ObjectName) -> Move {
        if old == new { return .fastForward }
        guard let oldCommit = repository.commit(at: old), let newCommit = repository.commit(at: new) else {
            return .unknown
        }
        return repository.move(from: oldCommit, to: newCommit, limit: Self.commitLimit)
    }

    public func commit(_ name: ObjectName) -> Effect.Commit? {
        repository.summary(of: name).map { Effect.Commit(id: name.hex, subject: $0.subject, author: $0.author) }
    }

    public func commits(_ limits: [ByteString]) -> [ObjectName]? { PlumbingFacts.commits(limits, setting) }

    public func forkPoint(_ ref: ByteString, _ commit: ObjectName) -> ObjectName? {
        PlumbingFacts.forkPoint(ref, commit, setting)
    }

    public func additions(in commit: ObjectName) -> [ByteString]? {
        let present: ObjectName? =
            switch head() {
            case .branch(_, let object): object
            case .detached(let object): object
            case nil: nil
            }
        return repository.additions(from: present, to: commit) ?? PlumbingFacts.additions(in: commit, setting)
    }

    public func differing(_ old: ByteString, _ new: ByteString) -> [ByteString]? {
        PlumbingFacts.differing(old, new, setting)
    }

    public func hasUnwatchedFiles() -> Bool {
        guard setting.environment["GIT_INDEX_FILE"] == nil, let has = repository.hasUnwatchedFiles() else {
            return PlumbingFacts.hasUnwatchedFiles(setting)
        }
        return has
    }

    public func branch(called word: ByteString) -> ByteString? { PlumbingFacts.branch(called: word, setting) }

    public func references(of remote: ByteString) -> [ByteString: ObjectName]? {
        PlumbingFacts.references(of: remote, setting)
    }

    public func obtain(_ references: [ByteString], from remote: ByteString) {
        PlumbingFacts.obtain(references, from: remote, setting)
    }
}
