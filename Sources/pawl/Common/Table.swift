import ByteStrings

/// Rows under a heading, in columns as wide as what is in them, or as a terminal lets them be.
struct Table {
    struct Column {
        var title: String
        /// The width to which it is narrowed before the last column, which takes what is left, becomes hard to read; nil
        /// for a column that is never narrowed.
        var least: Int? = nil
        /// How readily the column is left out altogether where narrowing is not enough: the highest first; nil for never.
        var sacrifice: Int? = nil
        var isNumber = false
    }

    struct Cell {
        var text: String
        var colour: Style.Colour?

        /// Names come from anywhere: nothing in a cell can steer the terminal.
        init(_ text: ByteString, _ colour: Style.Colour? = nil) {
            self.text = Output.printable(text).text
            self.colour = colour
        }
    }

    var columns: [Column]
    var rows: [[Cell]]

    private static let gap = 2
    /// The longest that any column but the last becomes on a terminal, and the least that is left for the last.
    private static let longest = 28
    private static let leastRest = 20

    /// The widths of the columns, 0 for those that are left out; nil for the last one where nothing limits it.
    struct Layout {
        var widths: [Int?]
    }

    /// How the table fits into so many columns of a terminal; nil for as many as it takes.
    func layout(_ available: Int?) -> Layout {
        var widths: [Int] = columns.indices.map { column in
            let longest = rows.map { column < $0.count ? TextWidth.columns(of: $0[column].text) : 0 }.max() ?? 0
            let wanted = max(longest, columns[column].title.count)
            return column == columns.count - 1 || available == nil ? wanted : min(wanted, Self.longest)
        }
        let last = columns.count - 1
        guard let available else { return Layout(widths: widths.dropLast().map { $0 } + [nil]) }
        /// How much the last column lacks of what it wants, or at least of so many columns.
        func missing(of least: Int) -> Int {
            let shown = widths.dropLast().filter { $0 > 0 }
            let rest = available - shown.reduce(0) { $0 + $1 + Self.gap }
            return min(widths[last], least) - rest
        }
        // The widest that may become narrower gives a column at a time.
        while missing(of: max(Self.leastRest, available * 2 / 5)) > 0 {
            let candidates = columns.indices.dropLast().filter { index in
                columns[index].least.map { widths[index] > $0 } ?? false
            }
            guard let widest = candidates.max(by: { widths[$0] < widths[$1] }) else { break }
            widths[widest] -= 1
        }
        let order = columns.indices.filter { columns[$0].sacrifice != nil }
            .sorted { columns[$0].sacrifice ?? 0 > columns[$1].sacrifice ?? 0 }
        for index in order where missing(of: Self.leastRest) > 0 { widths[index] = 0 }
        let rest = available - widths.dropLast().filter { $0 > 0 }.reduce(0) { $0 + $1 + Self.gap }
        return Layout(widths: widths.dropLast().map { $0 } + [max(rest, 1)])
    }

    func text(_ style: Style, width available: Int?) -> ByteString {
        lines(style, width: available).joined(separator: "\n") + "\n"
    }

    func lines(_ style: Style, width available: Int?) -> [ByteString] {
        let layout = layout(available)
        return [heading(layout, style)] + rows.map { line($0, layout, style) }
    }

    func heading(_ layout: Layout, _ style: Style) -> ByteString {
        style.paint(line(columns.map { Cell(ByteString($0.title)) }, layout, Style(isColoured: false)), .bold)
    }

    func line(_ cells: [Cell], _ layout: Layout, _ style: Style) -> ByteString {
        var fields: [ByteString] = []
        for (index, cell) in cells.enumerated() where index < layout.widths.count {
            let text: String
            switch layout.widths[index] {
            case nil: text = cell.text
            case 0: continue
            case .some(let width) where index == columns.count - 1: text = TextWidth.cut(cell.text, to: width)
            case .some(let width) where columns[index].isNumber:
                let fitted = TextWidth.cut(cell.text, to: width)
                text = String(repeating: " ", count: max(0, width - TextWidth.columns(of: fitted))) + fitted
            case .some(let width): text = TextWidth.fit(cell.text, to: width)
            }
            fields.append(cell.colour.map { style.paint(ByteString(text), $0) } ?? ByteString(text))
        }
        return fields.joined(separator: ByteString(String(repeating: " ", count: Self.gap)))
    }
}
