import ByteStrings
import Libgit2

/// A difference as a patch (git-diff(1), "Generating patch text with -p").
struct PatchText {
    private let bench: Workbench
    private let quoting: QuotedPath
    private let abbreviation: Abbreviation

    init(_ bench: Workbench) throws(Leave) {
        self.bench = bench
        quoting = QuotedPath(bench)
        abbreviation = try Abbreviation(bench)
    }

    func text(_ difference: Difference) throws(Leave) -> [UInt8] {
        if difference.changesType { throw Leave() }
        let (old, new) = (difference.old, difference.new)
        let names = (named("a/", difference.path), named("b/", difference.path))
        var text = "diff --git ".utf8 + names.0 + " ".utf8 + names.1 + "\n".utf8
        switch (old, new) {
        case (nil, let new?): text += "new file mode ".utf8 + Self.octal(new.mode) + "\n".utf8
        case (let old?, nil): text += "deleted file mode ".utf8 + Self.octal(old.mode) + "\n".utf8
        case (let old?, let new?) where old.mode != new.mode:
            text += "old mode ".utf8 + Self.octal(old.mode) + "\nnew mode ".utf8 + Self.octal(new.mode) + "\n".utf8
        default: break
        }
        if old?.object == new?.object { return text }
        text += "index ".utf8 + (try abbreviation.shorten(old?.object ?? .zero)) + "..".utf8
        text += try abbreviation.shorten(new?.object ?? .zero)
        if let old, let new, old.mode == new.mode { text += " ".utf8 + Self.octal(new.mode) }
        text.append(UInt8(ascii: "\n"))
        let labels = (old == nil ? Self.nothing : names.0, new == nil ? Self.nothing : names.1)
        guard let (lines, before) = try difference.lines(bench) else {
            return text + "Binary files ".utf8 + labels.0 + " and ".utf8 + labels.1 + " differ\n".utf8
        }
        if lines.hunks.isEmpty { return text }
        // A tab tells the end of a name with blanks in it.
        let tab = difference.path.contains(UInt8(ascii: " ")) ? Array("\t\n".utf8) : Array("\n".utf8)
        text += "--- ".utf8 + labels.0 + (old == nil ? Array("\n".utf8) : tab)
        text += "+++ ".utf8 + labels.1 + (new == nil ? Array("\n".utf8) : tab)
        return text + Self.hunks(lines, before)
    }

    private static let nothing = Array("/dev/null".utf8)

    private func named(_ side: String, _ path: [UInt8]) -> [UInt8] { quoting.quoted(side.utf8 + path) }

    private static func octal(_ mode: UInt32) -> [UInt8] { Array(String(mode, radix: 8).utf8) }

    // MARK: Hunks

    private static func hunks(_ lines: LineDifference, _ before: [UInt8]) -> [UInt8] {
        var text: [UInt8] = []
        let starts = lineStarts(before)
        var function: ArraySlice<UInt8> = []
        var limit = -1
        for hunk in lines.hunks {
            // The line of a function before the hunk, or the one that was found for an earlier hunk (xdiff's
            // `get_func_line`).
            let first = hunk.oldCount > 0 ? hunk.oldStart - 1 : hunk.oldStart
            var line = first - 1
            while line > limit, line >= 0, line < starts.count {
                let end = line + 1 < starts.count ? starts[line + 1] : before.count
                if let found = Self.function(before[starts[line]..<end]) {
                    function = found
                    break
                }
                line -= 1
            }
            limit = first - 1
            text += "@@ -\(range(hunk.oldStart, hunk.oldCount)) +\(range(hunk.newStart, hunk.newCount)) @@".utf8
            if !function.isEmpty {
                text.append(UInt8(ascii: " "))
                text += function
            }
            text.append(UInt8(ascii: "\n"))
            text += hunk.text
        }
        return text
    }

    private static func range(_ start: Int, _ count: Int) -> String { count == 1 ? "\(start)" : "\(start),\(count)" }

    private static func lineStarts(_ bytes: [UInt8]) -> [Int] {
        var starts = bytes.isEmpty ? [] : [0]
        for (index, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") && index + 1 < bytes.count {
            starts.append(index + 1)
        }
        return starts
    }

    /// A line that begins with a letter, `_` or `$`: at most 80 bytes, without white space at its end (xdiff's
    /// `def_ff`).
    private static func function(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        guard let first = line.first else { return nil }
        switch first {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"),
            UInt8(ascii: "$"):
            break
        default: return nil
        }
        var line = line.prefix(80)
        while let last = line.last, " \t\n\r".utf8.contains(last) { line = line.dropLast() }
        return line
    }
}
