import ByteStrings

/// A section header of a configuration file: `[name]`, `[name "subsection"]` or the old form `[name.subsection]`.
public struct ConfigurationSection: Hashable, Sendable {
    /// In lower case: git does not tell cases apart here.
    public var name: ByteString
    /// As written; in lower case where the old form was used.
    public var subsection: ByteString?
    public var location: Location

    public init(name: ByteString, subsection: ByteString?, location: Location) {
        self.name = name
        self.subsection = subsection
        self.location = location
    }
}

/// A key of a configuration file with its value.
public struct ConfigurationEntry: Hashable, Sendable {
    /// The section it stands in; nil before the first header.
    public var section: ConfigurationSection?
    /// In lower case.
    public var key: ByteString
    /// Unquoted and unescaped; nil for a key without `=`, which means true.
    public var value: ByteString?
    public var location: Location

    /// The name as `git config --list` prints it: `section.subsection.key`.
    public var name: ByteString {
        guard let section else { return key }
        guard let subsection = section.subsection else { return section.name + "." + key }
        return section.name + "." + subsection + "." + key
    }
}

/// One thing that stands in a configuration file. Headers are kept because a section without keys can be a mistake.
public enum ConfigurationItem: Hashable, Sendable {
    case section(ConfigurationSection)
    case entry(ConfigurationEntry)
}

/// git's configuration syntax as git-config(1), "Syntax", describes it and as git's own parser (`config.c`,
/// `git_parse_source`) reads it, with the line of every entry, which git's libraries do not tell.
///
/// Two things differ from git: a NUL byte is an error instead of a silent end of the value, and white space inside an
/// unquoted value stays what it is, as in git 2.45 and later (earlier ones turn tabs into blanks).
public enum ConfigurationFile {
    /// The sections and entries of `text` in their order; includes are entries like any other.
    ///
    /// `file` is only used to say where things stand.
    public static func parse(_ text: ByteString, file: ByteString) throws(ConfigurationError) -> [ConfigurationItem] {
        var parser = ConfigurationParser(text: text, file: file)
        return try parser.parse()
    }
}

private struct ConfigurationParser {
    private let bytes: [UInt8]
    private let file: ByteString
    private var position = 0
    /// The line of the character that was read last.
    private var line = 1
    private var lineIsOver = false

    init(text: ByteString, file: ByteString) {
        bytes = text.bytes
        self.file = file
    }

    private var location: Location { Location(file: file, line: line) }
    private var isAtEnd: Bool { position >= bytes.count }

    private func failure(_ problem: ConfigurationError.Problem) -> ConfigurationError {
        ConfigurationError(location, problem)
    }

    /// The next character. A line end is `\n` or `\r\n`; the end of the file is one as well, as often as asked.
    private mutating func next() -> UInt8 {
        if lineIsOver {
            line += 1
            lineIsOver = false
        }
        guard position < bytes.count else { return newline }
        var character = bytes[position]
        position += 1
        if character == carriageReturn, position < bytes.count, bytes[position] == newline {
            character = newline
            position += 1
        }
        if character == newline { lineIsOver = true }
        return character
    }

    /// Leaves the rest of a comment. A carriage return before the line end is part of it, so no byte needs a look.
    private mutating func skipLine() {
        let end = bytes[position...].firstIndex(of: newline) ?? bytes.endIndex
        position = min(end + 1, bytes.endIndex)
        lineIsOver = true
    }

    mutating func parse() throws(ConfigurationError) -> [ConfigurationItem] {
        if let place = bytes.firstIndex(of: 0) {
            line = bytes[..<place].count { $0 == newline } + 1
            throw failure(.nulByte)
        }
        if bytes.starts(with: [0xef, 0xbb, 0xbf]) { position = 3 }
        var items: [ConfigurationItem] = []
        var section: ConfigurationSection?
        while !isAtEnd {
            let character = next()
            if isSpace(character) { continue }
            switch character {
            case UInt8(ascii: "#"), UInt8(ascii: ";"):
                skipLine()
            case UInt8(ascii: "["):
                let header = try parseHeader()
                section = header
                items.append(.section(header))
            case _ where isLetter(character):
                items.append(.entry(try parseEntry(startingWith: character, in: section)))
            default:
                throw failure(.neitherSectionNorKey)
            }
        }
        return items
    }

