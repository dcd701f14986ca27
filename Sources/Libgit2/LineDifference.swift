import ByteStrings
import CLibgit2

/// The difference of two texts line by line, by the library's copy of git's `xdiff`: git's defaults, three lines of
/// context, the indent heuristic on.
public struct LineDifference {
    public struct Hunk {
        public var oldStart: Int
        public var oldCount: Int
        public var newStart: Int
        public var newCount: Int
        /// Each line with its sign before it, and the notes on missing newlines, as git prints them.
        public var text: [UInt8] = []
    }

    public private(set) var hunks: [Hunk] = []
    public private(set) var added = 0
    public private(set) var deleted = 0

    /// Fails where the library does not take them for text.
    public init(old: UnsafeBufferPointer<UInt8>, new: UnsafeBufferPointer<UInt8>) throws(Libgit2Error) {
        var options = git_diff_options()
        try check(git_diff_options_init(&options, UInt32(GIT_DIFF_OPTIONS_VERSION)))
        options.context_lines = 3
        options.interhunk_lines = 0
        options.flags = GIT_DIFF_FORCE_TEXT.rawValue | GIT_DIFF_INDENT_HEURISTIC.rawValue
        let collected = Collected()
        let hunk: git_diff_hunk_cb = { _, hunk, payload in
            guard let hunk = hunk?.pointee, let payload else { return -1 }
            Unmanaged<Collected>.fromOpaque(payload).takeUnretainedValue().begin(hunk)
            return 0
        }
        let line: git_diff_line_cb = { _, _, line, payload in
            guard let line = line?.pointee, let payload else { return -1 }
            Unmanaged<Collected>.fromOpaque(payload).takeUnretainedValue().add(line)
            return 0
        }
        try check(
            git_diff_buffers(
                old.baseAddress, old.count, "a", new.baseAddress, new.count, "a", &options, nil, nil, hunk, line,
                Unmanaged.passUnretained(collected).toOpaque()))
        hunks = collected.hunks
        (added, deleted) = (collected.added, collected.deleted)
    }

    private final class Collected {
        var hunks: [Hunk] = []
        var added = 0
        var deleted = 0

        func begin(_ hunk: git_diff_hunk) {
            hunks.append(
                Hunk(
                    oldStart: Int(hunk.old_start), oldCount: Int(hunk.old_lines), newStart: Int(hunk.new_start),
                    newCount: Int(hunk.new_lines)))
        }

        func add(_ line: git_diff_line) {
            guard !hunks.isEmpty, let content = line.content else { return }
            let bytes = UnsafeRawBufferPointer(start: content, count: line.content_len)
            let last = hunks.count - 1
            switch UInt8(bitPattern: line.origin) {
            case UInt8(ascii: "+"):
                added += 1
                hunks[last].text.append(UInt8(ascii: "+"))
            case UInt8(ascii: "-"):
                deleted += 1
                hunks[last].text.append(UInt8(ascii: "-"))
            case UInt8(ascii: " "): hunks[last].text.append(UInt8(ascii: " "))
            // The note on a missing newline, newline first.
            default: break
            }
            hunks[last].text += bytes
        }
    }
}
