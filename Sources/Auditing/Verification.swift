import ByteStrings
import Platform

/// What a check of the whole chain found.
public struct Verification: Hashable, Sendable {
    /// A place where the chain does not hold.
    public struct Problem: Hashable, Sendable, CustomStringConvertible {
        /// What was done to the log there, as far as the log itself can tell.
        public enum Kind: String, Sendable {
            /// A record has not the content it had, or another stands in its place.
            case changed
            /// Records are not there any more.
            case removed
            /// Something stands there that was not written there.
            case inserted
            /// Records stand in another order.
            case reordered
            /// The last record is not finished: a crash. The next writer moves it aside.
            case torn
            /// A file cannot be read on from there.
            case unreadable
            /// The chain holds, and is not the one whose hash is kept elsewhere.
            case rewritten
        }

        public var kind: Kind
        public var file: ByteString
        /// From 1.
        public var line: Int
        public var what: String

        public var description: String { "\(file):\(line): \(what)" }
    }

    /// A notice of the log about itself.
    public struct Notice: Hashable, Sendable {
        public var sequence: Int
        public var text: ByteString
    }

    /// Intact records from the beginning up to the problem, or all.
    public var count = 0
    /// The number of the first record that is there; above 1 where retention dropped those before it.
    public var first: Int?
    /// The last intact one; nil in an empty log. Kept elsewhere, its hash shows a chain that was computed anew.
    public var head: AuditLog.Receipt?
    public var notices: [Notice] = []
    /// What notices say that retention dropped.
    public var dropped: Set<Record.DroppedFile> = []
    /// How the hashes that are kept elsewhere compare, in the order in which they were given.
    public var standings: [KnownHead.Standing] = []
    /// The first problem; nil where the chain holds.
    public var problem: Problem?
}

/// A hash of the log that is kept elsewhere.
public struct KnownHead: Hashable, Sendable {
    public var hash: ByteString
    /// The number of the record; nil where only the hash was kept.
    public var sequence: Int?
    /// Where it is kept, for messages.
    public var source: ByteString

    public init(hash: ByteString, sequence: Int? = nil, source: ByteString) {
        self.hash = hash
        self.sequence = sequence
        self.source = source
    }

    /// How it compares with the log.
    public enum Standing: Hashable, Sendable {
        /// The record with that number has that hash.
        case confirmed(Int)
        /// The record with that number has another hash.
        case contradicted(Int)
        /// The log ends before that record.
        case cutOff(Int)
        /// No record has that hash.
        case unknown
        /// Retention dropped that record.
        case dropped(Int)
        /// The check did not come as far.
        case notReached
    }
}

extension AuditLog {
    /// A way to do work on several threads: calls the closure once for each number below a count, in whatever order,
    /// and returns when all is done.
    public typealias Distribution = (_ count: Int, _ work: @Sendable (Int) -> Void) -> Void

    /// Follows the chain from the first record: every hash, every link, every sequence number. What is `known` of it
    /// elsewhere has to agree. Fails only where the folder cannot be read.
    ///
    /// Hashes take nearly all of the time, and `distribute` may spread them over processors.
    public func verify(
        against known: [KnownHead] = [], distribute: Distribution = { count, work in (0..<count).forEach(work) }
    ) throws(AuditError) -> Verification {
        var check = ChainCheck(known)
        let files = try snapshot()
        var lines = ChainLines(folder, files)
        do {
            var passed = 0
            while let batch = try lines.batch() {
                let seals = SealChecks(batch, distribute)
                for (line, seal) in zip(batch, seals.results) {
                    passed += 1
                    guard let flaw = check.add(line, seal) else { continue }
                    var diagnosis = Diagnosis(check, try ChainLines(folder, files, behind: passed))
                    check.result.problem = try diagnosis.problem(line, flaw)
                    return check.finished(at: lines)
                }
            }
        } catch {
            let what = "the file cannot be read on from here: \(error)"
            check.result.problem = Verification.Problem(
                kind: .unreadable, file: lines.path, line: lines.number + 1, what: what)
        }
        return check.finished(at: lines)
    }
}

/// The lines of a batch with their hashes checked, by several threads: each writes into places of its own.
private final class SealChecks: @unchecked Sendable {
    private static let slice = 128

    private let lines: [Line]
    private let places: UnsafeMutableBufferPointer<Result<SealedLine, SealedLine.Broken>?>

    init(_ lines: [Line], _ distribute: AuditLog.Distribution) {
        self.lines = lines
        places = .allocate(capacity: lines.count)
        places.initialize(repeating: nil)
        distribute((lines.count + Self.slice - 1) / Self.slice) { self.check($0) }
    }

    deinit {
        places.deinitialize()
        places.deallocate()
    }

    /// In the order of the lines.
    var results: [Result<SealedLine, SealedLine.Broken>] {
        zip(lines, places).map { line, result in result ?? Self.seal(line) }
    }

    private func check(_ slice: Int) {
        for index in (slice * Self.slice)..<min((slice + 1) * Self.slice, lines.count) {
            places[index] = Self.seal(lines[index])
        }
    }

    private static func seal(_ line: Line) -> Result<SealedLine, SealedLine.Broken> {
        Result { () throws(SealedLine.Broken) in try SealedLine(checking: line.bytes) }
    }
}
