import ByteStrings
import Effects
import GitSyntax
import Platform

/// Files that commands which otherwise only read write their output to. Inside a git directory that is a store of refs
/// and objects, where such a file replaces what is there.
public enum OutputFiles {
    /// The commands with an operand that names their output (git-bundle(1)).
    private static let operandAfter: [ByteString: ByteString] = ["bundle": "create"]

    /// Whether a word may name an output file, so that it is worth reading the options.
    public static func mayBeNamed(_ words: [ByteString]) -> Bool {
        words.contains { $0.hasPrefix("--output") || $0.hasPrefix("-o") || $0 == "create" }
    }

    /// The effect of an output file on the refs or objects of a git directory; none for files elsewhere.
    public static func effects(of command: UnderstoodCommand, _ setting: Setting) -> [Effect] {
        var files: [ByteString] = []
        for arguments in command.interpretations {
            files += arguments.values("output")
            if let subcommand = operandAfter[command.name], arguments.subcommand == subcommand {
                files += arguments.operands.prefix(1).map(\.value)
            }
        }
        return files.compactMap { effect(of: setting.path($0)) }
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
