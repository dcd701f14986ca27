import ByteStrings
import Platform

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// The repository that git would discover from the working directory, where that is a plain one: `.git` is a folder, or
/// the file of a linked work tree, all owned by this user (gitrepository-layout(5), git-config(1) `safe.directory`).
struct Workplace {
    /// The top of the work tree, symbolic links resolved.
    var top: ByteString
    /// The git directory of this work tree.
    var gitDirectory: ByteString
    /// The one that linked work trees share.
    var common: ByteString
    /// The working directory below the top, empty or with a slash at its end.
    var prefix: ByteString
    /// Whether this is a linked work tree.
    var isLinked: Bool

    init(_ request: NativeRequest) throws(Leave) {
        guard var here = Path.workingDirectory else { throw Leave() }
        for folder in request.globals.directories where !folder.isEmpty {
            guard let resolved = File.realPath(Path.join(here, folder)), File.isDirectory(resolved) else {
                throw Leave()
            }
            here = resolved
        }
        // A shell keeps the name by which a folder was entered, and git uses that in places.
        guard let device = File.status(here)?.device else { throw Leave() }
        var folder = here
        while true {
            let candidate = Path.join(folder, ".git")
            if let status = File.linkStatus(candidate) {
                guard let found = Workplace(folder, candidate, status, from: here) else { throw Leave() }
                self = found
                break
            }
            // A bare repository, or the inside of a git directory.
            if File.exists(Path.join(folder, "HEAD")) { throw Leave() }
            let parent = Path.parent(folder)
            guard parent != folder, File.status(parent)?.device == device else { throw Leave() }
            folder = parent
        }
        try checkCeilings(request.environment["GIT_CEILING_DIRECTORIES"], here)
    }

    private init?(_ top: ByteString, _ entry: ByteString, _ status: FileStatus, from here: ByteString) {
        self.top = top
        prefix = here == top ? "" : (here.dropping(prefix: top == "/" ? "/" : top + "/") ?? "") + "/"
        switch status.kind {
        case .directory:
            (gitDirectory, common, isLinked) = (entry, entry, false)
            guard !File.exists(Path.join(entry, "commondir")) else { return nil }
        case .regular:
            guard let link = try? File.read(entry, limit: 4096), let target = link.dropping(prefix: "gitdir: "),
                let path = target.dropping(suffix: "\n"), Path.isAbsolute(path), Path.normalized(path) == path,
                let shared = try? File.read(Path.join(path, "commondir"), limit: 4096), shared == "../..\n"
            else { return nil }
            (gitDirectory, common, isLinked) = (path, Path.parent(Path.parent(path)), true)
        default: return nil
        }
        guard File.realPath(gitDirectory) == gitDirectory, owns(top), owns(gitDirectory), owns(entry),
            File.linkStatus(Path.join(gitDirectory, "HEAD"))?.kind == .regular,
            File.isDirectory(Path.join(common, "objects")), File.isDirectory(Path.join(common, "refs"))
        else { return nil }
    }

    private func owns(_ path: ByteString) -> Bool { File.linkStatus(path)?.owner == geteuid() }

    /// Whether a ceiling lies between the working directory and the top, by its name or the one that it resolves to.
    private func checkCeilings(_ ceilings: ByteString?, _ here: ByteString) throws(Leave) {
        guard let ceilings, here != top else { return }
        for ceiling in ceilings.split(UInt8(ascii: ":")) where !ceiling.isEmpty {
            for name in [ceiling, File.realPath(ceiling) ?? ceiling] {
                if here.hasPrefix(name + "/"), name == top || name.hasPrefix(top + "/") { throw Leave() }
            }
        }
    }
}
