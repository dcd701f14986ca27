import ByteStrings

/// A line of a file that was read.
public struct Location: Hashable, Sendable {
    /// The path as it was opened, or `built-in:NAME` for the text of a shipped policy.
    public var file: ByteString
    /// Counted from 1.
    public var line: Int

    public init(file: ByteString, line: Int) {
        self.file = file
        self.line = line
    }
}

extension Location: CustomStringConvertible {
    /// `file:line`, as compilers write it.
    public var description: String { "\(file):\(line)" }
}
