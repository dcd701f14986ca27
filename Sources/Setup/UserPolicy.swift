import ByteStrings
import Guard
import Platform
import PolicyEngine

/// Choosing the policy of the user layer.
public enum UserPolicy {
    public enum Failure: Error {
        /// There is no home folder to write to.
        case noHome
        /// The file that is there was written by hand.
        case handWritten(file: ByteString)
        /// The policy that was chosen is the user layer's own file.
        case includesItself(file: ByteString)
        case policy(PolicyError)
        case system(SystemError)
    }

    public struct Change: Sendable {
        public var file: ByteString
        /// The policy that was there; nil where there was none or it could not be read.
        public var before: ByteString?
        public var after: Policy
        /// The copy of a file that was replaced.
        public var backup: ByteString?
        /// Whether it stands as it stood before.
        public var isUnchanged: Bool
    }

    private static let header: ByteString = """
        # The policy of your user layer, written by `pawl policy use`, which may replace this file as
        # long as nobody edits it. Rules of your own can be added below; then it is yours.

        """

    /// Makes the policy the user layer's. A file that was written or edited by hand is replaced only with `replacing`,
    /// and kept as a copy.
    public static func use(
        _ place: PolicyPlace, replacing: Bool, _ installation: Installation, _ environment: Environment
    ) throws(Failure) -> Change {
        guard let file = PolicyStack.userFile(environment) else { throw .noHome }
        let policy: Policy
        do {
            policy = try place.load(installation, environment)
        } catch {
            throw .policy(error)
        }
        if File.realPath(place.name).map({ $0 == File.realPath(file) }) == true { throw .includesItself(file: file) }
        let text =
            header + "[policy]\n\tname = " + quoted(policy.name) + "\n[include]\n\tpath = "
            + quoted(place.includePath) + "\n"
        var change = Change(
            file: file, before: (try? Policy.load(file: file, home: environment["HOME"]))?.name, after: policy,
            backup: nil, isUnchanged: false)
        let old = try existing(file)
        if let old {
            change.isUnchanged = old.isRegular && old.content == text
            if change.isUnchanged { return change }
            let isHandWritten = !old.isRegular || !isOwn(old.content)
            if isHandWritten && !replacing { throw .handWritten(file: file) }
            if isHandWritten {
                change.backup = try reporting { () throws(SystemError) in try backUp(file, old.content) }
            }
        }
        try reporting { () throws(SystemError) in
            try File.makeFolder(Path.parent(file), mode: 0o700)
            try File.write(text, to: file)
        }
        return change
    }

    /// What is there, and whether it is a file of its own and not a link to one.
    private static func existing(_ file: ByteString) throws(Failure) -> (content: ByteString, isRegular: Bool)? {
        guard let status = File.linkStatus(file) else { return nil }
        // A link to nowhere has no content that could be lost.
        guard File.exists(file) else { return ("", false) }
        let content = try reporting { () throws(SystemError) in try File.read(file) }
        return (content, status.kind == .regular)
    }

    private static func reporting<Result>(_ body: () throws(SystemError) -> Result) throws(Failure) -> Result {
        do {
            return try body()
        } catch {
            throw .system(error)
        }
    }

    /// Whether the file is one that `use` wrote: nothing in it but what that writes.
    private static func isOwn(_ text: ByteString) -> Bool {
        guard let rest = text.dropping(prefix: header) else { return false }
        let lines = rest.split(UInt8(ascii: "\n"))
        return lines.count == 5 && lines[0] == "[policy]" && lines[1].hasPrefix("\tname = ") && lines[2] == "[include]"
            && lines[3].hasPrefix("\tpath = ") && lines[4].isEmpty
    }

    private static func backUp(_ file: ByteString, _ content: ByteString) throws(SystemError) -> ByteString {
        var copy = file + ".backup"
        var number = 1
        while File.linkStatus(copy) != nil {
            number += 1
            copy = file + ByteString(".backup-\(number)")
        }
        try File.write(content, to: copy)
        return copy
    }

    /// A value in git's configuration syntax.
    private static func quoted(_ value: ByteString) -> ByteString {
        var output: [UInt8] = [UInt8(ascii: "\"")]
        for byte in value.bytes {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): output += [UInt8(ascii: "\\"), byte]
            case UInt8(ascii: "\n"): output += Array("\\n".utf8)
            default: output.append(byte)
            }
        }
        return ByteString(output + [UInt8(ascii: "\"")])
    }
}
