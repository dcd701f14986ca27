import ByteStrings

/// A JSON value, as much of JSON as records and messages need. Text is bytes: what is not UTF-8 survives writing and
/// reading (see `encoded`).
public enum JSON: Hashable, Sendable {
    case null
    case bool(Bool)
    case integer(Int)
    /// A number that is not an integer or too large for one, as it was written.
    case decimal(ByteString)
    case string(ByteString)
    case array([JSON])
    /// The members in their order; no name occurs twice in what the parser returns.
    case object([Member])

    /// One name of an object with its value.
    public struct Member: Hashable, Sendable {
        public var name: String
        public var value: JSON

        public init(_ name: String, _ value: JSON) {
            self.name = name
            self.value = value
        }
    }

    /// The value of a member of an object; nil for a missing name and for anything that is not an object.
    public subscript(name: String) -> JSON? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }

    /// The text, if this is a string.
    public var string: ByteString? {
        if case .string(let text) = self { text } else { nil }
    }

    /// The number, if this is an integer.
    public var integer: Int? {
        if case .integer(let number) = self { number } else { nil }
    }

    /// The truth value, if this is one.
    public var bool: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }

    /// The elements, if this is an array.
    public var array: [JSON]? {
        if case .array(let elements) = self { elements } else { nil }
    }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByNilLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    public init(stringLiteral value: String) { self = .string(ByteString(value)) }
    public init(integerLiteral value: Int) { self = .integer(value) }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(nilLiteral: ()) { self = .null }
    public init(arrayLiteral elements: JSON...) { self = .array(elements) }
    public init(dictionaryLiteral elements: (String, JSON)...) {
        self = .object(elements.map { Member($0.0, $0.1) })
    }
}

/// The members of an object under construction: what is nil or empty is left out.
struct ObjectBuilder {
    private(set) var members: [JSON.Member] = []

    var json: JSON { .object(members) }

    mutating func add(_ name: String, _ value: JSON?) {
        if let value { members.append(JSON.Member(name, value)) }
    }

    mutating func add(_ name: String, _ text: ByteString?) {
        if let text { members.append(JSON.Member(name, .string(text))) }
    }

    mutating func add(_ name: String, _ number: Int?) {
        if let number { members.append(JSON.Member(name, .integer(number))) }
    }

    mutating func add(_ name: String, _ texts: [ByteString]) {
        if !texts.isEmpty { members.append(JSON.Member(name, .array(texts.map { .string($0) }))) }
    }

    mutating func add(_ name: String, _ values: [JSON]) {
        if !values.isEmpty { members.append(JSON.Member(name, .array(values))) }
    }
}
