import ByteStrings
import Platform

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

extension AuditLog {
    /// A file that was archived, and what that saved.
    public struct Archived: Hashable, Sendable {
        public var file: LogFile
        /// Bytes before and after.
        public var plainSize: Int
        public var size: Int
    }

    /// The files that can be archived: plain ones, older than the one in which the newest record stands.
    public func closedFiles() throws(AuditError) -> [LogFile] {
        guard File.exists(directory) else { return [] }
        let files = try folder.files()
        var isClosed = false
        var closed: [LogFile] = []
        for file in files.reversed() {
            if isClosed {
                if !file.isArchived { closed.append(file) }
            } else {
                // Writers look for the newest record in the newest files: those stay plain.
                isClosed = try LogTail(of: try folder.openForReading(file)).last != nil
            }
        }
        return closed.reversed()
    }

    /// Replaces a closed file by a compressed one with the same lines.
    ///
    /// The new file is complete, on the disk and was unpacked and compared before the plain one goes; whenever this is
    /// interrupted, at least one of them is there, and the next call goes on from there. Writers are kept out only for
    /// the moment of the exchange. A file whose lines are no whole records stays as it is.
    /// - Returns: nil where another process has just archived the file.
    public func archive(_ file: LogFile) throws(AuditError) -> Archived? {
        guard let plain = try lockedForArchiving(file) else { return nil }
        let size = try plain.regularSize()
        guard size < Self.archiveLimit else { throw .tooLargeToArchive(path: plain.path) }
        try requireWholeRecords(plain, size: size)
        let archive = LogFile(archived: file)
        let path = folder.place(of: archive)
        let draft = path + ".new"
        do {
            // What an interrupted attempt left: nobody else has this file's lock.
            _ = draft.withCString { unlink($0) }
            let target = try OpenFile(draft, O_RDWR | O_CREAT | O_EXCL)
            folder.adopt(target)
            do {
                try compress(plain, size: size, into: target)
                try exchange(file, plain, size: size, for: draft, at: path)
            } catch {
                _ = draft.withCString { unlink($0) }
                throw error
            }
            return Archived(file: archive, plainSize: size, size: Int(File.status(path)?.size ?? 0))
        } catch let error as AuditError {
            throw error
        } catch let error as SystemError {
            throw .system(error)
        } catch {
            throw .damagedArchive(path: draft)
        }
    }

    /// A gzip file tells its size in 32 bits.
    private static let archiveLimit = 1 << 32

    /// Opens the plain file, and keeps other archivers away from it until it is closed; nil where it is gone.
    private func lockedForArchiving(_ file: LogFile) throws(AuditError) -> OpenFile? {
        guard let plain = try plainFile(file) else { return nil }
        do {
            try plain.lock(LOCK_EX)
        } catch {
            throw .system(error)
        }
        // The one who had the lock before may have archived it.
        guard let now = try plainFile(file), try now.isSameFile(as: plain) else { return nil }
        return plain
    }

    private func plainFile(_ file: LogFile) throws(AuditError) -> OpenFile? {
        do {
            return try OpenFile(Path.join(directory, file.name), O_RDONLY)
        } catch {
            if error.code == ENOENT { return nil }
            throw .system(error)
        }
    }

    private func requireWholeRecords(_ file: OpenFile, size: Int) throws(AuditError) {
        var number = 0
        do {
            var lines = ForwardLines(file, end: size)
            while let line = try lines.next() {
                number += 1
                guard line.isComplete else { throw SealedLine.Broken("the last line is not finished") }
                _ = try SealedLine(checking: line.bytes)
            }
        } catch let error as SealedLine.Broken {
            throw .brokenRecord(path: file.path, line: number, reason: error.reason)
        } catch let error as SystemError {
            throw .system(error)
        } catch {
            throw .brokenRecord(path: file.path, line: number, reason: "\(error)")
        }
    }

    /// Compresses, waits for the disk, and compares what comes out again with what went in.
    private func compress(_ plain: OpenFile, size: Int, into target: OpenFile) throws {
        do {
            lseek(plain.descriptor, 0, SEEK_SET)
            try Gzip.compress(plain.descriptor, plain.path, into: target.descriptor, target.path)
            guard fsync(target.descriptor) == 0 else { throw SystemError(operation: "flush", path: target.path) }
            lseek(target.descriptor, 0, SEEK_SET)
            let unpacked = try target.unpacked()
            var offset = 0
            while true {
                let expected = try plain.read(at: offset, count: 1 << 20)
                guard try unpacked.read(at: offset, count: 1 << 20) == expected else {
                    throw Gzip.Problem.damaged(path: target.path)
                }
                if expected.isEmpty { break }
                offset += expected.count
            }
            guard offset == size else { throw AuditError.changedMeanwhile(path: plain.path) }
        } catch Gzip.Problem.system(let error) {
            throw error
        }
    }

    /// Puts the archive in the place of the plain file while nobody writes or lists the files.
    private func exchange(
        _ file: LogFile, _ plain: OpenFile, size: Int, for draft: ByteString, at path: ByteString
    ) throws {
        let lock = try folder.lockForWriting()
        try withExtendedLifetime(lock) {
            let plainPath = Path.join(directory, file.name)
            // Somebody may have replaced or mended the file since it was read.
            let now = try OpenFile(plainPath, O_RDONLY)
            guard try now.isSameFile(as: plain), try now.regularSize() == size else {
                throw AuditError.changedMeanwhile(path: plainPath)
            }
            guard draft.withCString({ from in path.withCString { rename(from, $0) } }) == 0 else {
                throw SystemError(operation: "make", path: path)
            }
            try folder.flush()
            guard plainPath.withCString({ unlink($0) }) == 0 else {
                throw SystemError(operation: "remove", path: plainPath)
            }
        }
    }
}
