import ByteStrings

/// One value of a table.
enum Cell {
    case null
    case integer(Int)
    case bool(Bool)
    case text(ByteString)

    init(_ number: Int?) { self = number.map { .integer($0) } ?? .null }
    init(_ text: ByteString?) { self = text.map { .text($0) } ?? .null }
    init(_ value: Bool?) { self = value.map { .bool($0) } ?? .null }
    init(_ words: [ByteString]) { self = words.isEmpty ? .null : .text(words.joined(separator: " ")) }
}

/// A column of a table: its name, the type that all its values have where they are not null, and its value for a row.
struct TableColumn<Subject> {
    enum Kind: String { case integer, boolean, string }

    let name: String
    let kind: Kind
    let value: @Sendable (Subject) -> Cell

    static func integer(_ name: String, _ value: @escaping @Sendable (Subject) -> Int?) -> Self {
        Self(name: name, kind: .integer) { Cell(value($0)) }
    }

    static func boolean(_ name: String, _ value: @escaping @Sendable (Subject) -> Bool?) -> Self {
        Self(name: name, kind: .boolean) { Cell(value($0)) }
    }

    static func string(_ name: String, _ value: @escaping @Sendable (Subject) -> ByteString?) -> Self {
        Self(name: name, kind: .string) { Cell(value($0)) }
    }

    /// Words that have no blanks in them, joined by blanks.
    static func words(_ name: String, _ value: @escaping @Sendable (Subject) -> [ByteString]) -> Self {
        Self(name: name, kind: .string) { Cell(value($0)) }
    }
}

extension TableColumn: Sendable {}
