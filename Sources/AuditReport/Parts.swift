import ByteStrings
import Effects

/// The parts of the page, from what was counted.
extension AuditReport {
    static let kinds = Effect.Kind.allCases.map(\.rawValue)

    /// In the order in which they are shown, with the words and the colour of each.
    private static let decisions: [(number: Int, value: String, label: String, tone: String)] = [
        (3, "deny", "Blocked", "blocked"), (2, "snapshot", "Recovery point", "kept"),
        (1, "allow", "Allowed", "allowed"),
    ]

    func totals(_ counts: Counts) -> [PageModel.Total] {
        let notes = [
            3: "refused, nothing was run", 2: "run behind a recovery point", 1: "run as they were given",
        ]
        let decided = Self.decisions.map { decision in
            PageModel.Total(
                field: "decision", value: decision.value, tone: decision.tone,
                count: Counted.number(counts.decisions[decision.number] ?? 0), label: decision.label,
                note: notes[decision.number] ?? "")
        }
        let failed = PageModel.Total(
            field: "failed", value: "1", tone: "allowed", count: Counted.number(counts.failed), label: "Failed",
            note: "git itself ended with an error")
        return decided + [failed]
    }

    func selects(_ counts: Counts) -> [PageModel.Select] {
        let decisions = Self.decisions.map { PageModel.Option(value: $0.value, label: $0.label) }
        let effects = Counts.ranked(counts.effects).map {
            PageModel.Option(value: "\($0.value)", label: Self.kinds[$0.value])
        }
        func options(_ column: Column) -> [PageModel.Option] {
            (counts.values[column] ?? [:]).keys
                .map { PageModel.Option(value: "\($0)", label: name($0)) }
                .sorted { ($0.label, $0.value) < ($1.label, $1.value) }
        }
        let all = [
            PageModel.Select(field: "decision", label: "Decision", options: decisions),
            PageModel.Select(field: "who", label: "Who", options: options(.who)),
            PageModel.Select(field: "repository", label: "Repository", options: options(.repository)),
            PageModel.Select(field: "effect", label: "Effect", options: effects),
            PageModel.Select(field: "rule", label: "Rule", options: options(.rule)),
            PageModel.Select(field: "session", label: "Session", options: options(.session)),
        ]
        return all.filter { !$0.options.isEmpty }
    }

    /// The value at a place, also where it is empty.
    func name(_ place: Int) -> String {
        let text = table.text(place) ?? ""
        return text.isEmpty ? "(empty)" : text
    }

    func facets(_ counts: Counts) -> [PageModel.Facet] {
        let effects = facet("Effects", "effect", counts.effects) { Self.kinds[$0] }
        func values(_ label: String, _ column: Column) -> PageModel.Facet {
            facet(label, column.rawValue, counts.values[column] ?? [:], name: name)
        }
        let repositories = facet(
            "Repositories", "repository", counts.values[.repository] ?? [:], shorten: Self.shortPath, name: name)
        return [values("Who", .who), repositories, values("Rules", .rule), effects, values("Commands", .command)]
    }

    /// The last two parts of a repository's path, which is what people call it.
    static func shortPath(_ path: String) -> String {
        var parts = path.split(separator: "/")
        if parts.last == ".git" { parts.removeLast() }
        return parts.isEmpty ? path : parts.suffix(2).joined(separator: "/")
    }

    private static let namedItems = 8

    private func facet(
        _ label: String, _ field: String, _ counts: [Int: Int], shorten: (String) -> String = { $0 },
        name: (Int) -> String
    ) -> PageModel.Facet {
        let ranked = Counts.ranked(counts)
        let most = max(1, ranked.first?.count ?? 1)
        let items = ranked.prefix(Self.namedItems).map { value, count in
            PageModel.Item(
                field: field, value: "\(value)", label: shorten(name(value)), full: name(value),
                count: Counted.number(count), share: "\(max(1, 100 * count / most))")
        }
        let rest = ranked.count - items.count
        return PageModel.Facet(label: label, items: items, more: rest > 0 ? "and \(Counted.number(rest)) more" : nil)
    }

    func chart(_ timeline: Timeline) -> PageModel.Chart {
        let lanes = Self.decisions.map { decision in
            let counts = timeline.lanes[decision.number] ?? []
            let most = counts.max() ?? 0
            let bars = counts.enumerated().map { bar, count in
                let height = count == 0 ? 0 : max(4, 96 * count / most)
                return PageModel.Bar(
                    bucket: bar, x: bar * 10, barX: bar * 10 + 1, y: "\(100 - height)", height: "\(height)",
                    title: timeline.label(bar)
                        + ": \(Counted.number(count)) \(decision.label.lowercased())")
            }
            return PageModel.Lane(
                label: decision.label, decision: decision.value, tone: decision.tone, most: Counted.number(most),
                summary: "\(Counted.number(counts.reduce(0, +))) in all, at most \(Counted.number(most)) in one bar",
                width: "\(max(1, counts.count) * 10)", bars: bars)
        }
        let rows = (0..<timeline.count).filter { bar in timeline.lanes.values.contains { $0[bar] > 0 } }.map { bar in
            func count(_ decision: Int) -> String { Counted.number(timeline.lanes[decision]?[bar] ?? 0) }
            return PageModel.ChartRow(
                bucket: bar, label: timeline.label(bar), blocked: count(3), kept: count(2),
                allowed: count(1))
        }
        let ticks = Self.ticks(timeline)
        return PageModel.Chart(
            unit: "\(timeline.span.milliseconds)", start: "\(timeline.start)", span: timeline.span.words, lanes: lanes,
            ticks: ticks, rows: rows)
    }

    /// When the bars at each quarter begin.
    private static func ticks(_ timeline: Timeline) -> [String] {
        timeline.count == 0
            ? [] : (0..<Timeline.quarters).map { timeline.label(timeline.count * $0 / Timeline.quarters) }
    }

    func blockedRow(_ group: BlockedGroup) -> PageModel.Blocked {
        let record = group.newest
        let would = record.effects.prefix(2).map(\.words).joined(separator: ", ")
        let rest = record.effects.count - 2
        let names = group.who.filter { $0 >= 0 }.map(name).sorted()
        return PageModel.Blocked(
            group: group.number, count: Counted.number(group.count),
            would: would.isEmpty
                ? "not known" : would.visible + (rest > 0 ? " and \(Counted(rest, "more effect").text)" : ""),
            lost: record.effects.lazy.compactMap(\.lossInWords).first?.visible,
            line: table.text(group.row[.line]) ?? "",
            rule: (record.rule ?? record.stopped)?.visible ?? "no rule",
            policy: record.policy.map { "policy " + $0.name.visible } ?? "",
            who: names.prefix(3).joined(separator: ", ") + (names.count > 3 ? " and \(names.count - 3) more" : ""),
            last: WallClock.minute(group.row.wallTime))
    }
}
