import ByteStrings
import Libgit2
import Platform

/// What an undo is going to change, found out before anything is.
struct UndoPlan {
    /// Refs to set, with their present values: `wanted.object` nil deletes.
    var refs: [(wanted: SavedRef, present: ObjectName?)] = []
    /// Reflog files to put back: number in the manifest, and ref.
    var logs: [(number: Int, name: ByteString)] = []
    var head: SavedHead?
    var restoresIndex = false
    /// Whether a merge, rebase or the like is put back as it was under way, or a later one taken away.
    var restoresOperation = false
    /// Tracked files to take from the old index.
    var checkout: [ByteString] = []
    /// Tracked files to remove.
    var remove: [ByteString] = []
    /// Saved files to write or to remove, with their numbers.
    var files: [(number: Int, file: SavedFile)] = []
    /// Changed files whose saved index entry differs, left as they are.
    var left: [ByteString] = []
    /// Refs of a remote to set back.
    var remote: SavedRemote?
    var remoteURL: ByteString = ""
    /// Further files that are in the way and go.
    var obstacles: [ByteString] = []
    var conflicts: [Conflict] = []

    /// What an undo of the same snapshot that did not come to its end was about to write: half of it may be there.
    private var resumed: Set<ByteString> = []
    /// Files that are in no saved state, but whose content git has as well.
    private var known: Set<ByteString> = []

    var isEmpty: Bool {
        refs.isEmpty && logs.isEmpty && head == nil && !restoresIndex && !restoresOperation
            && checkout.isEmpty && remove.isEmpty
            && files.isEmpty && remote == nil
    }

    init(_ recovery: Recovery, _ id: ByteString, paths: [ByteString]?) throws(RecoveryError) {
        let before = try recovery.manifest(id)
        let after = try recovery.after(id)
        var tracked = TrackedFiles()
        if recovery.place.workTree != nil && before.remote == nil { tracked = try TrackedFiles(recovery, id, before) }
        if let saved = before.remote {
            if paths == nil { try planRemote(recovery, saved) }
            return
        }
        if let broken = try recovery.brokenUndo(of: id) { resumed = Set(broken.files.map(\.path)) }
        if after == nil { known = try recovery.knownContents(of: before) }
        if paths == nil {
            try planRefs(recovery, before, after)
            try planIndex(recovery, before, after)
            try planOperation(recovery, before, after)
        }
        try planFiles(recovery, before, after, paths: paths, tracked)
        let chosen = paths.map { PathFilter($0) }
        if restoresIndex || (chosen != nil && before.index != nil) {
            try planTracked(recovery, before, tracked, chosen)
        }
        if let chosen,
            let stranger = chosen.paths.first(where: { path in
                let one = PathFilter([path])
                return !before.files.contains { one.holds($0.path) } && !tracked.old.keys.contains(where: one.holds)
            })
        {
            throw .notSaved(stranger, snapshot: id)
        }
        // Whether the command has changed them halfway, or somebody else, nobody knows.
        if paths == nil && after == nil && before.index != nil && !restoresIndex {
            left = tracked.changed.subtracting(before.files.map(\.path)).sorted()
        }
        try planObstacles(recovery, before, tracked)
    }

    /// A remote's refs go back only from where the push has left them.
    private mutating func planRemote(_ recovery: Recovery, _ saved: SavedRemote) throws(RecoveryError) {
        let place = recovery.place
        remoteURL = try place.pushURL(saved.repository)
        let present = try place.advertised(saved.repository, remoteURL)
        var back = SavedRemote(repository: saved.repository, refs: [])
        for ref in saved.refs where present[ref.name] != ref.before {
            let now = present[ref.name]
            if now != ref.after { conflicts.append(.remoteRef(ref.name, remote: saved.repository)) }
            back.refs.append(SavedRemote.Ref(name: ref.name, before: now, after: ref.before))
        }
        if !back.refs.isEmpty { remote = back }
    }

