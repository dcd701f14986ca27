import ByteStrings
import Effects
import GitSyntax

/// The settings that this protection rests on, or that lead pushes elsewhere (git-config(1)). What only changes how git
/// looks, edits or fetches is not among them, nor what is foreseen anyway each time a command reads it (`pull.rebase`,
/// `rebase.updateRefs`, `submodule.recurse`, a plain alias).
enum GuardingKeys {
    /// Which change of a key's values counts.
    enum Change: Sendable {
        /// Any.
        case any
        /// That a value which is there gives way to another one, or goes.
        case replacement
        /// That the last value becomes one of a kind.
        case to(@Sendable (ByteString?) -> Bool)
        /// That a yes becomes a no, or goes, where no is what git takes for granted; and the other way round.
        case switchedOff
        case switchedOn
    }

    struct Row: Sendable {
        /// As the configuration lists keys, with `*` for any subsection.
        var key: ByteString
        var change: Change
        var safer: ByteString

        init(_ key: ByteString, _ change: Change, _ safer: ByteString) {
            self.key = key
            self.change = change
            self.safer = safer
        }

        func matches(_ key: ByteString) -> Bool {
            guard let (head, tail) = self.key.split(atFirst: UInt8(ascii: "*")) else { return key == self.key }
            return key.count > head.count + tail.count && key.hasPrefix(head) && key.hasSuffix(tail)
        }
    }

    private static let pushing: ByteString = "name the place in the one push that is meant for it: git push URL BRANCH"
    private static let refspecs: ByteString = "git push REMOTE SOURCE:DESTINATION, for the one push that needs it"
    private static let hooks: ByteString = "leave the hooks in place, and mend what they complain about"
    private static let recovery: ByteString = "leave git's own expiry: it keeps what was dropped for weeks"
    private static let receiving: ByteString =
        "push to a branch of its own, which the other repository accepts as it is"
    private static let programs: ByteString = "set it for one command: git -c KEY=VALUE COMMAND"
    private static let places: ByteString = "git -C FOLDER, or git worktree add"
    private static let files: ByteString = "write the settings themselves, which pawl can read"

    static let rows: [Row] = [
        // Hooks that would have had a say.
        Row("core.hookspath", .any, hooks),
        Row("hook.*.enabled", .to { $0.map(isFalse) == true }, hooks),
        Row("hook.*.command", .replacement, hooks),
        // Where pushes go. The first URL of a remote is what makes it one.
        Row("remote.*.url", .replacement, pushing),
        Row("remote.*.pushurl", .any, pushing),
        Row("remote.pushdefault", .any, pushing),
        Row("branch.*.pushremote", .any, pushing),
        Row("url.*.insteadof", .any, pushing),
        Row("url.*.pushinsteadof", .any, pushing),
        Row("submodule.*.url", .replacement, pushing),
        // What pushes take along, overwrite and delete.
        Row("push.default", .to { ["matching", "tracking", "upstream"].contains($0) }, refspecs),
        Row("push.recursesubmodules", .to { ["on-demand", "only", "true"].contains($0) }, refspecs),
        Row("push.useforceifincludes", .switchedOff, refspecs),
        Row("remote.*.mirror", .switchedOn, refspecs),
        Row("remote.*.push", .any, refspecs),
        // Fetches that write to branches and tags of this repository.
        Row(
            "remote.*.fetch", .to { $0.map(writesElsewhere) == true }, "fetch into refs/remotes, as git does by itself"),
        // What lost work is recovered from.
        Row("core.logallrefupdates", .to { $0.map(isFalse) == true }, recovery),
        Row("gc.pruneexpire", .to(isShortExpiry), recovery),
        Row("gc.reflogexpire", .to(isShortExpiry), recovery),
        Row("gc.reflogexpireunreachable", .to(isShortExpiry), recovery),
        Row("gc.*.reflogexpire", .to(isShortExpiry), recovery),
        Row("gc.*.reflogexpireunreachable", .to(isShortExpiry), recovery),
        Row("gc.worktreepruneexpire", .to(isShortExpiry), recovery),
        Row("clean.requireforce", .to { $0.map(isFalse) == true }, "git clean -n first, then git clean -f"),
        // What this repository refuses when others push to it.
        Row("receive.denycurrentbranch", .to { $0.map(admits) == true }, receiving),
        Row("receive.denydeletecurrent", .to { $0.map(admits) == true }, receiving),
        Row("receive.denydeletes", .switchedOff, receiving),
        Row("receive.denynonfastforwards", .switchedOff, receiving),
        Row("receive.hiderefs", .replacement, receiving),
        Row("transfer.hiderefs", .replacement, receiving),
        // Programs that git talks to remotes through, and that may do as they please there.
        Row("core.sshcommand", .any, programs),
        Row("core.gitproxy", .any, programs),
        Row("core.fsmonitor", .to { $0.map { $0.contains(UInt8(ascii: "/")) } == true }, programs),
        Row("remote.*.receivepack", .any, programs),
        Row("remote.*.uploadpack", .any, programs),
        Row("remote.*.vcs", .any, programs),
        Row("protocol.allow", .to { $0?.lowercased == "always" }, programs),
        Row("protocol.ext.allow", .to { $0?.lowercased != "never" && $0 != nil }, programs),
        Row("submodule.*.update", .to { $0?.hasPrefix("!") == true }, programs),
        // A shell alias that names a git by its path walks past the one that is first on PATH.
        Row("alias.*", .to { $0.map(namesGitByPath) == true }, "git, without a path, in the alias"),
        Row("alias.*.command", .to { $0.map(namesGitByPath) == true }, "git, without a path, in the alias"),
        // Which files and which repository commands mean.
        Row("core.worktree", .any, places),
        Row("core.bare", .switchedOn, places),
        // Settings out of sight.
        Row("include.path", .any, files),
        Row("includeif.*.path", .any, files),
    ]

    static func row(_ key: ByteString) -> Row? { rows.first { $0.matches(key) } }

    /// Whether a section, or some key in it, is in the table: `remote.origin`, `core`.
    static func concerns(section: ByteString) -> Bool {
        let name = section.split(atFirst: UInt8(ascii: "."))?.head.lowercased ?? section.lowercased
        return rows.contains { $0.key.hasPrefix(name + ".") }
    }

    // MARK: Values

    private static func isFalse(_ value: ByteString) -> Bool {
        ["", "0", "false", "no", "off"].contains(value.lowercased)
    }

    /// `ignore`, `warn`, `updateInstead` and false let a push through that is refused by itself.
    private static func admits(_ value: ByteString) -> Bool {
        isFalse(value) || ["ignore", "updateinstead", "warn"].contains(value.lowercased)
    }

    private static func isShortExpiry(_ value: ByteString?) -> Bool { value.map(Expiry.isShort) == true }

    private static func writesElsewhere(_ refspec: ByteString) -> Bool {
        guard let (_, destination) = refspec.split(atLast: UInt8(ascii: ":")) else { return false }
        return !destination.isEmpty && !destination.hasPrefix("refs/remotes/")
    }

    private static func namesGitByPath(_ alias: ByteString) -> Bool {
        alias.hasPrefix("!") && (alias.contains("/git") || alias.contains("exec-path"))
    }
}
