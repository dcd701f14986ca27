import ByteStrings

/// A walk along the chain: what was seen so far, and whether the next line goes on from there.
struct ChainCheck {
    /// Why a line does not go on.
    enum Flaw {
        /// It has no newline.
        case unfinished
        /// It is no intact record.
        case broken(reason: String)
        /// It is intact, and has another number than expected.
        case number(SealedLine)
        /// It is intact, and names another record as the one before it.
        case link(SealedLine)
    }

    var result = Verification()
    /// What the first record says it follows; nil where that is the beginning of the log, or nothing was read.
    private(set) var origin: Receipt?
    /// The last records of dropped files, as notices tell.
    private var dropped: Set<Receipt> = []
    private let known: [KnownHead]
    private var bySequence: [Int: [Int]] = [:]
    private var byHash: [ByteString: [Int]] = [:]

    typealias Receipt = AuditLog.Receipt

    init(_ known: [KnownHead]) {
        self.known = known
        result.standings = known.map { _ in .notReached }
        for (index, head) in known.enumerated() {
            if let sequence = head.sequence {
                bySequence[sequence, default: []].append(index)
            } else {
                byHash[head.hash, default: []].append(index)
            }
        }
    }

    /// The number that the next record has to have; nil before the first, which may have any.
    var expected: Int? { result.head.map { $0.sequence + 1 } }

    /// Takes the next line, with what came of checking its hash; says what is wrong with it, and forgets it then.
    mutating func add(_ line: Line, _ seal: Result<SealedLine, SealedLine.Broken>) -> Flaw? {
        guard line.isComplete else { return .unfinished }
        let sealed: SealedLine
        switch seal {
        case .success(let intact): sealed = intact
        case .failure(let error): return .broken(reason: error.reason)
        }
        if let head = result.head {
            guard sealed.sequence == head.sequence + 1 else { return .number(sealed) }
            guard sealed.previous == head.hash else { return .link(sealed) }
        } else {
            if sealed.sequence == 1 {
                guard sealed.previous == SealedLine.origin else { return .link(sealed) }
            } else {
                origin = Receipt(sequence: sealed.sequence - 1, hash: sealed.previous)
            }
            result.first = sealed.sequence
        }
        let receipt = Receipt(sequence: sealed.sequence, hash: sealed.hash)
        result.count += 1
        result.head = receipt
        compare(receipt)
        heed(line)
        return nil
    }

    private mutating func compare(_ receipt: Receipt) {
        for index in bySequence[receipt.sequence] ?? [] {
            result.standings[index] =
                known[index].hash == receipt.hash ? .confirmed(receipt.sequence) : .contradicted(receipt.sequence)
        }
        guard !byHash.isEmpty else { return }
        for index in byHash[receipt.hash] ?? [] { result.standings[index] = .confirmed(receipt.sequence) }
    }

    /// Notes what the line says of the log, if it is an intact notice.
    mutating func heed(_ line: Line) {
        guard SealedLine.isNotice(line.bytes), (try? SealedLine(checking: line.bytes)) != nil,
            let json = try? JSON(parsing: ByteString(line.bytes)), let record = try? Record(json: json),
            let text = record.notice
        else { return }
        result.notices.append(Verification.Notice(sequence: record.sequence, text: text))
        for file in record.dropped {
            result.dropped.insert(file)
            dropped.insert(Receipt(sequence: file.last, hash: file.hash))
        }
    }

    /// Whether retention dropped that record, and all before it.
    func hasDropped(_ receipt: Receipt) -> Bool { dropped.contains(receipt) }

    /// The result, after the last line or the problem.
    func finished(at lines: ChainLines) -> Verification {
        var finished = self
        finished.settleKnown()
        guard finished.result.problem == nil else { return finished.result }
        let place = (path: lines.path, line: max(lines.number, 1))
        if let origin, !hasDropped(origin) {
            let what = origin.sequence == 1 ? "record 1 is" : "records 1 to \(origin.sequence) are"
            finished.result.problem = Verification.Problem(
                kind: .removed, file: lines.firstPath, line: 1,
                what: "\(what) missing, and no notice in the log says that they were dropped")
        } else if let what = finished.contradiction() {
            finished.result.problem = Verification.Problem(
                kind: .rewritten, file: place.path, line: place.line, what: what)
        }
        return finished.result
    }

    /// What is known elsewhere of records that the log has not.
    private mutating func settleKnown() {
        let isComplete = result.problem == nil
        for (index, head) in known.enumerated() where result.standings[index] == .notReached {
            if let receipt = dropped.first(where: { $0.hash == head.hash }) {
                result.standings[index] = .dropped(receipt.sequence)
            } else if let sequence = head.sequence {
                if let first = result.first, sequence < first {
                    let isOther = dropped.contains { $0.sequence == sequence }
                    result.standings[index] = isOther ? .contradicted(sequence) : .dropped(sequence)
                } else if isComplete {
                    result.standings[index] = .cutOff(sequence)
                }
            } else if isComplete {
                result.standings[index] = .unknown
            }
        }
    }

    /// What speaks against the log, of all that is known elsewhere, in words.
    private func contradiction() -> String? {
        let confirmed = result.standings.compactMap { if case .confirmed(let number) = $0 { number } else { nil } }
        func last(before sequence: Int) -> String {
            confirmed.filter { $0 < sequence }.max().map { " after record \($0), which agrees" } ?? ""
        }
        for (head, standing) in zip(known, result.standings) {
            switch standing {
            case .contradicted(let number):
                return "record \(number) has another hash than \(head.source) holds: the log was written anew"
                    + last(before: number)
            case .cutOff(let number):
                let end = result.head.map { "ends with record \($0.sequence)" } ?? "is empty"
                return "\(head.source) holds the hash of record \(number), and the log \(end): it was cut"
            case .unknown:
                return "the hash from \(head.source) does not occur: the log was cut or written anew"
                    + (result.first.map { $0 > 1 } == true ? ", or retention dropped that record" : "")
            case .confirmed, .dropped, .notReached:
                continue
            }
        }
        return nil
    }
}
