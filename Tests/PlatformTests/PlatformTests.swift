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
    /// Around the ends of blocks, where the padding changes.
    @Test(arguments: [
        (55, "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318"),
        (56, "b35439a4ac6f0948b6d6f9e3c6af0f5f590ce20f1bde7090ef7970686ec6738a"),
        (63, "7d3e74a05d7db15bce4ad9ec0658ea98e3f06eeecf16b4c6fff2da457ddc2f34"),
        (64, "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb"),
        (65, "635361c48bb9eab14198e76ea8ab7f1a41685d6ad62aa9146d301d4f17eb0ae0"),
        (119, "31eba51c313a5c08226adf18d4a359cfdfd8d2e816b13f4af952f7ea6584dcfb"),
        (120, "2f3d335432c70b580af0e8e1b3674a7c020d683aa5f73aaaedfdc55af904c21c"),
        (1000, "41edece42d63e8d9bf515a9ba6932e1c20cbc9f5a5d134645adb5db1b9737ea3"),
    ])
    func sha256OfManyLengths(length: Int, digest: String) {
        #expect(Digest.sha256(ByteString([UInt8](repeating: UInt8(ascii: "a"), count: length))) == ByteString(digest))
    }

    @Test func sha256IsThatOfTheStandard() {
        #expect(Digest.sha256("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        #expect(Digest.sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }
}
