import ByteStrings

/// The words of a command, where they are of the forms that the table of operations accepts. Options are recognized by
/// their exact spelling only: an abbreviation or a cluster is the real git's.
struct Form {
    struct Option {
        /// The option as the table has it, without `=` and what stands for the value.
        var name: ByteString
        var value: ByteString?
    }

    /// In the order given, operands left out.
    var options: [Option] = []
    /// Options and operands as they stand, for operations that answer each word in turn.
    var words: [ByteString] = []
    var operands: [ByteString] = []
    /// What follows `--`; nil where there is none.
    var paths: [ByteString]?

    init() {}

    /// Fails where a word is not among the accepted ones, or there are more operands than that.
    init(_ words: [ByteString], accepted: OperationTable.Entry) throws(Leave) {
        var rest = words[...]
        while let word = rest.popFirst() {
            if word == "--" {
                guard accepted.takesPaths else { throw Leave() }
                paths = Array(rest)
                break
            }
            guard word.hasPrefix("-"), word.count > 1 else {
                operands.append(word)
                self.words.append(word)
                continue
            }
            guard let option = Self.option(word, &rest, accepted.options) else { throw Leave() }
            options.append(option)
            self.words.append(word)
        }
        guard operands.count <= accepted.operands else { throw Leave() }
    }

    /// `--x` is itself; `--x=` takes any text behind the sign, `--x=#` a number; `-x:` takes the next word, `-n:#` a
    /// number in the next word, `-n#` one in the same; `-#` is a number alone.
    private static func option(
        _ word: ByteString, _ rest: inout ArraySlice<ByteString>, _ accepted: ArraySlice<ByteString>
    ) -> Option? {
        for pattern in accepted {
            if let name = pattern.dropping(suffix: "=") {
                if let value = word.dropping(prefix: pattern) { return Option(name: name, value: value) }
                continue
            }
            if pattern == word { return Option(name: word, value: nil) }
            if let name = pattern.dropping(suffix: ":#") ?? pattern.dropping(suffix: ":"), name == word {
                guard let next = rest.first, pattern.hasSuffix(":") || isNumber(next) else { return nil }
                rest = rest.dropFirst()
                return Option(name: name, value: next)
            }
            if let head = pattern.dropping(suffix: "#"), let value = word.dropping(prefix: head), isNumber(value) {
                return Option(name: head.dropping(suffix: "=") ?? head, value: value)
            }
        }
        return nil
    }

    private static func isNumber(_ word: ByteString) -> Bool {
        (1...7).contains(word.count)
            && word.bytes.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }

    func has(_ names: ByteString...) -> Bool { options.contains { names.contains($0.name) } }
}

extension ByteString {
    /// The number that these digits write; nil for anything else.
    var number: Int? { Int(text) }
}
