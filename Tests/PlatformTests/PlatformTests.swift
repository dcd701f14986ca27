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
    @Test func sha256IsThatOfTheStandard() {
        #expect(Digest.sha256("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        #expect(Digest.sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }
}
