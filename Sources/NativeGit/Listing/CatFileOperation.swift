import ByteStrings
import Libgit2

/// `git cat-file` of one object (git-cat-file(1)): its kind, its size, its content.
enum CatFileOperation {
    /// Larger objects are git's, which need not hold them whole.
    private static let sizeLimit = 1 << 20

    static func run(_ form: Form, _ bench: Workbench) throws(Leave) -> NativeOutcome {
        guard form.options.count == 1, form.operands.count == 1, let option = form.options.first else { throw Leave() }
        let object = try Revision(bench: bench).object(form.operands[0])
        var outcome = NativeOutcome()
        guard let (kind, size) = try bench.objects().header(object) else {
            guard option.name == "-e" else { throw Leave() }
            // Not here: nothing is said of a full name.
            guard form.operands[0].count == 40 else { throw Leave() }
            outcome.status = 1
            return outcome
        }
        switch option.name {
        case "-e": break
        case "-t": outcome.output = "\(kind.word)\n".utf8 + []
        case "-s": outcome.output = "\(size)\n".utf8 + []
        default:
            guard size <= sizeLimit else { throw Leave() }
            if kind == .tree {
                let quoting = QuotedPath(bench)
                for entry in try Tree(object, bench).entries {
                    let kind = entry.isFolder ? "tree" : entry.mode == 0o160000 ? "commit" : "blob"
                    let mode = String(entry.mode, radix: 8)
                    outcome.output += "\(entry.isFolder ? "0" : "")\(mode) \(kind) ".utf8 + entry.object.hex
                    outcome.output += "\t".utf8 + quoting.quoted(entry.name) + "\n".utf8
                }
            } else {
                guard let stored = try? bench.objects().read(object) else { throw Leave() }
                outcome.output = Array(stored.bytes)
            }
        }
        return outcome
    }
}

extension ObjectKind {
    /// git's word.
    fileprivate var word: String {
        switch self {
        case .commit: "commit"
        case .tree: "tree"
        case .blob: "blob"
        case .tag: "tag"
        }
    }
}
