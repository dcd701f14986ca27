import ByteStrings
import Effects

/// One entry of the audit log: a command with what was foreseen, decided and done. Fields that do not apply or are not
/// known are nil or empty. The log itself fills in `sequence`, `previous` and `hash`.
public struct Record: Hashable, Sendable {
    /// The version of the schema that this code writes. Fields may be added within a version; a field's meaning
    /// changes only with it.
    public static let currentVersion = 1

    public var version = Record.currentVersion
    /// Counts up by one through all files of the log, from 1; 0 before it is appended.
    public var sequence = 0
    /// When the command began.
    public var time: Timestamp
    /// What happened to the log itself, for entries that speak of it and not of a command.
    public var notice: ByteString?
    /// The files that retention dropped, for a notice of that; oldest first.
    public var dropped: [DroppedFile] = []
    /// The id of the agent's session.
    public var session: ByteString?
    /// The name of the agent.
    public var agent: ByteString?
    /// The process id of the front end.
    public var process: Int?
    /// The processes above it, nearest first.
    public var parents: [ParentProcess] = []
    /// The working directory.
    public var directory: ByteString?
    /// The repository's git directory.
    public var repository: ByteString?
    /// The remote concerned: its name, or a URL without credentials.
    public var remote: ByteString?
    /// The whole command line, with the name it was called by, credentials redacted, overlong words cut.
    public var arguments: [ByteString] = []
    /// The canonical name of the command, after alias expansion: `push`.
    public var command: ByteString?
    /// What an alias on the command line stood for.
    public var expansion: [ByteString] = []
    /// What the command would do.
    public var effects: [Effect] = []
    /// Effects read from the log that this version does not know, as they stand there.
    public var unknownEffects: [JSON] = []
    public var decision: Decision?
    /// The name of the rule that decided.
    public var rule: ByteString?
    public var policy: PolicySource?
    /// Why Pawl stopped the command although no rule did: what could not be read, kept or carried out exactly.
    public var stopped: ByteString?
    public var ran: Execution?
    /// The exit status; nil if nothing was run, the outcome was not waited for, or a signal ended it.
    public var exit: Int?
    /// The signal that ended the command.
    public var signal: Int?
    /// How long it took, in milliseconds.
    public var milliseconds: Int?
    public var head: Head?
    /// The refs that moved.
    public var movedRefs: [MovedRef] = []
    /// The id of the recovery point taken before.
    public var snapshot: ByteString?
    /// What an undo brought back.
    public var undo: Undo?
    /// What did not fit.
    public var omitted: Omitted?
    /// The hash of the record before this one; 64 zeros for the first.
    public var previous: ByteString?
    /// The hash of this record.
    public var hash: ByteString?

    public init(time: Timestamp = .now) {
        self.time = time
    }

    /// What is known of a command before anything else is: that it was called, by whom and where.
    public init(
        time: Timestamp, session: ByteString?, agent: ByteString?, process: Int, directory: ByteString?,
        arguments: [ByteString]
    ) {
        self.time = time
        self.session = session
        self.agent = agent
        self.process = process
        self.directory = directory
        self.arguments = arguments
        decision = .allow
        ran = .no
    }

    /// A process above the front end.
    public struct ParentProcess: Hashable, Sendable {
        public var process: Int
        /// The path of the program; only its short name where the path cannot be learnt.
        public var executable: ByteString?

        public init(process: Int, executable: ByteString?) {
            self.process = process
            self.executable = executable
        }
    }

    /// What the policy decided.
    public enum Decision: String, CaseIterable, Sendable { case allow, snapshot, deny }

    /// How the command was run.
    public enum Execution: String, CaseIterable, Sendable {
        /// By Pawl itself.
        case native
        /// The real git replaced this process; the outcome is not known.
        case exec
        /// The real git ran and was waited for.
        case spawn
        /// Not at all.
        case no
    }

    /// Which policy decided, and where the rule stands.
    public struct PolicySource: Hashable, Sendable {
        public var name: ByteString
        /// SHA-256 of the policy's text.
        public var digest: ByteString?
        /// `system`, `user`, `repository`, `session` or `built-in`.
        public var layer: ByteString?
        public var file: ByteString?
        /// Of the rule in `file`, from 1.
        public var line: Int?

        public init(
            name: ByteString, digest: ByteString? = nil, layer: ByteString? = nil, file: ByteString? = nil,
            line: Int? = nil
        ) {
            self.name = name
            self.digest = digest
            self.layer = layer
            self.file = file
            self.line = line
        }
    }

    /// The commit that HEAD named before and after; nil where there was none or it was not looked at.
    public struct Head: Hashable, Sendable {
        public var before: ByteString?
        public var after: ByteString?

        public init(before: ByteString?, after: ByteString?) {
            self.before = before
            self.after = after
        }
    }

    /// A ref that moved.
    public struct MovedRef: Hashable, Sendable {
        /// The full name.
        public var ref: ByteString
        /// The object it named before; nil for a new ref.
        public var old: ByteString?
        /// The object it names now; nil for a ref that is gone.
        public var new: ByteString?

        public init(ref: ByteString, old: ByteString?, new: ByteString?) {
            self.ref = ref
            self.old = old
            self.new = new
        }
    }

    /// What `pawl undo` brought back. Refs of this repository are among those that moved.
    public struct Undo: Hashable, Sendable {
        /// The id of the recovery point that was undone; nil where none was found.
        public var snapshot: ByteString?
        /// Whether single files were asked for, and refs, HEAD and index left alone.
        public var isPartial = false
        /// Whether HEAD goes elsewhere, or to another branch.
        public var movedHead = false
        public var restoredIndex = false
        /// The files that were written or removed: at most a hundred by name, and how many.
        public var files: Files?
        /// Those that were left as they are, for they have changes of their own.
        public var left: Files?
        /// Refs of a remote that were set back.
        public var remoteRefs: [MovedRef] = []

        public init(snapshot: ByteString?) {
            self.snapshot = snapshot
        }

        /// Files by their paths.
        public struct Files: Hashable, Sendable {
            public var paths: [ByteString]
            /// How many there are, named or not.
            public var count: Int

            public init(paths: [ByteString], count: Int) {
                self.paths = paths
                self.count = count
            }

            /// nil for none.
            public init?(_ paths: [ByteString]) {
                guard !paths.isEmpty else { return nil }
                self.init(paths: paths, count: paths.count)
            }
        }
    }

    /// A file that was dropped because all its records were old. Whoever checks the chain finds here what the first
    /// record that is left follows.
    public struct DroppedFile: Hashable, Sendable {
        /// Its name.
        public var name: ByteString
        /// The sequence number of its last record.
        public var last: Int
        /// The hash of that record.
        public var hash: ByteString

        public init(name: ByteString, last: Int, hash: ByteString) {
            self.name = name
            self.last = last
            self.hash = hash
        }
    }

    /// How much was left out of a record that would have been too large.
    public struct Omitted: Hashable, Sendable {
        /// Bytes of the command line.
        public var argumentBytes = 0
        /// Effects.
        public var effects = 0
        /// Refs that moved.
        public var refs = 0

        public init(argumentBytes: Int = 0, effects: Int = 0, refs: Int = 0) {
            self.argumentBytes = argumentBytes
            self.effects = effects
            self.refs = refs
        }
    }
}