    private mutating func planRefs(
        _ recovery: Recovery, _ before: Manifest, _ after: Manifest?
    ) throws(RecoveryError) {
        let place = recovery.place
        var wanted = before.refs
        var names = Set(wanted.map(\.name))
        for ref in after?.refs ?? [] where names.insert(ref.name).inserted {
            wanted.append(SavedRef(name: ref.name, object: nil, target: nil))
        }
        let now = try place.readRefs(before.allRefs ? nil : wanted.map(\.name))
        let present = Dictionary(now.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        let later = Dictionary((after?.refs ?? []).map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        for ref in wanted {
            let now = present[ref.name] ?? SavedRef(name: ref.name, object: nil, target: nil)
            guard now != ref else { continue }
            // What the command has left as it was is not its to be undone, whatever came later.
            if after != nil && later[ref.name] == nil { continue }
            if after != nil, now != later[ref.name] ?? ref { conflicts.append(.ref(ref.name)) }
            refs.append((ref, now.object))
        }
        try planLogs(recovery, before, after)
        let head = try place.readHead()
        if head != before.head && after?.head != before.head {
            // Without the index, files of one commit would seem to be changes of another one's.
            var isWhole = before.index != nil
            if !isWhole { isWhole = try place.headObject() == before.headObject }
            if isWhole {
                if let after, head != after.head { conflicts.append(.head) }
                self.head = before.head
            }
        }
    }

    /// The stash's reflog is the list of stashes and goes back exactly. Others go back where the command lost them; one
    /// that merely grew, or lost its oldest entries to garbage collection, stays.
    private mutating func planLogs(
        _ recovery: Recovery, _ before: Manifest, _ after: Manifest?
    ) throws(RecoveryError) {
        let later = Dictionary(
            (after?.logs ?? []).map { ($0.name, $0.digest) }, uniquingKeysWith: { first, _ in first })
        for (number, log) in before.logs.enumerated() where !log.digest.isEmpty {
            let present = recovery.place.readLog(log.name)
            let digest = present.map { Digest.sha256($0) } ?? ""
            guard digest != log.digest, later[log.name] != log.digest else { continue }
            if log.name == "refs/stash" {
                let isNewer = later[log.name].map { $0 != digest } ?? false
                if isNewer && !conflicts.contains(.ref(log.name)) { conflicts.append(.ref(log.name)) }
            } else if let present, digest != later[log.name] {
                let saved = try recovery.content(before.id, "logs/\(number)")
                if Self.continues(present, saved) { continue }
            }
            logs.append((number, log.name))
        }
    }

    /// Whether a reflog goes on from a saved one: it begins with one of its entries, and holds its last one.
    private static func continues(_ present: ByteString, _ saved: ByteString) -> Bool {
        let lines = present.split(0x0a).filter { !$0.isEmpty }
        let old = saved.split(0x0a).filter { !$0.isEmpty }
        guard let first = lines.first, let last = old.last else { return false }
        return old.contains(first) && lines.contains(last)
    }

    private mutating func planIndex(
        _ recovery: Recovery, _ before: Manifest, _ after: Manifest?
    ) throws(RecoveryError) {
        guard let old = before.index else { return }
        let now = try recovery.place.readIndex(before.headObject).digest
        guard now != old, after?.index != old else { return }
        if let after, after.index != now { conflicts.append(.index) }
        restoresIndex = true
    }

    private mutating func planOperation(
        _ recovery: Recovery, _ before: Manifest, _ after: Manifest?
    ) throws(RecoveryError) {
        guard before.index != nil else { return }
        let now = try OperationFiles(recovery.place).files
        guard now != before.operation, after?.operation != before.operation else { return }
        if let after, after.operation != now { conflicts.append(.operation) }
        restoresOperation = true
    }

    private mutating func planFiles(
        _ recovery: Recovery, _ before: Manifest, _ after: Manifest?, paths: [ByteString]?, _ tracked: TrackedFiles
    ) throws(RecoveryError) {
        let later = Dictionary(
            (after?.files ?? []).map { ($0.path, $0.state) }, uniquingKeysWith: { first, _ in first })
        let chosen = paths.map { PathFilter($0) }
        for (number, file) in before.files.enumerated() {
            if chosen?.holds(file.path) == false { continue }
            let now = try recovery.reader.state(file.path)
            if now.isSame(as: file.state) { continue }
            if paths == nil, let state = later[file.path], state.isSame(as: file.state) { continue }
            files.append((number, file))
            let isCommands: Bool
            if let state = later[file.path] {
                isCommands = now.isSame(as: state)
            } else {
                isCommands = now.kind == .absent || tracked.isClean(file.path) || known.contains(file.path)
            }
            if !isCommands && !resumed.contains(file.path) { conflicts.append(.file(file.path)) }
        }
    }

    /// What stands where saved files belong and is neither saved nor the command's: files in a folder that has to make
    /// room for a file, and files or links that have to make room for a folder.
    private mutating func planObstacles(
        _ recovery: Recovery, _ before: Manifest, _ tracked: TrackedFiles
    ) throws(RecoveryError) {
        var known = Set(before.files.map(\.path))
        known.formUnion(remove)
        var found: Set<ByteString> = []
        for (_, file) in files where file.state.kind != .absent {
            var parent = Path.parent(file.path)
            while parent != "." && parent != "/" {
                let status = File.linkStatus(recovery.reader.absolute(parent))
                if let status, status.kind != .directory, !known.contains(parent) { found.insert(parent) }
                parent = Path.parent(parent)
            }
            guard file.state.kind != .directory else { continue }
            for path in try recovery.reader.filesBelow(file.path) where !known.contains(path) { found.insert(path) }
        }
        obstacles = found.sorted()
        let mine = Set(checkout)
        for path in obstacles where !mine.contains(path) && !tracked.isClean(path) { conflicts.append(.file(path)) }
    }

    /// Tracked files that are as the present index has them go back to what the old index had.
    private mutating func planTracked(
        _ recovery: Recovery, _ before: Manifest, _ tracked: TrackedFiles, _ chosen: PathFilter?
    ) throws(RecoveryError) {
        let saved = Set(before.files.map(\.path))
        var candidates: [(path: ByteString, old: IndexEntry)] = []
        for path in Set(tracked.old.keys).union(tracked.present.keys).sorted() where !saved.contains(path) {
            let old = tracked.old[path]
            let now = tracked.present[path]
            if chosen?.holds(path) == false { continue }
            guard old != now, old?.isSubmodule != true, now?.isSubmodule != true else { continue }
            let exists =
                File.linkStatus(recovery.reader.absolute(path)) != nil && !recovery.reader.leadsThroughLink(path)
            if tracked.isClean(path) || (now == nil && !exists) || resumed.contains(path) {
                if old == nil { remove.append(path) } else { checkout.append(path) }
            } else if let old, exists {
                candidates.append((path, old))
            } else if exists {
                left.append(path)
            }
        }
        // A file that is already what the old index says is not worth a word.
        for (path, old) in candidates {
            let hashed = try recovery.place.run(["hash-object", "--path", path, "--", path])
            if !hashed.ending.succeeded || hashed.output.withoutNewline != old.object.hex { left.append(path) }
        }
    }
}

/// The files that an undo is asked for, folders with all that is in them.
struct PathFilter {
    /// Normalized, from the top of the work tree or absolute; `.` for everything.
    let paths: [ByteString]

    init(_ paths: [ByteString]) {
        self.paths = paths.map { Path.normalized($0) }
    }

    func holds(_ path: ByteString) -> Bool {
        paths.contains { $0 == "." || path == $0 || path.hasPrefix($0 + "/") }
    }
}
