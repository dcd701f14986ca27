import ByteStrings
import Libgit2

/// `--stat`, `--numstat` and `--shortstat` (git's `show_stats`): names of plain ASCII that fit the line, no binary files.
struct StatText {
    private struct Row {
        var name: [UInt8]
        var added: Int
        var deleted: Int
        var changed: Int { added + deleted }
    }

    private var rows: [Row] = []

    init(_ differences: [Difference], _ bench: Workbench) throws(Leave) {
        let quoting = QuotedPath(bench)
        for difference in differences {
            if difference.changesType { throw Leave() }
            var row = Row(name: quoting.quoted(difference.path), added: 0, deleted: 0)
            // Also where only the mode differs: git says of a binary file that it is one.
            guard let (lines, _) = try difference.lines(bench) else { throw Leave() }
            (row.added, row.deleted) = (lines.added, lines.deleted)
            rows.append(row)
        }
    }

    var numbers: [UInt8] {
        rows.flatMap { "\($0.added)\t\($0.deleted)\t".utf8 + $0.name + "\n".utf8 }
    }

    var summary: [UInt8] {
        if rows.isEmpty { return [] }
        let added = rows.reduce(0) { $0 + $1.added }
        let deleted = rows.reduce(0) { $0 + $1.deleted }
        var text = " \(rows.count) file\(rows.count == 1 ? "" : "s") changed"
        if added > 0 || deleted == 0 { text += ", \(added) insertion\(added == 1 ? "" : "s")(+)" }
        if deleted > 0 || added == 0 { text += ", \(deleted) deletion\(deleted == 1 ? "" : "s")(-)" }
        return Array((text + "\n").utf8)
    }

    /// The graph, `columns` wide.
    func graph(columns: Int) throws(Leave) -> [UInt8] {
        guard let longest = rows.map(\.name.count).max(), let most = rows.map(\.changed).max() else { return [] }
        guard rows.allSatisfy({ $0.name.allSatisfy { $0 < 0x80 } }) else { throw Leave() }
        let digits = String(most).utf8.count
        let width = max(columns, 16 + 6 + digits)
        var bars = most
        if longest + digits + 6 + bars > width {
            let share = width * 3 / 8 - digits - 6
            if bars > share { bars = max(share, 6) }
            // Names that do not fit are cut by git.
            if longest > width - digits - 6 - bars { throw Leave() }
            bars = width - digits - 6 - longest
        }
        var text: [UInt8] = []
        for row in rows {
            let number = String(row.changed)
            text += " ".utf8 + row.name + String(repeating: " ", count: longest - row.name.count).utf8
            text += " | \(String(repeating: " ", count: digits - number.utf8.count))\(number)".utf8
            if row.changed > 0 { text.append(UInt8(ascii: " ")) }
            let (plus, minus) = Self.scaled(row.added, row.deleted, bars, most)
            text += Array(repeating: UInt8(ascii: "+"), count: plus)
            text += Array(repeating: UInt8(ascii: "-"), count: minus)
            text.append(UInt8(ascii: "\n"))
        }
        return text + summary
    }

    private static func scaled(_ added: Int, _ deleted: Int, _ width: Int, _ most: Int) -> (Int, Int) {
        guard width <= most else { return (added, deleted) }
        func scale(_ count: Int) -> Int { count == 0 ? 0 : 1 + count * (width - 1) / most }
        var total = scale(added + deleted)
        if total < 2 && added > 0 && deleted > 0 { total = 2 }
        if added < deleted { return (scale(added), total - scale(added)) }
        return (total - scale(deleted), scale(deleted))
    }

    /// How wide git takes the terminal to be where there is none (its `term_columns`).
    static func columns(_ bench: Workbench) throws(Leave) -> Int {
        guard let set = bench.request.environment["COLUMNS"] else { return 80 }
        guard let columns = set.number, (1...1000).contains(columns) else { throw Leave() }
        return columns
    }
}
