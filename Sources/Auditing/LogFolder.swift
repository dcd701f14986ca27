import ByteStrings
import Platform

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// The folder of the log: the lock, and the files of each month, the older ones perhaps archived.
struct LogFolder {
    let path: ByteString

    /// Takes the lock until the returned file is closed. Makes the folder if needed.
    func lockForWriting() throws(AuditError) -> OpenFile {
        do {
            let file = try openLock()
            try file.lock(LOCK_EX)
            return file
        } catch {
            throw .system(error)
        }
    }

    private func openLock() throws(SystemError) -> OpenFile {
        let lockPath = Path.join(path, "lock")
        do {
            return try OpenFile(lockPath, O_RDWR | O_CREAT)
        } catch {
            guard error.code == ENOENT else { throw error }
        }
        try Self.makeFolder(path)
        let file = try OpenFile(lockPath, O_RDWR | O_CREAT)
        adopt(file)
        return file
    }

    /// Keeps writers out until the returned file is closed; nil where there is nothing to lock or no right to.
    func lockForReading() -> OpenFile? {
        guard let file = try? OpenFile(Path.join(path, "lock"), O_RDONLY) else { return nil }
        guard (try? file.lock(LOCK_SH)) != nil else { return nil }
        return file
    }

    /// The files of the log in their order. A file that lies there both plain and compressed, because archiving was
    /// interrupted, is there once, and plain.
    func files() throws(AuditError) -> [LogFile] {
        guard let names = File.list(path) else {
            throw .system(SystemError(operation: "list", path: path))
        }
        var files = names.compactMap(LogFile.init(named:))
        guard files.contains(where: \.isArchived) else { return files.sorted() }
        let plain = Set(files.lazy.filter { !$0.isArchived }.map(\.name))
        files.removeAll { $0.isArchived && plain.contains($0.name) }
        return files.sorted()
    }

    /// Where a file lies.
    func place(of file: LogFile) -> ByteString {
        Path.join(path, file.isArchived ? file.name + LogFile.archiveSuffix : file.name)
    }

    /// Opens a plain file of the log for appending, after making sure that it is this user's own regular file.
    func openForAppending(_ log: LogFile, create: Bool = false) throws(AuditError) -> OpenFile {
        let file: OpenFile
        do {
            file = try OpenFile(Path.join(path, log.name), O_RDWR | O_APPEND | (create ? O_CREAT : 0))
            if create { adopt(file) }
        } catch {
            throw error.code == ELOOP || error.code == EISDIR ? .notRegular(path: error.path) : .system(error)
        }
        try file.requireOwn()
        return file
    }

    /// Opens a file of the log for reading; one that is archived is unpacked first. It may have been archived since it
    /// was listed.
    func openForReading(_ file: LogFile) throws(AuditError) -> OpenFile {
        let (opened, isArchived) = try openAsItLies(file)
        return isArchived ? try unpacking { () throws(Gzip.Problem) in try opened.unpacked() } : opened
    }

    /// The first bytes of a file's lines, at most `count`; of an archived one, no more than those are unpacked.
    func head(of file: LogFile, count: Int) throws(AuditError) -> [UInt8] {
        let (opened, isArchived) = try openAsItLies(file)
        if isArchived {
            return try unpacking { () throws(Gzip.Problem) in
                try Gzip.head(of: opened.descriptor, opened.path, count: count)
            }
        }
        do {
            return try opened.read(at: 0, count: count)
        } catch {
            throw .system(error)
        }
    }

    /// How many bytes a file's lines have. An archive tells in its last four bytes (RFC 1952, ISIZE; files that this
    /// cannot express are not archived), which are believed here: unpacking checks them.
    func size(of file: LogFile) throws(AuditError) -> Int {
        let (opened, isArchived) = try openAsItLies(file)
        let size = try opened.regularSize()
        guard isArchived else { return size }
        do {
            let end = try opened.read(at: max(0, size - 4), count: 4)
            return end.reversed().reduce(0) { $0 << 8 | Int($1) }
        } catch {
            throw .system(error)
        }
    }

    private func openAsItLies(_ file: LogFile) throws(AuditError) -> (OpenFile, isArchived: Bool) {
        do {
            if !file.isArchived, let opened = try openIfPresent(file.name) { return (opened, false) }
            return (try OpenFile(Path.join(path, file.name + LogFile.archiveSuffix), O_RDONLY), true)
        } catch {
            throw .system(error)
        }
    }

    private func openIfPresent(_ name: ByteString) throws(SystemError) -> OpenFile? {
        do {
            return try OpenFile(Path.join(path, name), O_RDONLY)
        } catch {
            if error.code == ENOENT { return nil }
            throw error
        }
    }

    private func unpacking<Result>(_ body: () throws(Gzip.Problem) -> Result) throws(AuditError) -> Result {
        do {
            return try body()
        } catch {
            switch error {
            case .system(let error): throw .system(error)
            case .damaged(let path): throw .damagedArchive(path: path)
            }
        }
    }

    /// Waits until the names of the files are on the disk.
    func flush() throws(SystemError) {
        let descriptor = path.withCString { open($0, O_RDONLY | O_CLOEXEC | O_DIRECTORY) }
        guard descriptor >= 0 else { throw SystemError(operation: "open", path: path) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw SystemError(operation: "flush", path: path) }
    }

    /// What the superuser creates in another user's log (`sudo git …` keeps HOME) is given to that user, who could
    /// write no further record otherwise.
    func adopt(_ file: OpenFile) {
        guard geteuid() == 0, let owner = File.status(path)?.owner, owner != 0 else { return }
        _ = fchown(file.descriptor, owner, gid_t.max)
    }

    /// Makes the folder and those above it that are missing, for this user alone.
    private static func makeFolder(_ path: ByteString) throws(SystemError) {
        var result = path.withCString { mkdir($0, 0o700) }
        if result != 0 && errno == ENOENT && Path.parent(path) != path {
            try makeFolder(Path.parent(path))
            result = path.withCString { mkdir($0, 0o700) }
        }
        if result != 0 {
            // Another writer may have been faster.
            guard errno == EEXIST else { throw SystemError(operation: "make the folder", path: path) }
            return
        }
        if geteuid() == 0, let owner = File.status(Path.parent(path))?.owner, owner != 0 {
            _ = path.withCString { chown($0, owner, gid_t.max) }
        }
    }
}
