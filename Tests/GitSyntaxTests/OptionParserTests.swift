import ByteStrings
import Testing

@testable import GitSyntax

private let old = GitVersion(2, 39, 5)
private let new = GitVersion(2, 55, 0)
private let newest = GitVersion(2, 56, 0)

@Suite struct OptionParserTests {
    private func parse(
        _ command: ByteString, _ arguments: [ByteString], _ version: GitVersion = old
    ) throws -> ParsedArguments {
        try OptionParser.parse(arguments, of: command, version: version)
    }

    private func values(_ arguments: ParsedArguments) -> [ByteString] { arguments.operands.map(\.value) }

    @Test func optionsAndOperandsMix() throws {
        let parsed = try parse("push", ["origin", "--force", "main", "-n"])
        #expect(values(parsed) == ["origin", "main"])
        #expect(parsed.options.map(\.name) == ["force", "dry-run"])
        #expect(parsed.options.map(\.word) == [1, 3])
        #expect(parsed.operands.map(\.word) == [0, 2])
    }

    @Test func abbreviationsCountWhileTheyAreUnambiguous() throws {
        #expect(try parse("reset", ["--h"]).isOn("hard"))
        #expect(try parse("push", ["--m"]).isOn("mirror"))
        #expect(try parse("push", ["--del"]).isOn("delete"))
        #expect(try parse("push", ["--force-w"]).isOn("force-with-lease"))
        #expect(try parse("push", ["--no-verif"]).isOn("no-verify"))
        for word: ByteString in ["--f", "--forc", "--no-v", "--no-forc"] {
            guard case .ambiguousOption = OptionParser.refusal([word], of: "push") else {
                Issue.record("\(word) is ambiguous")
                continue
            }
        }
    }

    @Test func anExactNameWinsOverLongerOnes() throws {
        #expect(try parse("push", ["--force"]).options.map(\.name) == ["force"])
    }

    @Test func negationsTurnOptionsOffAndTableNamesWithNoAreTurnedOffByTheBareName() throws {
        #expect(try !parse("push", ["--force", "--no-force"]).isOn("force"))
        #expect(try parse("push", ["--no-force", "--force"]).isOn("force"))
        #expect(try parse("push", ["--no-verify"]).isOn("no-verify"))
        #expect(try !parse("push", ["--no-verify", "--verify"]).isOn("no-verify"))
        #expect(try !parse("push", ["--no-verify", "--no-no-verify"]).isOn("no-verify"))
        #expect(try parse("fetch", []).isOn("auto-gc", default: true))
    }

    @Test func aRequiredValueIsTheNextWordWhateverItLooksLike() throws {
        let parsed = try parse("push", ["--repo", "--force", "-o", "-f"])
        #expect(parsed.value("repo") == "--force")
        #expect(parsed.values("push-option") == ["-f"])
        #expect(!parsed.isOn("force"))
        #expect(try parse("push", ["--repo="]).value("repo") == "")
        #expect(OptionParser.refusal(["--repo"], of: "push") == .missingValue("repo"))
    }

    @Test func anOptionalValueIsNeverTheNextWord() throws {
        let parsed = try parse("push", ["--force-with-lease", "main"])
        #expect(parsed.isOn("force-with-lease"))
        #expect(parsed.value("force-with-lease") == nil)
        #expect(values(parsed) == ["main"])
        #expect(try parse("push", ["--force-with-lease=main:"]).value("force-with-lease") == "main:")
    }

    @Test func anOptionalValueOfALastOptionIsTheNextWordIfThereIsOne() throws {
        #expect(try parse("branch", ["--contains", "x"]).value("contains") == "x")
        #expect(try parse("branch", ["--contains"]).isOn("contains"))
    }

    @Test func flagsAndNegationsTakeNoValue() {
        #expect(OptionParser.refusal(["--force=x"], of: "push") == .unexpectedValue("force"))
        #expect(OptionParser.refusal(["--no-repo=x"], of: "push") == .unexpectedValue("repo"))
    }

