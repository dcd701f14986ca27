import ArgumentParser
import AuditReview
import Auditing
import ByteStrings
import Guard
import Platform

/// `pawl audit sessions`.
struct AuditSessionsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sessions", abstract: "List agents' sessions, or show one of them as a timeline.",
        discussion: """
            One line a session, the one with the newest record last; only records that match count. With a session's \
            id, or the end of it, everything that was done in it.
            """)

    @Argument(help: ArgumentHelp("The session to show; - for what was done outside of sessions.", valueName: "id"))
    var id: String?

    @OptionGroup(title: "Which records") var selection: FilterOptions

    @Flag(help: "Print one JSON object a session, or the records of the one session as they stand in the log.")
    var json = false

    func validate() throws {
        if id != nil && !selection.session.isEmpty {
            throw ValidationError("Give the session as an argument or with --session.")
        }
    }

    func run() throws {
        let source = try AuditSource.mine()
        var filter = try selection.filter(now: .now)
        if let id {
            guard let pattern = NamePattern(ByteString(id)) else {
                throw ValidationError("'\(id)' is a pattern that can match nothing.")
            }
            filter.sessions = [pattern]
            try timeline(source, filter, ByteString(id))
        } else {
            filter.limit = filter.limit ?? AuditListCommand.usualLimit
            try list(source, filter)
        }
    }

    // MARK: All sessions

    private static let columns = [
        Table.Column(title: "SESSION"), Table.Column(title: "AGENT", least: 8), Table.Column(title: "BEGAN"),
        Table.Column(title: "LASTED", sacrifice: 1), Table.Column(title: "COMMANDS", isNumber: true),
        Table.Column(title: "BLOCKED", isNumber: true), Table.Column(title: "KEPT", sacrifice: 2, isNumber: true),
        Table.Column(title: "FAILED", sacrifice: 3, isNumber: true), Table.Column(title: "REPOSITORIES"),
    ]

    private func list(_ source: AuditSource, _ filter: RecordFilter) throws {
        let (sessions, times) = try source.sessions(filter)
        if json {
            for session in sessions { Output.json(Self.json(session, times)) }
            return
        }
        guard !sessions.isEmpty else { return Output.line("No session matches.") }
        let rows = sessions.map { session in
            let (begun, ended) = (times[session.first], times[session.last])
            return [
                // Its end tells sessions apart, its beginning only when they began.
                Table.Cell(session.id.map { ByteString($0.bytes.suffix(8)) } ?? "-"),
                Table.Cell(Self.names(session.agents)), Table.Cell(begun.map(AuditWords.time) ?? "-"),
                Table.Cell(Self.length(begun, ended)), Self.count(session.commands, nil),
                Self.count(session.denied, .red), Self.count(session.kept, .yellow), Self.count(session.failed, nil),
                Table.Cell(Self.names(session.repositories.map(Path.name))),
            ]
        }
        let table = Table(columns: Self.columns, rows: rows)
        Terminal.show(table.text(Style(.current), width: Terminal.size?.columns))
    }

    private static func names(_ names: some Sequence<ByteString>) -> ByteString {
        let sorted = Set(names).sorted()
        return sorted.isEmpty ? "-" : sorted.joined(separator: ", ")
    }

    private static func count(_ count: Int, _ colour: Style.Colour?) -> Table.Cell {
        Table.Cell(ByteString(AuditWords.number(count)), count > 0 ? colour : nil)
    }

    private static func length(_ begun: Timestamp?, _ ended: Timestamp?) -> ByteString {
        guard let begun, let ended else { return "-" }
        return ByteString(AuditWords.duration(ended.milliseconds - begun.milliseconds))
    }

    private static func json(_ session: SessionSummary, _ times: [Int: Timestamp]) -> JSON {
        let texts: ([ByteString]) -> JSON = { .array($0.sorted().map { .string($0) }) }
        return [
            "session": session.id.map { .string($0) } ?? .null, "agents": texts(Array(session.agents)),
            "repositories": texts(Array(session.repositories)), "first": .integer(session.first),
            "last": .integer(session.last), "began": times[session.first].map { .string($0.text) } ?? .null,
            "ended": times[session.last].map { .string($0.text) } ?? .null, "records": .integer(session.commands),
            "deny": .integer(session.denied), "snapshot": .integer(session.kept),
            "failed": .integer(session.failed),
        ]
    }

    // MARK: One session

    private func timeline(_ source: AuditSource, _ filter: RecordFilter, _ id: ByteString) throws {
        var records: [Record] = []
        let damage = try source.visit(filter) { record in
            if json { Output.json(record.json) } else { records.append(record) }
        }
        if !json {
            guard !records.isEmpty else {
                throw Failure("there is no session " + id, remedy: "pawl audit sessions lists them")
            }
            let ids = Set(records.map(\.session))
            guard ids.count == 1 else {
                let names = ids.compactMap { $0 }.sorted().prefix(5).joined(separator: ", ")
                throw Failure(id + " is the end of several sessions: " + names, remedy: "give more of it")
            }
            let style = Style(.current)
            Terminal.show(SessionTimeline(style: style, width: Terminal.size?.columns).text(records))
        }
        if let failure = damage.failure { throw failure }
    }
}
