import ByteStrings
import Libgit2
import Platform

/// Names of revisions, as far as they are plain (gitrevisions(7)): full and abbreviated object names, refs by any name
/// that means one ref only, and `~N`, `^N`, `^{TYPE}` behind them.
struct Revision {
    let bench: Workbench

    /// The object that a word names. Fails where it is not plain, or names nothing: the errors are the real git's.
    func object(_ word: ByteString) throws(Leave) -> ObjectID {
        if let (revision, path) = word.split(atFirst: UInt8(ascii: ":")) {
            return try entry(at: path, in: try object(revision)).object
        }
        let bytes = word.bytes
        let end = bytes.firstIndex { $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: "^") } ?? bytes.count
        var object = try base(ByteString(bytes[..<end]))
        var rest = bytes[end...]
        while let sign = rest.popFirst() {
            if sign == UInt8(ascii: "^"), rest.first == UInt8(ascii: "{") {
                guard let close = rest.firstIndex(of: UInt8(ascii: "}")) else { throw Leave() }
                object = try peel(object, to: ByteString(rest[(rest.startIndex + 1)..<close]))
                rest = rest[(close + 1)...]
                continue
            }
            let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            rest = rest.dropFirst(digits.count)
            guard digits.count < 5, let number = digits.isEmpty ? 1 : ByteString(digits).number else { throw Leave() }
            object = try peel(object, to: "commit")
            if sign == UInt8(ascii: "~") {
                for _ in 0..<number { object = try parent(object, 1) }
            } else if sign == UInt8(ascii: "^") {
                if number > 0 { object = try parent(object, number) }
            } else {
                throw Leave()
            }
        }
        return object
    }

    /// What a tree has at a plain path: `REVISION:PATH`.
    func entry(at path: ByteString, in revision: ObjectID) throws(Leave) -> Tree.Entry {
        var tree = try peel(revision, to: "tree")
        var parts = path.split(UInt8(ascii: "/"))[...]
        guard !path.isEmpty, !parts.contains(where: { $0.isEmpty || $0 == "." || $0 == ".." }) else { throw Leave() }
        while let part = parts.popFirst() {
            guard let entry = try Tree(tree, bench).entries.first(where: { $0.name.elementsEqual(part.bytes) }) else {
                throw Leave()
            }
            if parts.isEmpty { return entry }
            guard entry.isFolder else { throw Leave() }
            tree = entry.object
        }
        throw Leave()
    }

    func commit(_ word: ByteString) throws(Leave) -> ObjectID { try peel(object(word), to: "commit") }

    // MARK: The name before the signs

    private func base(_ name: ByteString) throws(Leave) -> ObjectID {
        let name = name == "@" ? "HEAD" : name
        if Self.upstreams.contains(name) {
            guard let tip = try upstream().tip else { throw Leave() }
            return tip
        }
        if let full = ObjectID(hex: name.bytes) {
            try requireNoRef(called: full)
            return full
        }
        if let ref = try fullName(name), let target = try bench.refs.target(of: ref) { return target }
        guard (4..<40).contains(name.count), name.bytes.allSatisfy(Self.isHexadecimal),
            case .unique(let found) = try bench.objects().find(name.bytes[...])
        else { throw Leave() }
        return found
    }

    /// The upstream of the branch that HEAD is on, where it exists.
    func upstream() throws(Leave) -> Upstream {
        guard let branch = try bench.branch(), let upstream = try Upstream(of: branch, bench), upstream.tip != nil
        else {
            throw Leave()
        }
        return upstream
    }

    static let upstreams: [ByteString] = ["@{u}", "@{upstream}", "HEAD@{u}", "HEAD@{upstream}"]

    /// Fails where a ref has an object's name for its own: git warns.
    func requireNoRef(called object: ObjectID) throws(Leave) {
        if try !refs(ByteString(object.hex)).isEmpty { throw Leave() }
    }

    /// The ref that a name means; nil where it means none. Fails where it could mean several: git warns.
    func fullName(_ name: ByteString) throws(Leave) -> ByteString? {
        let found = try refs(name)
        guard found.count <= 1 else { throw Leave() }
        return found.first
    }

    /// All refs that a name could mean, in git's order of preference (gitrevisions(7), `<refname>`).
    private func refs(_ name: ByteString) throws(Leave) -> [ByteString] {
        guard Self.isPlain(name) else { throw Leave() }
        var found: [ByteString] = []
        if name == "HEAD" || name == "ORIG_HEAD" || name.hasPrefix("refs/") {
            if try bench.refs.target(of: name) != nil { found.append(name) }
        } else if File.exists(bench.file(name)) || File.exists(Path.join(bench.place.common, name)) {
            // git would try to read it as a ref.
            throw Leave()
        }
        for rule in 0..<5 {
            let candidate = Self.candidate(name, rule)
            if try bench.refs.target(of: candidate) != nil {
                found.append(candidate)
            } else if try bench.refs.read(candidate) != nil {
                // git warns of a symbolic ref that leads nowhere.
                throw Leave()
            }
        }
        return found
    }

    private static func candidate(_ name: ByteString, _ rule: Int) -> ByteString {
        switch rule {
        case 0: "refs/" + name
        case 1: "refs/tags/" + name
        case 2: "refs/heads/" + name
        case 3: "refs/remotes/" + name
        default: "refs/remotes/" + name + "/HEAD"
        }
    }

    /// Fails where another ref could be meant by the short name of a branch.
    func requireUnambiguous(branch: ByteString) throws(Leave) {
        guard try refs(branch) == ["refs/heads/" + branch] else { throw Leave() }
    }

    /// Whether a name is made of letters, digits and a few signs, and is surely a valid ref name
    /// (git-check-ref-format(1)). Others may be fine: they are left to git.
    static func isPlain(_ name: ByteString) -> Bool {
        guard !name.isEmpty, name.count < 200 else { return false }
        var before = UInt8(ascii: "/")
        for byte in name.bytes {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
                break
            case UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "/"):
                if before == UInt8(ascii: "/") || before == UInt8(ascii: ".") { return false }
            default: return false
            }
            before = byte
        }
        return before != UInt8(ascii: ".") && before != UInt8(ascii: "/") && !name.contains(".lock")
    }

    static func isHexadecimal(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
    }

    // MARK: The signs behind it

    private func parent(_ commit: ObjectID, _ number: Int) throws(Leave) -> ObjectID {
        let parents = try Commit(commit, bench).parents
        guard number <= parents.count else { throw Leave() }
        return parents[number - 1]
    }

    private func peel(_ start: ObjectID, to kind: ByteString) throws(Leave) -> ObjectID {
        try bench.requirePlainHistory()
        var object = start
        while true {
            guard let stored = try? bench.objects().read(object), let found = stored.kind else { throw Leave() }
            switch (found, kind) {
            case (.commit, "commit"), (.tree, "tree"), (.blob, "blob"), (.tag, "tag"), (_, "object"): return object
            case (.tag, _):
                // `object NAME` is the first line of a tag.
                guard let target = ObjectID(hex: Array(stored.bytes.dropFirst(7).prefix(40))) else { throw Leave() }
                object = target
            case (_, "") where found != .tag: return object
            case (.commit, "tree"): return try Commit(object, bench).tree
            default: throw Leave()
            }
        }
    }
}
