import ByteStrings
import CLibgit2

/// Reads of commits what a walk through history needs, and nothing else: from the commit-graph, where there is one that
/// has the commit, else from the object itself.
final class CommitReader {
    /// A commit's place in history.
    struct Commit {
        var id: ObjectID
        /// The first parent by itself: most commits have no other, and need no array.
        var parent: ObjectID?
        var furtherParents: [ObjectID] = []
        /// When it was committed, in seconds since 1970.
        var date: Int64
        /// One more than that of all its parents (git's commit-graph format); nil for a commit that is not in the graph.
        var generation: UInt32?

        var isMerge: Bool { !furtherParents.isEmpty }
    }

    enum Found {
        case commit(Commit)
        /// A tree or a blob, or a tag of one: it has no history.
        case other
        /// Not here, or not written as git writes it.
        case unreadable
    }

    let graph: CommitGraph?
    /// What was read of many tips before; nil where there are few.
    private let known: KnownCommits?
    private let objects: OpaquePointer

    init?(_ repository: OpaquePointer, graph: CommitGraph?, known: KnownCommits?) {
        var opened: OpaquePointer?
        guard git_repository_odb(&opened, repository) == 0, let opened else {
            git_error_clear()
            return nil
        }
        objects = opened
        self.graph = graph
        self.known = known
    }

    deinit {
        known?.save()
        git_odb_free(objects)
    }

    /// The commit that one of many refs leads to.
    func find(tip name: ObjectID) -> Found {
        if let known, let commit = known.commit(name) {
            known.note(commit, wasKnown: true)
            return .commit(commit)
        }
        let found = find(name)
        if case .commit(let commit) = found { known?.note(commit, wasKnown: false) }
        return found
    }

    /// The commit that an object is, or that a tag leads to.
    func find(_ name: ObjectID) -> Found {
        var name = name
        // Tags of tags of tags are not made by anybody; a ring of them cannot be.
        for _ in 0..<8 {
            if let graph, let commit = graph.commit(name) { return .commit(commit) }
            var raw = name.raw
            var object: OpaquePointer?
            guard git_odb_read(&object, objects, &raw) == 0, let object else {
                git_error_clear()
                return .unreadable
            }
            defer { git_odb_object_free(object) }
            let text = UnsafeRawBufferPointer(start: git_odb_object_data(object), count: git_odb_object_size(object))
            switch git_odb_object_type(object) {
            case GIT_OBJECT_COMMIT: return Self.parse(name, text).map(Found.commit) ?? .unreadable
            case GIT_OBJECT_TAG:
                var lines = Lines(text)
                guard let next = lines.object(behind: "object ") else { return .unreadable }
                name = next
            default: return .other
            }
        }
        return .unreadable
    }

    /// The headers that stand before all others, in the order in which git writes them; nil for any other text.
    private static func parse(_ id: ObjectID, _ text: UnsafeRawBufferPointer) -> Commit? {
        var lines = Lines(text)
        guard lines.skip("tree ") else { return nil }
        var commit = Commit(id: id, parent: nil, date: 0)
        while let parent = lines.object(behind: "parent ") {
            if commit.parent == nil { commit.parent = parent } else { commit.furtherParents.append(parent) }
        }
        guard lines.skip("author "), let date = lines.date(behind: "committer ") else { return nil }
        commit.date = date
        return commit
    }

    /// The lines at the beginning of an object, each taken where it is the expected one.
    private struct Lines {
        private var rest: UnsafeRawBufferPointer

        init(_ text: UnsafeRawBufferPointer) { rest = text }

        mutating func object(behind header: StaticString) -> ObjectID? {
            guard let line = line(header), line.count == 40 else { return nil }
            let hex = UnsafeRawBufferPointer(rebasing: line).bindMemory(to: UInt8.self)
            guard let object = ObjectID(hex: hex) else { return nil }
            take(header, line)
            return object
        }

        mutating func skip(_ header: StaticString) -> Bool {
            guard let line = line(header) else { return false }
            take(header, line)
            return true
        }

        /// The seconds behind `Name <email>`.
        func date(behind header: StaticString) -> Int64? {
            guard let line = line(header), let end = line.lastIndex(of: UInt8(ascii: ">")) else { return nil }
            let digits = line[(end + 1)...].dropFirst().prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            // Up to the year 5138; git's own limits lie beyond that.
            guard (1...11).contains(digits.count) else { return nil }
            return digits.reduce(0) { $0 * 10 + Int64($1 - UInt8(ascii: "0")) }
        }

        /// What follows the header in the next line; nil where that begins otherwise.
        private func line(_ header: StaticString) -> Slice<UnsafeRawBufferPointer>? {
            let expected = UnsafeBufferPointer(start: header.utf8Start, count: header.utf8CodeUnitCount)
            guard rest.count > expected.count, rest.starts(with: expected),
                let end = rest.firstIndex(of: UInt8(ascii: "\n")), end >= expected.count
            else { return nil }
            return rest[expected.count..<end]
        }

        private mutating func take(_ header: StaticString, _ line: Slice<UnsafeRawBufferPointer>) {
            rest = UnsafeRawBufferPointer(rebasing: rest[(line.endIndex + 1)...])
        }
    }
}
