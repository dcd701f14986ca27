import ByteStrings
import GitSyntax
import Platform

/// What `git status` tells of a work tree (git-status(1), "Porcelain Format Version 2").
struct WorkTreeStatus {
    struct Entry: Hashable {
        enum Kind: Hashable {
            /// A tracked file that differs somewhere. The letters tell how the index differs from HEAD and the work tree
            /// from the index; `.` is no difference.
            case changed(index: UInt8, workTree: UInt8)
            case unmerged
            case untracked
            case ignored
        }

        var kind: Kind
        /// From the top of the work tree.
        var path: ByteString
        /// For submodules: whether there is uncommitted work in it.
        var isDirtySubmodule = false
        var isSubmodule = false
        /// The blob in the index; empty for what is not tracked.
        var staged: ByteString = ""
        /// The blobs of an unmerged path: base, ours, theirs; all zeros for none.
        var stages: [ByteString] = []

        /// Whether the index holds content that HEAD does not.
        var isStaged: Bool {
            guard case .changed(let index, _) = kind else { return false }
            return index != UInt8(ascii: ".") && index != UInt8(ascii: "D")
        }

        /// Whether the file on disk is there and differs from what the index holds.
        var isEdited: Bool {
            guard case .changed(_, let workTree) = kind else { return false }
            return workTree != UInt8(ascii: ".") && workTree != UInt8(ascii: "D")
        }

        /// Whether HEAD has the file and the index has not.
        var isStagedDeletion: Bool {
            guard case .changed(let index, _) = kind else { return false }
            return index == UInt8(ascii: "D")
        }

        /// Whether the file is gone from the work tree only.
        var isMissing: Bool {
            guard case .changed(_, let workTree) = kind else { return false }
            return workTree == UInt8(ascii: "D")
        }
    }

    enum Untracked { case no, all, withIgnored }

    var entries: [Entry]

    /// Asks the real git. nil where it fails, as it then does over the command as well.
    ///
    /// - Parameter paths: pathspecs as the command has them; nil for the whole work tree.
    static func read(
        _ setting: Setting, paths: [ByteString]? = nil, untracked: Untracked = .no, literally: Bool = false
    ) -> WorkTreeStatus? {
        if paths?.isEmpty == true { return WorkTreeStatus(listing: "") }
        let words = words(paths: paths, untracked: untracked)
        if !literally, let answer = natively(setting, words) { return answer }
        let question = setting.question((literally ? ["--literal-pathspecs"] : []) + globals + words)
        guard let answer = try? question.capture(), answer.ending.succeeded else { return nil }
        return WorkTreeStatus(listing: answer.output)
    }

    fileprivate init(listing: ByteString) { entries = listing.split(0).compactMap(Self.entry) }

    /// The answer to the same question in process; nil where only the real git can give it.
    fileprivate static func natively(_ setting: Setting, _ words: [ByteString]) -> WorkTreeStatus? {
        setting.nativeAnswer?("status", words).map(WorkTreeStatus.init(listing:))
    }

    /// What stands before the words.
    fileprivate static let globals: [ByteString] = [
        "-c", "core.fsmonitor=false", "-c", "status.renames=false", "status",
    ]

    fileprivate static func words(paths: [ByteString]? = nil, untracked: Untracked = .no) -> [ByteString] {
        var words: [ByteString] = ["--porcelain=v2", "-z", "--no-renames", "--ignore-submodules=none"]
        words.append(untracked == .no ? "--untracked-files=no" : "--untracked-files=all")
        if untracked == .withIgnored { words.append("--ignored=traditional") }
        if let paths { words += ["--"] + paths }
        return words
    }

    private static func entry(_ record: ByteString) -> Entry? {
        guard let kind = record.bytes.first else { return nil }
        switch kind {
        case UInt8(ascii: "1"): return changed(fields(record, 8))
        case UInt8(ascii: "u"): return unmerged(fields(record, 10))
        case UInt8(ascii: "?"): return Entry(kind: .untracked, path: ByteString(record.bytes.dropFirst(2)))
        case UInt8(ascii: "!"): return Entry(kind: .ignored, path: ByteString(record.bytes.dropFirst(2)))
        default: return nil
        }
    }

    /// That many fields and what follows them, which may hold spaces.
    private static func fields(_ record: ByteString, _ count: Int) -> [ByteString] {
        record.bytes.split(separator: UInt8(ascii: " "), maxSplits: count, omittingEmptySubsequences: false)
            .map { ByteString($0) }
    }

    private static func changed(_ fields: [ByteString]) -> Entry? {
        guard fields.count == 9, fields[1].count == 2 else { return nil }
        return Entry(
            kind: .changed(index: fields[1].bytes[0], workTree: fields[1].bytes[1]), path: fields[8],
            isDirtySubmodule: isDirty(fields[2]), isSubmodule: fields[2].hasPrefix("S"), staged: fields[7])
    }

    private static func unmerged(_ fields: [ByteString]) -> Entry? {
        guard fields.count == 11 else { return nil }
        return Entry(
            kind: .unmerged, path: fields[10], isDirtySubmodule: isDirty(fields[2]),
            isSubmodule: fields[2].hasPrefix("S"), stages: Array(fields[7...9]))
    }

    /// `S` and then whether its commit changed, whether it has changes, whether it has untracked files.
    private static func isDirty(_ submodule: ByteString) -> Bool {
        submodule.hasPrefix("S") && (submodule.contains(UInt8(ascii: "M")) || submodule.contains(UInt8(ascii: "U")))
    }
}

/// The status of all tracked files, asked for once in the foresight of a command.
final class WorkTreeStatuses {
    private let setting: Setting
    private let questions: StartedQuestions
    private var isStarted = false
    private var answer: WorkTreeStatus??

    init(_ setting: Setting, _ questions: StartedQuestions) {
        self.setting = setting
        self.questions = questions
    }

    /// Finds it out in process, or has git begin with it.
    func start() {
        if isStarted { return }
        isStarted = true
        if let status = WorkTreeStatus.natively(setting, WorkTreeStatus.words()) {
            answer = .some(status)
        } else {
            questions.start(WorkTreeStatus.globals + WorkTreeStatus.words())
        }
    }

    func ofTracked() -> WorkTreeStatus? {
        start()
        if let answer { return answer }
        let status = questions.ask(WorkTreeStatus.globals + WorkTreeStatus.words()).map(WorkTreeStatus.init(listing:))
        answer = .some(status)
        return status
    }
}
