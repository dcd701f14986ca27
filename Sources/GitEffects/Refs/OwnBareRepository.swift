import ByteStrings
import GitSyntax
import Libgit2
import Platform

/// Tells what in a bare repository is its user's own from what others push to.
///
/// Some work in bare repositories: files of a home directory (`--git-dir=$HOME/.dotfiles --work-tree=$HOME`), or a bare
/// clone with linked work trees around it. Nothing but habit tells those from a remote on the same disk, and a work tree
/// is quickly given (`--work-tree=/tmp`, `worktree add`). So neither the words of a command nor what earlier commands can
/// leave behind (an index, a setting) decide, but the refs' own past:
///
/// - Git writes reflogs only where a work tree is in use (git-config(1), `core.logAllRefUpdates`); a push into a bare
///   repository leaves none, or where a log is there already, one that says `push`. So a ref whose log begins where the
///   ref began, has no gap, ends where the ref is, and names no push, has never been set by anybody else.
/// - Where the log begins later, the rest came from elsewhere. In a repository that is a clone itself (it has a remote)
///   what was added since is its user's own; what was there before is not, and stays as protected as a remote's. In any
///   other one, all of the ref does: others can have pushed what it began with.
/// - Whatever says that others are served here (settings for receiving, its hooks, a shared repository), or that this is
///   a remote of the repository around the command, weighs more than all that.
///
/// Where it cannot be told (logs expired, refs in another format, too many of them), it is a remote.
struct OwnBareRepository {
    private let facts: any RepositoryFacts
    /// Whether it has a remote itself, and is no mirror.
    private let isClone: Bool

    /// Whether it is a bare repository that has been given a work tree: by its own setting, or, where that has been changed,
    /// by its form. A folder of another name than `.git` that is no bare repository says where its work tree is
    /// (git-init(1), `--separate-git-dir`; gitsubmodules(7)).
    static func isBare(_ facts: any RepositoryFacts, _ configuration: Configuration) -> Bool {
        let own = Configuration(entries: configuration.entries.filter { $0.scope == "local" })
        if own.boolean("core.bare") == true { return true }
        return Path.name(facts.commonDirectory) != ".git" && configuration.last("core.worktree") == nil
    }

    /// nil where the call names no work tree, or something says that others push here.
    init?(_ facts: any RepositoryFacts, _ configuration: Configuration) {
        guard facts.workTree != nil, !Self.serves(facts, configuration) else { return nil }
        self.facts = facts
        let own = configuration.entries.filter { $0.scope == "local" && $0.key.hasPrefix("remote.") }
        isClone = own.contains { $0.key.hasSuffix(".url") } && !own.contains { $0.key.hasSuffix(".mirror") }
    }

    /// Settings that only matter to a repository that others fetch from or push to.
    private static let servingSections: [ByteString] = ["receive.", "uploadpack.", "daemon.", "gitweb."]
    private static let servingKeys: Set<ByteString> = ["http.receivepack", "core.sharedrepository"]
    private static let servingFiles: [ByteString] = [
        "git-daemon-export-ok", "hooks/post-receive", "hooks/post-update", "hooks/pre-receive", "hooks/proc-receive",
        "hooks/update",
    ]

    private static func serves(_ facts: any RepositoryFacts, _ configuration: Configuration) -> Bool {
        configuration.entries.contains { entry in
            ["local", "worktree"].contains(entry.scope)
                && (servingKeys.contains(entry.key) || servingSections.contains { entry.key.hasPrefix($0) })
        } || servingFiles.contains { File.exists(Path.join(facts.commonDirectory, $0)) }
    }

    /// Whether a change is to what only its user has put there.
    func holds(_ change: RefChange) -> Bool {
        // Nobody pushes to the HEAD of a linked work tree.
        if change.name.hasPrefix("worktrees/") { return true }
        if change.name == "HEAD", facts.gitDirectory != facts.commonDirectory { return true }
        if change.name.contains(UInt8(ascii: "*")) { return isWhole }
        guard let present = change.name == "HEAD" ? facts.object(named: "HEAD") : facts.target(of: change.name) else {
            // Nothing goes with a ref that is made.
            return isClone || isWhole
        }
        guard let past = past(of: change.name, at: present) else {
            // Tags have no log: whose they are, the branches tell.
            return change.name.hasPrefix("refs/tags/") && isWhole
        }
        switch past {
        case .whole: return true
        case .since(let origin): return isClone && keeps(origin, change)
        }
    }

    /// Whether what was there before the log began stays.
    private func keeps(_ origin: ObjectName, _ change: RefChange) -> Bool {
        switch change.value {
        case .object(let new?): return facts.move(from: origin, to: new) == .fastForward
        case .rewritten(let dropped, _): return dropped.count < 1000 && !dropped.contains(origin)
        case .removed:
            let others: [ByteString] = ["--exclude=" + RefName.short(change.name), "--branches", "--tags", "--remotes"]
            return facts.commits([origin.hex, "--not"] + others)?.isEmpty == true
        case .object(nil), .unknown: return false
        }
    }

    /// Whether every branch has been its user's from its beginning.
    private var isWhole: Bool {
        let branches = facts.references().filter { $0.name.hasPrefix("refs/heads/") }
        guard !branches.isEmpty, branches.count <= 1000 else { return false }
        return branches.allSatisfy { past(of: $0.name, at: $0.target) == .whole }
    }

    private enum Past: Equatable {
        /// From the ref's beginning.
        case whole
        /// From this value on.
        case since(ObjectName)
    }

    /// What a ref's log tells; nil where it has none without a gap and without pushes up to where it is now.
    private func past(of name: ByteString, at present: ObjectName) -> Past? {
        let path = Path.join(facts.commonDirectory, "logs/" + name)
        guard let log = try? File.read(path, limit: 1 << 24) else { return nil }
        var first: ObjectName?
        var last: ObjectName?
        for line in log.split(UInt8(ascii: "\n")) where !line.isEmpty {
            let (entry, message) = line.split(atFirst: UInt8(ascii: "\t")) ?? (line, "")
            let fields = ByteString(entry.bytes.prefix(130)).split(UInt8(ascii: " "))
            guard fields.count > 1, let old = ObjectName(hex: fields[0]), let new = ObjectName(hex: fields[1]),
                last == nil || last == old, !message.hasPrefix("push")
            else { return nil }
            if first == nil { first = old }
            last = new
        }
        guard let first, last == present else { return nil }
        return first.isZero ? .whole : .since(first)
    }
}
