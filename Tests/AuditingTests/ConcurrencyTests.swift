import ByteStrings
import Foundation
import Platform
import Testing

@testable import Auditing

@Suite struct ConcurrencyTests {
    /// Each thread has a log of its own, so its own descriptors: the lock works between those.
    @Test func threadsLoseNothing() throws {
        try withScratch { folder in
            let failures = Failures()
            DispatchQueue.concurrentPerform(iterations: 8) { writer in
                let log = AuditLog(directory: Path.join(folder, "audit"))
                for number in 0..<250 {
                    do {
                        _ = try log.append(record("w", ByteString("\(writer).\(number)")))
                    } catch {
                        failures.add("\(error)")
                    }
                }
            }
            #expect(failures.all.isEmpty)
            let log = AuditLog(directory: Path.join(folder, "audit"))
            #expect(try log.verify().problem == nil)
            let words = try log.intactRecords().compactMap(\.arguments.last)
            #expect(Set(words).count == 2000)
            // Within one writer, the order is its own.
            for writer in 0..<8 {
                let head = ByteString("\(writer).")
                let numbers = words.compactMap { $0.dropping(prefix: head).flatMap { Int($0.text) } }
                #expect(numbers == Array(0..<250))
            }
        }
    }

    /// Sixteen writers, with rotation, archiving and checks beside them.
    @Test func rotationAndArchivingBesideWritersLoseNothing() throws {
        try withScratch { folder in
            let failures = Failures()
            DispatchQueue.concurrentPerform(iterations: 18) { role in
                let log = AuditLog(directory: Path.join(folder, "audit"))
                do {
                    switch role {
                    case 16:
                        for _ in 0..<20 {
                            try log.rotate(above: 8 << 10)
                            for file in try log.closedFiles() { _ = try log.archive(file) }
                        }
                    case 17:
                        for _ in 0..<10 {
                            if let problem = try log.verify().problem { failures.add("\(problem)") }
                            for case .broken(_, let line, let reason) in try log.records(.newestFirst) {
                                failures.add("\(line): \(reason)")
                            }
                        }
                    default:
                        for number in 0..<50 { _ = try log.append(record("w", ByteString("\(role).\(number)"))) }
                    }
                } catch {
                    failures.add("\(error)")
                }
            }
            #expect(failures.all.isEmpty, "\(failures.all)")
            let log = AuditLog(directory: Path.join(folder, "audit"))
            let words = try log.intactRecords().compactMap(\.arguments.last)
            #expect(try log.wholeCount() == 800)
            #expect(Set(words).count == 800)
        }
    }

    #if compiler(>=6.3)
    @Test func processesLoseNothingAndMayBeKilled() async throws {
        try await withScratch { folder in
            let path = folder.text
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<3 {
                    group.addTask {
                        await #expect(processExitsWith: .success) { [path = path as String] in
                            let log = AuditLog(directory: ByteString(path))
                            for _ in 0..<500 { _ = try log.append(record("steady")) }
                        }
                    }
                }
                group.addTask {
                    await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
                        Thread.detachNewThread {
                            Thread.sleep(forTimeInterval: 0.05)
                            kill(getpid(), SIGKILL)
                        }
                        let log = AuditLog(directory: ByteString(path))
                        while true { _ = try log.append(record("killed")) }
                    }
                }
            }
            let log = AuditLog(directory: folder)
            let problem = try log.verify().problem
            let steady = try log.intactRecords().filter { $0.arguments.last == "steady" }
            #expect(problem == nil)
            #expect(steady.count == 1500)
        }
    }
    #endif

    @Test func readersNeverSeeHalfARecord() throws {
        try withScratch { folder in
            let failures = Failures()
            DispatchQueue.concurrentPerform(iterations: 2) { role in
                let log = AuditLog(directory: folder)
                do {
                    for number in 0..<40 where role == 0 {
                        var entry = Record()
                        entry.arguments = Array(
                            repeating: ByteString(String(repeating: "x", count: 3000)), count: number % 20)
                        _ = try log.append(entry)
                    }
                    for _ in 0..<8 where role == 1 {
                        if let problem = try log.verify().problem { failures.add(problem.description) }
                        for case .broken(_, let line, let reason) in try log.records(.newestFirst) {
                            failures.add("\(line): \(reason)")
                        }
                    }
                } catch {
                    failures.add("\(error)")
                }
            }
            #expect(failures.all == [])
        }
    }
}

private final class Failures: @unchecked Sendable {
    private let lock = NSLock()
    private var list: [String] = []

    var all: [String] { lock.withLock { list } }

    func add(_ text: String) { lock.withLock { list.append(text) } }
}
