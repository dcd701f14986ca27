import ByteStrings

/// Paths as git prints them (git-config(1), `core.quotePath`; git's `quote.c` and `path.c`).
struct QuotedPath {
    /// Whether bytes beyond ASCII are written in octal.
    var escapesHighBytes: Bool

    init(_ bench: Workbench) { escapesHighBytes = bench.settings.boolean("core.quotepath", default: true) }

    /// The path, in quotes where it has unusual bytes, or blanks if those are to be quoted.
    func quoted(_ path: some Collection<UInt8>, quotesBlanks: Bool = false) -> [UInt8] {
        var text: [UInt8] = []
        append(path, to: &text, quotesBlanks: quotesBlanks)
        return text
    }

    func append(_ path: some Collection<UInt8>, to text: inout [UInt8], quotesBlanks: Bool = false) {
        if !path.contains(where: isUnusual) {
            let isQuoted = quotesBlanks && path.contains(UInt8(ascii: " "))
            if isQuoted { text.append(UInt8(ascii: "\"")) }
            text += path
            if isQuoted { text.append(UInt8(ascii: "\"")) }
            return
        }
        text.append(UInt8(ascii: "\""))
        text += escaped(path)
        text.append(UInt8(ascii: "\""))
    }

    func isUnusual(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == 0x7f || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
            || (byte >= 0x80 && escapesHighBytes)
    }

    func escaped(_ path: some Collection<UInt8>) -> [UInt8] {
        let letters: [UInt8] = Array("abtnvfr".utf8)
        var result: [UInt8] = []
        for byte in path {
            if !isUnusual(byte) {
                result.append(byte)
                continue
            }
            result.append(UInt8(ascii: "\\"))
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): result.append(byte)
            case 7...13: result.append(letters[Int(byte) - 7])
            default:
                let zero = UInt8(ascii: "0")
                result += [zero + (byte >> 6), zero + (byte >> 3 & 7), zero + (byte & 7)]
            }
        }
        return result
    }

    /// A path from the top as seen from a folder, which is empty or ends in a slash.
    static func relative(_ path: [UInt8], to prefix: ByteString) -> [UInt8] {
        if prefix.isEmpty { return path }
        let folder = prefix.bytes
        var common = 0
        for index in 0..<min(path.count, folder.count) {
            guard path[index] == folder[index] else { break }
            if path[index] == UInt8(ascii: "/") { common = index + 1 }
        }
        let climbs = folder[common...].count { $0 == UInt8(ascii: "/") }
        let rest = path[common...]
        if climbs == 0 { return rest.isEmpty ? Array("./".utf8) : Array(rest) }
        return Array(repeatElement(Array("../".utf8), count: climbs).joined()) + rest
    }
}
