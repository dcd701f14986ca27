import Platform

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// A line of a file.
struct Line {
    /// Without the newline.
    var bytes: [UInt8]
    /// Where it begins in the file.
    var offset: Int
    /// Whether a newline ends it: only a torn last line has none.
    var isComplete: Bool

    /// The bytes in the longest line that is read; more means that this is no log.
    static let limit = 64 << 20

    static let newline = UInt8(ascii: "\n")
}

/// The lines of a file from its end to its beginning, holding one block or line in memory.
struct BackwardLines {
    private let file: OpenFile
    /// The bytes from `start` to where the line to be returned next ends.
    private var buffer: [UInt8] = []
    private var start: Int

    /// Reads what lies before `end`.
    init(_ file: OpenFile, end: Int) {
        self.file = file
        start = end
    }

    /// The line before the one returned last; nil at the beginning of the file.
    mutating func next() throws(SystemError) -> Line? {
        if buffer.isEmpty {
            guard start > 0 else { return nil }
            try extend()
        }
        let isComplete = buffer.last == Line.newline
        while true {
            let end = isComplete ? buffer.count - 1 : buffer.count
            let newline = buffer[..<end].lastIndex(of: Line.newline)
            guard newline != nil || start == 0 else {
                try extend()
                continue
            }
            let first = newline.map { $0 + 1 } ?? 0
            let line = Line(bytes: Array(buffer[first..<end]), offset: start + first, isComplete: isComplete)
            buffer.removeSubrange(first...)
            return line
        }
    }

    /// Reads the block before; blocks grow with the line, so that a long one costs no more than its length.
    private mutating func extend() throws(SystemError) {
        guard buffer.count < Line.limit else {
            throw SystemError(code: EFBIG, operation: "find the lines of", path: file.path)
        }
        let size = min(max(4096, buffer.count), start)
        let block = try file.read(at: start - size, count: size)
        guard block.count == size else { throw SystemError(code: EIO, operation: "read", path: file.path) }
        buffer = block + buffer
        start -= size
    }
}

/// The lines of a file from its beginning, or from where a line begins, to `end`.
struct ForwardLines {
    private let file: OpenFile
    private let end: Int
    private var buffer: [UInt8] = []
    /// The index in `buffer` where the next line begins.
    private var cursor = 0
    /// Where `buffer` ends in the file.
    private var position: Int

    init(_ file: OpenFile, from start: Int = 0, end: Int) {
        self.file = file
        self.end = end
        position = start
    }

    /// Where the next line begins.
    var offset: Int { position - buffer.count + cursor }

    /// Goes on where another line begins; what has been read already is not read again.
    mutating func seek(to offset: Int) {
        let start = position - buffer.count
        if start <= offset && offset <= position {
            cursor = offset - start
        } else {
            buffer = []
            cursor = 0
            position = offset
        }
    }

    mutating func next() throws(SystemError) -> Line? {
        var searched = cursor
        while true {
            if let newline = Self.newline(in: buffer, from: searched) {
                return take(upTo: newline, isComplete: true)
            }
            searched = buffer.count
            guard position < end else {
                return cursor < buffer.count ? take(upTo: buffer.count, isComplete: false) : nil
            }
            guard buffer.count - cursor < Line.limit else {
                throw SystemError(code: EFBIG, operation: "find the lines of", path: file.path)
            }
            buffer.removeSubrange(..<cursor)
            searched -= cursor
            cursor = 0
            let block = try file.read(at: position, count: min(64 << 10, end - position))
            guard !block.isEmpty else { throw SystemError(code: EIO, operation: "read", path: file.path) }
            buffer += block
            position += block.count
        }
    }

    /// As the C library searches: millions of lines are looked for when a whole log is checked.
    private static func newline(in bytes: [UInt8], from start: Int) -> Int? {
        bytes.withUnsafeBytes { buffer in
            guard let base = buffer.baseAddress, start < buffer.count,
                let found = memchr(base + start, Int32(Line.newline), buffer.count - start)
            else { return nil }
            return UnsafeRawPointer(found) - base
        }
    }

    private mutating func take(upTo index: Int, isComplete: Bool) -> Line {
        let line = Line(
            bytes: Array(buffer[cursor..<index]), offset: offset, isComplete: isComplete)
        cursor = min(index + 1, buffer.count)
        return line
    }
}
