import ByteStrings
import Libgit2

/// A ref of a snapshot with its value.
public struct SavedRef: Equatable, Sendable {
    public var name: ByteString
    /// nil where the ref did not exist.
    public var object: ObjectName?
    /// The ref it stands for, of a symbolic ref.
    public var target: ByteString?
}

/// HEAD of the work tree.
public enum SavedHead: Equatable, Sendable {
    case branch(ByteString)
    case detached(ObjectName)
}

/// What a snapshot's blob `manifest` (before the command) and its file in `pawl-after` (after it) say.
///
/// The format: fields, each ended by a NUL. The first is `pawl-snapshot 1`. Then come records: a field `NAME COUNT` and
/// COUNT fields. Readers skip names that they do not know. Numbers are decimal, modes octal, an empty field is "none".
///
/// - `command 1`: the command line; `time 1`: seconds since 1970; `all-refs 0`: every ref was in scope
/// - `undoes 1`, `part-of 1`: the snapshot that this one was taken for undoing, wholly or in part
/// - `work-tree 1`: the linked work tree that it was taken in, as `worktrees/NAME`; absent in the main one
/// - `top 1`: the top of a work tree that the command was given, absolute; absent where git finds it by itself
/// - `head 2`: `branch` and ref name, or `detached` and object name
/// - `ref 3`: name, object name, target of a symbolic ref
/// - `log 2`: ref name, SHA-256 of its reflog file; the nth (from 0) one is `logs/n`; empty: there was none
/// - `tag 1`: name of a tag object; the nth one's content is `tags/n`
/// - `index 1`: SHA-256 of how the index differs from the commit that HEAD was at; in `manifest` the index file is `index`
/// - `shared 1`: name of a shared index file; the nth one is `shared/n`
/// - `operation 5`: a file of a merge, rebase or the like under way, by its path from the git directory, then as in
///   `file`; the nth one's content is `operation/n`
/// - `remote 1`: what `git push` calls the remote whose refs are kept; the snapshot is of nothing else then
/// - `remote-ref 3`: name, object before the push, object that the push sets it to
/// - `file 5`: path, kind, mode, size, SHA-256; the nth one's content is `files/n`
struct Manifest: Equatable {
    /// The snapshot's name; not in the text.
    var id: ByteString = ""
    var command: ByteString = ""
    var time: Int64 = 0
    var allRefs = false
    var undoes: ByteString?
    var partOf: ByteString?
    var workTree: ByteString?
    var top: ByteString?
    var head: SavedHead?
    var refs: [SavedRef] = []
    var logs: [(name: ByteString, digest: ByteString)] = []
    var tags: [ByteString] = []
    var index: ByteString?
    var shared: [ByteString] = []
    var operation: [SavedFile] = []
    var remote: SavedRemote?
    var files: [SavedFile] = []

    static func == (left: Manifest, right: Manifest) -> Bool { left.text == right.text }

    static let opening: ByteString = "pawl-snapshot 1"

    var text: ByteString {
        var text = Self.opening + "\0"
        func add(_ name: String, _ fields: ByteString...) {
            text += ByteString("\(name) \(fields.count)\0")
            for field in fields { text += ByteString(field.bytes.filter { $0 != 0 }) + "\0" }
        }
        add("command", command)
        add("time", ByteString("\(time)"))
        if allRefs { add("all-refs") }
        if let undoes { add("undoes", undoes) }
        if let partOf { add("part-of", partOf) }
        if let workTree { add("work-tree", workTree) }
        if let top { add("top", top) }
        switch head {
        case .branch(let name): add("head", "branch", name)
        case .detached(let object): add("head", "detached", object.hex)
        case nil: break
        }
        for ref in refs { add("ref", ref.name, ref.object?.hex ?? "", ref.target ?? "") }
        for log in logs { add("log", log.name, log.digest) }
        for tag in tags { add("tag", tag) }
        if let index { add("index", index) }
        for name in shared { add("shared", name) }
        func add(_ name: String, _ file: SavedFile) {
            add(
                name, file.path, ByteString(file.state.kind.rawValue), ByteString(String(file.state.mode, radix: 8)),
                ByteString("\(file.state.size)"), file.state.digest)
        }
        if let remote {
            add("remote", remote.repository)
            for ref in remote.refs { add("remote-ref", ref.name, ref.before?.hex ?? "", ref.after?.hex ?? "") }
        }
        for file in operation { add("operation", file) }
        for file in files { add("file", file) }
        return text
    }

    /// Whether this, as recorded after a command, is what was there before it.
    func saysTheSame(as before: Manifest) -> Bool {
        refs.isEmpty && head == before.head && index == before.index && operation == before.operation
            && files == before.files && logs.elementsEqual(before.logs) { $0 == $1 }
    }

    /// The commit at HEAD; nil for a branch without commits.
    var headObject: ObjectName? {
        switch head {
        case .detached(let object): object
        case .branch(let name): refs.first { $0.name == name }?.object
        case nil: nil
        }
    }

    init() {}

    /// nil where the text is no manifest of this version.
    init?(_ text: ByteString) {
        var rest = text.records[...]
        guard rest.popFirst() == Self.opening else { return nil }
        while let heading = rest.popFirst() {
            guard let (name, number) = heading.split(atFirst: 0x20), let count = Int(number.text),
                count >= 0, rest.count >= count
            else { return nil }
            let fields = Array(rest.prefix(count))
            rest = rest.dropFirst(count)
            guard read(name, fields) else { return nil }
        }
    }

    private mutating func read(_ name: ByteString, _ fields: [ByteString]) -> Bool {
        let first = fields.first ?? ""
        let second = fields.dropFirst().first ?? ""
        switch name.text {
        case "command": command = first
        case "time": time = Int64(first.text) ?? 0
        case "all-refs": allRefs = true
        case "undoes": undoes = first
        case "part-of": partOf = first
        case "work-tree": workTree = first
        case "top": top = first
        case "head":
            if first == "branch" {
                head = .branch(second)
            } else if let object = ObjectName(hex: second) {
                head = .detached(object)
            }
        case "ref":
            let target = fields.last ?? ""
            refs.append(SavedRef(name: first, object: ObjectName(hex: second), target: target.isEmpty ? nil : target))
        case "log": logs.append((first, second))
        case "tag": tags.append(first)
        case "index": index = first
        case "shared": shared.append(first)
        case "remote": remote = SavedRemote(repository: first, refs: [])
        case "remote-ref":
            remote?.refs.append(
                SavedRemote.Ref(
                    name: first, before: ObjectName(hex: second), after: fields.last.flatMap { ObjectName(hex: $0) }))
        case "operation", "file":
            guard let file = SavedFile(fields) else { return false }
            if name == "file" { files.append(file) } else { operation.append(file) }
        default: break
        }
        return true
    }
}

extension SavedFile {
    /// From the fields of a record; nil where they are not understood.
    fileprivate init?(_ fields: [ByteString]) {
        guard fields.count == 5, let kind = FileState.Kind(rawValue: fields[1].text),
            let mode = UInt32(fields[2].text, radix: 8), let size = Int64(fields[3].text)
        else { return nil }
        path = fields[0]
        state = FileState(kind: kind, mode: mode, size: size, digest: fields[4])
    }
}
