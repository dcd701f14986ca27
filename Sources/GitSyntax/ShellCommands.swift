import ByteStrings

/// The simple commands of a line of shell, read as they stand: nothing is expanded, and what only a shell could tell
/// (variables, patterns, functions) is kept as it is written. Good for finding what is called, not for running it.
public enum ShellCommands {
    /// The words of every simple command, those in subshells and substitutions too.
    public static func split(_ line: ByteString) -> [[ByteString]] {
        var reader = Reader(rest: line.bytes[...])
        reader.read()
        return reader.commands
    }

    /// The words behind `git` for every git that the line calls, by whatever path, also by way of `sh -c`.
    public static func gits(in line: ByteString) -> [[ByteString]] {
        split(line).flatMap { words -> [[ByteString]] in
            let called = words.drop { prefixes.contains($0) || isAssignment($0) }
            guard let program = called.first.map(name) else { return [] }
            if program == "git" { return [Array(called.dropFirst())] }
            guard shells.contains(program), let option = called.dropFirst().firstIndex(where: isTextOption),
                called.indices.contains(option + 1)
            else { return [] }
            return gits(in: called[option + 1])
        }
    }

    /// Words before a command that leave it what it is.
    private static let prefixes: Set<ByteString> = [
        "!", "command", "do", "else", "env", "exec", "if", "nice", "sudo", "then", "time", "while",
    ]
    private static let shells: Set<ByteString> = ["bash", "dash", "ksh", "sh", "zsh"]

    private static func isTextOption(_ word: ByteString) -> Bool { word.hasPrefix("-") && word.hasSuffix("c") }

    private static func isAssignment(_ word: ByteString) -> Bool {
        guard let (name, _) = word.split(atFirst: UInt8(ascii: "=")), !name.isEmpty else { return false }
        return name.bytes.allSatisfy { byte in
            byte == UInt8(ascii: "_") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
        }
    }

    private static func name(_ path: ByteString) -> ByteString {
        path.split(atLast: UInt8(ascii: "/"))?.tail ?? path
    }

    private struct Reader {
        var rest: ArraySlice<UInt8>
        var commands: [[ByteString]] = []
        private var words: [ByteString] = []
        private var word: [UInt8]?
        /// Whether the word at hand is the file of a redirection.
        private var isFile = false

        init(rest: ArraySlice<UInt8>) { self.rest = rest }

        private static let separators = Array(";&|(){}`\n".utf8)

        mutating func read() {
            var quote: UInt8?
            while let byte = rest.popFirst() {
                switch (quote, byte) {
                case (let open?, byte) where open == byte: quote = nil
                case (UInt8(ascii: "'")?, _): append(byte)
                case (_, UInt8(ascii: "\\")): rest.popFirst().map { append($0) }
                case (UInt8(ascii: "\"")?, _): append(byte)
                case (_, UInt8(ascii: "'")), (_, UInt8(ascii: "\"")):
                    quote = byte
                    word = word ?? []
                case (_, UInt8(ascii: " ")), (_, UInt8(ascii: "\t")): endWord()
                case (_, UInt8(ascii: "<")), (_, UInt8(ascii: ">")):
                    // A number right before it is that of a descriptor.
                    if word?.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) == true { word = nil }
                    endWord()
                    isFile = true
                case (_, UInt8(ascii: "&")) where isFile: break
                case (_, _) where Self.separators.contains(byte): endCommand()
                default: append(byte)
                }
            }
            endCommand()
        }

        private mutating func append(_ byte: UInt8) { word = (word ?? []) + [byte] }

        private mutating func endWord() {
            guard let finished = word else { return }
            word = nil
            if !isFile { words.append(ByteString(finished)) }
            isFile = false
        }

        private mutating func endCommand() {
            endWord()
            isFile = false
            if !words.isEmpty { commands.append(words) }
            words = []
        }
    }
}
