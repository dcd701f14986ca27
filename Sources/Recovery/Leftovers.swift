import ByteStrings
import Platform

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// What imports leave behind that broke off, because the disk was full or somebody killed them: half packs and reports, and
/// half objects of those in process.
struct Leftovers {
    private let place: Place
    private let packs: ByteString
    private let known: Set<ByteString>

    /// Before an import.
    init(_ place: Place) {
        self.place = place
        packs = Path.join(place.commonDirectory, "objects/pack")
        known = Set(Self.packs(packs) + Self.objects(place) + Self.reports(place))
    }

    /// Half objects, by the name that libgit2 gives them.
    private static func objects(_ place: Place) -> [ByteString] {
        let folder = Path.join(place.commonDirectory, "objects")
        return (File.list(folder) ?? []).filter { $0.hasPrefix("tmp_object") }.map { Path.join(folder, $0) }
    }

    private static func packs(_ folder: ByteString) -> [ByteString] {
        (File.list(folder) ?? []).filter { $0.hasPrefix("tmp_pack_") }.map { Path.join(folder, $0) }
    }

    private static func reports(_ place: Place) -> [ByteString] {
        (File.list(place.gitDirectory) ?? []).filter { $0.hasPrefix("fast_import_crash_") }
            .map { Path.join(place.gitDirectory, $0) }
    }

    /// After an import that failed: what was not there before it.
    func sweepNew() {
        for path in Self.reports(place) where !known.contains(path) { File.removeTree(path) }
        for path in Self.packs(packs) + Self.objects(place) where !known.contains(path) && Self.isNobodys(path) {
            File.removeTree(path)
        }
    }

    /// What was left by a process that was killed: reports of streams of ours, and packs that nobody has written to for
    /// an hour and nobody has open. (git-prune(1) removes those as well, some day.)
    func sweepOld(now: Int64) {
        for path in known {
            if Path.name(path).hasPrefix("tmp_") {
                guard let status = File.linkStatus(path), status.modified < now - 3600, Self.isNobodys(path) else {
                    continue
                }
            } else {
                guard let report = try? File.read(path, limit: 1 << 24), report.contains("refs/pawl/snapshots/") else {
                    continue
                }
            }
            File.removeTree(path)
        }
    }

    /// Whether no process has the file open: only then a write lease is given (fcntl(2), `F_SETLEASE`). Where leases are
    /// not known, it counts as somebody's.
    private static func isNobodys(_ path: ByteString) -> Bool {
        #if os(Linux)
        let descriptor = path.withCString { open($0, O_RDONLY | O_CLOEXEC) }
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        let setLease: Int32 = 1024
        return fcntl(descriptor, setLease, Int32(F_WRLCK)) == 0
        #else
        return false
        #endif
    }
}
