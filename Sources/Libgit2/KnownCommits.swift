import ByteStrings
import CPlatform
import Platform

/// What was read of commits that many refs point to, kept in a file beside them: a clone without a commit-graph has them
/// all compressed one by one, and reading thousands takes longer than everything else about a decision. A commit never
/// changes, so that what is here is true for as long as anybody cares; whatever is not here is read as ever.
final class KnownCommits {
    private let path: ByteString
    private let file: MappedFile?
    private let count: Int
    /// Those that were looked up among the tips, whether they were known or not.
    private var tips: [CommitReader.Commit] = []
    private var unknown = 0

    /// From how many new ones on they are written down.
    static let worthwhile = 256

    private static let head = 16
    private static let record = 48
    private static let signature: UInt64 = 0x5041_574c_4347_0001

    /// The file is looked at only if it is whole: its own checksum says so.
    init(_ commonDirectory: ByteString) {
        path = Path.join(commonDirectory, "pawl-commits")
        let file = MappedFile(path)
        let count = Int(file?.integer(at: 8) ?? 0)
        if let file, file.long(at: 0) == Self.signature, file.count == Self.head + Self.record * count,
            let start = file.content.baseAddress,
            pawl_crc32(start + Self.head, Self.record * count) == file.integer(at: 12)
        {
            (self.file, self.count) = (file, count)
        } else {
            (self.file, self.count) = (nil, 0)
        }
    }

    func commit(_ name: ObjectID) -> CommitReader.Commit? {
        guard let file else { return nil }
        let key = name.sortingKey
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            let place = Self.head + Self.record * middle
            let found = file.sortingKey(at: place)
            if found == key {
                guard let parent = file.name(at: place + 20), let date = Int64(exactly: file.long(at: place + 40))
                else { return nil }
                return CommitReader.Commit(id: name, parent: parent == .zero ? nil : parent, date: date)
            }
            if found < key { low = middle + 1 } else { high = middle }
        }
        return nil
    }

    /// Notes a commit that a ref points to. Merges are not kept: few refs point to one.
    func note(_ commit: CommitReader.Commit, wasKnown: Bool) {
        guard !commit.isMerge, commit.generation == nil else { return }
        tips.append(commit)
        if !wasKnown { unknown += 1 }
    }

    /// Writes down what was noted, where there is much that is new. Where that fails nothing is lost by it.
    func save() {
        guard unknown >= Self.worthwhile else { return }
        var records: [UInt8] = []
        records.reserveCapacity(Self.record * tips.count)
        var last: ObjectID?
        var written = 0
        for commit in tips.sorted(by: { $0.id.sortingKey < $1.id.sortingKey }) where commit.id != last {
            last = commit.id
            written += 1
            records += commit.id.bytes
            records += (commit.parent ?? .zero).bytes
            Self.append(UInt64(commit.date), to: &records)
        }
        var content: [UInt8] = []
        content.reserveCapacity(Self.head + records.count)
        Self.append(Self.signature, to: &content)
        let checksum = records.withUnsafeBytes { pawl_crc32($0.baseAddress, $0.count) }
        Self.append(UInt64(written) << 32 | UInt64(checksum), to: &content)
        content += records
        try? File.write(ByteString(content), to: path)
        unknown = 0
    }

    private static func append(_ number: UInt64, to bytes: inout [UInt8]) {
        withUnsafeBytes(of: number.bigEndian) { bytes += $0 }
    }
}
