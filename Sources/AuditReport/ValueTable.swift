import Auditing
import ByteStrings

/// Values that many records share, each kept once.
struct ValueTable {
    private(set) var values: [JSON] = []
    private var places: [JSON: Int] = [:]

    /// The place of a value; -1 for none.
    mutating func place(_ value: JSON?) -> Int {
        guard let value else { return -1 }
        if let known = places[value] { return known }
        values.append(value)
        places[value] = values.count - 1
        return values.count - 1
    }

    mutating func place(_ text: ByteString?) -> Int { place(text.map { .string($0) }) }

    /// The text at a place, as people can read it; nil where there is none.
    func text(_ place: Int) -> String? {
        values.indices.contains(place) ? values[place].string?.visible : nil
    }
}
