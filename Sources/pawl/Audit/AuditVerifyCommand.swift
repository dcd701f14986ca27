import ArgumentParser
import Auditing
import ByteStrings

/// `pawl audit verify`.
struct AuditVerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Check the chain of all records.",
        discussion: """
            Every record holds the hash of the one before it: an edit, a removal, an insertion or a re-ordering shows, \
            and the first of them is named. Whoever can write the log can also compute the chain anew from some record \
            on, or cut its end: --against checks it against a hash that was kept elsewhere.

            Exit status 0 if the chain holds; 3 if it holds and only the last record is not finished, which is what a \
            crash leaves; 1 otherwise.
            """)

    @Option(help: ArgumentHelp("A hash that an earlier check printed, which has to occur.", valueName: "hash"))
    var against: [String] = []

    func run() throws {
        let log = try AuditLog.mine()
        let known = against.map { KnownHead(hash: ByteString($0).lowercased, source: "--against") }
        let result = try AuditLog.reading { () throws(AuditError) in try log.verify(against: known) }
        Output.text(VerificationText(result, log).text)
        if let problem = result.problem {
            throw Failure(
                ByteString(problem.description), remedy: ByteString(Self.remedy(problem.kind)),
                status: problem.kind == .torn ? 3 : 1)
        }
    }

    private static func remedy(_ kind: Verification.Problem.Kind) -> String {
        kind == .torn
            ? "nothing: the next git command moves it aside and says so in the log"
            : "keep the files as they are until somebody has looked"
    }
}
