import ByteStrings
import Platform

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// What is in a folder of the work tree, but for what git cannot keep (sockets and the like).
struct FolderListing {
    enum Kind {
        case file, folder
        /// Whatever is called `.git`.
        case repository
        /// A file system that does not say what things are.
        case unknown
    }

    struct Entry {
        var kind: Kind
        fileprivate var name: Range<Int>
    }

    private(set) var entries: [Entry] = []
    private(set) var hasIgnoreFile = false
    /// All names, one behind the other.
    private var names: [UInt8] = []

    /// nil where the folder cannot be read.
    init?(_ path: ByteString) {
        guard let stream = path.withCString({ opendir($0) }) else { return nil }
        defer { closedir(stream) }
        entries.reserveCapacity(32)
        names.reserveCapacity(512)
        while let entry = readdir(stream) {
            withUnsafePointer(to: &entry.pointee.d_name) { field in
                field.withMemoryRebound(to: UInt8.self, capacity: MemoryLayout.size(ofValue: field.pointee)) {
                    add(UnsafeBufferPointer(start: $0, count: strlen($0)), Int32(entry.pointee.d_type))
                }
            }
        }
    }

    private mutating func add(_ name: UnsafeBufferPointer<UInt8>, _ type: Int32) {
        var isRepository = false
        if name.first == UInt8(ascii: ".") {
            if name.elementsEqual(".".utf8) || name.elementsEqual("..".utf8) { return }
            if name.elementsEqual(".gitignore".utf8) { hasIgnoreFile = true }
            isRepository = name.elementsEqual(".git".utf8)
        }
        guard let kind = isRepository ? .repository : Kind(type) else { return }
        entries.append(Entry(kind: kind, name: names.count..<(names.count + name.count)))
        names += name
    }

    func name(_ entry: Entry) -> ArraySlice<UInt8> { names[entry.name] }
}

extension FolderListing.Kind {
    /// From `readdir`'s word for it; nil for what git does not keep.
    fileprivate init?(_ type: Int32) {
        switch type {
        case Int32(DT_DIR): self = .folder
        case Int32(DT_REG), Int32(DT_LNK): self = .file
        case Int32(DT_UNKNOWN): self = .unknown
        default: return nil
        }
    }
}
