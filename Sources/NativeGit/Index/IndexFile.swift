import ByteStrings
import Libgit2
import Platform

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// The index, read as the file is laid out (git's `Documentation/gitformat-index`), versions 2 and 3 without any
/// extension that changes what its entries mean.
final class IndexFile {
    /// An entry as it stands in the file: valid as long as the index is.
    struct Entry {
        fileprivate let start: UnsafeRawPointer
        fileprivate let length: Int

        /// The path, behind which there is a NUL.
        var path: UnsafeBufferPointer<UInt8> {
            UnsafeBufferPointer(start: (start + 62).assumingMemoryBound(to: UInt8.self), count: length)
        }
        /// Below zero where the path, without its first bytes, comes before another one, zero where they are equal.
        fileprivate func order(_ other: UnsafeBufferPointer<UInt8>, skipping skipped: Int) -> Int {
            let count = max(length - skipped, 0)
            guard let base = other.baseAddress, count > 0 else { return count - other.count }
            let order = Int(memcmp(start + (62 + skipped), base, min(count, other.count)))
            return order == 0 ? count - other.count : order
        }

        /// The path as C has it.
        var name: UnsafePointer<CChar> { (start + 62).assumingMemoryBound(to: CChar.self) }
        var mode: UInt32 { number(24) }
        var object: ObjectID { ObjectID(start + 40) }
        var stage: UInt8 { start.load(fromByteOffset: 60, as: UInt8.self) >> 4 & 3 }

        /// Whether it is an undisputed file or symbolic link.
        var isFile: Bool {
            let type = mode & 0o170000
            return stage == 0 && (type == 0o100000 || type == 0o120000)
        }

