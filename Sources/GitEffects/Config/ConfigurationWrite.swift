import ByteStrings
import GitSyntax
import Platform

/// A change of one key, or of a whole section, that a command makes in a file of git's configuration.
struct ConfigurationWrite: Hashable {
    enum Value: Hashable {
        /// These become the only values.
        case set([ByteString])
        /// One more value.
        case added(ByteString)
        case removed
        /// What becomes of them cannot be told: a pattern or an editor decides.
        case unknown
    }

    /// As the configuration lists keys; nil for every key.
    var key: ByteString?
    var value: Value
    /// The options of `git config` that name the file; empty for the repository's own.
    var place: [ByteString] = []
}

/// Reads the commands that write configuration (git-config(1), git-remote(1), git-submodule(1), git-clone(1),
/// git-init(1)).
struct ConfigurationWrites {
    let arguments: ParsedArguments
    /// The present values at a place, of which sections are renamed and removed.
    let present: ([ByteString]) -> Configuration
    /// A file that the environment names for `git config` alone (GIT_CONFIG).
    var file: ByteString?
    /// `--git-dir` or its like, as it was given.
    var gitDirectory: ByteString?

    /// Whether the words may write a setting that matters, without looking at any. Errs on the side of looking.
    static func concern(_ command: ByteString, _ interpretations: [ParsedArguments]) -> Bool {
        switch command {
        case "config": interpretations.contains(where: mayMatter)
        case "remote": interpretations.contains { ["add", "remove", "rename", "set-url"].contains($0.subcommand) }
        case "submodule": interpretations.contains { ["set-url", "sync"].contains($0.subcommand) }
        case "clone": interpretations.contains { $0.mentions("config") }
        case "init", "init-db": interpretations.contains { $0.isOn("bare") }
        default: false
        }
    }

    private static func mayMatter(_ arguments: ParsedArguments) -> Bool {
        if arguments.isOn("edit") || arguments.subcommand == "edit" { return true }
        return arguments.operands.contains {
            GuardingKeys.row($0.value.lowercasedKey) != nil || GuardingKeys.concerns(section: $0.value)
        }
    }

    func writes(of command: ByteString) -> [ConfigurationWrite] {
        switch command {
        case "config": config()
        case "remote": remote()
        case "submodule": submodule()
        case "clone":
            arguments.values("config").map { word in
                let (key, value) = word.split(atFirst: UInt8(ascii: "=")) ?? (word, "true")
                // A repository that is new has no values yet.
                return ConfigurationWrite(key: key.lowercasedKey, value: .set([value]), place: ["--file", "/dev/null"])
            }
        case "init", "init-db":
            // One that is there already becomes a bare one (git-init(1)).
            present(bareRepository).entries.isEmpty
                ? [] : [ConfigurationWrite(key: "core.bare", value: .set(["true"]), place: bareRepository)]
        default: []
        }
    }

    private var bareRepository: [ByteString] {
        ["--file", Path.join(operands.first ?? gitDirectory ?? ".", "config")]
    }

    private var operands: [ByteString] { arguments.operands.map(\.value) }

    private func isOn(_ names: ByteString...) -> Bool { names.contains { arguments.isOn($0) } }

    // MARK: config

    private var place: [ByteString] {
        for name in ["global", "system", "local", "worktree"] as [ByteString] where isOn(name) { return ["--" + name] }
        return (arguments.value("file") ?? file).map { ["--file", $0] } ?? []
    }

    private static let reading: [ByteString] = [
        "get", "get-all", "get-color", "get-colorbool", "get-regexp", "get-urlmatch", "list",
    ]

    private func config() -> [ConfigurationWrite] {
        if isOn("edit") || arguments.subcommand == "edit" {
            return [ConfigurationWrite(key: nil, value: .unknown, place: place)]
        }
        if isOn("rename-section") || arguments.subcommand == "rename-section" { return renameSection() }
        if isOn("remove-section") || arguments.subcommand == "remove-section" { return removeSection(operands.first) }
        if Self.reading.contains(where: { arguments.isOn($0) || arguments.subcommand == $0 }) { return [] }
        guard let key = operands.first?.lowercasedKey else { return [] }
        let isRemoval = isOn("unset", "unset-all") || arguments.subcommand == "unset"
        guard let value = operands.dropFirst().first, !isRemoval else {
            if !isRemoval { return [] }
            let isPart = operands.count > 1 || arguments.mentions("value")
            return [ConfigurationWrite(key: key, value: isPart ? .unknown : .removed, place: place)]
        }
        if isOn("add") || isOn("append") {
            return [ConfigurationWrite(key: key, value: .added(value), place: place)]
        }
        let isPart = operands.count > 2 || arguments.mentions("value")
        return [ConfigurationWrite(key: key, value: isPart ? .unknown : .set([value]), place: place)]
    }

