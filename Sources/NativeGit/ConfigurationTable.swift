import ByteStrings
import GitSyntax

/// Which settings leave native operations as they are.
enum ConfigurationTable {
    /// Fails where a setting may change what a command does, or how it reads anything.
    static func check(_ key: ByteString, _ value: ByteString?, for command: ByteString) throws(Leave) {
        guard let line = text.sortedLine(key) ?? text.sortedLine(section(key)), line.count >= 2,
            accepts(value, line[1]), !line[2...].contains(command)
        else { throw Leave() }
    }

    /// The line of a key's section: `user.*`.
    private static func section(_ key: ByteString) -> ByteString {
        ByteString(key.bytes.prefix { $0 != UInt8(ascii: ".") }) + ".*"
    }

    private static func accepts(_ value: ByteString?, _ rule: ByteString) -> Bool {
        if rule == "any" { return value != nil }
        if rule == "bool" {
            guard let value else { return true }
            return ["true", "false", "yes", "no", "on", "off", "1", "0"].contains(value.lowercased)
        }
        guard let value else { return false }
        return rule.split(UInt8(ascii: ",")).contains(value)
    }

    /// Sorted. A line: a key, or a section for those of its keys that have no line of their own; the values that are accepted
    /// (`any`, `bool`, or a list); and the commands that are the real git's wherever the key is set. A key that no line
    /// has is the real git's for every command: it may be one that a command dies over (git-config(1)).
    static let text = TableText(
        """
        advice.* bool status
        advice.statushints bool checkout status switch
        alias.* any
        apply.* any
        author.* any
        blame.* any
        branch.* any
        branch.autosetupmerge true,false,always,inherit,simple checkout switch
        branch.autosetuprebase never,local,remote,always
        branch.sort any branch
        browser.* any
        clean.* bool
        color.branch auto,true,false,never
        color.diff auto,true,false,never
        color.interactive auto,true,false,never
        color.status auto,true,false,never
        color.ui auto,true,false,never
        column.ui auto,never,false
        commit.* any
        committer.* any
        core.abbrev 7,8,9,10,12,16,20,auto branch diff log rev-parse show
        core.askpass any
        core.autocrlf true,false,input add checkout diff log show status switch
        core.bare false
        core.editor any
        core.excludesfile any
        core.filemode true
        core.hookspath any checkout switch
        core.ignorecase false
        core.logallrefupdates true,false,always
        core.pager any
        core.precomposeunicode bool
        core.preloadindex bool
        core.quotepath bool
        core.repositoryformatversion 0,1
        core.sshcommand any
        core.symlinks true
        credential.* any
        diff.* any checkout diff log show status switch
        difftool.* any
        extensions.worktreeconfig bool
        fetch.* any
        filter.* any
        format.* any diff log show
        gc.* any
        gpg.* any
        grep.* any log
        gui.* any
        http.* any
        https.* any
        i18n.* any diff log show
        init.* any
        interactive.* any
        lfs.* any
        log.* any diff log show
        maintenance.* any
        merge.* any
        mergetool.* any
        notes.* any log show
        pager.* any
        pull.* any
        push.* any
        push.default nothing,matching,simple,upstream,tracking,current
        rebase.* any
        receive.* any
        remote.* any
        rerere.* any
        safe.* any
        sendemail.* any
        sequence.* any
        stash.* any
        status.* any status
        submodule.* any checkout switch
        tag.* any tag
        transfer.* any
        uploadpack.* any
        url.* any remote
        user.* any
        web.* any

        """)
}
