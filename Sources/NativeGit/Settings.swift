import ByteStrings
import Platform
import PolicyEngine

/// git's configuration as the files have it that a plain call reads (git-config(1), FILES): the system's, the user's, the
/// repository's.
struct Settings {
    struct Setting {
        /// Section and variable in lower case, the subsection as written.
        var key: ByteString
        /// nil for a key without `=`.
        var value: ByteString?
    }

    /// In git's order.
    private(set) var all: [Setting] = []

    /// Where a git looks for the system's configuration was decided when it was built.
    private static let systemFile: (git: ByteString, file: ByteString) = ("/usr/bin/git", "/etc/gitconfig")

    init(_ request: NativeRequest, _ place: Workplace) throws(Leave) {
        guard let left = request.scopesLeftOut, let home = request.environment["HOME"], Path.isAbsolute(home) else {
            throw Leave()
        }
        if !left.contains("system") {
            guard request.executable == Self.systemFile.git else { throw Leave() }
            try read(Self.systemFile.file)
        }
        if !left.contains("global") {
            let folder = request.environment["XDG_CONFIG_HOME"]
            try read((folder?.isEmpty == false ? folder : nil) ?? home + "/.config", "git/config")
            try read(home, ".gitconfig")
        }
        try read(Path.join(place.common, "config"))
        // Settings of one work tree alone (git-worktree(1), CONFIGURATION FILE).
        if File.exists(Path.join(place.gitDirectory, "config.worktree")) { throw Leave() }
    }

    private mutating func read(_ folder: ByteString, _ name: ByteString) throws(Leave) {
        try read(Path.join(folder, name))
    }

    private mutating func read(_ file: ByteString) throws(Leave) {
        guard File.exists(file) else { return }
        guard let text = try? File.read(file, limit: 1 << 16),
            let items = try? ConfigurationFile.parse(text, file: file)
        else { throw Leave() }
        for case .entry(let entry) in items {
            // Blanks in values are read by versions in their own ways.
            if entry.value?.contains(UInt8(ascii: "\t")) == true || entry.section == nil { throw Leave() }
            all.append(Setting(key: entry.name, value: entry.value))
        }
    }

    /// The last value of a key; nil where it is not set.
    func last(_ key: ByteString) -> ByteString? { all.last { $0.key == key }?.value }

    /// A key as a boolean, among the spellings that the table of settings accepts.
    func boolean(_ key: ByteString, default: Bool) -> Bool {
        guard let entry = all.last(where: { $0.key == key }) else { return `default` }
        guard let value = entry.value else { return true }
        return ["true", "yes", "on", "1"].contains(value.lowercased)
    }
}
