import Anchoring
import ArgumentParser
import Auditing
import ByteStrings
import Platform

/// `pawl audit anchor`.
struct AuditAnchorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "anchor", abstract: "Put the newest record's hash where the log's writers cannot change it.",
        discussion: """
            Whoever can write the log can also compute its chain anew. A hash that is kept out of his reach shows that: \
            pawl audit verify compares the log with all hashes that it can read back.

            The places are those of anchor in [audit] of the system's and the user's policies, or those of --to:
              syslog               the system's log, tag pawl-audit
              ref REF REPOSITORY   a commit for each hash, on a ref that others can fetch
              file PATH            a line for each hash, best on another machine's disk or append-only (chattr +a)
              command COMMAND      gets "store" and the line on its standard input; with "get" it prints all lines
            With anchorEvery = 1000 it is also done after every 1000 records, by git itself.

            The chain is checked first. Exit status 0 if the hash is in all places, 1 otherwise.
            """)

    @Option(name: .customLong("to"), help: ArgumentHelp("A place in place of the policies'.", valueName: "place"))
    var places: [String] = []

    func run() throws {
        let log = try AuditLog.mine()
        let all = try AnchorPlaces()
        let anchors = try places.isEmpty ? all.configured() : all.named(places)
        guard !anchors.isEmpty else {
            throw Failure(
                "no policy names a place for the log's hash",
                remedy: "give --to, or write anchor = syslog below [audit] in ~/.config/pawl/policy")
        }
        let state = try AuditLog.reading { () throws(AuditError) in try log.verify() }
        if let problem = state.problem {
            throw Failure(
                ByteString("the chain does not hold, and its hash is not kept: \(problem)"),
                remedy: "keep the files as they are until somebody has looked")
        }
        guard let head = state.head else { throw Failure("no record in " + log.directory) }
        try AuditLog.reading { () throws(AuditError) in try log.flush() }
        var failures: [AnchorError] = []
        for anchor in anchors {
            do {
                try anchor.store(head)
                Output.line(ByteString("record \(head.sequence), ") + head.hash + ": " + anchor.place.text)
            } catch {
                failures.append(error)
            }
        }
        guard let last = failures.last else { return }
        for failure in failures.dropLast() { Output.error(Failure(ByteString("\(failure)"))) }
        throw Failure(ByteString("\(last)"))
    }
}
