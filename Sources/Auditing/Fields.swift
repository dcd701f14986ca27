import ByteStrings

/// What keeps JSON from being a record or an effect of this schema.
public struct SchemaError: Error, Equatable, CustomStringConvertible {
    /// The name of the field.
    public var field: String
    /// What it should be: "a string", "one of allow, snapshot, deny".
    public var expected: String

    public var description: String { "field '\(field)' is not \(expected)" }
}

/// Typed reading of an object's members. Missing and null are nil; of another type is an error; unknown ones stay unread.
struct Fields {
    private let members: [JSON.Member]

    init(_ json: JSON, of field: String) throws(SchemaError) {
        guard case .object(let members) = json else { throw SchemaError(field: field, expected: "an object") }
        self.members = members
    }

    func value(_ name: String) -> JSON? {
        let value = members.first { $0.name == name }?.value
        return value == .null ? nil : value
    }

    private func read<Value>(
        _ name: String, _ expected: String, _ convert: (JSON) -> Value?
    ) throws(SchemaError) -> Value? {
        guard let value = value(name) else { return nil }
        guard let converted = convert(value) else { throw SchemaError(field: name, expected: expected) }
        return converted
    }

    func text(_ name: String) throws(SchemaError) -> ByteString? { try read(name, "a string", \.string) }

    func integer(_ name: String) throws(SchemaError) -> Int? { try read(name, "an integer", \.integer) }

    func bool(_ name: String) throws(SchemaError) -> Bool? { try read(name, "true or false", \.bool) }

    func array(_ name: String) throws(SchemaError) -> [JSON] { try read(name, "an array", \.array) ?? [] }

    func texts(_ name: String) throws(SchemaError) -> [ByteString] {
        try read(name, "an array of strings") { value in
            guard let elements = value.array else { return nil }
            let texts = elements.compactMap(\.string)
            return texts.count == elements.count ? texts : nil
        } ?? []
    }

    func word<Word: RawRepresentable & CaseIterable>(
        _ name: String, _: Word.Type
    ) throws(SchemaError) -> Word? where Word.RawValue == String {
        guard let text = try text(name) else { return nil }
        guard let word = Word(rawValue: text.text) else {
            throw SchemaError(
                field: name, expected: "one of " + Word.allCases.map(\.rawValue).joined(separator: ", "))
        }
        return word
    }

    func required<Value>(_ name: String, _ value: Value?) throws(SchemaError) -> Value {
        guard let value else { throw SchemaError(field: name, expected: "present") }
        return value
    }
}
