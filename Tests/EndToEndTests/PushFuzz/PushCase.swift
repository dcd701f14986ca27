/// One random case: where the refs stand, what is configured, and a command line that may push.
struct PushCase: CustomStringConvertible {
    /// Files to write, by their paths in the world.
    var files: [String: String] = [:]
    /// Lines to add to the configuration.
    var configuration: [String] = []
    var arguments: [String] = []
    /// Whether a word anywhere in it asks for force or deletion.
    var isForceful = false

    /// Whether replace refs or grafts are in force.
    var hasOverlay: Bool { files.keys.contains { $0.contains("refs/replace/") || $0.hasSuffix("info/grafts") } }

    var description: String {
        let refs = files.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        return "git \(arguments.joined(separator: " "))\nconfiguration: \(configuration.joined(separator: " | "))\n"
            + "files: \(refs.joined(separator: ", "))"
    }
}

/// Makes cases.
struct PushCaseGenerator {
    private var random: SeededGenerator
    private let objects: [String: String]
    private var scenario = PushCase()

    init(seed: UInt64, objects: [String: String]) {
        random = SeededGenerator(seed: seed)
        self.objects = objects
    }

    static func make(seed: UInt64, objects: [String: String]) -> PushCase {
        var generator = PushCaseGenerator(seed: seed, objects: objects)
        return generator.make()
    }

    private mutating func make() -> PushCase {
        for remote in ["origin", "backup"] { addReferences(of: remote) }
        addLocalReferences()
        addConfiguration()
        addLegacyRemotes()
        addOverlays()
        addCommand()
        return scenario
    }

    // MARK: Refs

    private static let branches = ["main", "topic", "feature/x", "old", "both", "v1", "ORIG_HEAD", "HEAD"]
    private static let others = ["refs/tags/v1", "refs/tags/both", "refs/tags/light", "refs/notes/commits", "refs/x/t"]

    private mutating func addReferences(of remote: String) {
        for branch in Self.branches.dropLast(2) + (random.chance(10) ? ["ORIG_HEAD", "HEAD"] : []) {
            guard random.chance(branch == "main" ? 90 : branch == "v1" ? 10 : 50) else { continue }
            let value = random.pick(["a", "b", "c", "c", "d", "r", "f"])
            set("\(remote).git/refs/heads/\(branch)", value)
            // What the last fetch saw: the present value, an older one, or nothing.
            if remote == "origin", random.chance(80), branch != "HEAD" {
                let seen = random.chance(60) && !["r", "f"].contains(value) ? value : random.pick(["a", "b", "c"])
                set("work/.git/refs/remotes/origin/\(branch)", seen)
            }
        }
        for name in Self.others where random.chance(40) {
            set("\(remote).git/\(name)", random.pick(["a", "c", "d", "ta", "tb", "td"]))
        }
    }

    private mutating func addLocalReferences() {
        for branch in Self.branches.dropLast(2) where random.chance(branch == "main" ? 97 : branch == "v1" ? 10 : 60) {
            set("work/.git/refs/heads/\(branch)", random.pick(["a", "b", "c", "d", "e", "e"]))
        }
        for name in Self.others where random.chance(40) {
            set("work/.git/\(name)", random.pick(["a", "c", "d", "ta", "tb", "td"]))
        }
        if random.chance(5) { set("work/.git/refs/heads/+topic", random.pick(["c", "d", "e"])) }
        if random.chance(10) { set("work/.git/ORIG_HEAD", random.pick(["b", "d", "e"])) }
        if random.chance(5) { scenario.files["work/.git/refs/heads/alias"] = "ref: refs/heads/topic" }
        switch Int.random(in: 0..<20, using: &random) {
        case 0: scenario.files["work/.git/HEAD"] = objects["d"]
        case 1: scenario.files["work/.git/HEAD"] = "ref: refs/heads/unborn"
        case 2: scenario.files["work/.git/HEAD"] = "ref: refs/heads/alias"
        case 3...8: scenario.files["work/.git/HEAD"] = "ref: refs/heads/topic"
        default: break
        }
    }

