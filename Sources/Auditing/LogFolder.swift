import ByteStrings
import Platform

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// The folder of the log: the lock, and a file `YYYY-MM.jsonl` for each month.
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

    /// The names of the log's files, oldest month first.
    func files() throws(AuditError) -> [ByteString] {
        guard let names = File.list(path) else {
            throw .system(SystemError(operation: "list", path: path))
        }
        return names.filter(Self.isLogFile).sorted()
    }

    /// Whether a name has the form `YYYY-MM.jsonl`.
    static func isLogFile(_ name: ByteString) -> Bool {
        guard name.count == 13, name.hasSuffix(".jsonl") else { return false }
        return name.bytes.prefix(7).enumerated().allSatisfy { index, byte in
            index == 4 ? byte == UInt8(ascii: "-") : (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        }
    }

    /// The file that a record of that time belongs into.
    static func fileName(for time: Timestamp) -> ByteString {
        ByteString(time.text.bytes.prefix(7)) + ".jsonl"
    }

    /// Opens a file of the log for appending, after making sure that it is this user's own regular file.
    func openForAppending(_ name: ByteString, create: Bool = false) throws(AuditError) -> OpenFile {
        let file: OpenFile
        do {
            file = try OpenFile(Path.join(path, name), O_RDWR | O_APPEND | (create ? O_CREAT : 0))
            if create { adopt(file) }
        } catch {
            throw error.code == ELOOP || error.code == EISDIR ? .notRegular(path: error.path) : .system(error)
        }
        try file.requireOwn()
        return file
    }

    /// Opens a file of the log for reading.
    func openForReading(_ name: ByteString) throws(AuditError) -> OpenFile {
        do {
            return try OpenFile(Path.join(path, name), O_RDONLY)
        } catch {
            throw .system(error)
        }
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
