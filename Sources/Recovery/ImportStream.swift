import ByteStrings
import Libgit2
import Platform

/// A stream for `git fast-import` that makes one commit (git-fast-import(1), "Input Format").
struct ImportStream {
    private(set) var bytes: [UInt8] = []

    init(ref: ByteString, time: Int64, message: ByteString, from: ByteString? = nil, parents: [ObjectName] = []) {
        line("commit " + ref)
        line(ByteString("committer Pawl <pawl@localhost> \(max(time, 0)) +0000"))
        data(message)
        if let from { line("from " + from) }
        for parent in parents { line("merge " + parent.hex) }
    }

    private mutating func line(_ text: ByteString) {
        bytes += text.bytes
        bytes.append(0x0a)
    }

    private mutating func data(_ content: ByteString) {
        line(ByteString("data \(content.count)"))
        bytes += content.bytes
        bytes.append(0x0a)
    }

    /// A file; `path` is one of Pawl's own names, which need no quoting.
    mutating func add(_ path: String, _ content: ByteString) {
        line(ByteString("M 100644 inline \(path)"))
        data(content)
    }

    mutating func add(_ path: String, existing: ObjectName, isTree: Bool = false) {
        line(ByteString(isTree ? "M 040000 " : "M 100644 ") + existing.hex + ByteString(" \(path)"))
    }

    /// Room for so many bytes of content, so that the stream is not copied while it grows.
    mutating func reserve(_ count: Int) { bytes.reserveCapacity(bytes.count + count) }

    /// The stream with the end that `--done` asks for: without it no ref is stored.
    mutating func finish() -> ByteString {
        bytes += Array("done\n".utf8)
        return ByteString(bytes)
    }
}

extension Place {
    static let importWords: [ByteString] = [
        "-c", "fastimport.unpackLimit=100", "-c", "core.compression=1", "-c", "pack.compression=1", "fast-import",
        "--quiet", "--done", "--date-format=raw",
    ]

    /// Feeds the stream to git. Where that fails, no ref has changed and no crash report is left.
    func importStream(_ stream: ByteString) throws(RecoveryError) {
        let leftovers = Leftovers(self)
        let captured = try run(Self.importWords, input: stream)
        guard captured.ending.succeeded else {
            leftovers.sweepNew()
            throw .git(command: "fast-import", errors: captured.errors)
        }
    }
}
