import Auditing
import ByteStrings

extension Record {
    /// Whether it is of one of Pawl's own commands, which no policy is asked about. git's have no blank in their names.
    public var isOfPawl: Bool { command?.hasPrefix("pawl ") == true }

    /// The command line by the program's plain name, wherever it lies.
    public var calledWords: [ByteString] { [isOfPawl ? "pawl" : "git"] + arguments.dropFirst() }
}
