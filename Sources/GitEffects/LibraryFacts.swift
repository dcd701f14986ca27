import ByteStrings
import Effects
import GitSyntax
import Libgit2
import Platform

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
        // What the call itself sets may say that the commit-graph is not to be trusted.
        repository.readsCommitGraph =
            setting.configurationWords.isEmpty && Foreseer.scopesLeftOut(by: setting.environment) != nil
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
        // libgit2 reads a whole reflog for these, entry by entry.
        if let left = priorCheckout(revision), let object = repository.object(named: left) { return object }
        if let object = ObjectName(hex: revision) ?? repository.object(named: revision) { return object }
        return isNoRevision(revision) ? nil : PlumbingFacts.object(named: revision, setting)
    }

    /// What HEAD was on before, for `@{-N}`, as the newest lines of its reflog tell (gitrevisions(7)); nil for other words,
    /// and where there is no such line.
    private func priorCheckout(_ revision: ByteString) -> ByteString? {
        guard let digits = revision.dropping(prefix: "@{-")?.dropping(suffix: "}"), digits.bytes.allSatisfy(isDigit),
            var number = Int(digits.text), number > 0,
            let reflog = try? File.read(Path.join(gitDirectory, "logs/HEAD"), limit: 1 << 26)
        else { return nil }
        let (mark, to): (ByteString, ByteString) = ("checkout: moving from ", " to ")
        var rest = reflog.bytes[...]
        while !rest.isEmpty {
            let start = rest.dropLast().lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? rest.startIndex
            let line = rest[start...]
            rest = rest[..<start]
            guard let tab = line.firstIndex(of: UInt8(ascii: "\t")), line[(tab + 1)...].starts(with: mark.bytes) else {
                continue
            }
            let names = line[(tab + 1)...].dropFirst(mark.count)
            guard let end = names.indices.first(where: { names[$0...].starts(with: to.bytes) }) else { continue }
            number -= 1
            if number == 0 { return ByteString(names[..<end]) }
        }
        return nil
    }

    /// Whether a word that libgit2 cannot resolve is sure to be none of git's revisions either: the name of a file, most
    /// often. It could only be a ref, and there is none by any of the names that it may be short for (gitrevisions(7)).
    /// Left to git are signs that mean something, object names, `git describe` output, and the refs of other work trees.
    private func isNoRevision(_ word: ByteString) -> Bool {
        let isPlain = word.bytes.allSatisfy {
            $0.isLowercase || $0.isUppercase || isDigit($0) || "._/-".utf8.contains($0)
        }
        guard isPlain, word.count < 1000, word.bytes.contains(where: { $0.isLowercase || $0 == UInt8(ascii: ".") }),
            !word.bytes.allSatisfy({ isDigit($0) || (0x61...0x66).contains($0 | 0x20) }), !word.contains("-g"),
            !word.contains("worktree")
        else { return false }
        return RefName.candidates(for: word).allSatisfy { repository.target(of: $0) == nil }
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

    public func commits(_ part: PartOfHistory) -> [ObjectName]? {
        if hasPlainHistory, let excluded = tips(part.excludedRefs, and: part.excludedTips),
            let found = repository.commits(
                from: part.tips, notFrom: excluded, onlyMerges: part.onlyMerges, limit: Self.commitLimit)
        {
            return found
        }
        return commits(part.limits)
    }

    public func isAny(of commits: [ObjectName], reachableFrom refs: RefSelection) -> Bool? {
        if hasPlainHistory, let tips = tips(refs, and: []),
            let answer = repository.isAny(of: commits, reachableFrom: tips)
        {
            return answer
        }
        return PlumbingFacts.isAny(of: commits, reachableFrom: refs, setting)
    }

    /// What refs and other tips point to, each once; nil where that is git's to tell.
    private func tips(_ refs: RefSelection?, and others: [ObjectName]) -> [ObjectID]? {
        var found: [ObjectID] = []
        if let refs {
            guard let targets = RefFiles(commonDirectory: commonDirectory).targets(refs) else { return nil }
            found = targets
            for name in refs.names {
                guard let target = target(of: name)?.identifier else { return nil }
                found.append(target)
            }
        }
        for other in others {
            guard let target = other.identifier else { return nil }
            found.append(target)
        }
        return found
    }

    /// Whether git reads history as it is stored: no grafts, no shallow boundary (gitrepository-layout(5)). Replace refs
    /// are not followed either way.
    private var hasPlainHistory: Bool {
        keepsRefsInFiles && setting.environment["GIT_GRAFT_FILE"] == nil
            && !setting.globals.contains { $0.hasPrefix("--shallow-file") }
            && !["shallow", "info/grafts"].contains { File.exists(Path.join(commonDirectory, $0)) }
    }

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

extension UInt8 {
    fileprivate var isLowercase: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self) }
    fileprivate var isUppercase: Bool { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) }
}

private func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
