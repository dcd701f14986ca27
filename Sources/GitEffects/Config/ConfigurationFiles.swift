import ByteStrings
import GitSyntax
import Platform

/// The places that git takes configuration from (git-config(1), FILES and ENVIRONMENT), looked through for a section
/// without understanding them: cheap enough for every commit, where asking git takes longer than all the rest.
struct ConfigurationFiles {
    let setting: Setting
    let globals: CommandLine.Globals
    /// The git directory of the work tree, and the one that linked work trees share; nil outside a repository.
    let gitDirectory: ByteString?
    let commonDirectory: ByteString?

    /// Whether a setting of `section` with `part` in its name, both in lower case, may be in force. Errs on the side of
    /// yes: what includes other files may hold anything, and so may a file that cannot be read.
    func mayHold(_ section: ByteString, naming part: ByteString) -> Bool {
        func isMeant(_ key: ByteString) -> Bool {
            let key = key.lowercased
            return key.hasPrefix("include") || (key.hasPrefix(section + ".") && key.contains(part))
        }
        if globals.configuration.contains(where: { isMeant($0.key) }) { return true }
        var system = [Path.join(Path.parent(Path.parent(setting.executable)), "etc/gitconfig"), "/etc/gitconfig"]
        var user = userFiles
        let (family, key): (ByteString, ByteString) = ("GIT_CONFIG", "GIT_CONFIG_KEY_")
        for entry in setting.environment.entries where entry.hasPrefix(family) {
            guard let (name, value) = entry.split(atFirst: UInt8(ascii: "=")) else { continue }
            if name.hasPrefix(key) {
                if isMeant(value) { return true }
                continue
            }
            switch name {
            case "GIT_CONFIG_PARAMETERS":
                let text = value.lowercased
                if text.contains("include") || (text.contains(section + ".") && text.contains(part)) { return true }
            case "GIT_CONFIG_SYSTEM": system = [setting.path(value)]
            case "GIT_CONFIG_GLOBAL": user = [setting.path(value)]
            default: continue
            }
        }
        var files = system + user
        if let commonDirectory { files.append(Path.join(commonDirectory, "config")) }
        if let gitDirectory { files.append(Path.join(gitDirectory, "config.worktree")) }
        return files.contains { Self.mayHold(section, part, $0) }
    }

    private var userFiles: [ByteString] {
        let environment = setting.environment
        let home = environment["HOME"] ?? ByteString()
        let folder = environment["XDG_CONFIG_HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? Path.join(home, ".config")
        return [Path.join(folder, "git/config"), Path.join(home, ".gitconfig")]
    }

    /// A section begins with its name right behind a `[`; `[include]` and `[includeIf …]` bring other files in.
    private static func mayHold(_ section: ByteString, _ part: ByteString, _ file: ByteString) -> Bool {
        let text: ByteString
        do {
            text = try File.read(file, limit: 1 << 20)
        } catch {
            return !error.isAbsence
        }
        let include: ByteString = "include"
        var hasSection = false
        let includes = text.bytes.withUnsafeBufferPointer { bytes in
            for index in bytes.indices where bytes[index] == UInt8(ascii: "[") {
                let rest = UnsafeBufferPointer(rebasing: bytes[(index + 1)...])
                if begins(rest, with: include) { return true }
                hasSection = hasSection || begins(rest, with: section)
            }
            return false
        }
        return includes || (hasSection && text.lowercased.contains(part))
    }

    /// Without regard to case; the word is in lower case.
    private static func begins(_ bytes: UnsafeBufferPointer<UInt8>, with word: ByteString) -> Bool {
        guard bytes.count >= word.count else { return false }
        return word.bytes.withUnsafeBufferPointer { word in
            word.indices.allSatisfy {
                bytes[$0] == word[$0] || ((0x41...0x5a).contains(bytes[$0]) && bytes[$0] | 0x20 == word[$0])
            }
        }
    }
}
