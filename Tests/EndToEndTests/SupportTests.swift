import Testing

@Suite("The ground that the other tests stand on")
struct SupportTests {
    @Test func theGitUnderTestIsThere() throws {
        try Scratch.with { scratch in
            let outcome = try scratch.shell(
                "git --version", environment: scratch.environment(path: scratch.guardedPath()))
            #expect(outcome.succeeded, "\(BuiltProducts.folder)/git: \(outcome)")
            #expect(outcome.text.hasPrefix("git version "))
        }
    }

    @Test func aProgramThatDiesOfASignalIsReportedAsSuch() throws {
        try Scratch.with { scratch in
            let outcome = try scratch.shell("kill -9 $$", environment: scratch.environment(path: "/usr/bin:/bin"))
            #expect(outcome.ending == .signal(9))
        }
    }

    @Test func aProgramThatRunsTooLongIsKilled() throws {
        try Scratch.with { scratch in
            let outcome = try scratch.shell(
                "sleep 30", environment: scratch.environment(path: "/usr/bin:/bin"), timeout: 0.2)
            #expect(outcome.ending == .timeout)
        }
    }

    @Test func aScratchFolderIsGoneAfterAnErrorToo() throws {
        struct Stop: Error {}
        var root = ""
        #expect(throws: Stop.self) {
            try Scratch.with { scratch in
                root = scratch.root
                throw Stop()
            }
        }
        #expect(readBytes("\(root)/home/.gitconfig").isEmpty)
    }
}
