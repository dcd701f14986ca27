import ByteStrings
import Effects
import Libgit2
import Platform

/// Facts asked of the real git's plumbing, for repositories that libgit2 does not read as git does (SHA-256,
/// reftable, extensions it does not know, places given by the environment).
public struct PlumbingFacts: RepositoryFacts {
    private let setting: Setting
    public let gitDirectory: ByteString
    public let commonDirectory: ByteString
    public let workTree: ByteString?

    /// nil where the real git finds no repository either. Fails where git cannot be started: that tells nothing.
    public init?(_ setting: Setting) throws(SystemError) {
        self.setting = setting
        let question: [ByteString] = ["rev-parse", "--path-format=absolute", "--git-dir", "--git-common-dir"]
        let places = try setting.question(question).capture()
        guard places.ending.succeeded else { return nil }
        let lines = places.output.split(UInt8(ascii: "\n"))
        guard lines.count >= 2 else { return nil }
        gitDirectory = lines[0]
        commonDirectory = lines[1]
        workTree = Self.ask(setting, ["rev-parse", "--path-format=absolute", "--show-toplevel"])
    }

    /// What the real git prints, without the last line feed; nil where it fails.
    private static func ask(_ setting: Setting, _ words: [ByteString]) -> ByteString? {
        guard let answer = try? setting.question(words).capture(), answer.ending.succeeded else { return nil }
        return answer.output.dropping(suffix: "\n") ?? answer.output
    }

    private func ask(_ words: [ByteString]) -> ByteString? { Self.ask(setting, words) }

    public func head() -> Repository.Head? {
        if let branch = ask(["symbolic-ref", "-q", "HEAD"]) { return .branch(branch, target(of: branch)) }
        return object(named: "HEAD").map { .detached($0) }
    }

    public func references() -> [Repository.Reference] {
        Self.references(setting)
    }

    /// All refs that the real git lists; none where it fails, for it will then fail over them itself.
    static func references(_ setting: Setting) -> [Repository.Reference] {
        guard let listing = ask(setting, ["for-each-ref", "--format=%(objectname) %(refname)"]) else { return [] }
        return listing.split(UInt8(ascii: "\n")).compactMap { line in
            guard let (id, name) = line.split(atFirst: UInt8(ascii: " ")), let target = ObjectName(hex: id) else {
                return nil
            }
            return Repository.Reference(name: name, target: target)
        }
    }

    public func target(of reference: ByteString) -> ObjectName? { Self.target(of: reference, setting) }

    /// The object of a ref by its very name: `rev-parse` would also try the name below `refs/heads` and kin.
    static func target(of reference: ByteString, _ setting: Setting) -> ObjectName? {
        guard reference.hasPrefix("refs/") else { return object(named: reference, setting) }
        return ask(setting, ["show-ref", "--verify", "--hash", "--", reference]).flatMap { ObjectName(hex: $0) }
    }

    /// The object that the real git takes a revision for.
    static func object(named revision: ByteString, _ setting: Setting) -> ObjectName? {
        ask(setting, ["rev-parse", "--verify", "-q", "--end-of-options", revision]).flatMap { ObjectName(hex: $0) }
    }

    public func resolvedName(of reference: ByteString) -> ByteString? { Self.resolvedName(of: reference, setting) }

    static func resolvedName(of reference: ByteString, _ setting: Setting) -> ByteString? {
        if let symbolic = ask(setting, ["symbolic-ref", "-q", reference]) {
            return resolvedName(of: symbolic, setting)
        }
        return target(of: reference, setting) == nil ? nil : reference
    }

    public func object(named revision: ByteString) -> ObjectName? { Self.object(named: revision, setting) }

    public func kind(of object: ObjectName) -> ObjectKind? {
        switch ask(["cat-file", "-t", object.hex]) {
        case "commit": .commit
        case "tree": .tree
        case "blob": .blob
        case "tag": .tag
        default: nil
        }
    }

    public func move(from old: ObjectName, to new: ObjectName) -> Move {
        if old == new { return .fastForward }
        guard let lost = ask(["rev-list", "--max-count=1000", old.hex, "--not", new.hex]) else { return .unknown }
        let names = lost.split(UInt8(ascii: "\n")).compactMap { ObjectName(hex: $0) }
        return names.isEmpty ? .fastForward : .loses(names)
    }

    public func commit(_ name: ObjectName) -> Effect.Commit? {
        guard let line = ask(["log", "-1", "--no-show-signature", "--format=%s%x00%an <%ae>", name.hex]),
            let (subject, author) = line.split(atFirst: 0)
        else { return nil }
        return Effect.Commit(id: name.hex, subject: subject, author: author)
    }

