import ByteStrings
import Effects
import GitSyntax
import Platform

/// Files that commands which otherwise only read write their output to. Inside a git directory that is a store of refs
/// and objects, where such a file replaces what is there.
public enum OutputFiles {
    /// Whether a word may name an output file, so that it is worth reading the options.
    public static func mayBeNamed(by command: ByteString, _ words: [ByteString]) -> Bool {
        WrittenFiles.mayBeNamed(by: command, words)
    }

    /// What is lost where output goes: refs or objects of a git directory, or a file that no commit has; and the files
    /// that a snapshot has to hold.
    public static func foresee(
        _ command: UnderstoodCommand, _ setting: Setting
    ) -> (effects: [Effect], keep: [ByteString]) {
        var names = WrittenFiles.names(command)
        if command.name == "format-patch" {
            names += command.interpretations.flatMap {
                PatchFiles(arguments: $0, words: command.words, setting: setting).overwritten()
            }
        }
        let onStores = names.compactMap { effect(of: setting.path($0)) }
        guard onStores.isEmpty, names.contains(where: { File.status(setting.path($0))?.kind == .regular }) else {
            return (onStores, [])
        }
        let top = (try? FactsOpener.open(setting))?.workTree
        return FileEffects.effects(
            NamedFiles(setting: setting, top: top).loss(names), safer: SaferForFiles.way(command))
    }

    /// The parts of a git directory in which every file counts, and single files that do (gitrepository-layout(5)).
    private static let stores: [ByteString] = ["objects/", "refs/", "reftable/"]
    private static let storeFiles: Set<ByteString> = ["HEAD", "config", "config.worktree", "packed-refs", "shallow"]

    private static func effect(of file: ByteString) -> Effect? {
        guard file != "-", let folder = File.realPath(Path.parent(file)) else { return nil }
        let path = Path.join(folder, Path.name(file))
        var above = folder
        while above != "/" {
            if isGitDirectory(above), let inside = path.dropping(prefix: above + "/") {
                return effect(in: above, inside)
            }
            above = Path.parent(above)
        }
        return nil
    }

    private static func effect(in gitDirectory: ByteString, _ inside: ByteString) -> Effect? {
        var part = inside
        // A linked work tree has a HEAD and refs of its own.
        if let linked = inside.dropping(prefix: "worktrees/")?.split(atFirst: UInt8(ascii: "/"))?.tail { part = linked }
        guard stores.contains(where: part.hasPrefix) || storeFiles.contains(part) else { return nil }
        let isRef = inside == "HEAD" || inside.hasPrefix("refs/")
        let target = Effect.RemoteRef(
            remote: gitDirectory, url: nil, ref: isRef ? inside : "refs/*", forcedBy: .option("--output"))
        return Effect(
            .forcePush, .remoteRef(target), certainty: .possible, safer: "write the output to a file of its own")
    }

    /// gitrepository-layout(5): what git itself takes for a repository.
    private static func isGitDirectory(_ path: ByteString) -> Bool {
        File.exists(Path.join(path, "HEAD")) && File.isDirectory(Path.join(path, "objects"))
            && File.isDirectory(Path.join(path, "refs"))
    }
}
