import Auditing
import ByteStrings
import Foundation
import Mustache
import Platform

extension AuditReport {
    /// The page. Everything that comes from records is escaped, and the page's own policy lets nothing run but the one
    /// script that is written here and nothing be loaded.
    public func html() throws -> ByteString {
        ByteString(try Self.template.get().render(model()))
    }

    /// Its pragma names the escaping; a partial would fall back to the library's own, so there is none.
    private static let template = Result {
        MustacheContentTypes.register(SafeHTML(), named: SafeHTML.name)
        return try MustacheTemplate(string: String(decoding: PackageResources.page_mustache, as: UTF8.self))
    }

    private static let style = String(decoding: PackageResources.page_css, as: UTF8.self)
    /// One function, so that nothing of it has a name outside.
    private static let script = {
        let parts = [
            PackageResources.values_js, PackageResources.filters_js, PackageResources.numbers_js,
            PackageResources.list_js, PackageResources.actions_js,
        ]
        return "'use strict';\n(() => {\n" + parts.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "\n")
            + "})();\n"
    }()

    private func model() -> PageModel {
        let timeline = Timeline(rows)
        let counts = Counts(rows)
        let groups = blocked.sorted { ($0.count, $0.row[.time]) > ($1.count, $1.row[.time]) }
        let sessions = SessionTally.all(rows)
        return PageModel(
            scriptDigest: Self.digest(Self.script), styleDigest: Self.digest(Self.style),
            style: Self.style, script: Self.script, data: data,
            version: heading.version, written: written, zone: clock.zone(heading.written),
            title: "Pawl audit report, " + written, headline: headline(counts), period: period(counts),
            range: range, filters: heading.filters.isEmpty ? [] : [heading.filters.joined(separator: " ").visible],
            notices: heading.notices.map(\.visible), redacted: heading.isRedacted,
            head: head.flatMap { head in
                head.hash.map { PageModel.Head(sequence: Counted.number(head.sequence), hash: $0.visible) }
            },
            selects: selects(counts), totals: totals(counts), timeline: chart(timeline),
            blocked: groups.prefix(Self.namedGroups).map(blockedRow),
            moreBlocked: more(groups.count - Self.namedGroups, "group"),
            facets: facets(counts),
            sessions: sessions.prefix(Self.namedSessions).map(sessionRow),
            moreSessions: more(sessions.count - Self.namedSessions, "earlier session"))
    }

    private static let namedGroups = 50
    private static let namedSessions = 100

    private func more(_ count: Int, _ noun: String) -> String? {
        count > 0 ? Counted(count, noun).text + " not shown here; the filters and the records have all." : nil
    }

    private static func digest(_ text: String) -> String {
        "sha256-" + Data(Digest.sha256Bytes(ByteString(text))).base64EncodedString()
    }

    // MARK: - Sentences

    private var written: String {
        var clock = clock
        return WallClock.minute(
            heading.written.milliseconds + Int64(clock.offset(heading.written)) * 60_000)
    }

    private func headline(_ counts: Counts) -> String {
        let commands = counts.decisions.values.reduce(0, +)
        guard commands > 0 else { return rows.isEmpty ? "Nothing is on record." : "No command is on record." }
        let all = Counted(commands, "git command").text
        switch counts.decisions[3] ?? 0 {
        case 0: return all + ", none of them blocked."
        case let blocked: return all + ", \(Counted.number(blocked)) of them blocked."
        }
    }

    private func period(_ counts: Counts) -> String {
        guard let last = rows.map(\.wallTime).max(), let first = rows.map(\.wallTime).min() else { return "" }
        let days = [WallClock.day(first), WallClock.day(last)]
        var parts = [days[0] == days[1] ? days[0] : days[0] + " to " + days[1]]
        for (column, noun, plural) in [
            (Column.agent, "agent", "agents"), (.session, "session", "sessions"),
            (.repository, "repository", "repositories"),
        ] {
            let count = counts.values[column]?.count ?? 0
            if count > 0 { parts.append("\(Counted.number(count)) \(count == 1 ? noun : plural)") }
        }
        return parts.joined(separator: " · ")
    }

    private var range: String? {
        guard let newest = rows.first?[.seq], let oldest = rows.last?[.seq] else { return nil }
        return newest == oldest
            ? "record \(Counted.number(newest))"
            : "\(Counted(rows.count, "record").text) between \(Counted.number(oldest)) and \(Counted.number(newest))"
    }

    // MARK: - What the script reads

    /// JSON that can stand in a script element: nothing in it ends one.
    private var data: String {
        var output = Array(#"{"columns":"#.utf8)
        output += JSON.array(Column.allCases.map { .string(ByteString($0.rawValue)) }).encoded.bytes
        output += #","effects":"#.utf8
        output += JSON.array(Self.kinds.map { .string(ByteString($0)) }).encoded.bytes
        output += #","values":["#.utf8
        for (index, value) in table.values.enumerated() {
            output += (index == 0 ? "\n" : ",\n").utf8
            for byte in value.encoded.bytes { Self.escape(byte, to: &output) }
        }
        output += #"],"rows":["#.utf8
        for (index, row) in rows.enumerated() {
            output += (index == 0 ? "\n[" : ",\n[").utf8
            output += row.cells.map(String.init).joined(separator: ",").utf8
            output.append(UInt8(ascii: "]"))
        }
        output += "]}".utf8
        return String(decoding: output, as: UTF8.self)
    }

    /// `<`, `>` and `&` occur only within strings of JSON, where they can be written as `\u00NN`.
    private static func escape(_ byte: UInt8, to output: inout [UInt8]) {
        switch byte {
        case UInt8(ascii: "<"): output += #"\u003c"#.utf8
        case UInt8(ascii: ">"): output += #"\u003e"#.utf8
        case UInt8(ascii: "&"): output += #"\u0026"#.utf8
        default: output.append(byte)
        }
    }
}
