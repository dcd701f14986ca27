import ByteStrings
import Libgit2

/// How much a snapshot may hold.
public struct SnapshotLimit: Equatable, Sendable {
    public var bytes: Int64
    public var files: Int

    public init(bytes: Int64 = 512 << 20, files: Int = 100_000) {
        self.bytes = bytes
        self.files = files
    }
}

/// How long snapshots are kept.
public struct Retention: Equatable, Sendable {
    /// Those that are older go.
    public var seconds: Int64
    /// Of all the others the oldest go until no more than so many bytes of files are kept.
    public var bytes: Int64
    /// No younger one goes, however much they hold.
    public static let shortest: Int64 = 24 * 3600

    public init(seconds: Int64, bytes: Int64) {
        self.seconds = max(seconds, Self.shortest)
        self.bytes = bytes
    }
}

/// What a snapshot is to hold.
public struct SnapshotRequest: Sendable {
    /// Letters, digits and `-`; names that sort by time keep snapshots of the same second in order.
    public var id: ByteString
    /// The command line that is about to run, without secrets.
    public var command: ByteString
    /// Seconds since 1970.
    public var time: Int64
    /// Full names of the refs that the command may move, create or delete. The branch at HEAD is always among them.
    public var refs: [ByteString] = []
    /// All refs but `refs/remotes/` and `refs/pawl/`.
    public var allRefs = false
    /// Every reflog, and every object that nothing else holds: for a command that removes those.
    public var allRecovery = false
    /// More objects to keep.
    public var objects: [ObjectName] = []
    /// The index file, and the staged blobs.
    public var index = false
    /// Paths from the top of the work tree, or absolute; folders with all that is in them. A path where nothing is
    /// gets recorded as such.
    public var files: [ByteString] = []
    public var limit = SnapshotLimit()
    /// Refs of a remote, to be fetched and kept; nothing of this repository is in the snapshot then.
    public var remote: SavedRemote?
    /// The remote's URL for that.
    public var remoteURL: ByteString = ""

    var undoes: ByteString?
    var partOf: ByteString?

    public init(id: ByteString, command: ByteString, time: Int64) {
        self.id = id
        self.command = command
        self.time = time
    }
}
