import ByteStrings
import GitConfiguration

/// The `[audit]` sections of a policy while they are read. As in git, the last value of a key counts; `anchor` gathers
/// its values, and an empty one takes them back.
struct AuditDraft {
    private enum Key: String {
        case retain, anchor
        case maxFileSize = "maxfilesize"
        case anchorEvery = "anchorevery"

        /// As they are written.
        static let words: [ByteString] = ["retain", "maxFileSize", "anchor", "anchorEvery"]
    }

    private(set) var settings = AuditSettings()

    mutating func add(_ entry: ConfigurationEntry) throws(PolicyError) {
        guard let key = Key(rawValue: entry.key.text) else {
            throw PolicyError(entry.location, .unknownKey(entry.key, section: "audit", known: Key.words))
        }
        let value = try entry.required()
        func parsed<Value>(_ value: Value?, _ problem: PolicyError.Problem) throws(PolicyError) -> Value {
            guard let value else { throw PolicyError(entry.location, problem) }
            return value
        }
        switch key {
        case .retain:
            settings.retention = try parsed(Self.retention(value), .badRetention(value))
        case .maxFileSize:
            settings.maximumFileSize = try parsed(Self.fileSize(value), .badFileSize(value))
        case .anchorEvery:
            settings.anchorInterval = try parsed(Self.number(value), .badInterval(value))
        case .anchor:
            if value.isEmpty {
                settings.anchors = []
            } else {
                let place = try parsed(AnchorPlace(value), .badAnchor(value))
                if !settings.anchors.contains(place) { settings.anchors.append(place) }
            }
        }
    }

    /// A number from 1 of at most nine digits: no product with a unit overflows.
    private static func number(_ text: ByteString) -> Int? {
        guard (1...9).contains(text.count),
            text.bytes.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            let number = Int(text.text), number > 0
        else { return nil }
        return number
    }

    /// A number of days `d`, weeks `w` or years `y` of 366 days, so that a year is never cut short; or `forever`.
    private static func retention(_ text: ByteString) -> AuditSettings.Retention? {
        if text == "forever" { return .forever }
        let days: [UInt8: Int] = [UInt8(ascii: "d"): 1, UInt8(ascii: "w"): 7, UInt8(ascii: "y"): 366]
        guard let unit = text.bytes.last.flatMap({ days[$0] }) else { return nil }
        return number(ByteString(text.bytes.dropLast())).map { .days($0 * unit) }
    }

    /// A number of bytes, with the units of git-config(1), "integer".
    private static func fileSize(_ text: ByteString) -> Int? {
        let shifts: [UInt8: Int] = [UInt8(ascii: "k"): 10, UInt8(ascii: "m"): 20, UInt8(ascii: "g"): 30]
        let shift = text.lowercased.bytes.last.flatMap { shifts[$0] }
        let digits = shift == nil ? text : ByteString(text.bytes.dropLast())
        guard let size = number(digits).map({ $0 << (shift ?? 0) }), AuditSettings.fileSizes.contains(size) else {
            return nil
        }
        return size
    }
}
