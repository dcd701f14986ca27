import ByteStrings
import Platform
import Testing

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

@Suite("A survey of files")
struct FileSurveyTests {
    /// Paths with a NUL at their ends, one behind the other.
    private final class Names {
        private let bytes: UnsafeMutablePointer<CChar>
        var pointers: [UnsafePointer<CChar>?] = []

        init(_ paths: [String]) {
            let all = paths.flatMap { Array($0.utf8CString) }
            bytes = .allocate(capacity: all.count)
            bytes.initialize(from: all, count: all.count)
            var offset = 0
            for path in paths {
                pointers.append(UnsafePointer(bytes + offset))
                offset += path.utf8CString.count
            }
        }

        deinit { bytes.deallocate() }
    }

    private func survey(_ folder: ByteString, _ paths: [String]) throws -> [SurveyedFile] {
        let names = Names(paths)
        return Array(try #require(FileSurvey(folder, names.pointers, ownedBy: names)).files)
    }

    @Test("Of thousands of files, by several threads, each gets its own answer")
    func manyFiles() throws {
        let folder = try File.makeTemporaryFolder("pawl-survey", environment: .current)
        defer { File.removeTree(folder) }
        var paths: [String] = []
        for index in 0..<3_000 {
            let path = "d\(index / 100)/f\(index)"
            if index % 100 == 0 { try File.makeFolder(Path.join(folder, "d\(index / 100)".bytes)) }
            paths.append(path)
            // Every seventh is not there.
            guard index % 7 != 0 else { continue }
            try File.write(ByteString(repeatElement(0, count: index)), to: Path.join(folder, path.bytes))
        }
        for (index, file) in try survey(folder, paths).enumerated() {
            #expect(file.error == (index % 7 == 0 ? ENOENT : 0))
            if file.error == 0 { #expect(file.size == UInt32(index)) }
        }
    }

    @Test("A symbolic link is itself, and no way to a file behind it")
    func links() throws {
        let folder = try File.makeTemporaryFolder("pawl-survey", environment: .current)
        defer { File.removeTree(folder) }
        try File.makeFolder(Path.join(folder, "real/deep"))
        try File.write("text", to: Path.join(folder, "real/deep/file"))
        for (name, target) in [("link", "real"), ("real/way", "deep")] as [(ByteString, ByteString)] {
            let made = target.withCString { to in Path.join(folder, name).withCString { symlink(to, $0) } }
            #expect(made == 0)
        }
        let files = try survey(
            folder, ["link", "link/deep/file", "real/deep/file", "real/deep/file/x", "real/way/file", "real/deep/file"])
        #expect(files.map(\.error) == [0, ELOOP, 0, ENOTDIR, ELOOP, 0])
        #expect(files[0].mode & UInt32(S_IFMT) == UInt32(S_IFLNK))
        #expect(files[2].size == 4)
    }

    @Test("No folder, no survey; nothing to look at is no trouble")
    func nothing() throws {
        let names = Names(["x"])
        #expect(FileSurvey("/nowhere at all", names.pointers, ownedBy: names) == nil)
        #expect(try survey("/", []).isEmpty)
    }
}

extension String {
    fileprivate var bytes: ByteString { ByteString(self) }
}
