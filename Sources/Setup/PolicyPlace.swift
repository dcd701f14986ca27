import ByteStrings
import Guard
import Platform
import PolicyEngine

/// Which policy a name or a path on a command line means, and under which name another process finds the same one.
public struct PolicyPlace: Equatable, Sendable {
    /// A shipped policy's name, or an absolute path.
    public var name: ByteString
    public var isShipped: Bool { !name.contains(UInt8(ascii: "/")) }

    /// As an `include.path` of a policy file.
    var includePath: ByteString { isShipped ? "built-in:" + name : name }

    /// Follows `Policy.named`: a name without a slash is first that of a shipped policy, then of an installed file,
    /// then of a file in the working directory. Whether there is such a policy is for reading it to say.
    public init(_ nameOrFile: ByteString, _ installation: Installation) {
        let isName = !nameOrFile.contains(UInt8(ascii: "/"))
        if isName, ShippedPolicies.text(of: nameOrFile) != nil {
            name = nameOrFile
            return
        }
        if isName, let folder = installation.policyFolder, !nameOrFile.isEmpty {
            let installed = Path.join(folder, nameOrFile)
            if File.exists(installed) {
                name = installed
                return
            }
        }
        let isHere = !isName || File.exists(nameOrFile)
        // What is nowhere keeps its name, for the error to name it.
        name = isHere ? Path.normalized(Path.join(Path.workingDirectory ?? "/", nameOrFile)) : nameOrFile
    }

    /// Reads it.
    public func load(_ installation: Installation, _ environment: Environment) throws(PolicyError) -> Policy {
        try Policy.named(name, policyFolder: installation.policyFolder, home: environment["HOME"])
    }
}
