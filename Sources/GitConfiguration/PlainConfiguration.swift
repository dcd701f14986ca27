import ByteStrings
import Platform

/// git's configuration as the files have it that a plain call reads, the system's, the user's and the repository's
/// (git-config(1), FILES): what the real git would list, without asking it. Wherever there is more to it, or it is not
/// certain which files count, there is none.
public struct PlainConfiguration: Sendable {
    public struct Setting: Hashable, Sendable {
        /// Section and variable in lower case, the subsection as written.
        public var key: ByteString
        /// nil for a key without `=`.
        public var value: ByteString?
        /// `system`, `global` or `local`.
        public var scope: ByteString
    }

    /// In git's order.
    public private(set) var settings: [Setting] = []

    /// Where a git looks for the system's configuration was decided when it was built. Apple's looks elsewhere.
    private static let systemFile: (git: ByteString, file: ByteString) = ("/usr/bin/git", "/etc/gitconfig")

    /// nil where git is to be asked.
    ///
    /// - Parameters:
    ///   - git: the real git.
    ///   - scopesLeftOut: those that the environment has git leave out.
    ///   - gitDirectory: that of the work tree.
    ///   - commonDirectory: the one that linked work trees share.
    public init?(
        git: ByteString, environment: Environment, scopesLeftOut left: Set<ByteString>, gitDirectory: ByteString,
        commonDirectory: ByteString
    ) {
        guard let home = environment["HOME"], Path.isAbsolute(home) else { return nil }
        if !left.contains("system") {
            #if canImport(Darwin)
            return nil
            #else
            guard git == Self.systemFile.git, read(Self.systemFile.file, "system") else { return nil }
            #endif
        }
        if !left.contains("global") {
            let named = environment["XDG_CONFIG_HOME"] ?? ""
            let folder = named.isEmpty ? home + "/.config" : named
            guard Path.isAbsolute(folder), read(Path.join(folder, "git/config"), "global"),
                read(Path.join(home, ".gitconfig"), "global")
            else { return nil }
        }
        // The last is of one work tree alone (git-worktree(1), CONFIGURATION FILE).
        guard read(Path.join(commonDirectory, "config"), "local"),
            !File.exists(Path.join(gitDirectory, "config.worktree"))
        else { return nil }
    }

    /// Adds what a file sets; none where there is no such file. False where it cannot be read, or not be understood alone.
    private mutating func read(_ file: ByteString, _ scope: ByteString) -> Bool {
        let text: ByteString
        do {
            text = try File.read(file, limit: 1 << 16)
        } catch {
            return error.isAbsence
        }
        guard let items = try? ConfigurationFile.parse(text, file: file) else { return false }
        for case .entry(let entry) in items {
            // Blanks in values are read by versions in their own ways.
            guard let section = entry.section, entry.value?.contains(UInt8(ascii: "\t")) != true,
                !section.name.hasPrefix("include")
            else { return false }
            settings.append(Setting(key: entry.name, value: entry.value, scope: scope))
        }
        return true
    }
}
