import ByteStrings
import GitSyntax
import Libgit2
import Platform

/// Refs that commits are asked to be reachable from, as git-rev-list(1) takes them: all below some folders of refs
/// (`--branches`, `--tags`, `--remotes`) but one, and single ones.
public struct RefSelection: Sendable {
    public enum Folder: ByteString, Sendable {
        case branches = "refs/heads/"
        case tags = "refs/tags/"
        case remotes = "refs/remotes/"

        /// The option that means all of it.
        var option: ByteString {
            switch self {
            case .branches: "--branches"
            case .tags: "--tags"
            case .remotes: "--remotes"
            }
        }
    }

    public var folders: [Folder]
    /// The full name of a branch that does not count.
    public var exceptBranch: ByteString?
    /// Full names of others that count.
    public var names: [ByteString]

    public init(_ folders: [Folder], exceptBranch: ByteString? = nil, names: [ByteString] = []) {
        self.folders = folders
        self.exceptBranch = exceptBranch
        self.names = names
    }

    /// All refs that commits are held by.
    public static let holding = RefSelection([.branches, .tags, .remotes])

    /// The words that mean them behind a `--not`.
    var words: [ByteString] {
        // Patterns of --exclude for --branches leave refs/heads/ out (git-rev-list(1)).
        (exceptBranch.map { ["--exclude=" + RefName.short($0)] } ?? []) + folders.map(\.option) + names
    }

    fileprivate func holds(_ name: ByteString) -> Bool {
        name != exceptBranch && folders.contains { name.hasPrefix($0.rawValue) }
    }
}

/// Reads what refs point to from the files that git keeps them in (gitrepository-layout(5), git-pack-refs(1)), thousands
/// of them at once.
struct RefFiles {
    /// The git directory that linked work trees share.
    let commonDirectory: ByteString

    /// Refs that are files of their own.
    private struct Loose {
        var names: Set<ByteString> = []
        var objects: [ObjectID] = []
    }

    /// What the refs of a selection point to, `names` aside. nil where the files are not just as git writes them.
    func targets(_ selection: RefSelection) -> [ObjectID]? {
        var loose = Loose()
        for folder in selection.folders {
            guard let name = folder.rawValue.dropping(suffix: "/"), collect(name, selection, &loose) else { return nil }
        }
        return packed(selection, without: loose.names).map { loose.objects + $0 }
    }

    private func collect(_ folder: ByteString, _ selection: RefSelection, _ loose: inout Loose) -> Bool {
        var isPlain = true
        let isRead = File.eachEntry(Path.join(commonDirectory, folder)) { entry, isFolder in
            // git looks at neither.
            if entry.hasPrefix(".") || entry.hasSuffix(".lock") { return }
            let name = folder + "/" + entry
            switch isFolder {
            case true?: isPlain = isPlain && collect(name, selection, &loose)
            case false?:
                if name == selection.exceptBranch { return }
                loose.names.insert(name)
                switch target(name, selection) {
                case .object(let object): loose.objects.append(object)
                case .counted: break
                case .doubtful: isPlain = false
                }
            // A symbolic link.
            case nil: isPlain = false
            }
        }
        // Where all refs are packed a folder may be gone.
        return isPlain && (isRead || !File.exists(Path.join(commonDirectory, folder)))
    }

    private enum Target {
        case object(ObjectID)
        /// Symbolic, to a ref that counts by itself.
        case counted
        case doubtful
    }

    private func target(_ name: ByteString, _ selection: RefSelection) -> Target {
        guard let content = try? File.read(Path.join(commonDirectory, name), limit: 4096) else { return .doubtful }
        if let next = content.dropping(prefix: "ref:")?.trimmed {
            return selection.holds(next) ? .counted : .doubtful
        }
        return ObjectID(hex: content.trimmed.bytes).map { .object($0) } ?? .doubtful
    }

    /// The lines of `packed-refs` for refs that are no files of their own.
    private func packed(_ selection: RefSelection, without loose: Set<ByteString>) -> [ObjectID]? {
        let path = Path.join(commonDirectory, "packed-refs")
        guard File.exists(path) else { return [] }
        guard let content = try? File.read(path) else { return nil }
        let folders = selection.folders.map(\.rawValue.bytes)
        let looksAtNames = !loose.isEmpty || selection.exceptBranch != nil
        var found: [ObjectID] = []
        var isPlain = true
        var wasTaken = false
        content.bytes.withUnsafeBufferPointer { bytes in
            var start = 0
            while start < bytes.count {
                let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
                let line = UnsafeBufferPointer(rebasing: bytes[start..<end])
                start = end + 1
                if line.first == UInt8(ascii: "#") { continue }
                if line.first == UInt8(ascii: "^") {
                    // What the tag of the line before leads to.
                    guard line.count == 41, let peeled = ObjectID(hex: UnsafeBufferPointer(rebasing: line[1...])) else {
                        isPlain = false
                        return
                    }
                    if wasTaken { found[found.count - 1] = peeled }
                    continue
                }
                wasTaken = false
                guard line.count > 41, line[40] == UInt8(ascii: " "),
                    let object = ObjectID(hex: UnsafeBufferPointer(rebasing: line[..<40]))
                else {
                    isPlain = false
                    return
                }
                let name = line[41...]
                guard folders.contains(where: name.starts(with:)) else { continue }
                if looksAtNames {
                    let name = ByteString(name)
                    if name == selection.exceptBranch || loose.contains(name) { continue }
                }
                found.append(object)
                wasTaken = true
            }
        }
        return isPlain ? found : nil
    }
}