    public func commits(_ limits: [ByteString]) -> [ObjectName]? { Self.commits(limits, setting) }

    public func commits(_ part: PartOfHistory) -> [ObjectName]? { commits(part.limits) }

    public func isAny(of commits: [ObjectName], reachableFrom refs: RefSelection) -> Bool? {
        Self.isAny(of: commits, reachableFrom: refs, setting)
    }

    static func isAny(
        of commits: [ObjectName], reachableFrom refs: RefSelection, _ setting: Setting
    ) -> Bool? {
        guard let unreached = Self.commits(PartOfHistory(commits, notFromRefs: refs).limits, setting) else {
            return nil
        }
        return !Set(commits).subtracting(unreached).isEmpty
    }

    static func commits(_ limits: [ByteString], _ setting: Setting) -> [ObjectName]? {
        // A file may be called like a ref: in a git directory, all are.
        ask(setting, ["rev-list", "--max-count=1000"] + limits + (limits.contains("--") ? [] : ["--"]))?
            .split(UInt8(ascii: "\n")).compactMap { ObjectName(hex: $0) }
    }

    public func forkPoint(_ ref: ByteString, _ commit: ObjectName) -> ObjectName? {
        Self.forkPoint(ref, commit, setting)
    }

    static func forkPoint(_ ref: ByteString, _ commit: ObjectName, _ setting: Setting) -> ObjectName? {
        ask(setting, ["merge-base", "--fork-point", ref, commit.hex]).flatMap { ObjectName(hex: $0) }
    }

    public func additions(in commit: ObjectName) -> [ByteString]? { Self.additions(in: commit, setting) }

    static func additions(in commit: ObjectName, _ setting: Setting) -> [ByteString]? {
        let words: [ByteString] = ["-r", "-z", "--name-only", "--no-renames", "--diff-filter=A"]
        let question =
            object(named: "HEAD", setting) == nil
            ? ["ls-tree", "-r", "-z", "--name-only", "--full-tree", commit.hex]
            : ["diff-tree"] + words + ["HEAD", commit.hex]
        return ask(setting, question)?.split(0).filter { !$0.isEmpty }
    }

    public func differing(_ old: ByteString, _ new: ByteString) -> [ByteString]? { Self.differing(old, new, setting) }

    static func differing(_ old: ByteString, _ new: ByteString, _ setting: Setting) -> [ByteString]? {
        ask(setting, ["diff-tree", "-r", "-z", "--name-only", "--no-renames", "--end-of-options", old, new])?
            .split(0).filter { !$0.isEmpty }
    }

    public func hasUnwatchedFiles() -> Bool { Self.hasUnwatchedFiles(setting) }

    static func hasUnwatchedFiles(_ setting: Setting) -> Bool {
        let lowerCase = UInt8(ascii: "a")...UInt8(ascii: "z")
        return ask(setting, ["ls-files", "-v", "-z", "--full-name", "--", ":/"])?.split(0)
            .contains { $0.bytes.first.map(lowerCase.contains) == true } ?? true
    }

    public func branch(called word: ByteString) -> ByteString? { Self.branch(called: word, setting) }

    static func branch(called word: ByteString, _ setting: Setting) -> ByteString? {
        ask(setting, ["check-ref-format", "--branch", word])
    }

    public func references(of remote: ByteString) -> [ByteString: ObjectName]? { Self.references(of: remote, setting) }

    static func references(of remote: ByteString, _ setting: Setting) -> [ByteString: ObjectName]? {
        guard let listing = ask(setting, ["ls-remote", "--quiet", "--", remote]) else { return nil }
        var found: [ByteString: ObjectName] = [:]
        for line in listing.split(UInt8(ascii: "\n")) {
            guard let (id, name) = line.split(atFirst: UInt8(ascii: "\t")), let target = ObjectName(hex: id) else {
                continue
            }
            found[name] = target
        }
        return found
    }

    public func obtain(_ references: [ByteString], from remote: ByteString) {
        Self.obtain(references, from: remote, setting)
    }

    static func obtain(_ references: [ByteString], from remote: ByteString, _ setting: Setting) {
        _ = try? setting.question(quietFetch + [remote] + references).capture()
    }

    /// A fetch of objects alone: no ref is set.
    static let quietFetch: [ByteString] = [
        "fetch", "--quiet", "--no-write-fetch-head", "--no-tags", "--no-prune", "--no-recurse-submodules",
        "--no-auto-maintenance", "--refmap=", "--",
    ]
}