    private mutating func set(_ file: String, _ object: String) { scenario.files[file] = objects[object] }

    // MARK: Configuration

    /// Lines that alone ask for nothing dangerous.
    private static let plainSettings = [
        "push.default=current", "push.default=upstream", "push.default=matching", "push.default=simple",
        "push.default=nothing", "push.followTags=true", "push.autoSetupRemote=true", "push.useForceIfIncludes=true",
        "remote.pushDefault=backup", "remote.pushDefault=origin", "branch.main.pushRemote=backup",
        "branch.topic.pushRemote=origin", "branch.main.remote=origin", "branch.main.merge=refs/heads/main",
        "branch.main.merge=refs/heads/topic", "branch.topic.remote=origin", "branch.topic.merge=refs/heads/main",
        "branch.topic.remote=.", "remote.origin.push=refs/heads/*:refs/heads/*", "remote.origin.push=main",
        "remote.origin.push=HEAD:refs/heads/topic", "remote.origin.push=refs/heads/main:refs/heads/old",
        "remote.origin.push=:", "remote.origin.push=refs/tags/*:refs/tags/*", "remote.origin.push=^refs/heads/old",
        "remote.backup.push=refs/heads/topic:refs/heads/main", "remote.origin.mirror=false",
        "remote.origin.pushurl=../backup.git", "remote.origin.url=../other.git",
        "url.../other.git.insteadOf=../origin.git",
        "url.../backup.git.pushInsteadOf=../origin.git", "remote.origin.fetch=+refs/heads/*:refs/remotes/origin/*",
        "remote.origin.fetch=+refs/heads/main:refs/remotes/origin/main", "remote.origin.tagOpt=--no-tags",
        "branch.alias.pushRemote=backup", "remotes.all=origin backup", "remote.leg.pushurl=../backup.git",
        "remote.origin.push=refs/x/*:refs/x/*", "push.recurseSubmodules=on-demand", "core.logAllRefUpdates=false",
    ]
    private static let forcefulSettings = [
        "remote.origin.push=+refs/heads/*:refs/heads/*", "remote.origin.push=+main", "remote.origin.push=+:",
        "remote.origin.push=:refs/heads/old", "remote.origin.push=+HEAD:refs/heads/main", "remote.origin.mirror=true",
        "remote.origin.mirror=0x1", "remote.origin.mirror=1k", "remote.origin.mirror", "remote.backup.mirror=yes",
        "remote.origin.push=+refs/heads/main:refs/heads/topic", "remote.origin.push=+refs/tags/*:refs/tags/*",
        "remote.leg.push=+refs/heads/*:refs/heads/*", "remote.../origin.git.push=+refs/heads/*:refs/heads/*",
        "remote.../origin.git.mirror=true", "remote.backup.push=+refs/*:refs/*",
    ]

    private mutating func addConfiguration() {
        if random.chance(70) { addSetting("remote.origin.fetch=+refs/heads/*:refs/remotes/origin/*") }
        if random.chance(50) {
            addSetting("branch.main.remote=origin")
            addSetting("branch.main.merge=refs/heads/main")
        }
        for _ in 0..<Int.random(in: 0...2, using: &random) { addSetting(random.pick(Self.plainSettings)) }
        if random.chance(25) {
            scenario.isForceful = true
            addSetting(random.pick(Self.forcefulSettings))
        }
    }

    private mutating func addSetting(_ setting: String) { scenario.configuration.append(Self.line(setting)) }

