import ByteStrings
import GitSyntax

/// The shells that Pawl can be put into.
public enum Shell: String, CaseIterable, Sendable {
    case bash, zsh, fish

    /// `word` quoted for this shell, whatever is in it.
    func quote(_ word: ByteString) -> ByteString {
        guard self == .fish else { return ShellQuoting.quoteAlways(word) }
        var quoted: [UInt8] = [UInt8(ascii: "'")]
        for byte in word.bytes {
            if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\\") { quoted.append(UInt8(ascii: "\\")) }
            quoted.append(byte)
        }
        return ByteString(quoted + [UInt8(ascii: "'")])
    }
}
