import ByteStrings

/// Takes credentials out of what is written to the log or shown. What remains names the host and everything else; all
/// functions give the same when applied twice.
public enum Redaction {
    /// What stands in the place of a credential.
    public static let mark: ByteString = "[redacted]"

    /// A URL without user name and password, and without credentials among its parameters. A user name alone is kept
    /// for SSH, where it is none.
    public static func redact(url: ByteString) -> ByteString { redact(prose: url) }

    /// A word of a command line, or text in which commands may stand: URLs, headers, assignments of configuration
    /// keys, and tokens that show by their shape.
    public static func redact(word: ByteString) -> ByteString {
        if word.hasPrefix("--config-env=") { return redact(prose: word) }
        if let (head, tail) = word.split(atFirst: UInt8(ascii: "=")), !tail.isEmpty {
            if options.contains(head) || isSecret(key: head) { return head + "=" + mark }
            if head == "--config", let (key, value) = tail.split(atFirst: UInt8(ascii: "=")), !value.isEmpty,
                isSecret(key: key)
            {
                return head + "=" + key + "=" + mark
            }
        }
        return redact(prose: redactHeaders(word))
    }

    /// The words of a command line, with regard to options whose value is the next word and to `config KEY VALUE`.
    public static func redact(arguments: [ByteString]) -> [ByteString] {
        var result: [ByteString] = []
        result.reserveCapacity(arguments.count)
        var isConfigCommand = false
        for (index, word) in arguments.enumerated() {
            let before = index > 0 ? arguments[index - 1] : ByteString()
            let isAfterOption = before.bytes.first == UInt8(ascii: "-")
            if isAfterOption, options.contains(before), !word.hasPrefix("-"), !word.isEmpty {
                result.append(mark)
            } else if isConfigCommand, before.contains(UInt8(ascii: ".")), isSecret(key: before),
                !word.hasPrefix("-"), !word.isEmpty
            {
                result.append(mark)
            } else if isAfterOption && prose.contains(before) || isProseOption(word) {
                result.append(redact(prose: word))
            } else if before == "--config-env" {
                result.append(redact(prose: word))
            } else {
                result.append(redact(word: word))
            }
            if word == "config" { isConfigCommand = true }
        }
        return result
    }

    /// Whether a word is an option with prose joined to it: `--message=…`.
    private static func isProseOption(_ word: ByteString) -> Bool {
        guard word.bytes.first == UInt8(ascii: "-"), let (head, _) = word.split(atFirst: UInt8(ascii: "=")) else {
            return false
        }
        return prose.contains(head)
    }

    /// Text written for people, such as a commit message: only URLs with credentials and tokens of a known shape.
    static func redact(prose text: ByteString) -> ByteString {
        redactTokens(redactURLs(text))
    }

    /// Whether the value of a configuration key is a credential.
    private static func isSecret(key: ByteString) -> Bool {
        guard let (_, name) = key.split(atLast: UInt8(ascii: ".")), key.bytes.first?.isLetter ?? false,
            key.bytes.allSatisfy({ $0 > 0x20 }),
            // What a variable's name is made of (git-config(1), "Syntax").
            name.bytes.allSatisfy({ $0.isAlphanumeric || $0 == UInt8(ascii: "-") })
        else { return false }
        let last = name.lowercased
        if keyEndings.contains(where: { last.hasSuffix($0) }) { return true }
        let whole = key.lowercased
        return sections.contains { whole.hasPrefix($0) }
    }
}

// MARK: - URLs

