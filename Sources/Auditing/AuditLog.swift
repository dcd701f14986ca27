import ByteStrings
import Platform

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// The audit log: a folder with files of JSON lines, one or more for each month, in which every record holds the hash of the one
/// before. Any number of processes may append and read at once. `docs/audit-log.md` describes the format.
public struct AuditLog: Sendable {
    /// The folder, an absolute path.
    public let directory: ByteString

    /// Stands for `write(2)`, so that tests can let it fail.
    let write: @Sendable (Int32, UnsafeRawPointer?, Int) -> Int

    /// A log in a folder, which need not exist before the first record.
    public init(directory: ByteString) {
        self.init(directory: directory) { descriptor, bytes, count in
            #if canImport(Darwin)
            Darwin.write(descriptor, bytes, count)
            #else
            Glibc.write(descriptor, bytes, count)
            #endif
        }
    }

    init(directory: ByteString, write: @escaping @Sendable (Int32, UnsafeRawPointer?, Int) -> Int) {
        self.directory = directory
        self.write = write
    }

    /// Where the log of the user with this environment lies: `pawl/audit` in `XDG_STATE_HOME`, or in
    /// `~/.local/state` where that is not an absolute path.
    public static func directory(for environment: Environment) throws(AuditError) -> ByteString {
        if let state = environment["XDG_STATE_HOME"], Path.isAbsolute(state) {
            return Path.join(state, "pawl/audit")
        }
        guard let home = environment["HOME"], Path.isAbsolute(home) else { throw .noHome }
        return Path.join(home, ".local/state/pawl/audit")
    }

    var folder: LogFolder { LogFolder(path: directory) }

    /// A record's place in the chain.
    public struct Receipt: Hashable, Sendable {
        public var sequence: Int
        /// 64 hexadecimal digits.
        public var hash: ByteString

        public init(sequence: Int, hash: ByteString) {
            self.sequence = sequence
            self.hash = hash
        }
    }

    /// Writes a record behind the newest one, redacted and within the limits of size, whatever the caller put in.
    /// `sequence`, `previous` and `hash` are set here. With `durably` it is on the disk on return.
    ///
    /// A line that a crash left unfinished is moved to a file of its own beside the log, and a notice of that written
    /// first. If this throws, the log is as it was before, apart from such a repair.
    public func append(_ record: Record, durably: Bool = false) throws(AuditError) -> Receipt {
        let record = record.redacted().bounded()
        let lock = try folder.lockForWriting()
        return try withExtendedLifetime(lock) { () throws(AuditError) -> Receipt in
            let files = try folder.files()
            let end = try repairedEnd(of: files)
            var receipt = end.receipt
            var bytes: [UInt8] = []
            for var entry in end.notices + [record] {
                entry.sequence = receipt.sequence + 1
                entry.previous = receipt.hash
                let (line, hash) = SealedLine.seal(entry)
                bytes += line
                receipt = Receipt(sequence: entry.sequence, hash: hash)
            }
            let target = try Self.file(for: record.time, after: files.last)
            let file: OpenFile
            let size: Int
            if let newest = end.newest, target == files.last {
                (file, size) = newest
            } else {
                file = try folder.openForAppending(target, create: true)
                size = try file.regularSize()
            }
            try write(bytes, to: file, behind: size)
            if durably { try flush(file) }
            return receipt
        }
    }

    /// Does what appending the record would do, short of the lock and of every write, and forgets it: the code, the tables
    /// and the end of the log that the real append needs are at hand then. For the time in which there is nothing else to
    /// do; nothing rests on it.
    public func rehearse(_ record: Record) {
        var entry = record.redacted().bounded()
        if let newest = try? folder.files().last, !newest.isArchived, let file = try? folder.openForReading(newest),
            let last = try? LogTail(of: file).last
        {
            entry.sequence = last.sequence
            entry.previous = last.hash
        }
        _ = SealedLine.seal(entry)
    }

    /// The file that a record of that time goes into. Never an older one than the newest, even if the clock was set
    /// back: order is by sequence.
    static func file(for time: Timestamp, after newest: LogFile?) throws(AuditError) -> LogFile {
        let month = LogFile(for: time)
        guard let newest, month <= newest else { return month }
        guard newest.isArchived else { return newest }
        guard let next = newest.next else { throw .noFurtherFile(name: newest.name) }
        return next
    }

