import AuditReview
import Auditing
import ByteStrings
import Effects
import Platform

/// Statistics for people, with bars, and for programs.
struct StatisticsReport {
    var style: Style
    /// Columns of the terminal.
    var width: Int

    /// How many names of a kind are shown; the others are added up.
    private static let most = 12
    private static let longestName = 30

    func text(_ statistics: Statistics) -> ByteString {
        var lines = [headline(statistics), "", style.paint("DAYS", .bold)]
        lines += days(statistics)
        let decisions = statistics.decisions.map { decision, count in
            Entry(name: AuditWords.decision(decision), count: count, colour: AuditWords.colour(decision))
        }
        lines += section("DECISIONS", decisions)
        lines += section("RULES THAT DECIDED", entries(statistics.rules, none: "no rule"))
        lines += section(
            "EFFECTS", statistics.effects.map { Entry(name: ByteString($0.key.rawValue), count: $0.value) })
        lines += section("AGENTS", entries(statistics.agents, none: "no agent's name"))
        lines += section("REPOSITORIES", entries(statistics.repositories, none: "outside of repositories"))
        lines += section("COMMANDS", entries(statistics.commands, none: "not understood"))
        return lines.joined(separator: "\n") + "\n"
    }

    private func headline(_ statistics: Statistics) -> ByteString {
        let dates = statistics.days.keys.sorted(by: Self.isEarlier)
        let span = dates.first.map { first in
            let last = dates.last ?? first
            return first == last ? " on " + Self.text(first) : " from " + Self.text(first) + " to " + Self.text(last)
        }
        let total = AuditWords.number(statistics.total) + (statistics.total == 1 ? " record" : " records")
        let failed = statistics.failed == 0 ? "" : ", " + AuditWords.number(statistics.failed) + " commands failed"
        return ByteString(total) + (span ?? "") + ByteString(failed)
    }

    // MARK: Days

    private func days(_ statistics: Statistics) -> [ByteString] {
        let most = statistics.days.values.map(\.total).max() ?? 1
        let room = max(10, min(50, width - 60))
        return statistics.days.sorted { Self.isEarlier($0.key, $1.key) }.map { date, day in
            let length = Self.length(day.total, of: most, room)
            // What was stopped or kept is seen even where it is little beside all the rest.
            let denied = day.denied == 0 ? 0 : max(1, length * day.denied / day.total)
            let kept = day.kept == 0 ? 0 : min(max(1, length * day.kept / day.total), max(0, length - denied))
            let allowed = max(0, length - denied - kept)
            let bar =
                style.paint(Self.bar(allowed), .green) + style.paint(Self.bar(kept), .yellow)
                + style.paint(Self.bar(denied), .red)
            let blank = ByteString(String(repeating: " ", count: max(0, room - allowed - kept - denied)))
            var notes: [String] = []
            if day.denied > 0 { notes.append(AuditWords.number(day.denied) + " blocked") }
            if day.kept > 0 { notes.append(AuditWords.number(day.kept) + " with a recovery point") }
            let words = notes.isEmpty ? "" : "  " + notes.joined(separator: ", ")
            return "  " + Self.text(date) + "  " + bar + blank + "  "
                + ByteString(Self.flushRight(AuditWords.number(day.total), 9) + words)
        }
    }

    private static func isEarlier(_ left: LocalTime, _ right: LocalTime) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }

    private static func text(_ date: LocalTime) -> ByteString {
        let parts = [(date.year, 4), (date.month, 2), (date.day, 2)].map { number, width in
            String(repeating: "0", count: max(0, width - String(number).count)) + String(number)
        }
        return ByteString(parts.joined(separator: "-"))
    }

    // MARK: Names

    private struct Entry {
        var name: ByteString
        var count: Int
        var colour: Style.Colour?
    }

    private func entries(_ counts: [ByteString?: Int], none: ByteString) -> [Entry] {
        counts.map { Entry(name: $0.key ?? "(" + none + ")", count: $0.value) }
    }

    private func section(_ title: ByteString, _ entries: [Entry]) -> [ByteString] {
        guard !entries.isEmpty else { return [] }
        let sorted = entries.sorted { ($1.count, $0.name) < ($0.count, $1.name) }
        let shown = sorted.prefix(Self.most)
        let names = shown.map { Self.shortened(Output.printable($0.name).text) }
        let nameWidth = names.map(TextWidth.columns).max() ?? 0
        let room = max(10, min(50, width - nameWidth - 16))
        let most = sorted.first?.count ?? 1
        var lines: [ByteString] = ["", style.paint(title, .bold)]
        for (entry, name) in zip(shown, names) {
            let bar = Self.bar(Self.length(entry.count, of: most, room))
            let painted = entry.colour.map { style.paint(bar, $0) } ?? bar
            lines.append(
                "  " + ByteString(TextWidth.fit(name, to: nameWidth)) + "  "
                    + ByteString(Self.flushRight(AuditWords.number(entry.count), 9)) + "  " + painted)
        }
        let rest = sorted.dropFirst(Self.most)
        if !rest.isEmpty {
            let count = AuditWords.number(rest.reduce(0) { $0 + $1.count })
            lines.append(ByteString("  and \(rest.count) more with \(count) in all"))
        }
        return lines
    }

    /// The end of a long path tells more than its beginning.
    private static func shortened(_ name: String) -> String {
        guard TextWidth.columns(of: name) > longestName else { return name }
        return "…" + name.suffix(longestName - 1)
    }

    private static func length(_ count: Int, of most: Int, _ room: Int) -> Int {
        count == 0 ? 0 : max(1, Int((Double(count) / Double(max(most, 1)) * Double(room)).rounded()))
    }

    private static func bar(_ length: Int) -> ByteString { ByteString(String(repeating: "█", count: length)) }

    private static func flushRight(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }

    // MARK: JSON

    static func json(_ statistics: Statistics) -> JSON {
        let days = statistics.days.sorted { isEarlier($0.key, $1.key) }.map { date, day in
            [
                "date": .string(text(date)), "records": .integer(day.total), "deny": .integer(day.denied),
                "snapshot": .integer(day.kept),
            ] as JSON
        }
        func named(_ counts: [ByteString?: Int]) -> JSON {
            .array(
                counts.sorted { ($1.value, $0.key ?? "") < ($0.value, $1.key ?? "") }.map { name, count in
                    ["name": name.map { .string($0) } ?? .null, "records": .integer(count)]
                })
        }
        func worded(_ counts: [ByteString: Int]) -> JSON {
            named(Dictionary(uniqueKeysWithValues: counts.map { (Optional($0.key), $0.value) }))
        }
        return [
            "records": .integer(statistics.total), "failed": .integer(statistics.failed), "days": .array(days),
            "decisions": worded(statistics.decisions.reduce(into: [:]) { $0[ByteString($1.key.rawValue)] = $1.value }),
            "rules": named(statistics.rules),
            "effects": worded(statistics.effects.reduce(into: [:]) { $0[ByteString($1.key.rawValue)] = $1.value }),
            "agents": named(statistics.agents), "repositories": named(statistics.repositories),
            "commands": named(statistics.commands),
        ]
    }
}
