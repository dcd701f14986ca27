import ByteStrings
import Effects
import GitSyntax
import Platform

/// The pushes that git starts in submodules (`push.recurseSubmodules`): each gets the remote's name and the refspecs
/// as they are, `+` included, and no other option.
struct SubmodulePushes {
    let remote: Remote
    let items: [PushRequest.Item]
    /// The folders of the submodules that may be pushed.
    let paths: [ByteString]

    init(setting: Setting, remote: Remote, items: [PushRequest.Item]) {
        self.remote = remote
        self.items = items
        guard let top = Self.ask(setting, ["rev-parse", "--path-format=absolute", "--show-toplevel"]) else {
            paths = []
            return
        }
        let names = Self.configured(setting, top) + Self.changed(setting, remote, items)
        paths = Set(names).sorted().map { Path.join(top.dropping(suffix: "\n") ?? top, $0) }
    }

    func effects(_ parent: Foreseer) -> [Effect] {
        var words: [ByteString] = ["--recurse-submodules=only-is-on-demand"]
        if remote.isNamed { words += [remote.name] + items.map(\.refspec.text) }
        var effects: [Effect] = []
        for path in paths {
            // Settings of the command line reach submodules, the choice of a repository does not.
            let setting = Setting(
                executable: parent.setting.executable, globals: ["-C", path] + parent.setting.configurationWords,
                environment: Self.withoutRepository(parent.setting.environment), directory: path, gitDirectory: nil)
            // A path that leads back to the parent is none that git would push.
            guard File.exists(Path.join(path, ".git")), let child = try? Foreseer(setting),
                child.repository != parent.repository
            else { continue }
            guard let arguments = try? OptionParser.parse(words, of: "push", version: Self.anyVersion) else { continue }
            let command = UnderstoodCommand(name: "push", words: words, interpretations: [arguments])
            effects += child.foresee(command, isProtected: { _ in true }).unaidedEffects
        }
        return effects
    }

    /// The words above are the same for every version.
    private static let anyVersion = GitVersion(2, 39, 5)

    /// Variables that name the parent's repository do not reach a submodule (`git rev-parse --local-env-vars`).
    private static func withoutRepository(_ environment: Environment) -> Environment {
        var environment = environment
        for name: ByteString in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR"] {
            environment[name] = nil
        }
        return environment
    }

    /// By `.gitmodules`.
    private static func configured(_ setting: Setting, _ top: ByteString) -> [ByteString] {
        let file = Path.join(top.dropping(suffix: "\n") ?? top, ".gitmodules")
        guard let listing = ask(setting, ["config", "--file", file, "--list", "-z", "--show-scope"]) else { return [] }
        let modules = Configuration(listing: listing)
        return modules.subsections(of: "submodule").compactMap { modules.last("submodule." + $0 + ".path") }
    }

    /// By the commits that are pushed, which is where git itself looks: submodules without an entry in `.gitmodules`
    /// are pushed as well.
    private static func changed(_ setting: Setting, _ remote: Remote, _ items: [PushRequest.Item]) -> [ByteString] {
        let sources = items.compactMap { item -> ByteString? in
            switch item.refspec.shape {
            case .source(let name) where !item.refspec.isPattern: name
            case .update(let name, _) where !item.refspec.isPattern: name
            default: nil
            }
        }
        // A source may begin with a dash, so everything else stands before it.
        let everything: [ByteString] = sources.count == items.count && !items.isEmpty ? [] : ["--all", "HEAD"]
        let listing = ask(
            setting,
            ["-c", "log.showRoot=true", "log", "--format=", "--raw", "-z", "--no-renames", "-m", "--no-show-signature"]
                + ["--ignore-submodules=none"] + everything
                + ["--not", "--remotes=" + remote.name, "--not", "--end-of-options"] + sources + ["--"])
        var paths: [ByteString] = []
        var fields = (listing ?? ByteString()).split(0)[...]
        while let field = fields.popFirst() {
            guard field.hasPrefix(":"), let path = fields.popFirst() else { continue }
            if field.contains("160000") { paths.append(path) }
        }
        return paths
    }

    private static func ask(_ setting: Setting, _ words: [ByteString]) -> ByteString? {
        guard let answer = try? setting.question(words).capture(), answer.ending.succeeded else { return nil }
        return answer.output
    }
}
