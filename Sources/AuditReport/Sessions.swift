import ByteStrings

/// What happened in one session.
struct SessionTally {
    /// Its place in the table of values.
    var place: Int
    var agent = -1
    var first: Int64
    var last: Int64
    var decisions: [Int: Int] = [:]
    var failed = 0
    var count = 0
    /// Time and decision of each record.
    var marks: [(time: Int64, decision: Int)] = []

    /// The one that ended last comes first.
    static func all(_ rows: [Row]) -> [SessionTally] {
        var tallies: [Int: SessionTally] = [:]
        for row in rows where row[.session] >= 0 {
            let time = row.wallTime
            var tally = tallies[row[.session]] ?? SessionTally(place: row[.session], first: time, last: time)
            tally.first = min(tally.first, time)
            tally.last = max(tally.last, time)
            if tally.agent < 0 { tally.agent = row[.agent] }
            tally.decisions[row[.decision], default: 0] += 1
            tally.failed += row[.failed]
            tally.count += 1
            tally.marks.append((time, row[.decision]))
            tallies[row[.session]] = tally
        }
        return tallies.values.sorted { ($0.last, $0.place) > ($1.last, $1.place) }
    }
}

extension AuditReport {
    /// The columns of the small picture of a session's course.
    private static let course = 60

    func sessionRow(_ tally: SessionTally) -> PageModel.Session {
        let id = name(tally.place)
        var worst: [Int: Int] = [:]
        let length = max(1, tally.last - tally.first)
        for mark in tally.marks {
            let x = Int((mark.time - tally.first) * Int64(Self.course - 1) / length)
            worst[x] = max(worst[x] ?? 0, mark.decision)
        }
        let marks = worst.keys.sorted().map { x in
            PageModel.Mark(tone: ["allowed", "allowed", "kept", "blocked"][worst[x] ?? 0], x: x)
        }
        func count(_ decision: Int) -> Int { tally.decisions[decision] ?? 0 }
        return PageModel.Session(
            value: "\(tally.place)", id: id, label: id.count > 12 ? "…" + id.suffix(8) : id,
            agent: table.text(tally.agent) ?? "–", began: WallClock.minute(tally.first),
            lasted: Self.duration(tally.last - tally.first),
            course: "\(Counted(tally.count, "command").text), \(count(3)) blocked, \(count(2)) with a recovery point",
            marks: marks, count: Counted.number(tally.count), blocked: Counted.number(count(3)),
            kept: Counted.number(count(2)), failed: Counted.number(tally.failed))
    }

    /// `4 s`, `12 min`, `3 h 5 min`, `2 d 4 h`.
    static func duration(_ milliseconds: Int64) -> String {
        let seconds = milliseconds / 1000
        let minutes = seconds / 60
        let hours = minutes / 60
        if seconds < 60 { return "\(seconds) s" }
        if minutes < 60 { return "\(minutes) min" }
        if hours < 24 { return "\(hours) h" + (minutes % 60 > 0 ? " \(minutes % 60) min" : "") }
        return "\(hours / 24) d" + (hours % 24 > 0 ? " \(hours % 24) h" : "")
    }
}