    @Test func listsAccumulateUntilTheyAreNegated() throws {
        let parsed = try parse("push", ["-o", "a", "-ob", "--no-push-option", "--push-option=c"])
        #expect(parsed.values("push-option") == ["c"])
        #expect(try parse("push", ["-oa", "--push-option", "b"]).values("push-option") == ["a", "b"])
        #expect(try parse("push", ["--repo=a", "--no-repo"]).value("repo") == nil)
    }

    @Test func anOptionThatSharesABitTurnsTheOtherOffToo() throws {
        #expect(try !parse("push", ["--force", "--no-mirror"]).isOn("force"))
        #expect(try parse("push", ["--no-mirror", "--force"]).isOn("force"))
        #expect(try parse("push", ["--mirror", "--no-force"]).isOn("mirror"))
    }

    @Test func clustersAreReadLetterByLetter() throws {
        #expect(try parse("push", ["-fn"]).options.map(\.name) == ["force", "dry-run"])
        #expect(try parse("push", ["-of"]).values("push-option") == ["f"])
        #expect(try parse("push", ["-fo", "x"]).isOn("force"))
        #expect(try parse("commit", ["-anm", "x"]).isOn("no-verify"))
        #expect(try parse("commit", ["-Sn"]).value("gpg-sign") == "n")
        #expect(try !parse("commit", ["-Sn"]).isOn("no-verify"))
        #expect(try parse("clean", ["-ef"]).value("exclude") == "f")
        #expect(try parse("checkout", ["-qfbNAME"]).value("-b") == "NAME")
        #expect(try values(parse("status", ["-u", "no"])) == ["no"])
    }

    @Test func numberOptionsTakeDigits() throws {
        #expect(try parse("grep", ["-15", "x"]).value("-NUMBER") == "15")
        #expect(try parse("checkout", ["-2", "x"]).isOn("ours"))
    }

    @Test func aLongOptionWithOneDashIsASlip() {
        #expect(OptionParser.refusal(["-force"], of: "push") == .missingDashes("force"))
        #expect(OptionParser.refusal(["-delete", "x"], of: "push") == .missingDashes("delete"))
        #expect(OptionParser.refusal(["-no-verify"], of: "push") == .missingDashes("no-verify"))
        #expect(OptionParser.refusal(["-of"], of: "push") == nil)
    }

    @Test func unknownOptionsAreRefused() {
        #expect(OptionParser.refusal(["--nonsense"], of: "push") == .unknownOption("--nonsense"))
        #expect(OptionParser.refusal(["-fj"], of: "push") == .unknownOption("j"))
    }

    @Test func helpIsLoneOrInFull() throws {
        #expect(OptionParser.refusal(["-h"], of: "push") == .help)
        #expect(OptionParser.refusal(["x", "--help"], of: "push") == .help)
        #expect(OptionParser.refusal(["--force", "--help-all"], of: "push") == .help)
        #expect(OptionParser.refusal(["-fh"], of: "push") == .help)
        #expect(try parse("grep", ["-h", "x"]).isOn("-h"))
    }

    @Test func twoDashesEndTheOptions() throws {
        let parsed = try parse("push", ["a", "--", "--force", "--"])
        #expect(values(parsed) == ["a", "--force", "--"])
        #expect(parsed.operands.map(\.isAfterDashDash) == [false, true, true])
        #expect(try values(parse("push", ["--end-of-options", "--force"])) == ["--force"])
        #expect(try values(parse("reset", ["--", "--hard"])) == ["--hard"])
        #expect(try values(parse("checkout", ["--end-of-options", "x"])) == ["--end-of-options", "x"])
        #expect(try values(parse("checkout", ["--end-of-options", "x"], new)) == ["x"])
    }

