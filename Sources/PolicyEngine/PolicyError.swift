import ByteStrings
import GitConfiguration

/// A policy that cannot be used. Until it is mended, only commands without effects may run.
public struct PolicyError: Error, Equatable, Sendable {
    /// The file that has to be mended.
    public var file: ByteString
    /// The line at fault; nil where the file as a whole is.
    public var line: Int?
    public var problem: Problem

    public init(file: ByteString, line: Int? = nil, problem: Problem) {
        self.file = file
        self.line = line
        self.problem = problem
    }

    init(_ location: Location, _ problem: Problem) {
        self.init(file: location.file, line: location.line, problem: problem)
    }

    init(_ error: ConfigurationError) {
        let problem: Problem =
            switch error.problem {
            case .nulByte: .nulByte
            case .neitherSectionNorKey: .neitherSectionNorKey
            case .badSectionHeader: .badSectionHeader
            case .badKey: .badKey
            case .unclosedQuote: .unclosedQuote
            case .badEscape(let character): .badEscape(character)
            }
        self.init(error.location, problem)
    }

    /// What can be wrong with a policy.
    public enum Problem: Error, Hashable {
        // Reading
        case unreadable(reason: String)
        case unknownPolicy(name: ByteString)

        // The grammar of git's configuration files
        case nulByte
        case neitherSectionNorKey
        case badSectionHeader
        case badKey
        case unclosedQuote
        case badEscape(ByteString)

        // Includes
        case includeMissing(path: ByteString)
        case includeUnreadable(path: ByteString, reason: String)
        case includeTooDeep(limit: Int)
        case tooManyFiles(limit: Int)
        case noHome(path: ByteString)
        case otherHome(path: ByteString)

        // The vocabulary of policies
        case keyOutsideSection(ByteString)
        case unknownSection(ByteString)
        case unnamedRule
        case namedSection(ByteString)
        case unknownKey(ByteString, section: ByteString, known: [ByteString])
        case missingValue(key: ByteString)
        case unknownWord(ByteString, key: ByteString, known: [ByteString])
        case badBoolean(ByteString, key: ByteString)
        case badNumber(ByteString, key: ByteString)
        case badGlob(ByteString)
        case badRetention(ByteString)
        case badFileSize(ByteString)
        case badInterval(ByteString)
        case badAnchor(ByteString)
        case unknownPlaceholder(ByteString, known: [ByteString])
        case unclosedPlaceholder
        case ruleWithoutEffect(ByteString)
        case ruleWithoutAction(ByteString)
    }

    /// What happened and what to do about it, in one sentence, without the place.
    public var message: String { problem.sentence }
}

extension PolicyError: CustomStringConvertible {
    /// The place and the message: `file:line: message`.
    public var description: String {
        let place = line.map { "\(file):\($0)" } ?? "\(file)"
        return "\(place): \(message)"
    }
}

// MARK: - The sentences

extension PolicyError.Problem {
    fileprivate var sentence: String {
        switch self {
        case .unreadable(let reason):
            "the policy cannot be read: \(reason); make the file readable or remove it"
        case .unknownPolicy(let name):
            "there is no policy '\(name)'; give a file, or one of: \(Self.list(ShippedPolicies.names))"
        case .nulByte:
            "there is a NUL byte in the file; a policy is text"
        case .neitherSectionNorKey:
            "this is neither a [section], a key, nor a comment; keys begin with a letter, comments with # or ;"
        case .badSectionHeader:
            "this section header is not complete; write [policy], [include] or [rule \"name\"]"
        case .badKey:
            "after the key comes = and a value, or nothing; keys have only letters, digits and -"
        case .unclosedQuote:
            "a quotation mark is opened and not closed on this line"
        case .badEscape(let character):
            "\\\(character) means nothing; in a value write \\\\ \\\" \\n \\t \\b"
        case .includeMissing(let path):
            "the included file \(path) does not exist; create it or remove this line"
        case .includeUnreadable(let path, let reason):
            "the included file \(path) cannot be read: \(reason)"
        case .includeTooDeep(let limit):
            "includes are nested more than \(limit) deep; is there a loop?"
        case .tooManyFiles(let limit):
            "more than \(limit) files are included; is there a loop?"
        case .noHome(let path):
            "'\(path)' needs a home folder and HOME is not set; write the path in full"
        case .otherHome(let path):
            "'\(path)' names another user's home folder; write the path in full"
        case .keyOutsideSection(let key):
            "'\(key)' stands before the first section; move it below [policy] or [rule \"name\"]"
        case .unknownSection(let name):
            "there is no section [\(name)] in a policy; known are [policy], [rule \"name\"], [audit] and [include]"
        case .unnamedRule:
            "a rule needs a name; write [rule \"name\"]"
        case .namedSection(let name):
            "[\(name)] takes no name in quotation marks; write [\(name)]"
        case .unknownKey(let key, let section, let known):
            "there is no key '\(key)' in [\(section)]; known are \(Self.list(known))"
        case .missingValue(let key):
            "'\(key)' needs a value; write \(key) = value"
        case .unknownWord(let word, let key, let known):
            "'\(word)' is no \(key); known are \(Self.list(known))"
        case .badNumber(let value, let key):
            "'\(value)' is no value for \(key): it takes a number from 0 on, with k, m or g behind it if need be"
        case .badBoolean(let value, let key):
            "'\(value)' is neither true nor false; write \(key) = true or \(key) = false"
        case .badGlob(let pattern):
            "the pattern '\(pattern)' can match nothing: a [ is not closed, a class is unknown, or it ends in a backslash"
        case .badRetention(let value):
            "'\(value)' is no time to keep records for; write a number of days, weeks or years, 400d, 60w or 2y, or forever"
        case .badFileSize(let value):
            "'\(value)' is no size for a file of the log; write a size from 64k to 2g"
        case .badInterval(let value):
            "'\(value)' is no number of records; write a number from 1"
        case .badAnchor(let value):
            "'\(value)' is no place for the log's hash; known are \(Self.list(AnchorPlace.forms)), with absolute paths"
        case .unknownPlaceholder(let name, let known):
            "there is no placeholder {\(name)}; known are \(Self.list(known)); write {{ for a brace"
        case .unclosedPlaceholder:
            "a { is opened and not closed; write {{ for a brace"
        case .ruleWithoutEffect(let name):
            "the rule '\(name)' has no effect; add effect = WORD to say what it is about"
        case .ruleWithoutAction(let name):
            "the rule '\(name)' has no action; add action = deny, snapshot or allow"
        }
    }

    private static func list(_ words: [ByteString]) -> String { words.joined(separator: ", ").text }
}
