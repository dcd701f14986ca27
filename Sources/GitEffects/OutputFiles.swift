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
        let names = WrittenFiles.names(command)
        let onStores = names.compactMap { effect(of: setting.path($0)) }
        guard onStores.isEmpty, names.contains(where: { File.status(setting.path($0))?.kind == .regular }) else {
            return (onStores, [])
        }
        let top = (try? FactsOpener.open(setting))?.workTree
        return FileEffects.effects(
            NamedFiles(setting: setting, top: top).loss(names), safer: SaferForFiles.way(command))
    }

    private static func effect(of file: ByteString) -> Effect? {
        guard file != "-" else { return nil }
        let folder = Path.parent(file)
        guard let resolved = File.realPath(folder) else { return nil }
        let path = Path.join(resolved, Path.name(file))
        var above = resolved
        while above != "/" {
            if isGitDirectory(above), let inside = path.dropping(prefix: above + "/") {
                let isRef = inside.hasPrefix("refs/") || inside == "HEAD" || inside == "packed-refs"
                guard isRef || inside.hasPrefix("objects/") else { return nil }
                let target = Effect.RemoteRef(
                    remote: above, url: nil, ref: isRef ? inside : "refs/*", forcedBy: .option("--output"))
                return Effect(
                    .forcePush, .remoteRef(target), certainty: .possible, safer: "write the output to a file of its own"
                )
            }
            above = Path.parent(above)
        }
        return nil
    }

    /// gitrepository-layout(5): what git itself takes for a repository.
    private static func isGitDirectory(_ path: ByteString) -> Bool {
        File.exists(Path.join(path, "HEAD")) && File.isDirectory(Path.join(path, "objects"))
            && File.isDirectory(Path.join(path, "refs"))
    }
}
