import ByteStrings
import Libgit2
import Platform

/// A stream to `git fast-import` that makes one commit (git-fast-import(1), "Input Format"). It goes out as it grows: what
/// is in it need not fit into memory.
struct ImportStream: SnapshotSink {
    private let child: FedChild
    private var waiting: [UInt8] = []
    private static let enough = 1 << 16

    init(_ child: FedChild, ref: ByteString, time: Int64, message: ByteString, parents: [ObjectName]) {
        self.child = child
        line("commit " + ref)
        line(ByteString("committer Pawl <pawl@localhost> \(max(time, 0)) +0000"))
        data(message)
        for parent in parents { line("merge " + parent.hex) }
    }

    private mutating func line(_ text: ByteString) {
        waiting += text.bytes
        waiting.append(0x0a)
        if waiting.count >= Self.enough { send() }
    }

    private mutating func data(_ content: ByteString) {
        line(ByteString("data \(content.count)"))
        content.bytes.withUnsafeBytes { append($0) }
        line("")
    }

    /// Part of a content that `begin` has announced.
    mutating func append(_ part: UnsafeRawBufferPointer) {
        guard part.count >= Self.enough else {
            waiting += part
            if waiting.count >= Self.enough { send() }
            return
        }
        send()
        child.write(part)
    }

    private mutating func send() {
        waiting.withUnsafeBytes { child.write($0) }
        waiting.removeAll(keepingCapacity: true)
    }

    /// A file; `path` is one of Pawl's own names, which need no quoting.
    mutating func add(_ path: String, _ content: ByteString) {
        line(ByteString("M 100644 inline \(path)"))
        data(content)
    }

    /// A file of so many bytes, which are appended then, and ended.
    mutating func begin(_ path: String, count: Int64) {
        line(ByteString("M 100644 inline \(path)"))
        line(ByteString("data \(count)"))
    }

    mutating func end() { line("") }

    mutating func add(_ path: String, existing: ObjectName, isTree: Bool) {
        line(ByteString(isTree ? "M 040000 " : "M 100644 ") + existing.hex + ByteString(" \(path)"))
    }

    /// Sends the end that `--done` asks for: without it no ref is stored.
    mutating func finish() throws(RecoveryError) {
        line("done")
        send()
        let captured = child.finish()
        guard captured.ending.succeeded else { throw .git(command: "fast-import", errors: captured.errors) }
    }
}

extension Place {
    /// Beyond so many bytes a snapshot stays the pack that it is received as: taking it apart would write it twice.
    private static let packedFrom: Int64 = 8 << 20

    /// Large files pass through git in parts, too, and are not held in its memory (git-config(1), `core.bigFileThreshold`).
    static let streaming: [ByteString] = ["-c", "core.bigFileThreshold=1m"]

    /// Starts git's reader of a stream with so many bytes of files.
    func startImport(bytes: Int64) throws(RecoveryError) -> FedChild {
        let limit: ByteString = bytes > Self.packedFrom ? "fastimport.unpackLimit=1" : "fastimport.unpackLimit=100"
        let words: [ByteString] = [
            "-c", limit, "-c", "core.compression=1", "-c", "pack.compression=1", "fast-import", "--quiet", "--done",
            "--date-format=raw",
        ]
        do { return try program(Self.streaming + words).startFed() } catch { throw .system(error) }
    }
}
