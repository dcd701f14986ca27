import ByteStrings
import Platform

/// The patterns of one ignore file (gitignore(5), git's `dir.c`).
struct IgnoreFile {
    private struct Pattern {
        var bytes: ArraySlice<UInt8>
        var isNegated = false
        var mustBeFolder = false
        /// No slash in it: the last component alone is matched.
        var isName = false
        /// `*` and plain text behind it.
        var isSuffix = false
        /// How many bytes there are before the first wildcard.
        var plain = 0
    }

    private var patterns: [Pattern] = []
    /// The folder of the file from the top, empty or with a slash at its end.
    let base: [UInt8]

    /// nil where the file is not there.
    init?(_ path: ByteString, base: [UInt8]) throws(Leave) {
        guard let status = File.linkStatus(path) else { return nil }
        // git reads no ignore file through a symbolic link in the work tree, and other things are odd.
        guard status.kind == .regular, let content = try? File.read(path, limit: 1 << 20) else { throw Leave() }
        self.base = base
        var rest = content.bytes[...]
        if rest.starts(with: [0xef, 0xbb, 0xbf]) { rest = rest.dropFirst(3) }
        if rest.contains(0) { throw Leave() }
        for line in rest.split(separator: UInt8(ascii: "\n")) where line.first != UInt8(ascii: "#") {
            var line = line
            if line.last == UInt8(ascii: "\r") { line = line.dropLast() }
            if let pattern = Self.pattern(Self.withoutTrailingBlanks(line)) { patterns.append(pattern) }
            guard Wildmatch.isPlain(line) else { throw Leave() }
        }
    }

    private static func withoutTrailingBlanks(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var firstBlank: Int?
        var index = line.startIndex
        while index < line.endIndex {
            switch line[index] {
            case UInt8(ascii: " "): firstBlank = firstBlank ?? index
            case UInt8(ascii: "\\"):
                index += 1
                if index >= line.endIndex { return line }
                firstBlank = nil
            default: firstBlank = nil
            }
            index += 1
        }
        return firstBlank.map { line[..<$0] } ?? line
    }

    private static func pattern(_ line: ArraySlice<UInt8>) -> Pattern? {
        var pattern = Pattern(bytes: line)
        if line.first == UInt8(ascii: "!") {
            pattern.isNegated = true
            pattern.bytes = pattern.bytes.dropFirst()
        }
        if pattern.bytes.last == UInt8(ascii: "/") {
            pattern.mustBeFolder = true
            pattern.bytes = pattern.bytes.dropLast()
        }
        if pattern.bytes.isEmpty { return nil }
        pattern.isName = !pattern.bytes.contains(UInt8(ascii: "/"))
        pattern.plain = pattern.bytes.prefix { !isWild($0) }.count
        pattern.isSuffix =
            pattern.bytes.first == UInt8(ascii: "*") && !pattern.bytes.dropFirst().contains(where: isWild)
        return pattern
    }

    private static func isWild(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "*") || byte == UInt8(ascii: "?") || byte == UInt8(ascii: "[")
            || byte == UInt8(ascii: "\\")
    }

    /// What the last pattern that matches says: ignored or not; nil where none does. `nameStart` is where the last
    /// component of the path begins.
    func verdict(_ path: [UInt8], nameStart: Int, isFolder: Bool) -> Bool? {
        for pattern in patterns.reversed() where !pattern.mustBeFolder || isFolder {
            let matches =
                pattern.isName ? matchesName(pattern, path[nameStart...]) : matchesPath(pattern, path[base.count...])
            if matches { return !pattern.isNegated }
        }
        return nil
    }

    private func matchesName(_ pattern: Pattern, _ name: ArraySlice<UInt8>) -> Bool {
        if pattern.plain == pattern.bytes.count { return pattern.bytes.elementsEqual(name) }
        if pattern.isSuffix {
            let suffix = pattern.bytes.dropFirst()
            return suffix.count <= name.count && name.suffix(suffix.count).elementsEqual(suffix)
        }
        return Wildmatch.matches(pattern.bytes, name, splitsPaths: false)
    }

    private func matchesPath(_ pattern: Pattern, _ path: ArraySlice<UInt8>) -> Bool {
        var bytes = pattern.bytes
        var plain = pattern.plain
        if bytes.first == UInt8(ascii: "/") {
            bytes = bytes.dropFirst()
            plain -= 1
        }
        guard plain <= path.count, bytes.prefix(plain).elementsEqual(path.prefix(plain)) else { return false }
        bytes = bytes.dropFirst(plain)
        let rest = path.dropFirst(plain)
        if bytes.isEmpty && rest.isEmpty { return true }
        return Wildmatch.matches(bytes, rest, splitsPaths: true)
    }
}
