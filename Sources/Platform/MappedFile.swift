import ByteStrings

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// A file that is read where it lies: for large ones of which little is looked at. Only for files that are replaced as a
/// whole and never written to.
public final class MappedFile {
    /// Where the content begins. Lives as long as this object does.
    public let start: UnsafeRawPointer
    public let count: Int

    /// nil where there is no such file, or nothing in it.
    public init?(_ path: ByteString) {
        let descriptor = path.withCString { open($0, O_RDONLY | O_CLOEXEC) }
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size > 0,
            let memory = mmap(nil, Int(status.st_size), PROT_READ, MAP_PRIVATE, descriptor, 0), memory != MAP_FAILED
        else { return nil }
        start = UnsafeRawPointer(memory)
        count = Int(status.st_size)
    }

    deinit { munmap(UnsafeMutableRawPointer(mutating: start), count) }

    /// The byte at a place; 0 beyond the end.
    public func byte(at place: Int) -> UInt8 {
        guard place >= 0, place < count else { return 0 }
        return start.load(fromByteOffset: place, as: UInt8.self)
    }

    /// Four bytes as a number, the highest first; 0 beyond the end.
    public func integer(at place: Int) -> UInt32 {
        guard place >= 0, place <= count - 4 else { return 0 }
        return UInt32(bigEndian: start.loadUnaligned(fromByteOffset: place, as: UInt32.self))
    }

    /// Eight bytes as a number, the highest first; 0 beyond the end.
    public func long(at place: Int) -> UInt64 {
        guard place >= 0, place <= count - 8 else { return 0 }
        return UInt64(bigEndian: start.loadUnaligned(fromByteOffset: place, as: UInt64.self))
    }
}
