import ArgumentParser
import Auditing
import ByteStrings
import Effects
import Guard

/// `pawl audit show`.
struct AuditShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show all of one record.")

    @Argument(help: ArgumentHelp("The record's number, as refusals and lists give it.", valueName: "record"))
    var number: Int

    @Flag(help: "Print the record as one line of JSON, as it stands in the log.")
    var json = false

    func run() throws {
        let log = try AuditLog.mine()
        let found = try AuditLog.reading { () throws(AuditError) in try log.record(number) }
        guard let record = found else {
            throw Failure(
                ByteString("there is no record \(number) in ") + log.directory,
                remedy: "pawl audit lists the newest records")
        }
        if json {
            Output.json(record.json)
        } else {
            let lines = Self.fields(record).map { name, value in
                "  " + ByteString(name).padded(to: 10) + " " + Output.printable(value)
            }
            Output.text((["record \(record.sequence)"] + lines).joined(separator: "\n") + "\n")
        }
    }

    private static func fields(_ record: Record) -> [(String, ByteString)] {
        var fields: [(String, ByteString?)] = [
            ("time", AuditWords.time(record.time) + " (" + record.time.text + ")"), ("notice", record.notice),
            ("agent", record.agent), ("session", record.session),
        ]
        for parent in record.parents {
            fields.append(("called by", ByteString("\(parent.process) ") + (parent.executable ?? "-")))
        }
        fields += [("folder", record.directory), ("repository", record.repository)]
        if record.notice == nil { fields.append(("command", AuditWords.commandLine(record))) }
        if !record.expansion.isEmpty { fields.append(("alias of", record.expansion.joined(separator: " "))) }
        fields += record.effects.map { ("effect", $0.summary + lost($0.lost)) }
        fields += record.unknownEffects.map { ("effect", $0.encoded) }
        if record.decision != nil { fields.append(("decision", AuditWords.decision(record))) }
        fields.append(("rule", record.rule))
        fields.append(("policy", record.policy.map(policy)))
        if record.ran != nil { fields.append(("run", AuditWords.outcome(record))) }
        fields.append(("took", record.milliseconds.map { ByteString("\($0) ms") }))
        if let head = record.head, head.before != head.after {
            fields.append(("HEAD", (head.before ?? "none") + " -> " + (head.after ?? "none")))
        }
        fields += record.movedRefs.map { ("moved", $0.ref + " " + ($0.old ?? "none") + " -> " + ($0.new ?? "none")) }
        if let omitted = record.omitted {
            let what =
                "\(omitted.argumentBytes) bytes of the command line, \(omitted.effects) effects, \(omitted.refs) refs"
            fields.append(("left out", ByteString(what)))
        }
        fields += [("snapshot", record.snapshot), ("previous", record.previous), ("hash", record.hash)]
        return fields.compactMap { name, value in value.map { (name, $0) } }
    }

    private static func lost(_ lost: Effect.LostCommits?) -> ByteString {
        guard let lost else { return "" }
        let names = lost.first.map { ByteString($0.id.bytes.prefix(7)) }.joined(separator: ", ")
        return ByteString("; \(lost.count) commit\(lost.count == 1 ? "" : "s") lost (") + names + ")"
    }

    private static func policy(_ policy: Record.PolicySource) -> ByteString {
        var text = policy.name
        if let layer = policy.layer { text += " (" + layer + " layer)" }
        if let file = policy.file { text += ", " + file + (policy.line.map { ByteString(":\($0)") } ?? "") }
        if let digest = policy.digest { text += ", digest " + ByteString(digest.bytes.prefix(12)) }
        return text
    }
}
