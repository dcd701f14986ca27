import ByteStrings
import CLibgit2

extension Repository {
    /// One setting of git's configuration files, with the file it comes from by its scope.
    public struct Setting: Hashable, Sendable {
        /// Section and variable in lower case, the subsection as written.
        public var key: ByteString
        /// nil for a key without `=`.
        public var value: ByteString?
        /// `system`, `global` or `local`.
        public var scope: ByteString
    }

    /// All settings of the configuration files, includes followed, in git's order. What the command line and the
    /// environment set is not among them, nor are the conditions that libgit2 does not know.
    public func settings() throws(Libgit2Error) -> [Setting] {
        var configuration: OpaquePointer?
        try check(git_repository_config_snapshot(&configuration, handle))
        defer { git_config_free(configuration) }
        var iterator: OpaquePointer?
        try check(git_config_iterator_new(&iterator, configuration))
        defer { git_config_iterator_free(iterator) }
        var found: [Setting] = []
        var entry: UnsafeMutablePointer<git_config_entry>?
        while true {
            let code = git_config_next(&entry, iterator)
            if code == GIT_ITEROVER.rawValue { return found }
            try check(code)
            guard let raw = entry?.pointee, let name = raw.name else { continue }
            found.append(
                Setting(
                    key: ByteString(cString: name), value: raw.value.map { ByteString(cString: $0) },
                    scope: Self.scope(raw.level)))
        }
    }

    private static func scope(_ level: git_config_level_t) -> ByteString {
        switch level {
        case GIT_CONFIG_LEVEL_PROGRAMDATA, GIT_CONFIG_LEVEL_SYSTEM: "system"
        case GIT_CONFIG_LEVEL_XDG, GIT_CONFIG_LEVEL_GLOBAL: "global"
        default: "local"
        }
    }
}
