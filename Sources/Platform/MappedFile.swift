import ByteStrings

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// A file that is read where it lies. Only for files that are replaced as a whole and never written to in place: the
/// system ends a process that looks at what is no longer there (mmap(2), SIGBUS).
public final class MappedFile {
    /// Lives as long as this object does.
    public let content: UnsafeRawBufferPointer

    public var count: Int { content.count }

    /// The first bytes of an open file, all of which have to be there; the descriptor may be closed. With `isReadWhole`
    /// they are brought into memory at once. Nil where that cannot be done.
    public init?(_ descriptor: Int32, count: Int, isReadWhole: Bool = false) {
        var flags = MAP_PRIVATE
        #if os(Linux)
        if isReadWhole { flags |= MAP_POPULATE }
        #endif
        guard count > 0, let start = mmap(nil, count, PROT_READ, flags, descriptor, 0), start != MAP_FAILED else {
            return nil
        }
        content = UnsafeRawBufferPointer(start: start, count: count)
    }

    /// nil where there is no such file, or nothing in it.
    public convenience init?(_ path: ByteString) {
        let descriptor = path.withCString { open($0, O_RDONLY | O_CLOEXEC) }
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        self.init(descriptor, count: Int(status.st_size))
    }

    deinit { munmap(UnsafeMutableRawPointer(mutating: content.baseAddress), content.count) }

    /// The byte at a place; 0 beyond the end.
    public func byte(at place: Int) -> UInt8 {
        guard place >= 0, place < count else { return 0 }
        return content.load(fromByteOffset: place, as: UInt8.self)
    }

    /// Four bytes as a number, the highest first; 0 beyond the end.
    public func integer(at place: Int) -> UInt32 {
        guard place >= 0, place <= count - 4 else { return 0 }
        return UInt32(bigEndian: content.loadUnaligned(fromByteOffset: place, as: UInt32.self))
    }

    /// Eight bytes as a number, the highest first; 0 beyond the end.
    public func long(at place: Int) -> UInt64 {
        guard place >= 0, place <= count - 8 else { return 0 }
        return UInt64(bigEndian: content.loadUnaligned(fromByteOffset: place, as: UInt64.self))
    }
}
