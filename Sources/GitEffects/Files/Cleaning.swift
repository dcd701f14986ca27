import ByteStrings
import Effects
import GitSyntax
import Platform

/// What `git clean` would remove: git itself is asked with `--dry-run` (git-clean(1)).
struct Cleaning {
    let arguments: ParsedArguments
    let configuration: Configuration
    let setting: Setting
    let top: ByteString
    /// What an interactive clean will be told; nil where that is not known.
    let input: ByteString?

    func loss() -> FileLoss {
        let isInteractive = arguments.isOn("interactive")
        if isInteractive && input?.isEmpty == true { return FileLoss() }
        let isForced = arguments.isOn("force") || configuration.boolean("clean.requireforce") == false
        // git refuses.
        guard isForced || isInteractive else { return FileLoss() }
        guard let answer = try? question.capture(), answer.ending.succeeded else { return FileLoss() }
        let prefix = folder
        let names = answer.output.split(UInt8(ascii: "\n")).compactMap { line in
            line.dropping(prefix: "Would remove ").map(PathQuoting.unquoted)
        }
        return FileLoss(
            untracked: Set(names.map { Path.normalized(Path.join(prefix, $0)) }),
            certainty: isInteractive ? .possible : .certain)
    }

    /// The same options without consequences, answered in English.
    private var question: Program {
        var words: [ByteString] = ["clean", "--dry-run"]
        for option in arguments.options {
            switch option.name {
            case "exclude": words += ["--exclude=" + (option.value ?? "")]
            case "force": words.append(option.isNegated ? "--no-force" : "--force")
            case "-d", "-x", "-X": words.append(option.name)
            default: break
            }
        }
        var program = setting.question(words + ["--"] + arguments.operands.map(\.value))
        program.environment["LC_ALL"] = "C"
        program.environment["LANGUAGE"] = nil
        return program
    }

    /// The folder that git runs in, from the top of the work tree: what it prints is as seen from there.
    private var folder: ByteString {
        guard let here = File.realPath(setting.directory.isEmpty ? "." : setting.directory),
            let root = File.realPath(top)
        else { return "." }
        return here == root ? "." : here.dropping(prefix: root + "/") ?? "."
    }
}
