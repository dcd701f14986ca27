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
    struct Entry {
        /// Where the entry begins in the file.
        let start: Int
        /// The path in the file, which ends in a NUL there.
        let path: UnsafeBufferPointer<UInt8>
        let mode: UInt32
        let object: ObjectID
        let stage: UInt8
    }

    private let bytes: UnsafeMutableRawBufferPointer
    private(set) var entries: [Entry] = []
    /// The trees that parts of the index are known to make; nil where none is on record.
    private(set) var cachedTree: CachedTree?
    /// When the file was written, in seconds; 0 where there is none.
    let written: Int64
    /// nil where there is no file.
    private let identity: Identity?
    /// Whether there is nothing in it but entries and trees.
    private(set) var isPlain = true

    /// An absent file is an empty index. Fails for what is laid out otherwise, and for more entries than the limit.
    init(_ path: ByteString, entries limit: Int) throws(Leave) {
        let descriptor = path.withCString { open($0, O_RDONLY | O_CLOEXEC) }
        guard descriptor >= 0 else {
            guard errno == ENOENT else { throw Leave() }
            bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: 0, alignment: 8)
            written = 0
            identity = nil
            return
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_size >= 32, status.st_size < 1 << 26 else { throw Leave() }
        #if canImport(Darwin)
        written = Int64(status.st_mtimespec.tv_sec)
        #else
        written = Int64(status.st_mtim.tv_sec)
        #endif
        identity = Identity(status)
        bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: Int(status.st_size), alignment: 8)
        // Its head first: that may be all there is to do.
        guard read(descriptor, bytes.baseAddress, 12) == 12, number(8) <= limit,
            read(descriptor, bytes.baseAddress?.advanced(by: 12), bytes.count - 12) == bytes.count - 12
        else { throw Leave() }
        try parse()
    }

    deinit { bytes.deallocate() }

    func number(_ offset: Int) -> UInt32 {
        bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self).bigEndian
    }

    private func parse() throws(Leave) {
        guard number(0) == 0x4449_5243, number(4) == 2 || number(4) == 3, let base = bytes.baseAddress else {
            throw Leave()
        }
        let count = Int(number(8))
        let end = bytes.count - 20
        guard count <= bytes.count / 62 else { throw Leave() }
        entries.reserveCapacity(count)
        var offset = 12
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
            let path = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes)[start..<(start + length)])
            entries.append(
                Entry(
                    start: offset, path: path.bindMemory(to: UInt8.self), mode: number(offset + 24),
                    object: ObjectID(base + offset + 40), stage: UInt8(flags >> 12 & 3)))
            offset += (62 + length + 8) & ~7
        }
        try parseExtensions(from: offset, to: end)
    }

    private func parseExtensions(from start: Int, to end: Int) throws(Leave) {
        var offset = start
        while offset < end {
            guard offset + 8 <= end else { throw Leave() }
            let size = Int(number(offset + 4))
            guard size <= end - offset - 8 else { throw Leave() }
            let content = (offset + 8)..<(offset + 8 + size)
            switch number(offset) {
            case 0x5452_4545:  // TREE
                guard size > 0 else { break }
                var position = content.lowerBound
                cachedTree = try CachedTree(UnsafeRawBufferPointer(bytes), &position, content.upperBound)
            case 0x5245_5543, 0x454f_4945, 0x4945_4f54: isPlain = false  // REUC, EOIE, IEOT
            default: throw Leave()
            }
            offset = content.upperBound
        }
    }

    // MARK: Asking

    /// The first position whose path is not before this one.
    private func position(of path: UnsafeBufferPointer<UInt8>) -> Int {
        var low = 0
        var high = entries.count
        while low < high {
            let middle = (low + high) / 2
            let other = entries[middle].path
            let order = Self.compare(other, path, min(other.count, path.count))
            if order < 0 || order == 0 && other.count < path.count { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private static func compare(
        _ one: UnsafeBufferPointer<UInt8>, _ two: UnsafeBufferPointer<UInt8>, _ count: Int
    ) -> Int32 {
        guard count > 0, let one = one.baseAddress, let two = two.baseAddress else { return 0 }
        return memcmp(one, two, count)
    }

    /// Whether a file of this path is in the index.
    func has(_ path: [UInt8]) -> Bool {
        path.withUnsafeBufferPointer { path in
            let position = position(of: path)
            guard position < entries.count, entries[position].path.count == path.count else { return false }
            return Self.compare(entries[position].path, path, path.count) == 0
        }
    }

    /// Whether the index has anything below this folder, whose path ends in a slash.
    func hasFolder(_ path: [UInt8]) -> Bool {
        path.withUnsafeBufferPointer { path in
            let position = position(of: path)
            guard position < entries.count, entries[position].path.count >= path.count else { return false }
            return Self.compare(entries[position].path, path, path.count) == 0
        }
    }

    // MARK: Writing it anew

    /// The entry as it stands in the file.
    func bytes(of entry: Entry) -> UnsafeRawBufferPointer {
        let length = (62 + entry.path.count + 8) & ~7
        return UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes)[entry.start..<(entry.start + length)])
    }

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

/// A folder of the index with the tree that its entries make (`cache-tree`).
struct CachedTree {
    var name: ByteString
    /// How many entries of the index lie below; negative where the tree is not known.
    var count: Int
    var tree: ObjectID?
    var folders: [CachedTree] = []

    init(_ bytes: UnsafeRawBufferPointer, _ position: inout Int, _ end: Int) throws(Leave) {
        guard let nul = bytes[position..<end].firstIndex(of: 0) else { throw Leave() }
        name = ByteString(bytes[position..<nul])
        position = nul + 1
        guard let blank = bytes[position..<end].firstIndex(of: UInt8(ascii: " ")),
            let line = bytes[blank..<end].firstIndex(of: UInt8(ascii: "\n")),
            let count = ByteString(bytes[position..<blank]).number,
            let children = ByteString(bytes[(blank + 1)..<line]).number, children >= 0
        else { throw Leave() }
        self.count = count
        position = line + 1
        if count >= 0 {
            guard position + 20 <= end, let base = bytes.baseAddress else { throw Leave() }
            tree = ObjectID(base + position)
            position += 20
        }
        for _ in 0..<children { folders.append(try CachedTree(bytes, &position, end)) }
    }
}
