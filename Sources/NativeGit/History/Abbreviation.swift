import ByteStrings
import Libgit2
import Platform

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// Shortens object names as git does (git-config(1), `core.abbrev` not set): half as many digits as it takes bits to
/// count the packed objects, at least seven, and as many more as tell the object from all others.
struct Abbreviation {
    private let objects: ByteString
    private let packs: ObjectStore
    /// The usual number of digits in this repository.
    let usual: Int

    init(_ bench: Workbench) throws(Leave) {
        objects = Path.join(bench.place.common, "objects")
        // Borrowed objects count as well.
        guard !File.exists(objects + "/info/alternates"), let packs = try? ObjectStore(packsOf: objects) else {
            throw Leave()
        }
        self.packs = packs
        let count = try Self.packedObjects(bench)
        // git's `repo_find_unique_abbrev_r`: one bit more than the position of the highest bit, halved and rounded up.
        let bits = count == 0 ? 1 : Int.bitWidth - count.leadingZeroBitCount
        usual = max((bits + 1) / 2, 7)
    }

    /// An object that is not in the store gets what it would get if it were.
    func shorten(_ object: ObjectID, atLeast digits: Int? = nil) throws(Leave) -> [UInt8] {
        let hex = object.hex
        var count = max(digits ?? usual, looseDigits(hex))
        while count < 40 {
            switch packs.find(hex.prefix(count)) {
            case .unique(let found) where found != object: count += 1
            case .unique, .missing: return Array(hex.prefix(count))
            case .ambiguous: count += 1
            }
        }
        return hex
    }

    /// How many digits it takes to tell an object from all others that are files of their own: those lie in a folder for
    /// their first two digits. libgit2 looks through it too, and takes longer.
    private func looseDigits(_ hex: [UInt8]) -> Int {
        guard let folder = FolderListing(objects + "/" + ByteString(hex.prefix(2))) else { return 0 }
        let rest = hex.dropFirst(2)
        var digits = 0
        for entry in folder.entries {
            let name = folder.name(entry)
            guard name.count == rest.count else { continue }
            let common = zip(name, rest).prefix { $0 == $1 }.count
            if common < rest.count { digits = max(digits, 2 + common + 1) }
        }
        return digits
    }

    /// How many objects the pack files hold, each pack counted by itself: the last entry of an index's fan-out table
    /// (git's `Documentation/gitformat-pack`).
    static func packedObjects(_ bench: Workbench) throws(Leave) -> Int {
        let folder = Path.join(bench.place.common, "objects/pack")
        guard let names = File.list(folder) else { return 0 }
        var count = 0
        for name in names where name.hasSuffix(".idx") || name.hasPrefix("multi-pack-index") {
            guard let pack = name.dropping(suffix: ".idx"), names.contains(pack + ".pack") else { throw Leave() }
            let descriptor = Path.join(folder, name).withCString { open($0, O_RDONLY | O_CLOEXEC) }
            guard descriptor >= 0 else { throw Leave() }
            defer { close(descriptor) }
            var header: (UInt32, UInt32) = (0, 0)
            var last: UInt32 = 0
            let isSecondVersion: (UInt32, UInt32) = (0xff74_4f63, 2)
            guard pread(descriptor, &header, 8, 0) == 8, header.0.bigEndian == isSecondVersion.0,
                header.1.bigEndian == isSecondVersion.1, pread(descriptor, &last, 4, 8 + 255 * 4) == 4
            else { throw Leave() }
            count += Int(last.bigEndian)
        }
        return count
    }
}
