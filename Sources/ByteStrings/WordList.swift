/// A few words that are known beforehand, written with single blanks between them: `"fetch pull push"`. They stay in the
/// program's read-only data, so that, unlike a `Set`, they cost nothing to have, and a short scan to look into.
public struct WordList: Sendable, ExpressibleByStringLiteral {
    private let text: StaticString

    public init(stringLiteral text: StaticString) {
        self.text = text
    }

    /// All of them, in their order.
    public var words: [ByteString] {
        text.withUTF8Buffer { ByteString($0) }.split(UInt8(ascii: " ")).filter { !$0.isEmpty }
    }

    /// Whether the word is one of them. An empty word, or one with a blank, is not.
    public func contains(_ word: ByteString) -> Bool {
        guard !word.isEmpty else { return false }
        return text.withUTF8Buffer { text in
            word.bytes.withUnsafeBufferPointer { word in
                var start = 0
                while start + word.count <= text.count {
                    let end = text[start...].firstIndex(of: UInt8(ascii: " ")) ?? text.count
                    if end - start == word.count, text[start..<end].elementsEqual(word) { return true }
                    start = end + 1
                }
                return false
            }
        }
    }
}
