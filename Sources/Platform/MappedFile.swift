#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// A file in memory, read as it is looked at. Only for files that are replaced and never cut short in place: the system
/// ends a process that looks at what is no longer there (mmap(2), SIGBUS).
public final class MappedFile {
    public let content: UnsafeRawBufferPointer

    /// The first bytes of an open file, all of which have to be there; the descriptor may be closed. Nil where that cannot
    /// be done.
    public init?(_ descriptor: Int32, count: Int) {
        var flags = MAP_PRIVATE
        #if os(Linux)
        // All of it will be looked at.
        flags |= MAP_POPULATE
        #endif
        guard count > 0, let start = mmap(nil, count, PROT_READ, flags, descriptor, 0), start != MAP_FAILED else {
            return nil
        }
        content = UnsafeRawBufferPointer(start: start, count: count)
    }

    deinit { munmap(UnsafeMutableRawPointer(mutating: content.baseAddress), content.count) }
}
