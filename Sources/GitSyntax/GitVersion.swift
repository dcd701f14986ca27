import ByteStrings

/// A version of git, as far as it decides which commands, options and abbreviations exist.
public struct GitVersion: Comparable, Hashable, Sendable {
    public var major: Int
    public var minor: Int
    public var patch: Int
    /// Whether it was built from a commit after that release (`2.55.0.321.g1a3e64c`, `2.55.GIT`): later than the
    /// release, earlier than the next one.
    public var isDevelopment: Bool

    public init(_ major: Int, _ minor: Int, _ patch: Int, isDevelopment: Bool = false) {
        self.major = major
        self.minor = minor
        self.patch = patch
        self.isDevelopment = isDevelopment
    }

    /// Reads what `git version` prints (`git version 2.39.5 (Apple Git-154)`) or a bare number; nil where there is no
    /// number of at least two parts.
    public init?(parsing text: ByteString) {
        let number = text.trimmed.dropping(prefix: "git version ") ?? text.trimmed
        let word = number.split(UInt8(ascii: " ")).first ?? ByteString()
        let parts = word.split(UInt8(ascii: "."))
        guard parts.count >= 2, let major = GitVersion.number(parts[0]), let minor = GitVersion.number(parts[1]) else {
            return nil
        }
        self.init(major, minor, 0)
        guard parts.count >= 3 else { return }
        guard let patch = GitVersion.number(parts[2]) else {
            isDevelopment = parts[2] == "GIT"
            return
        }
        self.patch = patch
        isDevelopment = parts.count >= 5 && parts[4].hasPrefix("g") && GitVersion.number(parts[3]) != nil
    }

    public static func < (left: GitVersion, right: GitVersion) -> Bool {
        (left.major, left.minor, left.patch, left.isDevelopment ? 1 : 0)
            < (right.major, right.minor, right.patch, right.isDevelopment ? 1 : 0)
    }

    /// The number that `text` begins with, so that `0-rc1` is 0.
    private static func number(_ text: ByteString) -> Int? {
        Int(String(decoding: text.bytes.prefix { isDigit($0) }, as: UTF8.self))
    }
}

/// Which versions a row of a table holds for, written `>=2.46` or `<2.40` behind the row.
struct VersionRange: Hashable, Sendable {
    var since: GitVersion?
    var until: GitVersion?

    /// Reads `>=2.46` or `<2.40`; false where `word` is neither.
    mutating func read(_ word: TableWord) -> Bool {
        word.first == UInt8(ascii: ">") || word.first == UInt8(ascii: "<") ? read(word.text) : false
    }

    /// The same for a word that was copied out of its table.
    mutating func read(_ word: ByteString) -> Bool {
        guard let first = word.bytes.first, first == UInt8(ascii: ">") || first == UInt8(ascii: "<") else {
            return false
        }
        if let since = word.dropping(prefix: ">=").flatMap(GitVersion.init(parsing:)) {
            self.since = since
        } else if let until = word.dropping(prefix: "<").flatMap(GitVersion.init(parsing:)) {
            self.until = until
        } else {
            return false
        }
        return true
    }

    /// Whether the row holds; for an unknown version every row does.
    func contains(_ version: GitVersion?) -> Bool {
        guard let version else { return true }
        if let since, version < since { return false }
        if let until, version >= until { return false }
        return true
    }
}

func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
}
