import ByteStrings

/// How differences are printed, by the options that commands have in common (git-diff(1), OPTIONS).
enum DiffFormat {
    case none, patch, stat, numstat, shortstat, names, states

    /// The format that an option asks for; nil for other options.
    init?(option: ByteString) {
        switch option {
        case "-p", "-u", "--patch": self = .patch
        case "--stat": self = .stat
        case "--numstat": self = .numstat
        case "--shortstat": self = .shortstat
        case "--name-only": self = .names
        case "--name-status": self = .states
        case "-s", "--no-patch": self = .none
        default: return nil
        }
    }

    /// What is printed for these changes. A command that has read the index looks for attributes there as well.
    func text(_ differences: [Difference], _ bench: Workbench, _ index: IndexFile? = nil) throws(Leave) -> [UInt8] {
        if self == .none { return [] }
        try Difference.requireSimple(differences)
        guard differences.count < 500 else { throw Leave() }
        var attributes = Attributes(bench, index)
        for difference in differences { try attributes.requireNone(for: difference.path) }
        switch self {
        case .none: return []
        case .patch:
            if differences.isEmpty { return [] }
            let patch = try PatchText(bench)
            var text: [UInt8] = []
            for difference in differences { text += try patch.text(difference) }
            return text
        case .stat: return try StatText(differences, bench).graph(columns: try StatText.columns(bench))
        case .numstat: return try StatText(differences, bench).numbers
        case .shortstat: return try StatText(differences, bench).summary
        case .names:
            let quoting = QuotedPath(bench)
            return differences.flatMap { quoting.quoted($0.path) + "\n".utf8 }
        case .states:
            let quoting = QuotedPath(bench)
            return differences.flatMap { difference in
                let letter = difference.changesType ? UInt8(ascii: "T") : difference.letter
                return [letter, UInt8(ascii: "\t")] + quoting.quoted(difference.path) + "\n".utf8
            }
        }
    }
}
