import ArgumentParser
import AuditExport
import Auditing
import ByteStrings
import Platform
import PolicyEngine

/// The option of commands whose output may go to others.
struct SharingOptions: ParsableArguments {
    @Flag(
        help: """
            For sharing: names of people, agents, machines' paths, repositories, remotes, branches, files and rules, \
            URLs, messages and commit ids become pseudonyms. Equal texts have equal ones, in every export that is \
            made with the same key (pawl/pseudonyms.key beside the log's folder, made when it is first needed).
            """)
    var redact = false

    /// What disguises records; nil where nobody asked for it.
    func disguise() throws(Failure) -> Disguise? {
        guard redact else { return nil }
        let log = try AuditLog.mine().directory
        let file = Path.join(Path.parent(log), "pseudonyms.key")
        do {
            return Disguise(key: try DisguiseKey.stored(in: file), plain: Self.plainWords)
        } catch {
            throw Failure(
                ByteString("\(error)"), remedy: "without that file pseudonyms cannot be made: mend or remove it")
        }
    }

    /// The names of the policies and rules that come with Pawl tell nothing about anybody.
    private static let plainWords: Set<ByteString> = {
        var words = Set(ShippedPolicies.names)
        for name in ShippedPolicies.names {
            words.formUnion((try? Policy.named(name))?.rules.map(\.name) ?? [])
        }
        return words
    }()
}
