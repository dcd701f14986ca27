import ArgumentParser
import Auditing
import ByteStrings
import Dispatch

/// `pawl audit verify`.
struct AuditVerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Check the chain of all records.",
        discussion: """
            Every record holds the hash of the one before it: an edit, a removal, an insertion or a re-ordering shows, \
            and the first of them is named. Whoever can write the log can also compute the chain anew from some record \
            on, or cut its end. That shows in hashes that are kept elsewhere: those of --against and --anchors, and those \
            that can be read back from the places in the policies (see pawl audit anchor).

            Exit status 0 if the chain holds and agrees with what is kept elsewhere; 3 if it does and only the last \
            record is not finished, which is what a crash leaves; 1 otherwise.
            """)

    @Option(help: ArgumentHelp("A hash that an earlier check printed, which has to occur.", valueName: "hash"))
    var against: [String] = []

    @Option(
        help: ArgumentHelp(
            "A file with lines that pawl audit anchor wrote, from the system's log for example; - for standard input.",
            valueName: "file"))
    var anchors: [String] = []

    func run() throws {
        let log = try AuditLog.mine()
        var anchorCheck = AnchorCheck()
        anchorCheck.add(hashes: against)
        for file in anchors { try anchorCheck.add(file: file) }
        anchorCheck.add(try AnchorPlaces().configured())
        let known = anchorCheck.known
        let result = try AuditLog.reading { () throws(AuditError) in
            try log.verify(against: known) { DispatchQueue.concurrentPerform(iterations: $0, execute: $1) }
        }
        Output.text(VerificationText(result, log, anchorCheck.lines(result)).text)
        if let problem = result.problem, problem.kind != .torn || anchorCheck.shortcoming == nil {
            throw Failure(
                ByteString(problem.description), remedy: ByteString(Self.remedy(problem.kind)),
                status: problem.kind == .torn ? 3 : 1)
        }
        if let shortcoming = anchorCheck.shortcoming { throw shortcoming }
    }

    private static func remedy(_ kind: Verification.Problem.Kind) -> String {
        kind == .torn
            ? "nothing: the next git command moves it aside and says so in the log"
            : "keep the files as they are until somebody has looked"
    }
}
