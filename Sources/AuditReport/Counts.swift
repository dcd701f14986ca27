import Effects

/// How often each value of each field occurs.
struct Counts {
    /// By `Column.decision`, commands only.
    var decisions: [Int: Int] = [:]
    var failed = 0
    /// By the number of the kind.
    var effects: [Int: Int] = [:]
    /// By column, then by place in the table of values.
    var values: [Column: [Int: Int]] = [:]

    static let counted: [Column] = [.who, .agent, .session, .repository, .rule, .command]

    init(_ rows: [Row]) {
        for row in rows {
            if row[.decision] > 0 { decisions[row[.decision], default: 0] += 1 }
            failed += row[.failed]
            for kind in Effect.Kind.allCases.indices where row[.effectSet] & (1 << kind) != 0 {
                effects[kind, default: 0] += 1
            }
            for column in Self.counted where row[column] >= 0 {
                values[column, default: [:]][row[column], default: 0] += 1
            }
        }
    }

    /// Values with their counts, the most frequent first, then the one that was met first.
    static func ranked(_ counts: [Int: Int]) -> [(value: Int, count: Int)] {
        counts.map { (value: $0.key, count: $0.value) }.sorted { left, right in
            (left.count, right.value) > (right.count, left.value)
        }
    }
}