    @Test func someCommandsStopAtTheFirstOperand() throws {
        let parsed = try parse("config", ["--global", "a.b", "--unset"])
        #expect(values(parsed) == ["a.b", "--unset"])
        #expect(parsed.isOn("global"))
        #expect(try values(parse("grep", ["x", "-O", "--", "y"])) == ["x", "-O", "y"])
        #expect(try parse("grep", ["(", "-e", "x", ")", "-Oless"]).value("open-files-in-pager") == "less")
    }

    @Test func commandModesExcludeEachOther() {
        #expect(OptionParser.refusal(["--abort", "--skip"], of: "rebase") == .conflictingModes("abort", "skip"))
        #expect(OptionParser.refusal(["--abort", "--abort"], of: "rebase") == nil)
        #expect(OptionParser.refusal(["--continue", "-r"], of: "am") == nil)
        #expect(OptionParser.refusal(["-d", "-l"], of: "tag") == .conflictingModes("delete", "list"))
    }

    @Test func commandsThatKeepUnknownOptionsAllowNoAbbreviations() throws {
        let parsed = try parse("cherry-pick", ["--abor", "x"])
        #expect(!parsed.isOn("abort"))
        #expect(parsed.options.map(\.name) == ["--abor"])
        #expect(parsed.options.map(\.isKnown) == [false])
        #expect(values(parsed) == ["x"])
    }

    @Test func aliasesOfAnOptionAreNoAmbiguity() throws {
        #expect(try parse("clone", ["--recu", "x"]).isOn("recurse-submodules"))
        #expect(try parse("push", ["--branches"], new).isOn("all"))
        #expect(OptionParser.refusal(["--branches"], of: "push") == .unknownOption("--branches"))
    }

    @Test func newerOptionsMakeOldAbbreviationsAmbiguous() {
        #expect(OptionParser.refusal(["--del", "x"], of: "branch", new) == nil)
        guard case .ambiguousOption = OptionParser.refusal(["--del", "x"], of: "branch", newest) else {
            Issue.record("--delete or --delete-merged")
            return
        }
    }

    @Test func versionsBetweenTablesHaveAllInterpretations() {
        let between = OptionParser.interpretations(of: ["--branches"], for: "push", version: GitVersion(2, 45, 0))
        #expect(between.count == 2)
        #expect(OptionParser.interpretations(of: ["--branches"], for: "push", version: old).count == 1)
        #expect(OptionParser.interpretations(of: ["--all"], for: "push", version: GitVersion(2, 45, 0)).count == 1)
        let development = GitVersion(2, 55, 0, isDevelopment: true)
        #expect(OptionParser.interpretations(of: ["--del"], for: "branch", version: development).count == 2)
        #expect(OptionParser.isBeyondTables(GitVersion(2, 57, 1)))
        #expect(!OptionParser.isBeyondTables(development))
        #expect(!OptionParser.isBeyondTables(old))
        #expect(OptionParser.isBeyondTables(GitVersion(2, 30, 0)))
    }

    @Test func subcommandsAreNamedInFullAndSomeAreAssumed() throws {
        #expect(try parse("stash", []).subcommand == "push")
        #expect(try parse("stash", ["-u"]).subcommand == "push")
        #expect(try parse("stash", ["-u"]).isOn("include-untracked"))
        #expect(try parse("stash", ["--", "f"]).operands.map(\.value) == ["f"])
        #expect(try parse("stash", ["-p", "f"]).subcommand == "push")
        #expect(try parse("stash", ["drop", "-q", "1"]).isOn("quiet"))
        #expect(OptionParser.refusal(["dro"], of: "stash") == .unknownSubcommand("dro"))
        #expect(OptionParser.refusal(["-q", "drop"], of: "stash") == .unknownSubcommand("drop"))
        #expect(OptionParser.refusal(["nonsense"], of: "remote") == .unknownSubcommand("nonsense"))
        #expect(OptionParser.refusal(["--", "add"], of: "remote") == .unknownSubcommand("add"))
        #expect(OptionParser.refusal([], of: "worktree") == .missingSubcommand)
        #expect(try parse("remote", ["-v"]).subcommand == "list")
        #expect(try parse("remote", ["-v", "rm", "x"]).subcommand == "remove")
        #expect(try parse("reflog", ["--all"]).subcommand == "show")
        #expect(try parse("notes", ["--ref", "x", "add", "-f"]).isOn("force"))
    }

