import ByteStrings
import CLibgit2

/// A repository's objects as they are stored, alternates included.
public final class ObjectStore {
    private let handle: OpaquePointer

    /// Opens the folder `objects` of a repository.
    public init(_ folder: ByteString) throws(Libgit2Error) {
        guard Repository.isReady else { throw Libgit2Error.take(-1) }
        var opened: OpaquePointer?
        try check(folder.withCString { git_odb_open(&opened, $0) })
        guard let opened else { throw Libgit2Error.take(-1) }
        handle = opened
    }

    /// Only what the pack files in the folder `objects` of a repository hold.
    public init(packsOf folder: ByteString) throws(Libgit2Error) {
        guard Repository.isReady else { throw Libgit2Error.take(-1) }
        var opened: OpaquePointer?
        try check(git_odb_new(&opened))
        guard let opened else { throw Libgit2Error.take(-1) }
        handle = opened
        var packs: OpaquePointer?
        try check(folder.withCString { git_odb_backend_pack(&packs, $0) })
        try check(git_odb_add_backend(handle, packs, 1))
    }

    deinit { git_odb_free(handle) }

    /// Reads an object whole.
    public func read(_ name: ObjectID) throws(Libgit2Error) -> StoredObject {
        var raw = name.raw
        var object: OpaquePointer?
        try check(git_odb_read(&object, handle, &raw))
        guard let object else { throw Libgit2Error.take(-1) }
        return StoredObject(object)
    }

    /// The kind and size of an object, without reading all of it; nil where it is not here.
    public func header(_ name: ObjectID) -> (kind: ObjectKind, size: Int)? {
        var raw = name.raw
        var size = 0
        var type = GIT_OBJECT_ANY
        guard git_odb_read_header(&size, &type, handle, &raw) == 0, let kind = ObjectKind(type) else {
            git_error_clear()
            return nil
        }
        return (kind, size)
    }

    /// Writes an object, as a file of its own, unless it is here. Like git, does not wait for the disk.
    public func write(_ content: ByteString, as kind: ObjectKind) throws(Libgit2Error) -> ObjectID {
        var name = git_oid()
        try check(
            content.bytes.withUnsafeBytes { git_odb_write(&name, handle, $0.baseAddress, $0.count, kind.raw) })
        return ObjectID(name)
    }

    /// Whether an object is here, as far as packs are known that were there when the store was opened.
    public func has(_ name: ObjectID) -> Bool {
        var raw = name.raw
        return git_odb_exists_ext(handle, &raw, GIT_ODB_LOOKUP_NO_REFRESH.rawValue) == 1
    }

    /// What the first `digits` of a name stand for.
    public enum Abbreviated { case unique(ObjectID), ambiguous, missing }

    /// Looks up an abbreviated name of 4 to 40 lower-case hexadecimal digits.
    public func find(_ digits: ArraySlice<UInt8>) -> Abbreviated {
        let count = digits.count
        guard (4...40).contains(count) else { return .missing }
        let hex = digits + [UInt8](repeating: UInt8(ascii: "0"), count: 40 - count)
        guard let padded = ObjectID(hex: Array(hex)) else { return .missing }
        var short = padded.raw
        var found = git_oid()
        switch git_odb_exists_prefix(&found, handle, &short, count) {
        case 0: return .unique(ObjectID(found))
        case GIT_EAMBIGUOUS.rawValue:
            git_error_clear()
            return .ambiguous
        default:
            git_error_clear()
            return .missing
        }
    }

    /// Stores a blob, where it is not there yet.
    public func write(blob bytes: [UInt8]) throws(Libgit2Error) -> ObjectID { try write(ByteString(bytes), as: .blob) }

    /// The name that these bytes would have as a blob.
    public static func nameOfBlob(_ bytes: UnsafeRawBufferPointer) -> ObjectID? { name(of: bytes, GIT_OBJECT_BLOB) }

    /// The name that these bytes would have as a tree.
    public static func nameOfTree(_ bytes: UnsafeRawBufferPointer) -> ObjectID? { name(of: bytes, GIT_OBJECT_TREE) }

    private static func name(of bytes: UnsafeRawBufferPointer, _ type: git_object_t) -> ObjectID? {
        var raw = git_oid()
        guard git_odb_hash(&raw, bytes.baseAddress, bytes.count, type) == 0 else { return nil }
        return ObjectID(raw)
    }
}

/// An object that was read. Its bytes live as long as it does.
public final class StoredObject {
    private let handle: OpaquePointer

    init(_ handle: OpaquePointer) { self.handle = handle }

    deinit { git_odb_object_free(handle) }

    public var kind: ObjectKind? { ObjectKind(git_odb_object_type(handle)) }

    /// The content without its header. Must not be used after the object is gone.
    public var bytes: UnsafeBufferPointer<UInt8> {
        let raw = UnsafeRawBufferPointer(start: git_odb_object_data(handle), count: git_odb_object_size(handle))
        return raw.bindMemory(to: UInt8.self)
    }
}
