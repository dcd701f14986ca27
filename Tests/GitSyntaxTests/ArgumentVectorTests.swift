import ByteStrings
import Testing

@testable import GitSyntax

@Suite struct ArgumentVectorTests {
    private func line(_ words: [ByteString], _ version: GitVersion? = nil) -> GitSyntax.CommandLine? {
        guard case .command(let line) = ArgumentVector.parse(["git"] + words, version: version) else { return nil }
        return line
    }

    @Test func theFirstWordWithoutADashIsTheCommand() {
        let line = line(["-C", "a", "push", "-C", "b"])
        #expect(line?.command == "push")
        #expect(line?.arguments == ["-C", "b"])
        #expect(line?.globals.directories == ["a"])
        #expect(line?.globals.words == ["-C", "a"])
    }

    @Test func directoriesAccumulateAndOtherValuesAreReplaced() {
        let globals = line(["-C", "a", "--git-dir=x", "-C", "b", "--git-dir", "y", "--work-tree=w", "status"])?.globals
        #expect(globals?.directories == ["a", "b"])
        #expect(globals?.gitDirectory == "y")
        #expect(globals?.workTree == "w")
    }

    @Test func configurationSplitsAtTheFirstEqualsSignAndItsEnvironmentFormAtTheLast() {
        let settings = line(["-c", "a.b=c=d", "-c", "a.b", "-c", "a.b=", "--config-env=a.x=y.b=V", "status"])?
            .globals.configuration
        #expect(
            settings == [
                ConfigurationSetting(key: "a.b", source: .value("c=d")),
                ConfigurationSetting(key: "a.b", source: .implicitTrue),
                ConfigurationSetting(key: "a.b", source: .value("")),
                ConfigurationSetting(key: "a.x=y.b", source: .environment("V")),
            ])
    }

    @Test(arguments: [
        ["-Ca", "status"], ["-ca=b", "status"], ["--", "status"], ["-"], ["--bar", "status"], [], ["-c"],
    ])
    func gluedAbbreviatedAndUnknownOptionsAreRefused(words: [ByteString]) {
        #expect(ArgumentVector.parse(["git"] + words, version: nil) == .usage)
    }

    @Test(arguments: [["--exec-path"], ["--exec-pathology", "push"], ["--html-path", "push"], ["--list-cmds=main"]])
    func queriesEndGitBeforeAnyCommand(words: [ByteString]) {
        guard case .query = ArgumentVector.parse(["git"] + words, version: nil) else {
            Issue.record("\(words) is a query")
            return
        }
    }

    @Test func anExecPathWithAValueIsNoQuery() {
        #expect(line(["--exec-path=/x", "push"])?.globals.execPath == "/x")
    }

    @Test func versionAndHelpTakeAllThatFollows() {
        #expect(line(["-v", "push", "-f"])?.command == "version")
        #expect(line(["--help", "push"])?.arguments == ["push"])
    }

    @Test func helpBehindACommandNeverRunsIt() {
        #expect(line(["deploy", "--help", "x"])?.command == "help")
        #expect(line(["deploy", "--help", "x"])?.arguments == ["deploy", "x"])
        #expect(line(["deploy", "x", "--help"])?.command == "deploy")
    }

    @Test func optionsExistOnlyInTheirVersions() {
        let old = GitVersion(2, 39, 5)
        let new = GitVersion(2, 55, 0)
        #expect(line(["--no-advice", "status"], old) == nil)
        #expect(line(["--no-advice", "status"], new)?.globals.noAdvice == true)
        #expect(line(["--super-prefix", "p/", "status"], old)?.globals.superPrefix == "p/")
        #expect(line(["--super-prefix", "p/", "status"], new) == nil)
        #expect(line(["--attr-source=t", "--no-lazy-fetch", "status"])?.globals.attributeSource == "t")
    }

    @Test func theProgramNameCanBeTheCommand() {
        let parsed = ArgumentVector.parse(["/usr/lib/git-core/git-push", "-f"], version: nil)
        let expected = GitSyntax.CommandLine(command: "push", arguments: ["-f"], isFromProgramName: true)
        #expect(parsed == .command(expected))
    }

    @Test func thePagerOptionsReplaceEachOther() {
        #expect(line(["-p", "-P", "log"])?.globals.paginate == false)
        #expect(line(["--no-pager", "--paginate", "log"])?.globals.paginate == true)
        #expect(line(["log"])?.globals.paginate == nil)
    }

    @Test func bytesThatAreNoTextAreKept() {
        let word = ByteString([0x78, 0xff, 0x79])
        #expect(line(["-C", word, word, word, ""])?.arguments == [word, ""])
    }

    @Test(
        arguments: [
            ("git version 2.39.5 (Apple Git-154)", GitVersion(2, 39, 5)), ("2.39.5", GitVersion(2, 39, 5)),
            ("git version 2.55.0.321.g1a3e64c", GitVersion(2, 55, 0, isDevelopment: true)),
            ("git version 2.55.GIT", GitVersion(2, 55, 0, isDevelopment: true)),
            ("git version 2.47.0-rc1", GitVersion(2, 47, 0)), ("git version 2.39.2.windows.1\n", GitVersion(2, 39, 2)),
            ("2.50", GitVersion(2, 50, 0)),
        ] as [(ByteString, GitVersion)])
    func versionsAreReadAsGitPrintsThem(text: ByteString, version: GitVersion) {
        #expect(GitVersion(parsing: text) == version)
    }

    @Test func whatIsNoVersionIsNone() {
        #expect(GitVersion(parsing: "git version") == nil)
        #expect(GitVersion(parsing: "") == nil)
        #expect(GitVersion(parsing: "99999999999999999999.1") == nil)
    }
}
