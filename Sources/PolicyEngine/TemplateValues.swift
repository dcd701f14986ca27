import ByteStrings
import Effects

// What each placeholder stands for, and the words around it.

extension Template.Placeholder {
    /// How many commits or files are named before the rest is only counted.
    private static let namedAtMost = 3

    func value(for effect: Effect) -> ByteString {
        switch self {
        case .ref: effect.target.ref ?? ""
        case .branch: effect.target.ref?.shortRef ?? ""
        case .remote: effect.target.remote.map { RemoteURL($0.remote).withoutCredentials } ?? ""
        case .url: effect.target.remote?.url.map { RemoteURL($0).withoutCredentials } ?? ""
        case .lost: Self.sentence(effect)
        case .count: Self.count(of: effect)
        case .paths: Self.paths(of: effect)
        case .key: effect.target.name.map { $0.split(atFirst: UInt8(ascii: "="))?.head ?? $0 } ?? ""
        case .name: effect.target.name ?? effect.target.ref?.shortRef ?? ""
        case .command: effect.target.name ?? ""
        case .forced: effect.target.remote?.forcedBy?.words ?? ""
        case .safer: effect.safer ?? ""
        }
    }

    /// How many characters of a subject are shown.
    private static let subjectWidth = 50

    private static func sentence(_ effect: Effect) -> ByteString {
        guard let lost = effect.lost, lost.count > 0 else { return "" }
        var names = lost.first.prefix(namedAtMost).map { commit in
            let subject = shortened(commit.subject)
            return ByteString(commit.id.bytes.prefix(7)) + (subject.isEmpty ? "" : " " + subject)
        }
        if names.count < lost.count && !names.isEmpty {
            names.append(ByteString("and \(lost.count - names.count) more"))
        }
        let (one, several) = effect.kind == .dropStash ? ("entry", "entries") : ("commit", "commits")
        let count = ByteString("\(lost.count) \(lost.count == 1 ? one : several)")
        let named: ByteString = names.isEmpty ? "" : " (" + names.joined(separator: ", ") + ")"
        return "; " + count + " would be lost" + named
    }

    /// The text cut to the width, never within a character of UTF-8.
    private static func shortened(_ text: ByteString) -> ByteString {
        var bytes = text.trimmed.bytes[...]
        var width = 0
        for (index, byte) in bytes.enumerated() where byte & 0xc0 != 0x80 {
            width += 1
            guard width > subjectWidth else { continue }
            bytes = bytes.prefix(index)
            return ByteString(bytes).trimmed + "…"
        }
        return ByteString(bytes)
    }

    private static func count(of effect: Effect) -> ByteString {
        if case .files(_, let count) = effect.target { return ByteString("\(count)") }
        return effect.lost.map { ByteString("\($0.count)") } ?? ""
    }

    private static func paths(of effect: Effect) -> ByteString {
        guard case .files(let paths, let count) = effect.target else { return "" }
        let named = paths.prefix(namedAtMost)
        guard !named.isEmpty else { return count == 0 ? "" : ByteString(count == 1 ? "1 file" : "\(count) files") }
        let list = named.joined(separator: ", ")
        return named.count < count ? list + ByteString(" and \(count - named.count) more") : list
    }
}

extension Effect.Target {
    var remote: Effect.RemoteRef? {
        if case .remoteRef(let remote) = self { return remote }
        return nil
    }

    /// The full name of the ref, or a pattern with one `*`.
    var ref: ByteString? {
        switch self {
        case .remoteRef(let remote): remote.ref
        case .localRef(let ref): ref
        case .files, .named: nil
        }
    }

    var name: ByteString? {
        if case .named(let name) = self { return name }
        return nil
    }
}

extension Effect.Force {
    var words: ByteString {
        switch self {
        case .option(let text), .refspec(let text), .configuration(let text), .overlay(let text): text
        }
    }
}

extension ByteString {
    /// The folders that git adds to a short name, gitrevisions(7).
    static let refFolders: [ByteString] = ["refs/heads/", "refs/tags/", "refs/remotes/"]

    /// The name of a branch or tag without its folder; any other name as it is.
    var shortRef: ByteString {
        for folder in ByteString.refFolders {
            if let short = dropping(prefix: folder) { return short }
        }
        return self
    }
}
