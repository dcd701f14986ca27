import Auditing
import ByteStrings
import Platform

/// The refs of a repository at one moment, to tell afterwards which of them a command moved. Reads the files that git
/// keeps refs in (gitrepository-layout(5)); a repository that keeps them otherwise shows none.
struct RefState {
    private var loose: [ByteString: ByteString] = [:]
    private var packed = ByteString()
    private let head: ByteString

    /// Reads HEAD, branches, tags, the stash and other refs, and remote-tracking refs where the command may move them:
    /// there can be thousands.
    init(_ repository: GitDirectory, withRemotes: Bool) {
        head = (try? File.read(Path.join(repository.path, "HEAD"), limit: 4096))?.trimmed ?? ""
        let root = Path.join(repository.common, "refs")
        _ = File.eachEntry(root) { name, isFolder in
            if withRemotes || name != "remotes" { read("refs/" + name, Path.join(root, name), isFolder) }
        }
        packed = (try? File.read(Path.join(repository.common, "packed-refs"), limit: 1 << 26)) ?? ""
    }

    private mutating func read(_ name: ByteString, _ path: ByteString, _ isFolder: Bool?) {
        if isFolder ?? File.isDirectory(path) {
            let prefix = name + "/"
            _ = File.eachEntry(path) { child, isFolder in read(prefix + child, Path.join(path, child), isFolder) }
        } else if let content = try? File.read(path, limit: 4096) {
            loose[name] = content.trimmed
        }
    }

    /// The object that HEAD names; nil for an unborn branch.
    var headTarget: ByteString? { target(of: head) }

    private func target(of value: ByteString, depth: Int = 0) -> ByteString? {
        guard let name = value.dropping(prefix: "ref:")?.trimmed else { return value.isEmpty ? nil : value }
        guard depth < 5 else { return nil }
        if let content = loose[name] { return target(of: content, depth: depth + 1) }
        return packedTargets(only: name)[name]
    }

    private func packedTargets(only name: ByteString? = nil) -> [ByteString: ByteString] {
        var targets: [ByteString: ByteString] = [:]
        if let name, !packed.contains(" " + name) { return targets }
        for line in packed.split(UInt8(ascii: "\n")) {
            guard let (id, ref) = line.split(atFirst: UInt8(ascii: " ")), id.count >= 40 else { continue }
            if name == nil || name == ref { targets[ref] = id }
        }
        return targets
    }

    /// The refs that are not what they were before. `before` and `self` were read with the same scope.
    func moved(since before: RefState) -> [Record.MovedRef] {
        var old = before.loose
        var new = loose
        if packed != before.packed {
            old.merge(before.packedTargets()) { loose, _ in loose }
            new.merge(packedTargets()) { loose, _ in loose }
        } else if old.keys != new.keys {
            // A loose ref that came over a packed one, or a packed one that shows again.
            let packed = packedTargets()
            for name in Set(old.keys).symmetricDifference(new.keys) {
                if old[name] == nil { old[name] = packed[name] }
                if new[name] == nil { new[name] = packed[name] }
            }
        }
        return Set(old.keys).union(new.keys).sorted().compactMap { name in
            old[name] == new[name] ? nil : Record.MovedRef(ref: name, old: old[name], new: new[name])
        }
    }
}
