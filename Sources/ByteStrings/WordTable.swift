/// What belongs to each of a few words that are known beforehand. Unlike a `Dictionary` it hashes nothing: a process that
/// looks something up once has built it and found it in less time than hashing the words takes.
public struct WordTable<Value: Sendable>: Sendable, ExpressibleByDictionaryLiteral {
    private let rows: [(word: StaticString, value: Value)]

    public init(dictionaryLiteral rows: (StaticString, Value)...) {
        self.rows = rows.map { (word: $0.0, value: $0.1) }
    }

    /// The value of the first row of that word; nil for any other word.
    public subscript(word: ByteString) -> Value? {
        for row in rows where row.word.withUTF8Buffer({ word.bytes.elementsEqual($0) }) { return row.value }
        return nil
    }
}
