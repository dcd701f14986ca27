import ByteStrings

/// Spans of time after which git forgets what nothing refers to (git-config(1), `gc.pruneExpire`, `gc.reflogExpire`).
enum Expiry {
    /// Spans that reach at least a day back; git reads many more forms of dates, which are taken for short ones.
    private static let longUnits: [ByteString] = ["day", "week", "month", "year"]

    /// Whether an expiry drops what is recent (git's approxidate: `now`, `all`, `1.minute.ago`).
    static func isShort(_ value: ByteString) -> Bool {
        let text = value.lowercased
        if ["never", "false", "0", "no"].contains(text) { return text == "0" }
        // A plain number counts days for gc.reflogExpire.
        if text.bytes.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }), text.count < 4 {
            return false
        }
        return !longUnits.contains { text.contains($0) }
    }
}
