import ArgumentParser
import Auditing
import ByteStrings

/// `pawl audit verify`.
struct AuditVerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Check the chain of all records.",
        discussion: """
            Every record holds the hash of the one before it: an edit, a deletion or a re-ordering shows. Whoever can \
            write the log can also compute the chain anew; --against checks it against a hash that was kept elsewhere.

            Exit status 0 if the chain holds, 1 otherwise.
            """)

    @Option(help: ArgumentHelp("A hash that an earlier check printed, which has to occur.", valueName: "hash"))
    var against: String?

    func run() throws {
        let log = try AuditLog.mine()
        let known = against.map { ByteString($0).lowercased }
        let result = try AuditLog.reading { () throws(AuditError) in try log.verify(expecting: known) }
        if let head = result.head {
            Output.line(ByteString("\(result.count) record\(result.count == 1 ? "" : "s") intact"))
            Output.line(ByteString("head: record \(head.sequence), ") + head.hash)
        } else {
            Output.line("no record in " + log.directory)
        }
        if let problem = result.problem {
            throw Failure(
                ByteString(problem.description), remedy: "keep the files as they are until somebody has looked")
        }
    }
}
