import AuditReview
import Auditing
import ByteStrings
import Effects
import GitSyntax
import Guard

/// Everything about one record, for people.
struct RecordReport {
    var style: Style
    /// Columns of the terminal; nil where nothing is cut.
    var width: Int?

    func text(_ record: Record, around neighbours: [Record]) -> ByteString {
        let title: ByteString = record.notice == nil ? AuditWords.commandLine(record) : "about the log"
        var lines = [
            style.paint(ByteString("record \(record.sequence): ") + Output.printable(title), .bold)
        ]
        lines += fields(record).map { field in
            let value = Output.printable(field.value)
            return "  " + style.paint(ByteString(field.name).padded(to: 11), .faint) + " "
                + (field.colour.map { style.paint(value, $0) } ?? value)
        }
        if neighbours.count > 1 {
            let name = record.session != nil ? "in its session" : "in its repository, outside of sessions"
            lines += ["", style.paint(ByteString("around it, \(name)"), .bold)]
            let table = AuditTable.table(neighbours, width: width)
            let layout = table.layout(width.map { $0 - 2 })
            for (neighbour, row) in zip(neighbours, table.rows) {
                let mark: ByteString = neighbour.sequence == record.sequence ? "> " : "  "
                lines.append(mark + table.line(row, layout, style))
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private struct Field {
        var name: String
        var value: ByteString
        var colour: Style.Colour?

        init(_ name: String, _ value: ByteString, _ colour: Style.Colour? = nil) {
            self.name = name
            self.value = value
            self.colour = colour
        }
    }

    private func fields(_ record: Record) -> [Field] {
        decision(record) + command(record) + outcome(record) + caller(record) + chain(record)
    }

    private func decision(_ record: Record) -> [Field] {
        var fields = [Field("time", AuditWords.time(record.time) + " (" + record.time.text + ")")]
        if let notice = record.notice { fields.append(Field("notice", notice)) }
        if record.decision != nil {
            fields.append(
                Field("decision", AuditWords.decision(record.decision), AuditWords.colour(record.decision)))
        }
        if let stopped = record.stopped { fields.append(Field("because", stopped)) }
        if let rule = record.rule { fields.append(Field("rule", rule)) }
        if let policy = record.policy {
            if let file = policy.file {
                fields.append(Field("at", file + (policy.line.map { ByteString(":\($0)") } ?? "")))
            }
            var text = policy.name
            if let layer = policy.layer { text += ", " + layer + " layer" }
            if let digest = policy.digest { text += ", digest " + ByteString(digest.bytes.prefix(12)) }
            fields.append(Field("policy", text))
        }
        return fields
    }

    private func command(_ record: Record) -> [Field] {
        var fields: [Field] = []
        if record.notice == nil { fields.append(Field("command", AuditWords.commandLine(record))) }
        if !record.expansion.isEmpty { fields.append(Field("alias of", ShellQuoting.quote(record.expansion))) }
        for effect in record.effects {
            fields.append(Field("effect", AuditWords.effect(effect)))
            if case .remoteRef(let reference) = effect.target {
                if let url = reference.url { fields.append(Field("  to", url)) }
                if let force = reference.forcedBy { fields.append(Field("  forced by", AuditWords.force(force))) }
                if reference.lease { fields.append(Field("  lease", "held, as far as it goes")) }
            }
            if let published = effect.published {
                fields.append(Field("  published", published ? "others can have it" : "only here"))
            }
            for commit in effect.lost?.first ?? [] {
                fields.append(
                    Field(
                        "  loses",
                        ByteString(commit.id.bytes.prefix(7)) + " " + commit.subject + ", by " + commit.author))
            }
            if let lost = effect.lost, lost.count > lost.first.count {
                let rest = lost.count - lost.first.count
                fields.append(Field("  loses", ByteString("\(rest) more commit\(rest == 1 ? "" : "s")")))
            }
            if case .files(let paths, let count) = effect.target, count > 3 {
                fields += paths.dropFirst(3).map { Field("  file", $0) }
                if count > paths.count { fields.append(Field("  file", ByteString("and \(count - paths.count) more"))) }
            }
        }
        fields += record.unknownEffects.map { Field("effect", $0.encoded) }
        if let omitted = record.omitted {
            let what =
                "\(omitted.argumentBytes) bytes of the command line, \(omitted.effects) effects, \(omitted.refs) refs"
            fields.append(Field("left out", ByteString(what)))
        }
        return fields
    }

    private func outcome(_ record: Record) -> [Field] {
        var fields: [Field] = []
        if record.ran != nil {
            fields.append(Field("run", AuditWords.outcome(record), record.hasFailed ? .red : nil))
        }
        if let milliseconds = record.milliseconds { fields.append(Field("took", ByteString("\(milliseconds) ms"))) }
        if let head = record.head {
            let same = head.before == head.after
            let after = head.after ?? "none"
            fields.append(Field("HEAD", same ? after + " (as before)" : (head.before ?? "none") + " -> " + after))
        }
        fields += record.movedRefs.map {
            Field("moved", $0.ref + " " + ($0.old ?? "none") + " -> " + ($0.new ?? "none"))
        }
        fields += broughtBack(record)
        if let snapshot = record.snapshot {
            fields.append(Field("snapshot", snapshot))
            fields.append(Field("to undo", undo(snapshot, record)))
        } else if record.isOfPawl {
            return fields
        } else if record.decision == .allow, record.effects.isEmpty, !record.movedRefs.isEmpty {
            fields.append(Field("to undo", "nothing was lost; the refs were where 'moved' says"))
        }
        return fields
    }

    /// What an undo brought back; the refs of this repository are those that moved.
    private func broughtBack(_ record: Record) -> [Field] {
        guard let undo = record.undo else { return [] }
        var fields: [Field] = []
        if let snapshot = undo.snapshot {
            fields.append(Field("undone", snapshot + (undo.isPartial ? ", single files of it" : "")))
        }
        fields += undo.remoteRefs.map {
            Field("on remote", $0.ref + " " + ($0.old ?? "none") + " -> " + ($0.new ?? "none"))
        }
        if undo.movedHead { fields.append(Field("restored", "HEAD")) }
        if undo.restoredIndex { fields.append(Field("restored", "the index")) }
        fields += Self.files("restored", undo.files)
        fields += Self.files("left alone", undo.left)
        return fields
    }

    private static func files(_ name: String, _ files: Record.Undo.Files?) -> [Field] {
        guard let files else { return [] }
        let rest = files.count - files.paths.count
        return files.paths.map { Field(name, $0) } + (rest > 0 ? [Field(name, ByteString("and \(rest) more"))] : [])
    }

    /// The command that brings back what a snapshot holds, from wherever it is given.
    private func undo(_ snapshot: ByteString, _ record: Record) -> ByteString {
        let place = record.repository ?? record.directory ?? "."
        guard snapshot.hasPrefix("refs/pawl/remote/") else {
            return "cd " + ShellQuoting.quote([place]) + " && " + ShellQuoting.quote(["pawl", "undo", snapshot])
        }
        // What a push replaced on a remote: only a push can put it back, and that overwrites in turn.
        for case .remoteRef(let target) in record.effects.map(\.target) where !target.ref.contains(UInt8(ascii: "*")) {
            let kept = snapshot + (target.ref.dropping(prefix: "refs/") ?? target.ref)
            let push = ["git", "-C", place, "push", "--force", target.remote, kept + ":" + target.ref]
            return ShellQuoting.quote(push) + "  (overwrites what is there now)"
        }
        return ShellQuoting.quote(["git", "-C", place, "for-each-ref", snapshot]) + "  lists what was replaced"
    }

    private func caller(_ record: Record) -> [Field] {
        var fields: [Field] = []
        if let agent = record.agent { fields.append(Field("agent", agent)) }
        if let session = record.session { fields.append(Field("session", session)) }
        if let process = record.process { fields.append(Field("process", ByteString("\(process)"))) }
        for parent in record.parents {
            fields.append(Field("called by", ByteString("\(parent.process) ") + (parent.executable ?? "-")))
        }
        if let directory = record.directory { fields.append(Field("folder", directory)) }
        if let repository = record.repository { fields.append(Field("repository", repository)) }
        return fields
    }

    private func chain(_ record: Record) -> [Field] {
        [("previous", record.previous), ("hash", record.hash)].compactMap { name, value in
            value.map { Field(name, $0) }
        }
    }
}
