import ByteStrings
import CLibgit2
import Platform

/// git's commit-graph in one file (git's `commit-graph-format`): commits with their parents, dates and generations,
/// sorted by name. A commit that is in it has all of its history in it.
final class CommitGraph {
    private let file: MappedFile
    private let count: Int
    private let fanout: Int
    private let names: Int
    private let data: Int
    /// Parents beyond the second; nil where no commit has any.
    private let edges: Range<Int>?

    /// nil where there is none, or none in this form: then commits are read one by one.
    init?(objectFolder: ByteString) {
        guard let file = MappedFile(Path.join(objectFolder, "info/commit-graph")) else { return nil }
        self.file = file
        // Signature, version 1, SHA-1, the number of chunks, no base graphs.
        guard file.count > 8 + 12 + 20, file.integer(at: 0) == 0x4347_5048, file.byte(at: 4) == 1,
            file.byte(at: 5) == 1, file.byte(at: 7) == 0
        else { return nil }
        var chunks: [UInt32: Range<Int>] = [:]
        let table = 8
        let total = Int(file.byte(at: 6))
        guard file.count > table + 12 * (total + 1) else { return nil }
        for index in 0..<total {
            let entry = table + 12 * index
            guard let start = file.offset(at: entry + 4), let end = file.offset(at: entry + 16), start <= end,
                end <= file.count
            else { return nil }
            chunks[file.integer(at: entry)] = start..<end
        }
        guard let fanout = chunks[Self.fanoutChunk], let names = chunks[Self.nameChunk],
            let data = chunks[Self.dataChunk], fanout.count == 1024
        else { return nil }
        let count = Int(file.integer(at: fanout.upperBound - 4))
        guard names.count == 20 * count, data.count == 36 * count else { return nil }
        self.count = count
        self.fanout = fanout.lowerBound
        self.names = names.lowerBound
        self.data = data.lowerBound
        edges = chunks[Self.edgeChunk]
    }

    private static let fanoutChunk: UInt32 = 0x4f49_4446  // OIDF
    private static let nameChunk: UInt32 = 0x4f49_444c  // OIDL
    private static let dataChunk: UInt32 = 0x4344_4154  // CDAT
    private static let edgeChunk: UInt32 = 0x4544_4745  // EDGE
    private static let noParent: UInt32 = 0x7000_0000

    func contains(_ id: ObjectID) -> Bool { position(id) != nil }

    /// The commit with its generation; nil where the graph has not got it, or has no generation for it.
    func commit(_ id: ObjectID) -> CommitReader.Commit? {
        guard let position = position(id) else { return nil }
        let record = data + 36 * position
        let word = file.integer(at: record + 28)
        let date = Int64(word & 3) << 32 | Int64(file.integer(at: record + 32))
        let generation = word >> 2
        // Graphs without generations were written by git 2.18 and before; the highest one stands for anything above.
        guard generation > 0, generation < 0x3fff_ffff else { return nil }
        var commit = CommitReader.Commit(id: id, parent: nil, date: date, generation: generation)
        let first = file.integer(at: record + 20)
        if first == Self.noParent { return commit }
        guard let parent = name(first) else { return nil }
        commit.parent = parent
        let second = file.integer(at: record + 24)
        if second == Self.noParent { return commit }
        if second & 0x8000_0000 == 0 {
            guard let parent = name(second) else { return nil }
            commit.furtherParents = [parent]
            return commit
        }
        guard let further = furtherParents(from: Int(second & 0x7fff_ffff)) else { return nil }
        commit.furtherParents = further
        return commit
    }

    /// The parents of an octopus merge behind its first; the last one is marked.
    private func furtherParents(from index: Int) -> [ObjectID]? {
        guard let edges else { return nil }
        var parents: [ObjectID] = []
        var place = edges.lowerBound + 4 * index
        while place + 4 <= edges.upperBound {
            let word = file.integer(at: place)
            guard let parent = name(word & 0x7fff_ffff) else { return nil }
            parents.append(parent)
            if word & 0x8000_0000 != 0 { return parents }
            place += 4
        }
        return nil
    }

    private func name(_ position: UInt32) -> ObjectID? {
        position < count ? file.name(at: names + 20 * Int(position)) : nil
    }

    private func position(_ id: ObjectID) -> Int? {
        let key = id.sortingKey
        let first = Int(key.high >> 56)
        var low = first == 0 ? 0 : Int(file.integer(at: fanout + 4 * (first - 1)))
        var high = Int(file.integer(at: fanout + 4 * first))
        guard low <= high, high <= count else { return nil }
        while low < high {
            let middle = (low + high) / 2
            let found = file.sortingKey(at: names + 20 * middle)
            if found == key { return middle }
            if found < key { low = middle + 1 } else { high = middle }
        }
        return nil
    }
}

extension MappedFile {
    func name(at place: Int) -> ObjectID? {
        guard place >= 0, place + 20 <= count, let start = content.baseAddress else { return nil }
        return ObjectID(start + place)
    }

    func sortingKey(at place: Int) -> ObjectID.SortingKey {
        (long(at: place), long(at: place + 8), integer(at: place + 16))
    }

    /// A place in this file; nil for one beyond it.
    fileprivate func offset(at place: Int) -> Int? {
        Int(exactly: long(at: place)).flatMap { $0 <= count ? $0 : nil }
    }
}
