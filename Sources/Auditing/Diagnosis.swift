import ByteStrings

/// Finds out what was done to the log where a line does not go on from the one before it, by what follows.
struct Diagnosis {
    private let check: ChainCheck
    private var rest: ChainLines
    private let path: ByteString
    private let number: Int
    private let isAtEnd: Bool

    /// `lines` stands behind the line in question.
    init(_ check: ChainCheck, _ lines: ChainLines) {
        self.check = check
        rest = lines
        path = lines.path
        number = lines.number
        isAtEnd = lines.isAtEnd
    }

    /// The problem with that line.
    mutating func problem(_ line: Line, _ flaw: ChainCheck.Flaw) throws(AuditError) -> Verification.Problem {
        // A log that begins in the middle, and finds its beginning later: the first line is where it went wrong.
        if case .number(let sealed) = flaw, let origin = check.origin, sealed.sequence <= origin.sequence,
            let first = check.result.first, try !isExplained(origin)
        {
            let what = "record \(first) stands before record \(sealed.sequence), which is at \(path):\(number)"
            return Verification.Problem(kind: .reordered, file: rest.firstPath, line: 1, what: what)
        }
        let (kind, what) = try verdict(line, flaw)
        return Verification.Problem(kind: kind, file: path, line: number, what: what)
    }

    private mutating func verdict(
        _ line: Line, _ flaw: ChainCheck.Flaw
    ) throws(AuditError) -> (Verification.Problem.Kind, String) {
        let last = check.result.head
        let expected = check.expected ?? 1
        switch flaw {
        case .unfinished:
            guard isAtEnd else {
                return (.changed, "record \(expected) is not finished, and the log goes on behind it")
            }
            let size = line.bytes.count
            return (
                .torn,
                "record \(expected) is not finished: a crash left \(size) byte\(size == 1 ? "" : "s") of it; "
                    + "the next record moves them aside"
            )
        case .broken(let reason):
            // The first record of the log can have any number.
            let expected = last == nil ? SealedLine.sequence(of: line.bytes) ?? expected : expected
            if try findsSuccessor() != nil {
                return (.inserted, "this line was inserted before record \(expected): \(reason)")
            }
            return (.changed, "record \(expected) was changed: \(reason)")
        case .link(let sealed):
            if try findsSuccessor() != nil {
                return (.inserted, "this record \(sealed.sequence) was inserted before the one that was written")
            }
            guard let last else { return (.removed, "record 1 names a record before it, which is not there") }
            return (
                .changed,
                "record \(last.sequence) was changed, and its hash computed anew: record \(sealed.sequence) names "
                    + "another hash for it"
            )
        case .number(let sealed):
            guard sealed.sequence > expected else {
                return (.inserted, "record \(sealed.sequence) stands here a second time, or was moved here")
            }
            if let place = try findsSuccessor() {
                return (
                    .reordered, "record \(sealed.sequence) stands before record \(expected), which is at \(place)"
                )
            }
            let missing =
                sealed.sequence == expected + 1
                ? "record \(expected) is" : "records \(expected) to \(sealed.sequence - 1) are"
            let file = number == 1 ? "; a whole file may be missing before this one" : ""
            return (.removed, "\(missing) missing: record \(sealed.sequence) stands here" + file)
        }
    }

    /// Whether a notice further on, or one before, says that retention dropped what the first record follows.
    private func isExplained(_ origin: AuditLog.Receipt) throws(AuditError) -> Bool {
        var (check, rest) = (check, rest)
        while !check.hasDropped(origin), let line = try rest.next() { check.heed(line) }
        return check.hasDropped(origin)
    }

    /// Where, further on, the record stands that follows the last intact one.
    private mutating func findsSuccessor() throws(AuditError) -> String? {
        while let line = try rest.next() {
            guard line.isComplete, SealedLine.sequence(of: line.bytes) == check.expected ?? 1,
                let sealed = try? SealedLine(checking: line.bytes),
                sealed.previous == check.result.head?.hash ?? SealedLine.origin
            else { continue }
            return "\(rest.path):\(rest.number)"
        }
        return nil
    }
}