    /// A setting as a line of a file: `[remote "origin"] push = main`.
    private static func line(_ setting: String) -> String {
        let halves = setting.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        // The last dot before the value, also where the subsection is a path.
        let key = halves[0]
        let variable = key.split(separator: ".").last.map(String.init) ?? ""
        let rest = key.dropLast(variable.count + 1)
        let section = rest.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let head = section.count == 2 ? "[\(section[0]) \"\(section[1])\"]" : "[\(section[0])]"
        return "\(head)\n\t\(variable)" + (halves.count == 2 ? " = \"\(halves[1])\"" : "")
    }

    private mutating func addLegacyRemotes() {
        if random.chance(20) {
            let plus = random.chance(30)
            var lines = random.chance(80) ? ["URL: ../origin.git"] : []
            lines.append("Push: \(plus ? "+" : "")\(random.pick(["refs/heads/*:refs/heads/*", "main", "HEAD:main"]))")
            scenario.files["work/.git/remotes/leg"] = lines.joined(separator: "\n")
            if plus { scenario.isForceful = true }
        }
        if random.chance(20) {
            scenario.files["work/.git/branches/br"] = "../origin.git" + random.pick(["", "#topic", "#main"])
        }
    }

    private mutating func addOverlays() {
        guard let d = objects["d"], let c = objects["c"], let g = objects["g"] else { return }
        if random.chance(6) { scenario.files["work/.git/refs/replace/\(d)"] = g }
        if random.chance(6) { scenario.files["work/.git/info/grafts"] = "\(d) \(c)" }
    }

    // MARK: Command lines

    private static let plainOptions: [[String]] = [
        ["--tags"], ["--follow-tags"], ["--all"], ["--atomic"], ["-n"], ["--dry-run"], ["-u"], ["--set-upstream"],
        ["-q"], ["--porcelain"], ["-v"], ["--no-verify"], ["--thin"], ["--no-thin"], ["-4"], ["--verb"],
        ["--repo", "backup"], ["--repo=origin"], ["--no-dry-run"], ["--no-all"], ["--no-tags"], ["--folow-tags"],
        ["--foll"], ["-o", "-f"], ["-of"], ["--no-signed"], ["--ipv4"], ["--recurse-submodules=no"], ["-qv"],
        ["--recurse-submodules=check"], ["--no-force"], ["--no-mirror"], ["--no-delete"], ["--no-force-with-lease"],
        ["--no-prune"],
    ]
    private static let forcefulOptions: [[String]] = [
        ["-f"], ["--force"], ["--force-with-lease"], ["--force-with-lease=main"], ["--force-with-lease=topic:HEAD~1"],
        ["--force-with-lease=main:"], ["--force-w"], ["--delete"], ["-d"], ["--del"], ["--prune"], ["--prun"],
        ["--mirror"], ["--m"], ["--force-if-includes"], ["-qf"], ["-fu"], ["-nf"], ["--force", "--no-force"],
        ["--force-with-lease=refs/heads/main"], ["--delete", "--no-delete"], ["--force-with-lease=main:origin/main"],
        ["-dq"], ["--mirror", "--no-mirror"], ["--forc"], ["--force-with-lease=:"], ["-fd"], ["--force=1"],
    ]
    private static let repositories = [
        "origin", "origin", "origin", "origin", "origin", "origin", "backup", "backup", "backup", "../origin.git",
        "../origin.git", "leg", "br", "all", ".",
        "nosuch", "../../world/backup.git", "file:../origin.git", "",
    ]
    private static let sources = [
        "main", "topic", "feature/x", "old", "both", "v1", "HEAD", "@", "light", "refs/heads/main", "heads/topic",
        "refs/tags/v1", "tags/v1", "main~1", "HEAD^", "ORIG_HEAD", "origin/main", "refs/notes/commits", "notes/commits",
        "refs/x/t", "x/t", "alias", "topic^{commit}", "v1^{}", "@{-1}", ":/c", "main^0", "+topic", "heads/main",
        "nosuch",
    ]
    private static let destinations = [
        "main", "topic", "feature/x", "old", "both", "v1", "HEAD", "light", "new", "refs/heads/main",
        "refs/heads/topic",
        "refs/heads/new", "refs/tags/v1", "refs/tags/new", "heads/topic", "tags/light", "refs/x/t", "x/t",
        "refs/notes/commits", "notes/commits", "refs/for/main", "ORIG_HEAD", "a:b", "refs/heads/",
        "remotes/origin/main",
    ]
    private static let patterns = [
        "refs/heads/*:refs/heads/*", "refs/*:refs/*", "refs/tags/*:refs/tags/*", "refs/heads/*:refs/heads/feature/*",
        "refs/heads/*", "heads/*:heads/*", "refs/heads/f*:refs/heads/f*", "refs/heads/feature/*:refs/heads/*", ":",
        "refs/remotes/origin/*:refs/heads/*", "*:*", "refs/heads/m*n:refs/heads/t*c", "refs/heads/*:refs/x/*",
    ]

    private mutating func addCommand() {
        let isPlumbing = random.chance(8)
        var words = options()
        let hasRepository = random.chance(isPlumbing ? 95 : 85)
        if random.chance(5) { words.append(random.pick(["--", "--end-of-options"])) }
        if hasRepository {
            words.append(isPlumbing ? random.pick(["../origin.git", "../backup.git"]) : random.pick(Self.repositories))
            for _ in 0..<random.pick([0, 1, 1, 1, 2]) { words += refspec() }
        }
        if random.chance(15) { words += options() }
        let command = isPlumbing ? "send-pack" : "push"
        var globals: [String] = []
        if random.chance(8) { globals += ["-c", random.pick(Self.plainSettings)] }
        if random.chance(5) {
            globals += ["-c", random.pick(Self.forcefulSettings)]
            scenario.isForceful = true
        }
        if random.chance(5) {
            globals += random.pick([["-C", "../work"], ["--git-dir=.git"], ["-p"], ["--no-pager"]])
        }
        if random.chance(10) {
            let count = Int.random(in: 0...words.count, using: &random)
            let inner = words.prefix(count).map { "'\($0)'" }.joined(separator: " ")
            globals += ["-c", "alias.p=\(random.pick(["", "!git "]))\(command) \(inner)"]
            scenario.arguments = globals + ["p"] + words.dropFirst(count)
        } else {
            scenario.arguments = globals + [command] + words
        }
    }

    private mutating func options() -> [String] {
        var words: [String] = []
        for _ in 0..<random.pick([0, 0, 0, 1, 1, 2]) { words += random.pick(Self.plainOptions) }
        if random.chance(35) {
            scenario.isForceful = true
            words += random.pick(Self.forcefulOptions)
        }
        return words
    }

    private mutating func refspec() -> [String] {
        // Names that both sides are likely to have come first, or most cases would end in git's own refusals.
        let source = random.pick(random.chance(60) ? Array(Self.sources.prefix(4)) : Self.sources)
        let destination = random.pick(random.chance(60) ? Array(Self.destinations.prefix(4)) : Self.destinations)
        var refspec: String
        switch Int.random(in: 0..<20, using: &random) {
        case 0...8: refspec = source
        case 9...14: refspec = "\(source):\(destination)"
        case 15: refspec = random.pick(Self.patterns)
        case 16:
            scenario.isForceful = true
            refspec = ":\(destination)"
        case 17: return ["tag", random.pick(["v1", "light", "both", "nosuch"])]
        case 18: refspec = "^\(random.pick(["refs/heads/old", "refs/heads/t*", "main"]))"
        default: refspec = random.pick(["", "+", "a:", "x::main", "main:a:b", "ma in", "*", "main:*", "+^old"])
        }
        if refspec.hasPrefix("+") || refspec.hasPrefix(":") { scenario.isForceful = true }
        if random.chance(20) {
            scenario.isForceful = true
            refspec = "+" + refspec
        }
        return [refspec]
    }
}
