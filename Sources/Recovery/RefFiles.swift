import ByteStrings
import Libgit2
import Platform

/// Refs by their files, without asking git: a file of its own each, which comes first, or a line of `packed-refs`
/// (gitrepository-layout(5); git-pack-refs(1)).
struct RefFiles {
    private let place: Place

    /// nil where git keeps refs otherwise.
    init?(_ place: Place) {
        guard place.isPlain, File.isDirectory(Path.join(place.commonDirectory, "refs/heads")) else { return nil }
        self.place = place
    }

    /// The refs of these names, those that do not exist included, as `Place.readRefs` lists them: sorted, and the missing
    /// ones last. nil where one of them is not understood, and git has to tell.
    func read(_ names: [ByteString]) -> [SavedRef]? {
        var found: [SavedRef] = []
        var missing: [SavedRef] = []
        // Written out only where a ref has no file of its own.
        var lines: ByteString?
        func object(_ name: ByteString, depth: Int) -> (object: ObjectName?, target: ByteString?)? {
            guard depth < 5, name.hasPrefix("refs/"), !name.contains("..") else { return nil }
            switch File.linkStatus(path(of: name))?.kind {
            case .regular:
                guard let text = try? File.read(path(of: name), limit: 4096).trimmed else { return nil }
                guard let target = text.dropping(prefix: "ref:")?.trimmed else {
                    return ObjectName(hex: text).map { ($0, nil) }
                }
                guard let end = object(target, depth: depth + 1) else { return nil }
                return (end.object, target)
            // Git once made symbolic refs as symbolic links.
            case .symbolicLink, .other: return nil
            case .directory, nil: break
            }
            let known = lines ?? (try? File.read(Path.join(place.commonDirectory, "packed-refs"))) ?? ""
            lines = known
            return (Self.packedObject(name, in: known), nil)
        }
        for name in Set(names).sorted() {
            guard let (target, symbolic) = object(name, depth: 0) else { return nil }
            if let target {
                found.append(SavedRef(name: name, object: target, target: symbolic))
            } else {
                missing.append(SavedRef(name: name, object: nil, target: nil))
            }
        }
        return found + missing
    }

    private func path(of name: ByteString) -> ByteString {
        Path.join(Place.isOfWorkTree(name) ? place.gitDirectory : place.commonDirectory, name)
    }

    private static func packedObject(_ name: ByteString, in lines: ByteString) -> ObjectName? {
        guard lines.contains(" " + name + "\n") else { return nil }
        return lines.split(0x0a).lazy.compactMap { line -> ObjectName? in
            guard let (hex, ref) = line.split(atFirst: 0x20), ref == name else { return nil }
            return ObjectName(hex: hex)
        }.first
    }
}