    /// Where the chain goes on.
    private struct End {
        /// The last intact record, or what the first one follows.
        var receipt = Receipt(sequence: 0, hash: SealedLine.origin)
        /// What was moved aside behind it.
        var notices: [Record] = []
        /// The newest file, open for appending, with its size; nil where there is none, or it is archived.
        var newest: (file: OpenFile, size: Int)?
    }

    /// Finds the last intact record, and moves aside what is torn behind it.
    ///
    /// The files before the one that holds it are closed chapters: what is wrong there is for `verify` to report.
    private func repairedEnd(of files: [LogFile]) throws(AuditError) -> End {
        var end = End()
        for file in files.reversed() {
            let isNewest = file == files.last && !file.isArchived
            var opened = try isNewest ? folder.openForAppending(file) : folder.openForReading(file)
            let tail = try LogTail(of: opened)
            if tail.end < tail.size && !file.isArchived {
                if !isNewest { opened = try folder.openForAppending(file) }
                end.notices.insert(try moveTornTail(tail, of: opened), at: 0)
            }
            if isNewest { end.newest = (opened, tail.end) }
            if let last = tail.last {
                end.receipt = Receipt(sequence: last.sequence, hash: last.hash)
                break
            }
        }
        return end
    }

    /// Moves the torn end of a file to `FILE.torn-OFFSET` and describes that.
    private func moveTornTail(_ tail: LogTail, of file: OpenFile) throws(AuditError) -> Record {
        let path: ByteString
        do {
            path = try copyTornTail(tail, of: file)
        } catch {
            throw .system(error)
        }
        guard ftruncate(file.descriptor, off_t(tail.end)) == 0 else {
            throw .system(SystemError(operation: "cut the torn end of", path: file.path))
        }
        var notice = Record()
        notice.notice =
            ByteString("torn tail: \(tail.size - tail.end) bytes at offset \(tail.end) of ") + Path.name(file.path)
            + " moved to " + Path.name(path)
        return notice
    }

    /// Copies the torn end of a file to a new file beside it and returns that one's path.
    private func copyTornTail(_ tail: LogTail, of file: OpenFile) throws(SystemError) -> ByteString {
        let base = file.path + ByteString(".torn-\(tail.end)")
        var path = base
        var copy = 1
        while File.linkStatus(path) != nil {
            path = base + ByteString(".\(copy)")
            copy += 1
        }
        let aside = try OpenFile(path, O_WRONLY | O_CREAT | O_EXCL)
        folder.adopt(aside)
        var offset = tail.end
        while offset < tail.size {
            let block = try file.read(at: offset, count: min(1 << 20, tail.size - offset))
            guard !block.isEmpty else { throw SystemError(code: EIO, operation: "read", path: file.path) }
            let written = block.withUnsafeBytes { write(aside.descriptor, $0.baseAddress, $0.count) }
            guard written == block.count else {
                let code = written < 0 ? errno : ENOSPC
                _ = path.withCString { unlink($0) }
                throw SystemError(code: code, operation: "write", path: path)
            }
            offset += written
        }
        return path
    }

    /// Appends in one call, or takes back what was written of it.
    private func write(_ bytes: [UInt8], to file: OpenFile, behind size: Int) throws(AuditError) {
        // A limit on the size of files (`ulimit -f`) is an error like any other here, and ends no process.
        let action = signal(SIGXFSZ, SIG_IGN)
        defer { signal(SIGXFSZ, action) }
        while true {
            let written = bytes.withUnsafeBytes { write(file.descriptor, $0.baseAddress, $0.count) }
            if written == bytes.count { return }
            let code = errno
            if written < 0 && code == EINTR { continue }
            // Should this fail too, the next writer finds a torn tail.
            _ = ftruncate(file.descriptor, off_t(size))
            if written < 0 {
                throw .system(SystemError(code: code, operation: "write to", path: file.path))
            }
            // The system does not say why it wrote less: a full disk, or else a limit of size or a signal.
            throw .incomplete(path: file.path, code: ENOSPC)
        }
    }

    /// Waits until the file is on the disk.
    func flush(_ file: OpenFile) throws(AuditError) {
        #if canImport(Darwin)
        let result = fcntl(file.descriptor, F_FULLFSYNC)
        #else
        let result = fdatasync(file.descriptor)
        #endif
        guard result >= 0 else { throw .system(SystemError(operation: "flush", path: file.path)) }
    }
}
