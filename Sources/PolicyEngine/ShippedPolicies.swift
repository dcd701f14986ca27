import ByteStrings

/// The policies that come with Pawl, from the binary itself: the built-in default works without any installed file.
public enum ShippedPolicies {
    /// The one that is built in as the default first.
    public static let names: [ByteString] = ["default", "remote-only", "strict", "read-only", "observe"]

    /// The file of that name in `policies/`, byte for byte; nil for any other name.
    public static func text(of name: ByteString) -> ByteString? {
        let text: StaticString
        switch name {
        case "default": text = defaultText
        case "remote-only": text = remoteOnlyText
        case "strict": text = strictText
        case "read-only": text = readOnlyText
        case "observe": text = observeText
        default: return nil
        }
        return ByteString(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }
}