    private func renameSection() -> [ConfigurationWrite] {
        guard operands.count == 2 else { return [] }
        let old = Self.section(operands[0])
        let new = Self.section(operands[1])
        let values = present(place)
        return keys(of: old).flatMap { key -> [ConfigurationWrite] in
            let renamed = new + (key.dropping(prefix: old) ?? "")
            return [
                ConfigurationWrite(key: key, value: .removed, place: place),
                ConfigurationWrite(key: renamed, value: .set(values.values(key)), place: place),
            ]
        }
    }

    private func removeSection(_ name: ByteString?) -> [ConfigurationWrite] {
        name.map { keys(of: Self.section($0)) }?.map {
            ConfigurationWrite(key: $0, value: .removed, place: place)
        } ?? []
    }

    /// The keys that stand in a section itself, not those of its subsections.
    private func keys(of section: ByteString) -> [ByteString] {
        var seen: Set<ByteString> = []
        return present(place).entries.map(\.key).filter { key in
            guard let (head, _) = key.split(atLast: UInt8(ascii: ".")), head == section else { return false }
            return seen.insert(key).inserted
        }
    }

    /// A section's name as keys begin with it.
    private static func section(_ word: ByteString) -> ByteString {
        guard let (section, subsection) = word.split(atFirst: UInt8(ascii: ".")) else { return word.lowercased }
        return section.lowercased + "." + subsection
    }

    // MARK: remote, submodule

    private func remote() -> [ConfigurationWrite] {
        guard let name = operands.first else { return [] }
        let section = "remote." + name
        switch arguments.subcommand {
        case "add":
            // `--mirror` alone is both kinds.
            guard isOn("mirror") else { return [] }
            var writes: [ConfigurationWrite] = []
            if arguments.value("mirror") != "push" {
                writes.append(ConfigurationWrite(key: section + ".fetch", value: .added("+refs/*:refs/*")))
            }
            if arguments.value("mirror") != "fetch" {
                writes.append(ConfigurationWrite(key: section + ".mirror", value: .set(["true"])))
            }
            return writes
        case "remove", "rename":
            return [ConfigurationWrite(key: section + ".url", value: .removed)]
        case "set-url":
            guard let url = operands.dropFirst().first else { return [] }
            let key = section + (isOn("push") ? ".pushurl" : ".url")
            if isOn("add") { return [ConfigurationWrite(key: key, value: .added(url))] }
            // Which of several is meant, a pattern tells.
            if isOn("delete") || operands.count > 2 { return [ConfigurationWrite(key: key, value: .unknown)] }
            return [ConfigurationWrite(key: key, value: .set([url]))]
        default: return []
        }
    }

    private func submodule() -> [ConfigurationWrite] {
        switch arguments.subcommand {
        case "set-url":
            guard operands.count == 2 else { return [] }
            return named(by: operands[0]).map {
                ConfigurationWrite(key: "submodule." + $0 + ".url", value: .set([operands[1]]))
            }
        case "sync":
            // The places that .gitmodules has become those of this repository.
            let listed = present(["--file", ".gitmodules"])
            return listed.subsections(of: "submodule").compactMap { name in
                let key = "submodule." + name + ".url"
                // One that is as seen from the superproject's own remote goes where that one goes.
                guard let url = listed.last(key), !url.hasPrefix("."), present([]).last(key) != nil else { return nil }
                return ConfigurationWrite(key: key, value: .set([url]))
            }
        default: return []
        }
    }

    /// The names of the submodules at a path, by .gitmodules.
    private func named(by path: ByteString) -> [ByteString] {
        let listed = present(["--file", ".gitmodules"])
        let wanted = path.dropping(suffix: "/") ?? path
        return listed.subsections(of: "submodule").filter { listed.last("submodule." + $0 + ".path") == wanted }
    }
}
