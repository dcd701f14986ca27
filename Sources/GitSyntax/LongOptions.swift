import ByteStrings

/// What a long option word stands for.
enum LongMatch {
    case none
    case option(OptionRow, isNegated: Bool, value: ByteString?)
    case ambiguous([ByteString])
}

extension CommandGrammar {
    /// Looks up `word`, given without its two dashes, as git's `parse_long_opt` does: an exact match wins wherever it
    /// stands in the table; else, where abbreviations are allowed, the only option it is an abbreviation of.
    func longOption(_ word: ByteString, allowsAbbreviations: Bool) -> LongMatch {
        let (head, value) =
            word.split(atFirst: UInt8(ascii: "=")).map { ($0.head, Optional($0.tail)) } ?? (word, nil)
        let once = head.dropping(prefix: negation)
        let wanted = Wanted(
            word: word, head: head, once: once, twice: once?.dropping(prefix: negation),
            mayBecomeNegation: negation.hasPrefix(word), allowsAbbreviations: allowsAbbreviations)
        var candidates: [Candidate] = []
        for row in options {
            guard let long = row.long else { continue }
            let matches =
                table == .git239 ? earlierMatches(row, long, wanted) : matches(row, long, wanted)
            for match in matches {
                if match.isExact { return .option(row, isNegated: match.isNegated, value: value) }
                candidates.append(match)
            }
        }
        guard let last = candidates.last else { return .none }
        for pair in zip(candidates, candidates.dropFirst()) where !isSame(pair.0, pair.1) {
            return .ambiguous(candidates.map(\.spelling))
        }
        return .option(last.row, isNegated: last.isNegated, value: value)
    }

    private struct Candidate {
        var row: OptionRow
        var isNegated: Bool
        var isExact: Bool

        var spelling: ByteString { (isNegated ? "no-" : "") + (row.long ?? ByteString()) }
    }

    /// Two names for one option are not ambiguous; from 2.45 on only if neither or both are negated.
    private func isSame(_ first: Candidate, _ second: Candidate) -> Bool {
        guard first.row.aliasOf != nil || second.row.aliasOf != nil, first.row.name == second.row.name else {
            return false
        }
        return table == .git239 || first.isNegated == second.isNegated
    }

    /// `parse_long_opt` since 2.45.
    private func matches(_ row: OptionRow, _ long: ByteString, _ wanted: Wanted) -> [Candidate] {
        let stem = long.dropping(prefix: negation)
        if wanted.twice != nil, stem == nil { return [] }
        let isNegated = (wanted.once != nil && wanted.twice == nil) != (stem != nil)
        if isNegated, !row.isNegatable { return [] }
        let head = wanted.twice ?? wanted.once ?? wanted.head
        let name = stem ?? long
        if head == name { return [Candidate(row: row, isNegated: isNegated, isExact: true)] }
        guard wanted.allowsAbbreviations else { return [] }
        var candidates: [Candidate] = []
        if name.hasPrefix(head) {
            candidates.append(Candidate(row: row, isNegated: isNegated, isExact: false))
        }
        // `--n` and `--no` may become any negation.
        if row.isNegatable, wanted.mayBecomeNegation {
            candidates.append(Candidate(row: row, isNegated: stem == nil, isExact: false))
        }
        return candidates
    }

    /// `parse_long_opt` before 2.45. It lets negated forms be abbreviated even where other options must not be.
    private func earlierMatches(_ row: OptionRow, _ long: ByteString, _ wanted: Wanted) -> [Candidate] {
        let match = earlierMatch(row, long, isStem: false, wanted)
        guard case .none = match, row.isNegatable, wanted.once == nil, let stem = long.dropping(prefix: negation) else {
            return match.map { [$0] } ?? []
        }
        // A longer word than the name is nothing of this row's, not even a negation.
        if wanted.word.hasPrefix(long) { return [] }
        return earlierMatch(row, stem, isStem: true, wanted).map { [$0] } ?? []
    }

    private func earlierMatch(
        _ row: OptionRow, _ name: ByteString, isStem: Bool, _ wanted: Wanted
    ) -> Candidate? {
        if wanted.head == name { return Candidate(row: row, isNegated: isStem, isExact: true) }
        if wanted.word.hasPrefix(name) { return nil }
        if wanted.allowsAbbreviations, name.hasPrefix(wanted.head) {
            return Candidate(row: row, isNegated: isStem, isExact: false)
        }
        guard row.isNegatable else { return nil }
        if wanted.mayBecomeNegation { return Candidate(row: row, isNegated: !isStem, isExact: false) }
        guard let once = wanted.once else { return nil }
        if once == name { return Candidate(row: row, isNegated: !isStem, isExact: true) }
        // Here git of that time compares with the value behind `=` included.
        guard let rest = wanted.word.dropping(prefix: negation), name.hasPrefix(rest) else { return nil }
        return Candidate(row: row, isNegated: !isStem, isExact: false)
    }
}

private let negation: ByteString = "no-"

/// A long option word, taken apart once for all rows.
private struct Wanted {
    /// Without its two dashes.
    var word: ByteString
    /// Up to the `=`.
    var head: ByteString
    /// The head without one `no-`, and without two.
    var once: ByteString?
    var twice: ByteString?
    /// Whether the word is a beginning of `no-`.
    var mayBecomeNegation: Bool
    var allowsAbbreviations: Bool
}
