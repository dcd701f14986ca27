import ByteStrings

/// The end of a file of the log.
struct LogTail {
    /// The last intact record; nil where the file holds none.
    var last: SealedLine?
    /// Where that record ends; what lies between here and `size` is torn.
    var end: Int
    /// The file's size in bytes.
    var size: Int

    /// Reads backwards up to the last intact record: usually one block.
    init(of file: OpenFile) throws(AuditError) {
        size = try file.regularSize()
        end = 0
        do {
            var lines = BackwardLines(file, end: size)
            while let line = try lines.next() {
                if line.isComplete, let sealed = try? SealedLine(checking: line.bytes) {
                    last = sealed
                    end = line.offset + line.bytes.count + 1
                    return
                }
            }
        } catch {
            throw .system(error)
        }
    }
}
