import ByteStrings
import Platform

/// All lines of the log in their order, file after file, with where they stand.
struct ChainLines {
    private let folder: LogFolder
    private var files: ArraySlice<(file: LogFile, size: Int)>
    private var lines: ForwardLines?
    /// The file that is being read, and the number of the line that was read last in it, from 1.
    private(set) var path: ByteString
    private(set) var number = 0

    /// Why a batch ended early.
    private var failure: AuditError?

    init(_ folder: LogFolder, _ files: [(file: LogFile, size: Int)]) {
        self.folder = folder
        self.files = files[...]
        path = folder.path
        firstPath = files.first { $0.size > 0 }.map { folder.place(of: $0.file) } ?? folder.path
    }

    /// The next line; nil at the end of the log.
    mutating func next() throws(AuditError) -> Line? {
        while true {
            if lines == nil {
                guard let (file, size) = files.popFirst() else { return nil }
                path = folder.place(of: file)
                number = 0
                lines = ForwardLines(try folder.openForReading(file), end: size)
            }
            do {
                if let line = try lines?.next() {
                    number += 1
                    return line
                }
            } catch {
                throw .system(error)
            }
            lines = nil
        }
    }

    /// Stands behind so many lines.
    init(_ folder: LogFolder, _ files: [(file: LogFile, size: Int)], behind count: Int) throws(AuditError) {
        self.init(folder, files)
        for _ in 0..<count { _ = try next() }
    }

    private static let batchSize = 1024

    /// Some of the next lines; nil at the end of the log. What fails behind some lines fails in the next call.
    mutating func batch() throws(AuditError) -> [Line]? {
        if let failure { throw failure }
        var batch: [Line] = []
        batch.reserveCapacity(Self.batchSize)
        do {
            while batch.count < Self.batchSize, let line = try next() { batch.append(line) }
        } catch {
            guard !batch.isEmpty else { throw error }
            failure = error
        }
        return batch.isEmpty ? nil : batch
    }

    /// The first file that has a line; the folder in an empty log.
    let firstPath: ByteString

    /// Whether nothing but empty files follows.
    var isAtEnd: Bool { files.allSatisfy { $0.size == 0 } }
}
