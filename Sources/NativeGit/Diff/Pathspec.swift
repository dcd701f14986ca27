import ByteStrings
import Platform

/// Paths that a command is limited to: plain ones only, files or folders (gitglossary(7), "pathspec").
struct Pathspec {
    /// From the top of the work tree, without a slash at their ends. Empty: everything.
    private var paths: [[UInt8]] = []
    private var takesAll = true

    init() {}

    init(_ words: [ByteString], _ bench: Workbench) throws(Leave) {
        for word in words {
            guard let path = Self.plain(word, from: bench.place.prefix) else { throw Leave() }
            paths.append(path)
        }
        takesAll = words.isEmpty || paths.contains { $0.isEmpty }
    }

    /// The path that a word names; nil where it has magic or wildcards, or leads out.
    private static func plain(_ word: ByteString, from prefix: ByteString) -> [UInt8]? {
        guard !word.isEmpty, !word.hasPrefix(":"), !word.hasPrefix("/"),
            !word.bytes.contains(where: { "*?[\\".utf8.contains($0) })
        else { return nil }
        // A slash at the end asks for a folder.
        if word.hasSuffix("/") { return nil }
        var parts = prefix.bytes.split(separator: UInt8(ascii: "/"))
        for part in word.bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
            if part.isEmpty { return nil }
            if part.elementsEqual(".".utf8) { continue }
            if part.elementsEqual("..".utf8) {
                guard parts.popLast() != nil else { return nil }
                continue
            }
            parts.append(part)
        }
        return Array(parts.joined(separator: [UInt8(ascii: "/")]))
    }

    /// Whether anything below a folder, whose path ends in a slash, may be taken.
    func mayTake(below folder: [UInt8]) -> Bool {
        takesAll || paths.contains { $0.starts(with: folder) || folder.starts(with: $0 + [UInt8(ascii: "/")]) }
    }

    /// Whether the path is one that was asked for, or leads to one.
    func names(_ path: [UInt8]) -> Bool {
        paths.contains { $0.starts(with: path) && ($0.count == path.count || $0[path.count] == UInt8(ascii: "/")) }
    }

    /// Whether nothing was asked for, so that everything is.
    var isEmpty: Bool { paths.isEmpty }

    /// Whether all paths that were asked for lie below a folder, whose path is empty or ends in a slash.
    func areBelow(_ folder: [UInt8]) -> Bool {
        paths.allSatisfy { $0.starts(with: folder) || folder.dropLast().elementsEqual($0) }
    }

    /// Whether a path that was asked for lies below a folder, whose path ends in a slash.
    func namesSomething(below folder: [UInt8]) -> Bool { paths.contains { $0.starts(with: folder) } }

    /// Whether the folder of each path that was asked for is there.
    func foldersExist(_ bench: Workbench) -> Bool {
        paths.allSatisfy { path in
            let folder = Path.parent(Path.join(bench.place.top, ByteString(path)))
            return path.isEmpty || File.isDirectory(folder)
        }
    }

    /// Whether each path that was asked for has something among the tracked or the untracked files.
    func eachTakes(_ tracked: some Sequence<UnsafeBufferPointer<UInt8>>, _ untracked: [[UInt8]]) -> Bool {
        paths.allSatisfy { wanted in
            var one = Pathspec()
            (one.paths, one.takesAll) = ([wanted], wanted.isEmpty)
            return tracked.contains { one.takes($0) } || untracked.contains { one.takes($0) }
        }
    }

    func takes(_ path: some Collection<UInt8>) -> Bool {
        takesAll
            || paths.contains { wanted in
                path.starts(with: wanted)
                    && (path.count == wanted.count || path.dropFirst(wanted.count).first == UInt8(ascii: "/"))
            }
    }
}