extension Redaction {
    /// `scheme://user:secret@host/?token=secret`, anywhere in a text.
    private static func redactURLs(_ text: ByteString) -> ByteString {
        let bytes = text.bytes
        // Nearly all text holds no URL; this is what every word of every record goes through.
        guard let colon = firstSchemeEnd(bytes) else { return text }
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count + mark.count)
        output += bytes[..<colon]
        var index = colon
        while index < bytes.count {
            guard bytes[index] == UInt8(ascii: ":"), bytes[index...].starts(with: "://".utf8) else {
                output.append(bytes[index])
                index += 1
                continue
            }
            let isScheme: (UInt8) -> Bool = { $0.isAlphanumeric || "+-.".utf8.contains($0) }
            let scheme = ByteString(output.reversed().prefix(while: isScheme).reversed())
            let start = index + 3
            let end = bytes[start...].firstIndex { isEndOfURL($0) } ?? bytes.count
            output += "://".utf8
            output += redactRest(bytes[start..<end], isSSH: scheme.lowercased.contains("ssh"))
            index = end
        }
        return ByteString(output)
    }

    /// The index of the first `://`.
    private static func firstSchemeEnd(_ bytes: [UInt8]) -> Int? {
        bytes.withUnsafeBufferPointer { buffer in
            var index = 1
            while index + 1 < buffer.count {
                if buffer[index] == UInt8(ascii: "/"), buffer[index + 1] == UInt8(ascii: "/"),
                    buffer[index - 1] == UInt8(ascii: ":")
                {
                    return index - 1
                }
                index += 1
            }
            return nil
        }
    }

    private static func isEndOfURL(_ byte: UInt8) -> Bool {
        byte <= 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'")
    }

    /// What follows `://`.
    private static func redactRest(_ rest: ArraySlice<UInt8>, isSSH: Bool) -> [UInt8] {
        var output: [UInt8] = []
        var rest = rest
        let authority = rest.prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
        if let at = authority.lastIndex(of: UInt8(ascii: "@")) {
            let user = authority[..<at]
            let isHarmless = user.elementsEqual("git".utf8) || isSSH && !user.contains(UInt8(ascii: ":"))
            output += isHarmless ? Array(user) : mark.bytes
            rest = rest[at...]
        }
        return output + redactParameters(rest)
    }

    private static func redactParameters(_ rest: ArraySlice<UInt8>) -> [UInt8] {
        guard rest.contains(UInt8(ascii: "?")) || rest.contains(UInt8(ascii: "#")) else { return Array(rest) }
        let isSeparator: (UInt8) -> Bool = { "?&;#".utf8.contains($0) }
        var output: [UInt8] = []
        for part in rest.split(omittingEmptySubsequences: false, whereSeparator: isSeparator) {
            if part.startIndex > rest.startIndex { output.append(rest[part.startIndex - 1]) }
            if part.startIndex > rest.startIndex, let equals = part.firstIndex(of: UInt8(ascii: "=")),
                equals + 1 < part.endIndex, parameters.contains(ByteString(part[..<equals]).lowercased)
            {
                output += part[...equals]
                output += mark.bytes
            } else {
                output += part
            }
        }
        return output
    }
}

// MARK: - Headers and tokens

extension Redaction {
    /// `Header: secret` where the header's name begins a word; the value ends with the line or the quotation.
    private static func redactHeaders(_ text: ByteString) -> ByteString {
        let bytes = text.bytes
        guard text.contains(UInt8(ascii: ":")) else { return text }
        var output: [UInt8] = []
        var copied = 0
        var index = 0
        while index < bytes.count {
            let before = index > 0 ? bytes[index - 1] : 0x20
            guard headerBeginnings[Int(bytes[index])], !before.isAlphanumeric, before != UInt8(ascii: "-"),
                before != UInt8(ascii: "_"), let value = headerValue(in: bytes, at: index)
            else {
                index += 1
                continue
            }
            let isQuoted = before == UInt8(ascii: "\"") || before == UInt8(ascii: "'")
            let end = bytes[value...].firstIndex { $0 == Line.newline || isQuoted && $0 == before } ?? bytes.count
            if value < end {
                output += bytes[copied..<value]
                output += mark.bytes
                copied = end
            }
            index = end
        }
        guard copied > 0 else { return text }
        return ByteString(output + bytes[copied...])
    }

