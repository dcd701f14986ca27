import ByteStrings
import Effects

/// What would be lost of files, each path from the top of the work tree or absolute.
struct FileLoss {
    /// Tracked files with content that no commit has, on disk or staged.
    var changes: Set<ByteString> = []
    /// Files that git does not track, and folders with all that is in them.
    var untracked: Set<ByteString> = []
    /// What an undo needs besides: the state around what is lost.
    var around: Set<ByteString> = []
    /// What is kept for an undo although no file is lost with it.
    var always: Set<ByteString> = []
    var certainty = Effect.Certainty.certain

    var isEmpty: Bool { changes.isEmpty && untracked.isEmpty }

    mutating func add(_ other: FileLoss) {
        always.formUnion(other.always)
        guard !other.isEmpty else { return }
        // Certain only where all of it is.
        certainty = isEmpty ? other.certainty : certainty == .certain ? other.certainty : certainty
        changes.formUnion(other.changes)
        untracked.formUnion(other.untracked)
        around.formUnion(other.around)
    }
}
