import ByteStrings
import Libgit2

/// A tree as it is stored: entries of mode, name and object, sorted as if folders' names ended in a slash.
struct Tree {
    struct Entry {
        var mode: UInt32
        var name: ArraySlice<UInt8>
        var object: ObjectID

        var isFolder: Bool { mode & 0o170000 == 0o040000 }
    }

    var entries: [Entry] = []

    init(_ name: ObjectID, _ bench: Workbench) throws(Leave) {
        guard let stored = try? bench.objects().read(name), stored.kind == .tree else { throw Leave() }
        let bytes = Array(stored.bytes)
        var position = 0
        while position < bytes.count {
            guard let blank = bytes[position...].firstIndex(of: UInt8(ascii: " ")),
                let nul = bytes[blank...].firstIndex(of: 0), nul + 20 < bytes.count
            else { throw Leave() }
            var mode: UInt32 = 0
            for digit in bytes[position..<blank] {
                guard (UInt8(ascii: "0")...UInt8(ascii: "7")).contains(digit), mode < 1 << 20 else { throw Leave() }
                mode = mode << 3 | UInt32(digit - UInt8(ascii: "0"))
            }
            // git takes a few historic modes for others.
            guard [0o040000, 0o100644, 0o100755, 0o120000, 0o160000].contains(mode) else { throw Leave() }
            let object = bytes.withUnsafeBytes { bytes in bytes.baseAddress.map { ObjectID($0 + nul + 1) } ?? .zero }
            entries.append(Entry(mode: mode, name: bytes[(blank + 1)..<nul], object: object))
            position = nul + 21
        }
    }
}
