import ByteStrings
import Effects

extension Record {
    /// How large the parts of a record may become.
    enum Limit {
        /// Bytes of one word or other text.
        static let word = 4 << 10
        /// Bytes of a whole command line.
        static let arguments = 64 << 10
        /// Paths that one effect names; their count stays exact.
        static let paths = 100
        /// Effects, and refs that moved.
        static let entries = 10_000
    }

    /// The record with what is overlong cut, and `omitted` saying how much that was.
    func bounded() -> Record {
        var result = self
        result.bound()
        return result
    }

    private mutating func bound() {
        var missing = Omitted()
        arguments = Self.cut(arguments, &missing.argumentBytes)
        if !expansion.isEmpty { expansion = Self.cut(expansion, &missing.argumentBytes) }
        if !effects.isEmpty {
            missing.effects = max(0, effects.count - Limit.entries)
            effects = effects.prefix(Limit.entries).map(Self.cut)
        }
        if movedRefs.count > Limit.entries {
            missing.refs += movedRefs.count - Limit.entries
            movedRefs.removeLast(movedRefs.count - Limit.entries)
        }
        if var told = undo {
            told.files = told.files.map(Self.cut)
            told.left = told.left.map(Self.cut)
            missing.refs += max(0, told.remoteRefs.count - Limit.entries)
            told.remoteRefs = Array(told.remoteRefs.prefix(Limit.entries))
            undo = told
        }
        notice = notice.map { Self.cut($0).text }
        stopped = stopped.map { Self.cut($0).text }
        remote = remote.map { Self.cut($0).text }
        session = session.map { Self.cut($0).text }
        agent = agent.map { Self.cut($0).text }
        if missing != Omitted() { omitted = missing }
    }

    /// The text cut to the limit, with a mark that says how many bytes are missing.
    private static func cut(_ text: ByteString) -> (text: ByteString, missing: Int) {
        guard text.count > Limit.word else { return (text, 0) }
        var end = Limit.word
        // Not within a character: the rest of it would read as bytes that are not UTF-8.
        while end > Limit.word - 4, text.bytes[end] & 0xC0 == 0x80 { end -= 1 }
        let missing = text.count - end
        return (ByteString(text.bytes[..<end]) + ByteString("[... \(missing) more bytes]"), missing)
    }

    private static func cut(_ words: [ByteString], _ omitted: inout Int) -> [ByteString] {
        var result: [ByteString] = []
        var size = 0
        for (index, word) in words.enumerated() {
            let (text, missing) = cut(word)
            size += text.count
            guard size <= Limit.arguments else {
                let rest = words[index...].reduce(0) { $0 + $1.count }
                omitted += rest
                result.append(ByteString("[... \(words.count - index) more words, \(rest) bytes]"))
                break
            }
            omitted += missing
            result.append(text)
        }
        return result
    }

    private static func cut(_ files: Undo.Files) -> Undo.Files {
        Undo.Files(paths: Array(files.paths.prefix(Limit.paths)), count: files.count)
    }

    private static func cut(_ effect: Effect) -> Effect {
        var result = effect
        switch effect.target {
        case .files(let paths, let count) where paths.count > Limit.paths:
            result.target = .files(paths: Array(paths.prefix(Limit.paths)), count: count)
        case .named(let name):
            result.target = .named(cut(name).text)
        default:
            break
        }
        return result
    }
}
