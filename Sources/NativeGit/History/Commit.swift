import ByteStrings
import Libgit2

/// A commit as it is stored (git's `Documentation/technical` and git-cat-file(1)): headers, a blank line, the message.
struct Commit {
    let name: ObjectID
    private(set) var tree = ObjectID.zero
    private(set) var parents: [ObjectID] = []
    /// `Name <email> seconds zone`.
    private(set) var author = ByteString()
    private(set) var committer = ByteString()
    private(set) var hasEncoding = false
    private(set) var message = ByteString()

    /// Fails for what is no commit, or not in the order that git writes.
    init(_ name: ObjectID, _ bench: Workbench) throws(Leave) {
        self.name = name
        guard let stored = try? bench.objects().read(name), stored.kind == .commit else { throw Leave() }
        var rest = UnsafeBufferPointer(rebasing: stored.bytes[...])
        var isContinued = false
        while true {
            guard let end = rest.firstIndex(of: UInt8(ascii: "\n")) else { throw Leave() }
            let line = rest[..<end]
            rest = UnsafeBufferPointer(rebasing: rest[(end + 1)...])
            if line.isEmpty { break }
            // A header goes on in lines that begin with a blank (a signature).
            if line.first == UInt8(ascii: " ") {
                guard isContinued else { throw Leave() }
                continue
            }
            isContinued = true
            guard let blank = line.firstIndex(of: UInt8(ascii: " ")) else { throw Leave() }
            let value = line[(blank + 1)...]
            switch line.count > 2 ? (line[0], line[1], blank) : (0, 0, 0) {
            case (UInt8(ascii: "t"), UInt8(ascii: "r"), 4):
                guard let id = ObjectID(hex: UnsafeBufferPointer(rebasing: value)) else { throw Leave() }
                tree = id
            case (UInt8(ascii: "p"), UInt8(ascii: "a"), 6):
                guard let id = ObjectID(hex: UnsafeBufferPointer(rebasing: value)) else { throw Leave() }
                parents.append(id)
            case (UInt8(ascii: "a"), UInt8(ascii: "u"), 6): author = ByteString(value)
            case (UInt8(ascii: "c"), UInt8(ascii: "o"), 9): committer = ByteString(value)
            case (UInt8(ascii: "e"), UInt8(ascii: "n"), 8): hasEncoding = true
            default: break
            }
        }
        if tree == .zero || author.isEmpty || committer.isEmpty { throw Leave() }
        message = ByteString(rest)
    }
}
