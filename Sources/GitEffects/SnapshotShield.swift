import ByteStrings
import GitSyntax
import Platform

/// Keeps Pawl's own refs out of what git does with all refs: they are nobody's history, and they do not travel.
public enum SnapshotShield {
    /// The folder of refs that snapshots live in.
    static let folder: ByteString = "refs/pawl/"

    /// Commands that take `--all` for all refs and know `--exclude` (git-rev-list(1)).
    private static let takingAll: Set<ByteString> = [
        "bundle", "fast-export", "log", "rev-list", "rev-parse", "shortlog", "show", "whatchanged",
    ]

    /// The words with Pawl's refs excluded from every `--all`; nil where there is nothing to exclude.
    public static func words(
        of command: ByteString, _ words: [ByteString], commonDirectory: () -> ByteString?
    ) -> [ByteString]? {
        guard words.contains("--all"), takingAll.contains(command), let folder = commonDirectory(), hasRefs(folder)
        else { return nil }
        var result: [ByteString] = []
        var isOption = true
        for word in words {
            if word == "--" { isOption = false }
            if isOption && word == "--all" { result.append("--exclude=" + Self.folder + "*") }
            result.append(word)
        }
        return result
    }

    /// Whether a repository has refs of Pawl's.
    static func hasRefs(_ commonDirectory: ByteString) -> Bool {
        // Where refs are no files, it is assumed.
        !File.isDirectory(Path.join(commonDirectory, "refs/heads"))
            || File.isDirectory(Path.join(commonDirectory, folder))
            || (try? File.read(Path.join(commonDirectory, "packed-refs")))?.contains(" " + folder) == true
    }
}

extension ForeseenPush {
    /// What has to be added to a push whose patterns would take Pawl's refs along: global options and words. A refspec
    /// that begins with `^` takes refs out (git-fetch(1), `<refspec>`, "negative refspec").
    public var shield: (globals: [ByteString], words: [ByteString]) {
        guard SnapshotShield.hasRefs(facts.commonDirectory) else { return ([], []) }
        var shield: (globals: [ByteString], words: [ByteString]) = ([], [])
        for request in requests {
            for item in request.items where takesSnapshots(item.refspec) {
                switch item.origin {
                case .commandLine: shield.words = ["^" + SnapshotShield.folder + "*"]
                default:
                    shield.globals += ["-c", "remote." + request.remote.name + ".push=^" + SnapshotShield.folder + "*"]
                }
            }
        }
        return shield
    }

    private func takesSnapshots(_ refspec: Refspec) -> Bool {
        guard refspec.isPattern, case .update(let source, _) = refspec.shape else { return false }
        let prefix = source.split(atFirst: UInt8(ascii: "*"))?.head ?? source
        return SnapshotShield.folder.hasPrefix(prefix) || prefix.hasPrefix(SnapshotShield.folder)
    }
}