    /// Where the value begins of a header whose name begins at `index`; nil where none does.
    private static func headerValue(in bytes: [UInt8], at index: Int) -> Int? {
        for header in headers where begins(bytes, with: header.bytes, at: index, ignoringCase: true) {
            var end = index + header.count
            while end < bytes.count, bytes[end] == 0x20 { end += 1 }
            guard end < bytes.count, bytes[end] == UInt8(ascii: ":") else { continue }
            end += 1
            while end < bytes.count, bytes[end] == 0x20 { end += 1 }
            return end
        }
        return nil
    }

    /// Tokens of a known shape, anywhere that a word may begin.
    private static func redactTokens(_ text: ByteString) -> ByteString {
        let bytes = text.bytes
        guard mayHoldToken(bytes) else { return text }
        var output: [UInt8] = []
        var copied = 0
        var index = 0
        while index < bytes.count {
            let before = index > 0 ? bytes[index - 1] : 0x20
            if tokenBeginnings[Int(bytes[index])], !before.isAlphanumeric, let secret = token(in: bytes, at: index) {
                output += bytes[copied..<secret.lowerBound]
                output += mark.bytes
                copied = secret.upperBound
                index = secret.upperBound
            } else {
                index += 1
            }
        }
        guard copied > 0 else { return text }
        return ByteString(output + bytes[copied...])
    }

    /// Whether a text is worth a look. A token has at least ten letters, digits, `_` or `-` in a row, or stands behind
    /// the name of a scheme and a blank; most words of a command line, and most paths, have neither.
    private static func mayHoldToken(_ bytes: [UInt8]) -> Bool {
        guard bytes.count >= 15 else { return false }
        var run = 0
        for byte in bytes {
            if byte == 0x20 { return true }
            run = Alphabet.wordAndDash.contains(byte) ? run + 1 : 0
            if run == 10 { return true }
        }
        return false
    }

    private static func token(in bytes: [UInt8], at index: Int) -> Range<Int>? {
        for shape in tokenShapes where begins(bytes, with: shape.prefix.bytes, at: index) {
            let start = index + shape.prefix.count
            let end = bytes[start...].firstIndex { !shape.alphabet.contains($0) } ?? bytes.count
            if end - start >= shape.minimum { return index..<end }
        }
        if begins(bytes, with: webTokenBeginning, at: index) { return webToken(in: bytes, at: index) }
        for scheme in schemes where begins(bytes, with: scheme.bytes, at: index, ignoringCase: true) {
            let space = index + scheme.count
            guard space < bytes.count, bytes[space] == 0x20 else { continue }
            let start = space + 1
            let end = bytes[start...].firstIndex { !$0.isAlphanumeric && !"-._~+/=".utf8.contains($0) } ?? bytes.count
            let secret = bytes[start..<end]
            // A word of prose has no digit.
            if secret.count >= 16, secret.contains(where: { !$0.isLetter && $0.isAlphanumeric }) { return start..<end }
        }
        return nil
    }

    private static let webTokenBeginning = Array("eyJ".utf8)

    /// A JSON Web Token: three parts in base64url, the first of which is an object.
    private static func webToken(in bytes: [UInt8], at index: Int) -> Range<Int>? {
        let alphabet = Alphabet.wordAndDash
        let end = bytes[index...].firstIndex { !alphabet.contains($0) && $0 != UInt8(ascii: ".") } ?? bytes.count
        let parts = bytes[index..<end].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].count >= 10, parts[1].count >= 10 else { return nil }
        return index..<end
    }

    private static func begins(
        _ bytes: [UInt8], with prefix: [UInt8], at index: Int, ignoringCase: Bool = false
    ) -> Bool {
        guard index + prefix.count <= bytes.count, ignoringCase || bytes[index] == prefix.first else { return false }
        var position = index
        for byte in prefix {
            let other = bytes[position]
            guard other == byte || ignoringCase && byte.isLetter && other | 0x20 == byte else { return false }
            position += 1
        }
        return true
    }
}
