import ByteStrings
import GitEffects
import Platform
import Recovery

/// The git directory of a setting, found by looking at files only, as git looks for it: cheap enough for every command
/// (gitrepository-layout(5); setup.c, `is_git_directory`).
public struct GitDirectory: Sendable {
    /// The git directory of this work tree.
    public var path: ByteString
    /// The one that linked work trees share.
    public var common: ByteString
    /// The top of the work tree; nil in a bare repository or where it is configured elsewhere.
    public var workTree: ByteString?

    /// The one that a plain `git` in the working directory would use; nil outside a repository.
    public static func here(_ environment: Environment) -> GitDirectory? {
        GitDirectory(
            Setting(
                executable: "git", globals: [], environment: environment, directory: "",
                gitDirectory: environment["GIT_DIR"]))
    }

    /// The one that snapshots are of.
    init(_ place: Place) {
        path = place.gitDirectory
        common = place.commonDirectory
        workTree = place.workTree
    }

    /// nil outside a repository.
    init?(_ setting: Setting) {
        if let given = setting.gitDirectory {
            self.init(at: Self.absolute(setting.path(given)), workTree: nil)
            return
        }
        let ceilings = (setting.environment["GIT_CEILING_DIRECTORIES"] ?? "").split(UInt8(ascii: ":"))
        var folder = Self.absolute(setting.directory)
        while true {
            let candidate = Path.join(folder, ".git")
            if let status = File.status(candidate) {
                if status.kind == .directory, let found = GitDirectory(at: candidate, workTree: folder) {
                    self = found
                    return
                }
                if status.kind == .regular, let link = try? File.read(candidate, limit: 4096),
                    let target = link.dropping(prefix: "gitdir:")?.trimmed,
                    let found = GitDirectory(at: Path.join(folder, target), workTree: folder)
                {
                    self = found
                    return
                }
            }
            if let bare = GitDirectory(at: folder, workTree: nil) {
                self = bare
                return
            }
            let parent = Path.parent(folder)
            if parent == folder || ceilings.contains(parent) { return nil }
            folder = parent
        }
    }

    private init?(at path: ByteString, workTree: ByteString?) {
        guard File.linkStatus(Path.join(path, "HEAD")) != nil else { return nil }
        self.path = path
        self.workTree = workTree
        if let link = try? File.read(Path.join(path, "commondir"), limit: 4096) {
            common = Path.normalized(Path.join(path, link.trimmed))
        } else {
            guard File.isDirectory(Path.join(path, "objects")), File.isDirectory(Path.join(path, "refs")) else {
                return nil
            }
            common = path
        }
    }

    private static func absolute(_ path: ByteString) -> ByteString {
        Path.isAbsolute(path)
            ? Path.normalized(path)
            // An empty one is the working directory itself, whose name is in order.
            : Path.normalized(Path.join(Path.workingDirectory ?? ".", path))
    }

    /// What the record calls the repository.
    var name: ByteString { workTree ?? path }
}
