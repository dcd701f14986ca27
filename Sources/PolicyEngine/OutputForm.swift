import ByteStrings
import GitConfiguration
import Platform

/// In which form commands print what they say.
public enum OutputForm: String, CaseIterable, Sendable {
    /// git's own, to the byte.
    case git
    /// A short one for agents.
    case compact

    /// The form for commands in `workTree`: `PAWL_OUTPUT`, else what the innermost policy that cares says. A word that
    /// is none of the forms, or a policy that cannot be read, leaves things as git prints them.
    public static func chosen(
        _ environment: Environment, workTree: () -> ByteString?, policyFolder: ByteString?
    ) -> OutputForm {
        if let word = environment["PAWL_OUTPUT"], !word.isEmpty { return OutputForm(rawValue: word.text) ?? .git }
        let workTree = workTree()
        guard PolicyStack.isSetUp(environment, workTree: workTree),
            let stack = try? PolicyStack.load(
                environment: environment, workTree: workTree, policyFolder: policyFolder)
        else { return .git }
        return stack.layers.reversed().lazy.compactMap(\.policy.output).first ?? .git
    }
}

extension ConfigurationEntry {
    func outputForm() throws(PolicyError) -> OutputForm {
        try word(OutputForm.init(rawValue:), known: { OutputForm.allCases.map(\.rawValue) })
    }
}

extension PolicyStack {
    /// Whether anybody has set up a policy, so that it is not the built-in one alone that holds.
    fileprivate static func isSetUp(_ environment: Environment, workTree: ByteString?) -> Bool {
        let files = [systemFile, userFile(environment), workTree.map(repositoryFile)].compactMap { $0 }
        return environment["PAWL_POLICY"]?.isEmpty == false || files.contains(where: File.exists)
    }
}