    @Test func configHasSubcommandsOnlyInNewerVersions() throws {
        #expect(try parse("config", ["list"]).subcommand == nil)
        #expect(try parse("config", ["list"], new).subcommand == "list")
        #expect(try parse("config", ["--global", "list"], new).subcommand == nil)
        #expect(try parse("config", ["set", "--global", "a.b", "--all"], new).operands.count == 2)
    }

    @Test func theLogFamilyKnowsDiffAndRevisionOptions() throws {
        let parsed = try parse(
            "log", ["-n", "3", "--author", "me", "--output", "f", "-p", "--stat=80", "main", "--", "x"])
        #expect(parsed.value("-n") == "3")
        #expect(parsed.value("author") == "me")
        #expect(parsed.value("output") == "f")
        #expect(parsed.isOn("patch") && parsed.isOn("stat"))
        #expect(values(parsed) == ["main", "x"])
        #expect(try parse("diff", ["--output=f", "-Sx", "--cached"]).value("output") == "f")
        #expect(try parse("log", ["-5"]).value("-NUMBER") == "5")
        #expect(try !parse("diff", ["--outp=f"], new).isOn("output"))
    }

    @Test func handWrittenParsersKnowExactWords() throws {
        #expect(try parse("fast-import", ["--force", "--export-marks=x"]).value("export-marks") == "x")
        #expect(OptionParser.refusal(["--forc"], of: "fast-import") == .unknownOption("--forc"))
        #expect(OptionParser.refusal(["update", "--forc"], of: "submodule") == .unknownOption("--forc"))
        #expect(try parse("submodule", ["update", "-f", "--depth", "1", "x"]).value("depth") == "1")
        #expect(try parse("submodule", []).subcommand == "status")
        let each = try parse("submodule", ["foreach", "--recursive", "rm", "-rf", "x"])
        #expect(values(each) == ["rm", "-rf", "x"])
        let bisect = try parse("bisect", ["run", "make", "--", "-k"])
        #expect(bisect.subcommand == "run" && values(bisect) == ["make", "--", "-k"])
        let filter = try parse("filter-branch", ["--tree-filter", "rm x", "-f", "HEAD", "--all"])
        #expect(filter.value("tree-filter") == "rm x" && filter.isOn("force"))
    }

    @Test func updateIndexHasOptionsThatTakeWords() throws {
        #expect(try parse("update-index", ["--cacheinfo", "1", "2", "3", "x"]).operands.map(\.value) == ["x"])
        #expect(try parse("update-index", ["--cacheinfo", "1,2,3", "x"]).value("cacheinfo") == "1,2,3")
        #expect(OptionParser.refusal(["--stdin", "x"], of: "update-index") == .mustBeLast("stdin"))
        #expect(try values(parse("update-index", ["--again", "--force"])) == ["--force"])
    }

    @Test func commandsWithoutATableKeepTheirWords() throws {
        #expect(!OptionParser.hasTable(for: "no-such-command"))
        #expect(OptionParser.hasTable(for: "push"))
        let parsed = try parse("no-such-command", ["-x", "--y=z", "a", "--", "-b"])
        #expect(parsed.options.map(\.name) == ["-x", "--y"])
        #expect(values(parsed) == ["a", "-b"])
    }

    @Test func everySectionOfTheTableCanBeReadInEveryVersion() {
        for section in tableSections() {
            for table in TableVersion.allCases {
                let grammar = CommandGrammar(section, table: table)
                #expect(grammar != nil, "\(section)")
                #expect(grammar?.options.allSatisfy { $0.long != nil || $0.short != nil || $0.isNumber } == true)
                #expect(grammar?.subcommands.allSatisfy { CommandGrammar.exists(section + " " + $0.canonical) } == true)
            }
        }
    }
}
