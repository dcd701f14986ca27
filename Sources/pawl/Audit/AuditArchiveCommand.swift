import ArgumentParser
import Auditing
import ByteStrings

/// `pawl audit archive`.
struct AuditArchiveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "archive", abstract: "Compress the files of the log that are full.",
        discussion: """
            All files before the one with the newest record are compressed. The log stays one: every other command \
            reads and checks archived files as before. A plain file is removed only when its archive is on the disk, \
            complete and compared. It can be interrupted and run again at any time.

            Exit status 0 if all of them are archived, 1 otherwise.
            """)

    func run() throws {
        let log = try AuditLog.mine()
        let files = try AuditLog.reading { () throws(AuditError) in try log.closedFiles() }
        if files.isEmpty { Output.line("no file to archive in " + log.directory) }
        for file in files {
            let result = try AuditLog.reading { () throws(AuditError) in try log.archive(file) }
            guard let archived = result else { continue }
            let sizes = ": \(Self.size(archived.plainSize)) before, \(Self.size(archived.size)) now"
            Output.line(file.name + ByteString(sizes))
        }
    }

    private static func size(_ bytes: Int) -> String {
        bytes < 1 << 20 ? "\((bytes + 1023) >> 10) KiB" : "\((bytes + (1 << 20) - 1) >> 20) MiB"
    }
}
