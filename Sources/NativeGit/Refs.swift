import ByteStrings
import Libgit2
import Platform

/// A repository's refs as its files have them (gitrepository-layout(5), git-pack-refs(1)). Whatever is not exactly as git
/// writes it is git's to judge.
final class Refs {
    enum Value: Equatable {
        case object(ObjectID)
        /// The full name of another ref.
        case symbolic(ByteString)
    }

    struct Ref {
        var name: ByteString
        var target: ObjectID
        /// What it points to where it is symbolic.
        var symbolic: ByteString?
    }

    private let place: Workplace
    private var packed: ByteString?

    init(_ place: Workplace) { self.place = place }

    /// What a ref holds, by its full name; nil where there is none.
    func read(_ name: ByteString) throws(Leave) -> Value? {
        // Some belong to one work tree.
        for folder in ["refs/bisect/", "refs/worktree/", "refs/rewritten/"] as [ByteString]
        where place.isLinked && name.hasPrefix(folder) { throw Leave() }
        let isShared = name.hasPrefix("refs/")
        let path = Path.join(isShared ? place.common : place.gitDirectory, name)
        if let status = File.linkStatus(path), status.kind != .directory {
            guard status.kind == .regular, let content = try? File.read(path, limit: 4096) else { throw Leave() }
            return try Self.value(content)
        }
        return isShared ? try packedTarget(name).map(Value.object) : nil
    }

    private static func value(_ content: ByteString) throws(Leave) -> Value {
        if let name = content.dropping(prefix: "ref: ")?.dropping(suffix: "\n") {
            guard name.hasPrefix("refs/"), Revision.isPlain(name) else { throw Leave() }
            return .symbolic(name)
        }
        guard content.count == 41, content.bytes.last == UInt8(ascii: "\n"),
            let object = ObjectID(hex: Array(content.bytes.dropLast()))
        else { throw Leave() }
        return .object(object)
    }

    /// The object that a ref points to through symbolic ones; nil where it leads nowhere.
    func target(of name: ByteString) throws(Leave) -> ObjectID? {
        var name = name
        for _ in 0..<5 {
            switch try read(name) {
            case nil: return nil
            case .object(let object): return object
            case .symbolic(let next): name = next
            }
        }
        throw Leave()
    }

    // MARK: Packed refs

    private static let packedLimit: Int64 = 1 << 17

    /// The file of packed refs, empty where there is none. A large one is the real git's, which searches it.
    func packedFile() throws(Leave) -> ByteString {
        if let packed { return packed }
        let path = Path.join(place.common, "packed-refs")
        var content = ByteString()
        if let status = File.linkStatus(path) {
            guard status.kind == .regular, status.size < Self.packedLimit, let found = try? File.read(path) else {
                throw Leave()
            }
            content = found
        }
        packed = content
        return content
    }

    private func packedTarget(_ name: ByteString) throws(Leave) -> ObjectID? {
        let content = try packedFile()
        if content.isEmpty || !content.contains(name) { return nil }
        return try packedLines(content).first { $0.name == name }?.target
    }

    private func packedLines(_ content: ByteString) throws(Leave) -> [Ref] {
        var refs: [Ref] = []
        for line in content.bytes.split(separator: UInt8(ascii: "\n")) {
            // A header, and what a tag leads to.
            if line.first == UInt8(ascii: "#") || line.first == UInt8(ascii: "^") { continue }
            guard line.count > 41, line[line.startIndex + 40] == UInt8(ascii: " "),
                let target = ObjectID(hex: Array(line.prefix(40)))
            else { throw Leave() }
            refs.append(Ref(name: ByteString(line.dropFirst(41)), target: target))
        }
        return refs
    }

    // MARK: All of them

    /// All refs below `refs/`, sorted by name. More than `limit` are git's.
    func all(limit: Int) throws(Leave) -> [Ref] {
        if place.isLinked { throw Leave() }
        var found: [Ref] = []
        try collect("refs", &found, limit)
        for ref in try packedLines(packedFile()) where !found.contains(where: { $0.name == ref.name }) {
            guard Revision.isPlain(ref.name), found.count < limit else { throw Leave() }
            found.append(ref)
        }
        return found.sorted { $0.name < $1.name }
    }

    private func collect(_ folder: ByteString, _ found: inout [Ref], _ limit: Int) throws(Leave) {
        guard let names = File.list(Path.join(place.common, folder)) else { throw Leave() }
        for name in names {
            let ref = folder + "/" + name
            guard let status = File.linkStatus(Path.join(place.common, ref)) else { throw Leave() }
            if status.kind == .directory {
                try collect(ref, &found, limit)
                continue
            }
            guard Revision.isPlain(ref), found.count < limit, let target = try target(of: ref) else { throw Leave() }
            var symbolic: ByteString?
            if case .symbolic(let next) = try read(ref) {
                guard case .object = try read(next) else { throw Leave() }
                symbolic = next
            }
            found.append(Ref(name: ref, target: target, symbolic: symbolic))
        }
    }
}