        /// All of it, with the NULs that follow.
        var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: start, count: (62 + length + 8) & ~7) }

        func number(_ offset: Int) -> UInt32 {
            start.loadUnaligned(fromByteOffset: offset, as: UInt32.self).bigEndian
        }
    }

    /// nil where there is none.
    private let file: MappedFile?
    let entries: [Entry]
    /// What stands behind the entries.
    private let extensions: Extensions
    /// When the file was written, in seconds; 0 where there is none.
    let written: Int64
    /// nil where there is no file.
    private let identity: Identity?

    /// The trees that parts of the index are known to make; nil where none is on record.
    var cachedTree: CachedTree? {
        get throws(Leave) {
            guard let file, let trees = extensions.trees else { return nil }
            var position = trees.lowerBound
            return try CachedTree(file.content, &position, trees.upperBound)
        }
    }

    /// The tree that the whole index is known to make; nil where that is not on record.
    var wholeTree: ObjectID? {
        get throws(Leave) {
            guard let file, let trees = extensions.trees else { return nil }
            var position = trees.lowerBound
            let top = try CachedTree.Head(file.content, &position, trees.upperBound)
            return top.count == entries.count ? top.tree : nil
        }
    }

    /// Whether there is nothing in it but entries and trees.
    var isPlain: Bool { extensions.isPlain }

    /// An absent file is an empty index. Fails for what is laid out otherwise, and for more entries than the limit.
    convenience init(_ path: ByteString, entries limit: Int) throws(Leave) {
        let descriptor = path.withCString { open($0, O_RDONLY | O_CLOEXEC) }
        guard descriptor >= 0 else {
            guard errno == ENOENT else { throw Leave() }
            self.init()
            return
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_size >= 32, status.st_size < 1 << 26 else { throw Leave() }
        // git never writes to an index that is in place, and reads it so itself.
        guard let bytes = MappedFile(descriptor, count: Int(status.st_size), isReadWhole: true),
            IndexFile.number(bytes.content, 8) <= limit
        else { throw Leave() }
        try self.init(bytes, status)
    }

    private init() {
        file = nil
        (entries, extensions) = ([], Extensions())
        written = 0
        identity = nil
    }

    private init(_ file: MappedFile, _ status: stat) throws(Leave) {
        self.file = file
        #if canImport(Darwin)
        written = Int64(status.st_mtimespec.tv_sec)
        #else
        written = Int64(status.st_mtim.tv_sec)
        #endif
        identity = Identity(status)
        var offset = 12
        entries = try Self.entries(file.content, &offset)
        extensions = try Extensions(file.content, from: offset)
    }

    fileprivate static func number(_ bytes: UnsafeRawBufferPointer, _ offset: Int) -> UInt32 {
        bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self).bigEndian
    }

    private static func entries(_ bytes: UnsafeRawBufferPointer, _ offset: inout Int) throws(Leave) -> [Entry] {
        let version = number(bytes, 4)
        guard number(bytes, 0) == 0x4449_5243, version == 2 || version == 3, let base = bytes.baseAddress else {
            throw Leave()
        }
        let count = Int(number(bytes, 8))
        let end = bytes.count - 20
        guard count <= bytes.count / 62 else { throw Leave() }
        var entries: [Entry] = []
        entries.reserveCapacity(count)
        for _ in 0..<count {
            guard offset + 62 < end else { throw Leave() }
            let flags = UInt16(bytes[offset + 60]) << 8 | UInt16(bytes[offset + 61])
            // Assumed unchanged, or with flags of version 3: sparse, intended to be added.
            if flags & 0xc000 != 0 { throw Leave() }
            var length = Int(flags & 0xfff)
            let start = offset + 62
            if length == 0xfff {
                guard let nul = bytes[start..<end].firstIndex(of: 0) else { throw Leave() }
                length = nul - start
            }
            guard start + length < end, bytes[start + length] == 0, length > 0 else { throw Leave() }
            let entry = Entry(start: base + offset, length: length)
            offset += entry.bytes.count
            guard offset <= end else { throw Leave() }
            entries.append(entry)
        }
        return entries
    }

    // MARK: Asking

    /// The first position in a range whose path, without the first `skipped` bytes that all of them have in common, is
    /// not before this one.
    private func position(of path: UnsafeBufferPointer<UInt8>, skipping skipped: Int, in range: Range<Int>) -> Int {
        var low = range.lowerBound
        var high = range.upperBound
        while low < high {
            let middle = low + (high - low) / 2
            if entries[middle].order(path, skipping: skipped) < 0 { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Whether a file of this path is in the index.
    func has(_ path: [UInt8]) -> Bool { has(path[...], behind: 0, in: entries.indices) }

    /// Whether a file of this name is among entries that all lie in one folder, whose path has this length.
    func has(_ name: ArraySlice<UInt8>, behind folder: Int, in range: Range<Int>) -> Bool {
        if range.isEmpty { return false }
        return name.withUnsafeBufferPointer { name in
            let position = position(of: name, skipping: folder, in: range)
            return position < range.upperBound && entries[position].order(name, skipping: folder) == 0
        }
    }

    /// The entries below a folder, whose path ends in a slash, among those of a folder around it.
    func entries(below folder: [UInt8], in range: Range<Int>) -> Range<Int> {
        // The byte behind a slash is where the folder's paths end.
        var end = folder
        guard !range.isEmpty, end.popLast() != nil else { return range }
        end.append(UInt8(ascii: "/") + 1)
        let first = folder.withUnsafeBufferPointer { position(of: $0, skipping: 0, in: range) }
        let last = end.withUnsafeBufferPointer { position(of: $0, skipping: 0, in: first..<range.upperBound) }
        return first..<last
    }

    // MARK: Writing it anew

    /// Whether the file is still the one that was read.
    func isUnchanged(at path: ByteString) -> Bool {
        var status = stat()
        guard path.withCString({ lstat($0, &status) }) == 0 else { return identity == nil && errno == ENOENT }
        return identity == Identity(status)
    }

    /// What tells one writing of the file from another.
    struct Identity: Equatable {
        private let inode: UInt64
        private let size: Int64
        private let seconds: Int
        private let nanoseconds: Int

        init(_ status: stat) {
            inode = UInt64(status.st_ino)
            size = Int64(status.st_size)
            #if canImport(Darwin)
            (seconds, nanoseconds) = (status.st_mtimespec.tv_sec, status.st_mtimespec.tv_nsec)
            #else
            (seconds, nanoseconds) = (status.st_mtim.tv_sec, status.st_mtim.tv_nsec)
            #endif
        }
    }
}

/// The extensions of an index that are known.
private struct Extensions {
    /// Where the trees of the index stand.
    var trees: Range<Int>?
    var isPlain = true

    init() {}

    init(_ bytes: UnsafeRawBufferPointer, from start: Int) throws(Leave) {
        var offset = start
        let end = bytes.count - 20
        while offset < end {
            guard offset + 8 <= end else { throw Leave() }
            let size = Int(IndexFile.number(bytes, offset + 4))
            guard size <= end - offset - 8 else { throw Leave() }
            let content = (offset + 8)..<(offset + 8 + size)
            switch IndexFile.number(bytes, offset) {
            case 0x5452_4545:  // TREE
                trees = size > 0 ? content : nil
            case 0x5245_5543, 0x454f_4945, 0x4945_4f54: isPlain = false  // REUC, EOIE, IEOT
            default: throw Leave()
            }
            offset = content.upperBound
        }
    }
}

/// A folder of the index with the tree that its entries make (`cache-tree`).
struct CachedTree {
    var name: ByteString
    /// How many entries of the index lie below; negative where the tree is not known.
    var count: Int
    var tree: ObjectID?
    var folders: [CachedTree] = []

    init(_ bytes: UnsafeRawBufferPointer, _ position: inout Int, _ end: Int) throws(Leave) {
        let head = try Head(bytes, &position, end)
        (name, count, tree) = (ByteString(bytes[head.name]), head.count, head.tree)
        for _ in 0..<head.children { folders.append(try CachedTree(bytes, &position, end)) }
    }

    /// What stands before the folders in it.
    struct Head {
        var name: Range<Int>
        var count: Int
        var tree: ObjectID?
        var children: Int

        init(_ bytes: UnsafeRawBufferPointer, _ position: inout Int, _ end: Int) throws(Leave) {
            guard let nul = bytes[position..<end].firstIndex(of: 0),
                let blank = bytes[nul..<end].firstIndex(of: UInt8(ascii: " ")),
                let line = bytes[blank..<end].firstIndex(of: UInt8(ascii: "\n")),
                let count = ByteString(bytes[(nul + 1)..<blank]).number,
                let children = ByteString(bytes[(blank + 1)..<line]).number, children >= 0
            else { throw Leave() }
            name = position..<nul
            self.count = count
            self.children = children
            position = line + 1
            if count >= 0 {
                guard position + 20 <= end, let base = bytes.baseAddress else { throw Leave() }
                tree = ObjectID(base + position)
                position += 20
            }
        }
    }
}
