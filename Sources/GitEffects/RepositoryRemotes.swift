import ByteStrings
import GitSyntax
import Platform

/// The remotes that a repository is configured with, for rules about repositories that are known by their URL.
public enum RepositoryRemotes {
    /// The URLs of all remotes, as they stand in the configuration and as git rewrites them. None outside a repository, or
    /// where its configuration cannot be read: git fails over that by itself.
    public static func urls(_ setting: Setting, _ globals: CommandLine.Globals) -> [ByteString] {
        guard let foreseer = Foreseer(readingFilesOf: setting, globals) ?? (try? Foreseer(setting)) else { return [] }
        let configuration = foreseer.configuration
        var urls: [ByteString] = []
        var names: Set<ByteString> = []
        for entry in configuration.entries {
            guard let rest = entry.key.dropping(prefix: "remote."),
                let name = rest.dropping(suffix: ".url") ?? rest.dropping(suffix: ".pushurl")
            else { continue }
            if let value = entry.value { urls.append(value) }
            guard names.insert(name).inserted else { continue }
            urls +=
                Remote(
                    named: name, configuration: configuration, commonDirectory: foreseer.facts?.commonDirectory
                ).pushURLs
        }
        return urls
    }
}
