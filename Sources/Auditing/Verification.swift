import ByteStrings
import Platform

/// What a check of the whole chain found.
public struct Verification: Hashable, Sendable {
    /// A place where the chain does not hold.
    public struct Problem: Hashable, Sendable, CustomStringConvertible {
        public var file: ByteString
        /// From 1.
        public var line: Int
        public var what: String

        public var description: String { "\(file):\(line): \(what)" }
    }

    /// Intact records from the beginning up to the problem, or all.
    public var count = 0
    /// The last of them; nil in an empty log. Kept elsewhere, its hash shows a chain that was computed anew.
    public var head: AuditLog.Receipt?
    /// The first problem; nil where the chain holds.
    public var problem: Problem?
}

extension AuditLog {
    /// Follows the chain from the first record: every hash, every link, every sequence number. `known` is a hash kept
    /// elsewhere that has to occur.
    public func verify(expecting known: ByteString? = nil) throws(AuditError) -> Verification {
        var result = Verification()
        var isKnown = known == nil
        var place = Verification.Problem(file: directory, line: 1, what: "")
        for (log, size) in try snapshot() {
            place = Verification.Problem(file: folder.place(of: log), line: 0, what: "")
            do {
                var lines = ForwardLines(try folder.openForReading(log), end: size)
                while let line = try lines.next() {
                    place.line += 1
                    let receipt = try Self.check(line, after: result.head)
                    result.count += 1
                    result.head = receipt
                    if receipt.hash == known { isKnown = true }
                }
            } catch let error as SealedLine.Broken {
                place.what = error.reason
                result.problem = place
                return result
            } catch let error as SystemError {
                throw .system(error)
            } catch AuditError.damagedArchive {
                place.line += 1
                place.what = "this is no whole gzip file"
                result.problem = place
                return result
            } catch let error as AuditError {
                throw error
            } catch {
                place.what = "\(error)"
                result.problem = place
                return result
            }
        }
        if !isKnown {
            place.line = max(place.line, 1)
            place.what = "the hash that is kept elsewhere does not occur: the log was cut or written anew"
            result.problem = place
        }
        return result
    }

    private static func check(_ line: Line, after last: Receipt?) throws(SealedLine.Broken) -> Receipt {
        guard line.isComplete else { throw SealedLine.Broken("the last line is not finished") }
        let sealed = try SealedLine(checking: line.bytes)
        let expected = (last?.sequence ?? 0) + 1
        guard sealed.sequence == expected else {
            throw SealedLine.Broken("record \(sealed.sequence) stands where \(expected) should")
        }
        guard sealed.previous == last?.hash ?? SealedLine.origin else {
            throw SealedLine.Broken("record \(sealed.sequence) does not name the hash of the record before it")
        }
        return Receipt(sequence: sealed.sequence, hash: sealed.hash)
    }
}
