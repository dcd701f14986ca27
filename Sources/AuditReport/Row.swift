/// What the page knows of a record, a number each: a fact that is a number itself, or the place of one in the table of
/// values; -1 where there is none. The raw values are the names by which the page's script reads the cells.
enum Column: String, CaseIterable {
    case seq
    /// When the command began: milliseconds since 1970.
    case time
    /// Minutes to add to UTC.
    case offset
    /// 0 none, 1 allow, 2 snapshot, 3 deny.
    case decision
    /// A bit for each kind of effect.
    case effectSet
    /// 1 where the command ran and ended with another status than 0, or by a signal.
    case failed
    /// 1 where the record is of the log itself.
    case notice
    /// The number of the group of blocked records it belongs to.
    case group
    case pid, ms, exit, signal
    // Places in the table of values.
    case line, who, session, repository, rule, command, stopped
    case agent, directory, remote, ran, policy, parents, effects, refs, head, snapshot, expansion, omitted, undo
}

/// One record as cells.
struct Row {
    private(set) var cells = [Int](repeating: -1, count: Column.allCases.count)

    private static let places: [Column: Int] = Dictionary(
        uniqueKeysWithValues: Column.allCases.enumerated().map { ($1, $0) })

    subscript(column: Column) -> Int {
        get { Self.places[column].map { cells[$0] } ?? -1 }
        set { if let place = Self.places[column] { cells[place] = newValue } }
    }

    /// The time on the clock of the wall, in milliseconds as if it were UTC.
    var wallTime: Int64 { Int64(self[.time]) + Int64(self[.offset]) * 60_000 }
}
