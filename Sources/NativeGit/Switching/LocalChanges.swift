import ByteStrings

/// What is not committed and stays as it is over a switch, as git lists it (git's `show_local_changes`): a letter and a
/// path from the top.
struct LocalChanges {
    private(set) var rows: [(path: [UInt8], letter: UInt8)] = []

    /// From what differs between HEAD and the index, and between the index and the files.
    init(_ staged: [StagedChanges.Change], _ files: [FileChanges.Change], _ index: IndexFile) {
        var staged = staged[...]
        for file in files {
            let entry = index.entries[file.position]
            while let first = staged.first, first.path.lexicographicallyPrecedes(entry.path) {
                add(first.path, first.old?.mode, first.new?.mode)
                staged = staged.dropFirst()
            }
            var old: UInt32? = entry.mode
            if let first = staged.first, first.path.elementsEqual(entry.path) {
                old = first.old?.mode
                staged = staged.dropFirst()
            }
            add(Array(entry.path), old, file.mode == 0 ? nil : file.mode)
        }
        for change in staged { add(change.path, change.old?.mode, change.new?.mode) }
    }

    private mutating func add(_ path: [UInt8], _ old: UInt32?, _ new: UInt32?) {
        let letter: Character
        switch (old, new) {
        case (nil, nil): return
        case (nil, _): letter = "A"
        case (_, nil): letter = "D"
        case (let old?, let new?): letter = old & 0o170000 == new & 0o170000 ? "M" : "T"
        }
        if let letter = letter.asciiValue { rows.append((path, letter)) }
    }

    /// Files that could not be made as they should be.
    mutating func add(_ failures: [(path: [UInt8], letter: UInt8)]) {
        rows = (rows + failures).sorted { $0.path.lexicographicallyPrecedes($1.path) }
    }

    func text(_ bench: Workbench) -> [UInt8] {
        let quoting = QuotedPath(bench)
        return rows.flatMap { [$0.letter, UInt8(ascii: "\t")] + quoting.quoted($0.path) + "\n".utf8 }
    }
}
