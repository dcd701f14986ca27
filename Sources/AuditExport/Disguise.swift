import Auditing
import ByteStrings
import Effects

/// Replaces what tells about people, machines and projects by pseudonyms: equal texts get equal ones, so that records
/// can still be grouped, and nobody without the key can tell what they stand for. What git itself knows (commands,
/// options, `main`, `origin`) stays, and so do times, numbers and decisions.
public struct Disguise {
    private let key: DisguiseKey
    /// Names that tell nothing: of shipped policies and rules, and those that half of all repositories have.
    private let plain: Set<ByteString>
    private let cache = Cache()

    /// Texts come again and again; a class, so that a disguise can be passed on.
    private final class Cache {
        var codes: [ByteString: ByteString] = [:]
    }

    private static let common: Set<ByteString> = [
        "HEAD", "FETCH_HEAD", "ORIG_HEAD", "MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD", "REBASE_HEAD", "main",
        "master", "trunk", "develop", "origin", "upstream", "refs", "heads", "tags", "remotes", "notes", "stash",
        "pull",
        "pawl", "snapshots", "*", ".", "..", "/", "-", "--", "git", "@",
    ]

    /// `plain` are further names that need no pseudonym.
    public init(key: DisguiseKey, plain: Set<ByteString> = []) {
        self.key = key
        self.plain = plain.union(Self.common)
    }

    /// `LABEL-` and twelve hexadecimal digits; the text itself where it tells nothing.
    func name(_ label: ByteString, _ text: ByteString) -> ByteString {
        if text.isEmpty || plain.contains(text) { return text }
        return label + "-" + ByteString(code(text).bytes.prefix(12))
    }

    /// As many hexadecimal digits as the text has: object names and digests keep their form. Zeros stay.
    func digits(_ text: ByteString) -> ByteString {
        if text.bytes.allSatisfy({ $0 == UInt8(ascii: "0") }) { return text }
        let code = code(text)
        return ByteString((code + code).bytes.prefix(text.count))
    }

    /// The parts of a ref's name for themselves, so that its kind stays: `refs/heads/branch-…`.
    func ref(_ text: ByteString) -> ByteString {
        for prefix in ["refs/heads/", "refs/tags/", "refs/remotes/", "refs/"] as [ByteString] {
            guard let rest = text.dropping(prefix: prefix) else { continue }
            if prefix == "refs/remotes/", let (remote, branch) = rest.split(atFirst: UInt8(ascii: "/")) {
                return prefix + name("remote", remote) + "/" + name("branch", branch)
            }
            return prefix + name(prefix == "refs/tags/" ? "tag" : "branch", rest)
        }
        return name("branch", text)
    }

    /// A remote's name, or where it was given by URL or path one for that.
    func remote(_ text: ByteString) -> ByteString { address(text) ?? name("remote", text) }

    /// A URL, or a path that shows as one; nil for anything else.
    func address(_ text: ByteString) -> ByteString? {
        if text.hasPrefix("/") || text.hasPrefix("./") || text.hasPrefix("../") { return name("path", text) }
        let isURL = text.contains("://") || text.contains(UInt8(ascii: "@")) && text.contains(UInt8(ascii: ":"))
        return isURL ? name("url", text) : nil
    }

    /// A program: its name where it lies in a folder of the system, for those come with every machine.
    func program(_ path: ByteString) -> ByteString {
        let folders: [ByteString] = ["/bin/", "/sbin/", "/usr/bin/", "/usr/sbin/", "/usr/lib/", "/usr/libexec/"]
        return folders.contains { path.hasPrefix($0) } ? path : name("program", path)
    }

    /// A setting: what comes with git stays, names of remotes and branches in its key and its value do not.
    func setting(_ text: ByteString) -> ByteString {
        guard let (key, value) = text.split(atFirst: UInt8(ascii: "=")) else { return settingKey(text) }
        return settingKey(key) + "=" + self.value(value)
    }

    private func settingKey(_ key: ByteString) -> ByteString {
        guard let (section, rest) = key.split(atFirst: UInt8(ascii: ".")), Self.sections.contains(section.lowercased)
        else { return name("word", key) }
        guard let (middle, variable) = rest.split(atLast: UInt8(ascii: ".")) else {
            return section + "." + (section.lowercased == "alias" ? name("command", rest) : rest)
        }
        return section + "." + name("name", middle) + "." + variable
    }

    /// Sections of git's own configuration (git-config(1)) that commands in a log name.
    private static let sections: Set<ByteString> = [
        "add", "advice", "alias", "am", "apply", "branch", "checkout", "clean", "clone", "color", "column", "commit",
        "core", "credential", "diff", "extensions", "fetch", "filter", "format", "gc", "gpg", "http", "include",
        "includeif", "index", "init", "log", "maintenance", "merge", "mergetool", "notes", "pack", "pager", "protocol",
        "pull", "push", "rebase", "receive", "remote", "rerere", "reset", "safe", "sequence", "stash", "status",
        "submodule", "tag", "transfer", "uploadpack", "url", "user", "worktree",
    ]

    private func value(_ text: ByteString) -> ByteString {
        let words: Set<ByteString> = ["true", "false", "yes", "no", "on", "off", "0", "1", "now", "never", "always"]
        return words.contains(text) ? text : word(text)
    }

    private func code(_ text: ByteString) -> ByteString {
        if let known = cache.codes[text] { return known }
        let digits = Array("0123456789abcdef".utf8)
        let code = ByteString(key.code(for: text).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
        cache.codes[text] = code
        return code
    }
}
