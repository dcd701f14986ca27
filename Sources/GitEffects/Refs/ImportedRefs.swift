import ByteStrings
import GitSyntax
import Libgit2

// What a stream for `git fast-import` does to refs (git-fast-import(1), "INPUT FORMAT").

extension RefChanges {
    /// Branches only move forward unless force is on, by the command line or by the stream itself; a branch that is reset
    /// to nothing goes, and a tag that is there is replaced, without any.
    func imported() -> [RefChange] {
        guard let input else { return [Self.anything] }
        let stream = ImportedRefs(input)
        let isForced = isOn("force") || stream.isForced
        var changes = stream.removed.sorted().map { RefChange(name: resolved($0), value: .removed) }
        changes += stream.tags.sorted().map { RefChange(name: "refs/tags/" + $0, value: .unknown) }
        if isForced {
            changes += stream.moved.subtracting(stream.removed).sorted().map {
                RefChange(name: resolved($0), value: .unknown)
            }
        }
        return changes
    }
}

/// The refs that a stream names, by what it does to them.
struct ImportedRefs {
    private(set) var isForced = false
    private(set) var moved: Set<ByteString> = []
    private(set) var removed: Set<ByteString> = []
    /// Short names.
    private(set) var tags: Set<ByteString> = []

    private var rest: ArraySlice<UInt8>

    init(_ stream: ByteString) {
        rest = stream.bytes[...]
        var reset: ByteString?
        while let line = nextLine() {
            if let size = line.dropping(prefix: "data ") {
                skip(size)
            } else if let name = line.dropping(prefix: "reset ") {
                moved.insert(name)
                reset = name
                continue
            } else if let name = line.dropping(prefix: "commit ") {
                moved.insert(name)
            } else if let name = line.dropping(prefix: "tag ") {
                tags.insert(name)
            } else if line == "feature force" {
                isForced = true
            } else if let name = reset, let start = line.dropping(prefix: "from "),
                ObjectName(hex: start)?.isZero == true
            {
                removed.insert(name)
            }
            reset = nil
        }
    }

    private mutating func nextLine() -> ByteString? {
        guard !rest.isEmpty else { return nil }
        let line = rest.prefix { $0 != UInt8(ascii: "\n") }
        rest = rest.dropFirst(line.count + 1)
        return ByteString(line)
    }

    /// Content, which is that many bytes or goes up to a line that was named: `data 12`, `data <<END`.
    private mutating func skip(_ size: ByteString) {
        if let end = size.dropping(prefix: "<<") {
            while let line = nextLine(), line != end {}
        } else {
            rest = rest.dropFirst(max(0, Int(size.text) ?? 0))
        }
    }
}
