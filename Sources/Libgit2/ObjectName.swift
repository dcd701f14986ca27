import ByteStrings
import CLibgit2

/// The name of an object in hexadecimal: 40 digits, or 64 in SHA-256 repositories.
public struct ObjectName: Hashable, Sendable, CustomStringConvertible {
    public let hex: ByteString

    /// From 40 or 64 hexadecimal digits; nil for anything else.
    public init?(hex: ByteString) {
        guard hex.count == 40 || hex.count == 64 else { return nil }
        let digits = hex.lowercased
        guard
            digits.bytes.allSatisfy({
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                    || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
            })
        else { return nil }
        self.hex = digits
    }

    init(_ raw: git_oid) {
        var raw = raw
        var buffer = [CChar](repeating: 0, count: Int(GIT_OID_HEXSZ) + 1)
        git_oid_tostr(&buffer, buffer.count, &raw)
        hex = ByteString(buffer.dropLast().map { UInt8(bitPattern: $0) })
    }

    /// From its bytes.
    public init(_ id: ObjectID) { hex = ByteString(id.hex) }

    /// As bytes; nil for a SHA-256 name.
    public var identifier: ObjectID? { ObjectID(hex: hex.bytes) }

    /// libgit2's form; nil for a SHA-256 name.
    var raw: git_oid? {
        guard hex.count == 40 else { return nil }
        var raw = git_oid()
        return hex.withCString { git_oid_fromstr(&raw, $0) } == 0 ? raw : nil
    }

    /// All zeros: "no object" in git's protocols.
    public var isZero: Bool { hex.bytes.allSatisfy { $0 == UInt8(ascii: "0") } }

    /// The first seven digits, for people.
    public var short: ByteString { ByteString(hex.bytes.prefix(7)) }

    public var description: String { hex.text }
}

/// The four kinds of objects (gitglossary: "object type").
public enum ObjectKind: Sendable, Hashable {
    case commit, tree, blob, tag

    init?(_ raw: git_object_t) {
        switch raw {
        case GIT_OBJECT_COMMIT: self = .commit
        case GIT_OBJECT_TREE: self = .tree
        case GIT_OBJECT_BLOB: self = .blob
        case GIT_OBJECT_TAG: self = .tag
        default: return nil
        }
    }

    var raw: git_object_t {
        switch self {
        case .commit: GIT_OBJECT_COMMIT
        case .tree: GIT_OBJECT_TREE
        case .blob: GIT_OBJECT_BLOB
        case .tag: GIT_OBJECT_TAG
        }
    }
}
