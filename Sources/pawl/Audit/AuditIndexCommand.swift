import ArgumentParser
import AuditIndex
import Auditing
import ByteStrings
import Platform

/// `pawl audit index`.
struct AuditIndexCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "index", abstract: "Bring the index of the log up to date, or build it anew.",
        discussion: """
            Filters and statistics are answered from an index in ~/.cache/pawl, which is brought up to date by the \
            commands that use it. It can be deleted at any time; the log is the truth.
            """)

    @Flag(help: "Throw the index away and build it from the log.")
    var rebuild = false

    func run() throws {
        let source = try AuditSource.mine()
        guard let path = source.indexPath else {
            throw Failure("there is no place for the index", remedy: "set HOME or XDG_CACHE_HOME")
        }
        if rebuild { LogIndex.remove(at: path) }
        let count = try source.withIndex { index throws(IndexError) in try index.count() }
        guard let count else { throw Failure("there is no index") }
        Output.line(ByteString("\(count) record\(count == 1 ? "" : "s") indexed in ") + path)
    }
}
