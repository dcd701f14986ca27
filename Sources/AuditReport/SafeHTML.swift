import Mustache

/// Escapes what a template prints, scalar by scalar. The library's own escaping goes by whole characters, and `"` with a
/// combining mark behind it is another character than `"`: it would end an attribute.
struct SafeHTML: MustacheContentType {
    /// The name in the template's `CONTENT_TYPE` pragma.
    static let name = "PAWL-HTML"

    func escapeText(_ text: String) -> String {
        var escaped = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped.append(contentsOf: "&amp;".unicodeScalars)
            case "<": escaped.append(contentsOf: "&lt;".unicodeScalars)
            case ">": escaped.append(contentsOf: "&gt;".unicodeScalars)
            case "\"": escaped.append(contentsOf: "&quot;".unicodeScalars)
            case "'": escaped.append(contentsOf: "&#39;".unicodeScalars)
            case "`": escaped.append(contentsOf: "&#96;".unicodeScalars)
            default: escaped.append(scalar)
            }
        }
        return String(escaped)
    }
}