    private mutating func parseHeader() throws(ConfigurationError) -> ConfigurationSection {
        let start = location
        var name: [UInt8] = []
        while true {
            // An unfinished header at the end of the file meets the line end that `next` gives there.
            let character = next()
            if character == UInt8(ascii: "]") { break }
            if isSpace(character) {
                name.append(dot)
                name += try parseSubsection(after: character)
                break
            }
            guard isKeyCharacter(character) || character == dot else { throw failure(.badSectionHeader) }
            name.append(lowercased(character))
        }
        if name.isEmpty { throw failure(.badSectionHeader) }
        guard let (head, tail) = ByteString(name).split(atFirst: dot) else {
            return ConfigurationSection(name: ByteString(name), subsection: nil, location: start)
        }
        return ConfigurationSection(name: head, subsection: tail, location: start)
    }

    /// What stands between the quotation marks, where a backslash takes any character literally.
    private mutating func parseSubsection(after space: UInt8) throws(ConfigurationError) -> [UInt8] {
        var character = space
        repeat {
            if character == newline { throw failure(.badSectionHeader) }
            character = next()
        } while isSpace(character)
        guard character == quote else { throw failure(.badSectionHeader) }
        var name: [UInt8] = []
        while true {
            character = next()
            if character == quote { break }
            if character == backslash { character = next() }
            if character == newline { throw failure(.badSectionHeader) }
            name.append(character)
        }
        guard next() == UInt8(ascii: "]") else { throw failure(.badSectionHeader) }
        return name
    }

    private mutating func parseEntry(
        startingWith first: UInt8, in section: ConfigurationSection?
    ) throws(ConfigurationError) -> ConfigurationEntry {
        let start = location
        var key = [lowercased(first)]
        var character = next()
        while isKeyCharacter(character) {
            key.append(lowercased(character))
            character = next()
        }
        while character == blank || character == tab { character = next() }
        var value: ByteString?
        if character != newline {
            guard character == UInt8(ascii: "=") else { throw failure(.badKey) }
            value = try parseValue()
        }
        return ConfigurationEntry(section: section, key: ByteString(key), value: value, location: start)
    }

    private mutating func parseValue() throws(ConfigurationError) -> ByteString {
        var value: [UInt8] = []
        // How much stays if the white space read so far turns out to be the end of the value.
        var lengthWithoutSpace = 0
        var isQuoted = false
        while true {
            var character = next()
            if character == newline {
                if isQuoted { throw failure(.unclosedQuote) }
                return ByteString(value[..<lengthWithoutSpace])
            }
            if !isQuoted {
                if isSpace(character) {
                    if !value.isEmpty { value.append(character) }
                    continue
                }
                if character == UInt8(ascii: "#") || character == UInt8(ascii: ";") {
                    skipLine()
                    return ByteString(value[..<lengthWithoutSpace])
                }
            }
            switch character {
            case backslash:
                character = next()
                switch character {
                case newline:
                    lengthWithoutSpace = value.count
                    continue
                case UInt8(ascii: "t"): character = tab
                case UInt8(ascii: "b"): character = 0x08
                case UInt8(ascii: "n"): character = newline
                case backslash, quote: break
                default: throw failure(.badEscape(ByteString([character])))
                }
                value.append(character)
            case quote:
                isQuoted.toggle()
            default:
                value.append(character)
                let start = position
                while position < bytes.count, isPlain(bytes[position]) { position += 1 }
                value += bytes[start..<position]
            }
            lengthWithoutSpace = value.count
        }
    }
}

// MARK: - Characters, as git's own tables class them (git-compat-util.h, `sane_ctype`)

private let newline = UInt8(ascii: "\n")
private let carriageReturn = UInt8(ascii: "\r")
private let tab = UInt8(ascii: "\t")
private let blank = UInt8(ascii: " ")
private let dot = UInt8(ascii: ".")
private let quote = UInt8(ascii: "\"")
private let backslash = UInt8(ascii: "\\")

private func isSpace(_ byte: UInt8) -> Bool {
    byte == blank || byte == tab || byte == newline || byte == carriageReturn
}

/// Whether a byte of a value stands for itself, quoted or not.
private func isPlain(_ byte: UInt8) -> Bool {
    byte > blank && byte != quote && byte != backslash && byte != UInt8(ascii: "#") && byte != UInt8(ascii: ";")
}

private func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
}

private func isKeyCharacter(_ byte: UInt8) -> Bool {
    isLetter(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
}

private func lowercased(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
}
