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
        var candidates: [Candidate] = []
        for row in options {
            guard let long = row.long else { continue }
            let matches =
                table == .git239
                ? earlierMatches(row, long, word, head, allowsAbbreviations)
                : matches(row, long, word, head)
            for match in matches where match.isExact || allowsAbbreviations || table == .git239 {
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
    private func matches(
        _ row: OptionRow, _ long: ByteString, _ word: ByteString, _ head: ByteString
    ) -> [Candidate] {
        let negation: ByteString = "no-"
        let once = head.dropping(prefix: negation)
        let twice = once?.dropping(prefix: negation)
        let stem = long.dropping(prefix: negation)
        if twice != nil, stem == nil { return [] }
        let isNegated = (once != nil && twice == nil) != (stem != nil)
        if isNegated, !row.isNegatable { return [] }
        let wanted = twice ?? once ?? head
        let name = stem ?? long
        if wanted == name { return [Candidate(row: row, isNegated: isNegated, isExact: true)] }
        var candidates: [Candidate] = []
        if name.hasPrefix(wanted) {
            candidates.append(Candidate(row: row, isNegated: isNegated, isExact: false))
        }
        // `--n` and `--no` may become any negation.
        if row.isNegatable, negation.hasPrefix(word) {
            candidates.append(Candidate(row: row, isNegated: stem == nil, isExact: false))
        }
        return candidates
    }

    /// `parse_long_opt` before 2.45. It lets negated forms be abbreviated even where other options must not be.
    private func earlierMatches(
        _ row: OptionRow, _ long: ByteString, _ word: ByteString, _ head: ByteString, _ allowsAbbreviations: Bool
    ) -> [Candidate] {
        let negation: ByteString = "no-"
        var names = [long]
        if row.isNegatable, let stem = long.dropping(prefix: negation) { names.append(stem) }
        for (index, name) in names.enumerated() {
            let isStem = index == 1
            if head == name { return [Candidate(row: row, isNegated: isStem, isExact: true)] }
            // A longer word than the name is nothing of this row's, not even a negation.
            if word.hasPrefix(name) { return [] }
            if allowsAbbreviations, name.hasPrefix(head) {
                return [Candidate(row: row, isNegated: isStem, isExact: false)]
            }
            guard row.isNegatable else { return [] }
            if negation.hasPrefix(word) { return [Candidate(row: row, isNegated: !isStem, isExact: false)] }
            guard let rest = word.dropping(prefix: negation) else { continue }
            if head.dropping(prefix: negation) == name {
                return [Candidate(row: row, isNegated: !isStem, isExact: true)]
            }
            guard name.hasPrefix(rest) else { return [] }
            return [Candidate(row: row, isNegated: !isStem, isExact: false)]
        }
        return []
    }
}
