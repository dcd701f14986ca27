import ByteStrings

/// Comma-separated values by RFC 4180: lines end in CR LF; a cell with a comma, a quotation mark or an end of line stands
/// in quotation marks. Nothing between two commas is null, `""` an empty text.
///
/// A spreadsheet takes a cell that begins with `=`, `+`, `-`, `@` or a tab for a formula, and what agents type is nobody's
/// to trust: such a text gets an apostrophe before it, and so does one that begins with an apostrophe. Taking one
/// apostrophe off the front of every text gives all texts back.
enum CSV {
    static func header(_ names: [String]) -> ByteString { ByteString(names.joined(separator: ",") + "\r\n") }

    static func row(_ cells: [Cell]) -> ByteString { cells.map(cell).joined(separator: ",") + "\r\n" }

    private static func cell(_ cell: Cell) -> ByteString {
        switch cell {
        case .null: return ""
        case .integer(let number): return ByteString("\(number)")
        case .bool(let value): return value ? "true" : "false"
        case .text(let text):
            var text = text.plainText(escapingControls: true)
            if let first = text.bytes.first, formulaStarts.contains(first) { text = "'" + text }
            guard text.isEmpty || text.bytes.contains(where: needsQuotes.contains) else { return text }
            let doubled = text.bytes.flatMap { $0 == UInt8(ascii: "\"") ? [$0, $0] : [$0] }
            return "\"" + ByteString(doubled) + "\""
        }
    }

    private static let formulaStarts = Set("=+-@\t\r\n'".utf8)
    private static let needsQuotes = Set(",\"\r\n".utf8)
}
