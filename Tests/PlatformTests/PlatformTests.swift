import ByteStrings
import Platform
import Testing

@Suite("Paths")
struct PathTests {
    @Test(arguments: [
        ("/a/b", "/a/b"), ("/a//b/./c/", "/a/b/c"), ("/a/../b", "/b"), ("/..", "/"), ("a/../../b", "../b"), (".", "."),
        ("", "."), ("/", "/"),
    ])
    func normalizingTakesOutWhatDoesNotMatter(path: String, normalized: String) {
        #expect(Path.normalized(ByteString(path)) == ByteString(normalized))
    }

    @Test func joiningTakesAbsoluteNamesAsTheyAre() {
        #expect(Path.join("/a", "b") == "/a/b")
        #expect(Path.join("/a/", "b") == "/a/b")
        #expect(Path.join("/a", "/b") == "/b")
        #expect(Path.join("", "b") == "b")
        #expect(Path.join("/a", "") == "/a")
    }

    @Test func parentsAndNames() {
        #expect(Path.parent("/a/b") == "/a")
        #expect(Path.parent("/a") == "/")
        #expect(Path.parent("a") == ".")
        #expect(Path.name("/a/b") == "b")
    }
}

@Suite("The environment as a value")
struct EnvironmentTests {
    @Test func theFirstOfTwoEntriesCountsAndSettingReplacesIt() {
        var environment = Environment(["A=1", "AB=2", "A=3"])
        #expect(environment["A"] == "1")
        environment["A"] = "4"
        #expect(environment["A"] == "4")
        environment["A"] = nil
        #expect(environment["A"] == nil && environment["AB"] == "2")
        environment["EMPTY"] = ""
        #expect(environment["EMPTY"] == "")
    }
}

@Suite("Programs")
struct ProgramTests {
    private func shell(_ script: ByteString, input: ByteString? = nil) throws -> Captured {
        try Program("/bin/sh", ["sh", "-c", script], environment: Environment(["PATH=/usr/bin:/bin"])).capture(
            input: input)
    }

    @Test func outputErrorsAndStatusAreKeptApart() throws {
        let run = try shell("echo out; echo err >&2; exit 3")
        #expect(run.output == "out\n" && run.errors == "err\n" && run.ending == .exited(3))
    }

    @Test func deathBySignalIsTold() throws {
        let run = try shell("kill -KILL $$")
        #expect(run.ending == .signaled(9), "\(run.ending)")
        #expect(run.ending.shellStatus == 137)
    }

    @Test func muchInputAndMuchOutputDoNotBlockEachOther() throws {
        let much = ByteString([UInt8](repeating: 0x78, count: 1 << 20))
        #expect(try shell("cat", input: much).output == much)
    }

    @Test func aProgramThatDoesNotReadItsInputEndsAllTheSame() throws {
        let much = ByteString([UInt8](repeating: 0x78, count: 1 << 20))
        #expect(try shell("exec <&-; echo done", input: much).output == "done\n")
    }

    @Test func aMissingProgramIsAnErrorThatNamesIt() {
        #expect(throws: SystemError.self) {
            try Program("/nonexistent/program", ["program"], environment: Environment()).capture()
        }
    }

    @Test func itRunsWhereItIsTold() throws {
        let run = try Program("/bin/pwd", ["pwd"], environment: Environment(), directory: "/").capture()
        #expect(run.output == "/\n")
    }
}

@Suite("Digests")
struct DigestTests {
    /// Every length around the borders of its blocks, and bytes that are not at the beginning of their buffer.
    @Test func sha256IsThatOfTheSystem() throws {
        let tool = ["/usr/bin/sha256sum", "/sbin/sha256sum"].first { File.exists(ByteString($0)) }
        guard let tool else { return }
        let folder = try File.makeTemporaryFolder("pawl-digest", environment: .current)
        defer { File.removeTree(folder) }
        let bytes = (0..<400).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ $0 >> 3) }
        let lengths = Array(0...300)
        for length in lengths {
            try File.write(ByteString(bytes[3..<(3 + length)]), to: Path.join(folder, ByteString("\(length)")))
        }
        let words = [ByteString(tool)] + lengths.map { ByteString("\($0)") }
        let output = try Program(ByteString(tool), words, environment: .current, directory: folder).capture().output
        let lines = output.split(UInt8(ascii: "\n"))
        for (length, line) in zip(lengths, lines) {
            #expect(line.hasPrefix(Digest.sha256(bytes[3..<(3 + length)]) + " "), "\(length) bytes")
        }
        #expect(lines.count >= lengths.count)
    }

    @Test func sha256IsThatOfTheStandard() {
        #expect(Digest.sha256("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        #expect(Digest.sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }
}
