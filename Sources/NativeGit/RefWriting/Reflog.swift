import ByteStrings
import Libgit2
import Platform

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// The log of a ref (git-reflog(1), gitrepository-layout(5) `logs`).
struct Reflog {
    private let file: ByteString
    /// As git names it, which works from the top.
    private let shownName: ByteString
    /// Whether one is begun where there is none (git-config(1), `core.logAllRefUpdates`).
    private let isBegun: Bool

    /// Of HEAD or of a branch. Fails where something is in the way of its file.
    init(of ref: ByteString, _ bench: Workbench) throws(Leave) {
        file = Path.join(bench.place.common, "logs/" + ref)
        shownName = ".git/logs/" + ref
        isBegun =
            bench.settings.last("core.logallrefupdates")?.lowercased == "always"
            || bench.settings.boolean("core.logallrefupdates", default: true)
        if let status = File.linkStatus(file) {
            guard status.kind == .regular, File.mayWrite(file) else { throw Leave() }
        } else if isBegun {
            try File.requireWay(to: file)
        }
    }

    /// Adds an entry. Returns what git says where that fails.
    func add(_ old: ObjectID, _ new: ObjectID, _ committer: Committer, _ message: [UInt8]) -> String? {
        var descriptor = open()
        if descriptor < 0 && errno == ENOENT {
            guard isBegun else { return nil }
            try? File.makeFolder(Path.parent(file), mode: 0o777)
            descriptor = open()
        }
        guard descriptor >= 0 else { return problem(errno) }
        defer { close(descriptor) }
        var line = old.hex + " ".utf8 + new.hex + " ".utf8
        line += committer.line
        line += "\t".utf8 + message + "\n".utf8
        do throws(SystemError) {
            try File.writeAll(ByteString(line), to: descriptor, path: file)
            return nil
        } catch {
            return problem(error.code)
        }
    }

    private func problem(_ code: Int32) -> String {
        "unable to append to '\(shownName)': \(String(cString: strerror(code)))"
    }

    // MARK: What it says

    /// The branch that HEAD was on before this one: `@{-1}`, or `-` for short (gitrevisions(7); git's
    /// `grab_1st_switch`). Fails where the last entries do not say.
    static func previousBranch(_ bench: Workbench) throws(Leave) -> ByteString {
        guard let end = tail(of: bench.file("logs/HEAD")) else { throw Leave() }
        for line in end.split(separator: UInt8(ascii: "\n")).reversed() {
            guard let tab = line.firstIndex(of: UInt8(ascii: "\t")) else { throw Leave() }
            guard let words = ByteString(line[(tab + 1)...]).dropping(prefix: "checkout: moving from ") else {
                continue
            }
            guard let (name, rest) = words.split(atFirst: UInt8(ascii: " ")), rest.hasPrefix("to ") else {
                throw Leave()
            }
            return name
        }
        throw Leave()
    }

    /// Its last entries, whole lines; nil where it cannot be read.
    private static func tail(of path: ByteString) -> ArraySlice<UInt8>? {
        guard let size = File.linkStatus(path)?.size else { return nil }
        #if canImport(Darwin)
        let descriptor = path.withCString { Darwin.open($0, O_RDONLY | O_CLOEXEC) }
        #else
        let descriptor = path.withCString { Glibc.open($0, O_RDONLY | O_CLOEXEC) }
        #endif
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        let start = max(0, size - tailSize)
        guard lseek(descriptor, off_t(start), SEEK_SET) == off_t(start),
            let content = try? File.read(descriptor: descriptor, path: path, limit: 2 * Int(tailSize))
        else { return nil }
        if start == 0 { return content.bytes[...] }
        guard let line = content.bytes.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
        return content.bytes[(line + 1)...]
    }

    /// In bytes. What lies further back is git's to find.
    private static let tailSize: Int64 = 8192

    private func open() -> Int32 {
        let flags = O_WRONLY | O_APPEND | O_CLOEXEC | (isBegun ? O_CREAT : 0)
        #if canImport(Darwin)
        return file.withCString { Darwin.open($0, flags, 0o666) }
        #else
        return file.withCString { Glibc.open($0, flags, 0o666) }
        #endif
    }
}
