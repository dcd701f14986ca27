import ByteStrings
import Platform

/// A place that holds the audit log's newest hash where those who write the log cannot change it unseen.
public enum AnchorPlace: Hashable, Sendable {
    /// The system's log.
    case syslog
    /// A ref, by its full name, in the repository at that path: a commit for each hash.
    case ref(name: ByteString, repository: ByteString)
    /// A file to which lines are appended.
    case file(ByteString)
    /// A command for the shell: with the word `store` it gets a line on its standard input, with `get` it prints all
    /// lines that it got.
    case command(ByteString)

    /// The forms, for messages.
    public static let forms: [ByteString] = ["syslog", "ref REF REPOSITORY", "file PATH", "command COMMAND"]

    /// Reads it as policies write it: a word, and what belongs to it. Paths are absolute, or begin with `~/` for the
    /// home folder; nil for anything else.
    public init?(_ text: ByteString) {
        func split(_ text: ByteString) -> (word: ByteString, rest: ByteString) {
            let isBlank: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 }
            let word = text.bytes.prefix { !isBlank($0) }
            return (ByteString(word), ByteString(text.bytes.dropFirst(word.count).drop(while: isBlank)))
        }
        func isPath(_ path: ByteString) -> Bool { Path.isAbsolute(path) || path.hasPrefix("~/") }
        let (word, rest) = split(text)
        switch word {
        case "syslog" where rest.isEmpty:
            self = .syslog
        case "ref":
            let (name, repository) = split(rest)
            guard name.hasPrefix("refs/"), isPath(repository) else { return nil }
            self = .ref(name: name, repository: repository)
        case "file" where isPath(rest):
            self = .file(rest)
        case "command" where !rest.isEmpty:
            self = .command(rest)
        default:
            return nil
        }
    }

    /// As policies write it.
    public var text: ByteString {
        switch self {
        case .syslog: "syslog"
        case .ref(let name, let repository): "ref " + name + " " + repository
        case .file(let path): "file " + path
        case .command(let command): "command " + command
        }
    }

    /// The place with `~/` resolved; nil where that takes a home folder and there is none.
    public func resolved(home: ByteString?) -> AnchorPlace? {
        func resolve(_ path: ByteString) -> ByteString? {
            guard let rest = path.dropping(prefix: "~/") else { return path }
            return home.flatMap { $0.isEmpty ? nil : Path.join($0, rest) }
        }
        switch self {
        case .syslog, .command: return self
        case .ref(let name, let repository): return resolve(repository).map { .ref(name: name, repository: $0) }
        case .file(let path): return resolve(path).map { .file($0) }
        }
    }
}
