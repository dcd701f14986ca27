import Libgit2

/// Which paths are written without another look (git's `verify_path`; git-config(1), `core.protectNTFS` and
/// `core.protectHFS`).
enum PathRules {
    /// Names that begin with `.git` and mean nothing to git but their file.
    private static let harmless: [String] = [".gitignore", ".gitkeep", ".github", ".gitlab", ".gitlab-ci.yml"]

    /// Fails for what git may refuse, or give a meaning of its own: `.git` by all names that some file system has for it,
    /// attributes, modules.
    static func check(_ path: [UInt8]) throws(Leave) {
        guard path.count < 4000, !path.contains(UInt8(ascii: "\\")) else { throw Leave() }
        for name in path.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
            guard !name.isEmpty, name.count < 256, !name.elementsEqual(".".utf8), !name.elementsEqual("..".utf8) else {
                throw Leave()
            }
            // HFS+ leaves out some characters beyond ASCII.
            let plain = name.filter { $0 < 0x80 }.map { byte in
                (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
            }
            if plain.starts(with: "git~".utf8) { throw Leave() }
            // NTFS has short names for `.gitmodules` and kin.
            if plain.starts(with: "gi".utf8), plain.contains(UInt8(ascii: "~")) { throw Leave() }
            guard plain.starts(with: ".git".utf8) else { continue }
            guard harmless.contains(where: { name.elementsEqual($0.utf8) }) else { throw Leave() }
        }
    }
}
