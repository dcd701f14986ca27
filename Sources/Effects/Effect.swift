import ByteStrings

/// One thing that a command would do, out of a closed set: what policies speak about, what messages name and what the
/// audit log keeps.
public struct Effect: Hashable, Sendable {
    /// The closed set of effects. The raw values are the words of the policy language and of the audit log.
    public enum Kind: String, CaseIterable, Sendable {
        /// A remote ref is created or fast-forwarded.
        case push
        /// A remote ref may be moved to a commit that does not contain its present one, or a remote tag is moved.
        case forcePush = "force-push"
        /// A ref on a remote is removed.
        case deleteRemoteRef = "delete-remote-ref"
        /// Commits are dropped from a local branch.
        case rewriteHistory = "rewrite-history"
        /// A local branch is removed.
        case deleteBranch = "delete-branch"
        /// A local tag is moved.
        case moveTag = "move-tag"
        /// A local tag is removed.
        case deleteTag = "delete-tag"
        /// Uncommitted changes in tracked files or the index are lost.
        case discardChanges = "discard-changes"
        /// Untracked or ignored files are deleted.
        case deleteUntracked = "delete-untracked"
        /// Stash entries are removed without being applied.
        case dropStash = "drop-stash"
        /// Reflogs or unreachable objects go: the net under all the rest.
        case destroyRecovery = "destroy-recovery"
        /// Hooks that would run are turned off.
        case skipHooks = "skip-hooks"
        /// Configuration that weakens this protection or redirects pushes is written.
        case changeConfig = "change-config"
        /// git is told to run other commands.
        case runNested = "run-nested"
        /// A command that Pawl does not know is run.
        case runUnknown = "run-unknown"
    }

    /// How sure the foresight is that the effect happens if the command succeeds.
    public enum Certainty: String, Sendable {
        case certain
        /// The state of a remote, or input that is not known beforehand, decides.
        case possible
    }

    /// What the effect acts on.
    public enum Target: Hashable, Sendable {
        /// A ref on a remote.
        case remoteRef(RemoteRef)
        /// A ref of this repository, by its full name.
        case localRef(ByteString)
        /// Files, by their paths from the top of the work tree; `count` may exceed `paths.count`.
        case files(paths: [ByteString], count: Int)
        /// Anything else, in words or as the text that would run: a configuration key, a hook, a command.
        case named(ByteString)
    }

    /// A ref on a remote, and how it would be forced.
    public struct RemoteRef: Hashable, Sendable {
        /// The remote's name, or the URL or path where the command line gave one.
        public var remote: ByteString
        /// The URL that would be pushed to, credentials included; redact it before it is shown or kept.
        public var url: ByteString?
        /// The full name on the remote; a pattern with one `*` where the remote's own refs decide.
        public var ref: ByteString
        /// Where force or deletion comes from; nil for a plain update.
        public var forcedBy: Force?
        /// Whether a `--force-with-lease` covers this ref and is not voided by a full force.
        public var lease: Bool

        public init(
            remote: ByteString, url: ByteString?, ref: ByteString, forcedBy: Force? = nil, lease: Bool = false
        ) {
            self.remote = remote
            self.url = url
            self.ref = ref
            self.forcedBy = forcedBy
            self.lease = lease
        }
    }

    /// What makes a push more than a fast-forward.
    public enum Force: Hashable, Sendable {
        /// An option on the command line, as git names it in full: `--force`, `--mirror`, `--delete`, `--prune`.
        case option(ByteString)
        /// A refspec on the command line, as it was given.
        case refspec(ByteString)
        /// Configuration, as `key=value`.
        case configuration(ByteString)
        /// Replace refs or grafts that make a diverged branch look like a descendant.
        case overlay(ByteString)
    }

    /// A commit that would be lost, as far as it is known here.
    public struct Commit: Hashable, Sendable {
        /// The object name in hexadecimal.
        public var id: ByteString
        public var subject: ByteString
        public var author: ByteString

        public init(id: ByteString, subject: ByteString, author: ByteString) {
            self.id = id
            self.subject = subject
            self.author = author
        }
    }

    /// Commits that would be lost: all of them counted, the first few named.
    public struct LostCommits: Hashable, Sendable {
        public var count: Int
        public var first: [Commit]

        public init(count: Int, first: [Commit]) {
            self.count = count
            self.first = first
        }
    }

    public var kind: Kind
    public var certainty: Certainty
    public var target: Target
    /// Commits concerned; nil where it is not known which.
    public var lost: LostCommits?
    /// Whether commits concerned can have been seen by others; nil where that does not apply.
    public var published: Bool?
    /// The safer way to what the command was after, as command lines or a short sentence, for exactly this case;
    /// nil where there is none to give.
    public var safer: ByteString?

    public init(
        _ kind: Kind, _ target: Target, certainty: Certainty = .certain, lost: LostCommits? = nil,
        published: Bool? = nil, safer: ByteString? = nil
    ) {
        self.kind = kind
        self.certainty = certainty
        self.target = target
        self.lost = lost
        self.published = published
        self.safer = safer
    }
}
