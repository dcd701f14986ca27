import ByteStrings
import Effects

/// Something that a command does to files by its words, whatever is in them.
enum FileTouch: Hashable {
    /// Index entries, files or both become what a tree or the index has.
    case overwrite(Overwrite)
    /// Untracked files that are in the way of what a commit has are replaced without a word where they are ignored
    /// (git-checkout(1), `--overwrite-ignore`).
    case switchTo(ByteString)
    /// Files that are written or replaced, as seen from the folder that the command runs in, and their index entries too
    /// where `index` is set. `moved` are the files that take their places.
    case files([ByteString], index: Bool, moved: [ByteString] = [])
    /// What a patch changes.
    case patch
    /// `clean`.
    case clean
    /// Everything untracked, changed or ignored that is in linked work trees or submodules that go.
    case removeWorkTree(ByteString)
    /// What git keeps of linked work trees whose folder is gone.
    case pruneWorkTrees
    case submodules(paths: [ByteString], discards: SubmoduleLoss)
    /// A command runs in every submodule: the words of a git command, or a line of shell.
    case foreach([ByteString])
    /// Ignored files in folders that leave a sparse checkout; those that stay.
    case sparse(keeping: [ByteString])

    enum SubmoduleLoss: Hashable {
        /// Changes of tracked files.
        case changes
        /// Everything that is not committed.
        case everything
        /// What git does not check: ignored files.
        case ignored
    }

    struct Overwrite: Hashable {
        enum Source: Hashable {
            /// The index, for files.
            case index
            /// A tree, by revision.
            case tree(ByteString)
            /// They are removed.
            case nothing
            case unknown
        }

        var source: Source
        /// Pathspecs; nil for everything.
        var paths: [ByteString]?
        /// Whether index entries are replaced, and whether files are.
        var index = false
        var workTree = false
        /// Only files whose index entry differs from HEAD, as `reset --merge` does it.
        var onlyStaged = false
        /// Whether files with conflicts are written as well; git leaves them alone where the index is the source.
        var resolvesConflicts = false
        /// Whether untracked files are replaced by those of the tree.
        var replacesUntracked = false
        /// Whether work trees of submodules follow.
        var submodules = false
        var certainty = Effect.Certainty.certain
    }
}
