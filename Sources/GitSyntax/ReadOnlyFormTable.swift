/// Forms of commands that only read, from git's manual pages and the option tables of git 2.39.5 and 2.55.0.
///
/// A line: the command and the conditions that all have to hold: `@NAME` the subcommand (none if it is left out),
/// `operands=N` that many, `with=` one of these options is on, `without=` none is, `only=` no others occur. The
/// `output` and `-o` families write files, whatever the command.
enum ReadOnlyFormTable {
    static let text = TableText(
        """
        log without=output,--output,ext-diff,show-signature,--show-signature
        show without=output,--output,ext-diff,show-signature,--show-signature
        whatchanged without=output,--output,ext-diff,show-signature,--show-signature
        diff without=output,--output,ext-diff
        diff-tree without=output,--output,ext-diff
        diff-index without=output,--output,ext-diff
        diff-files without=output,--output,ext-diff
        diff-pairs only=-z
        range-diff without=output,ext-diff
        rev-list without=output,--output,ext-diff
        shortlog without=output,--output,ext-diff
        blame without=output,--output,ext-diff
        annotate without=output,--output,ext-diff
        pickaxe without=output,--output,ext-diff
        format-patch with=stdout without=output,--output,output-directory,ext-diff
        cat-file without=textconv,filters
        grep without=open-files-in-pager,textconv,ext-grep
        verify-commit
        verify-tag
        help with=all,guides,config,user-interfaces,developer-interfaces without=web,info,man
        fast-export without=export-marks,output,--output
        archive without=output,remote,exec,--output,--remote,--exec
        interpret-trailers only=parse,only-input,only-trailers,unfold
        branch operands=0 only=verbose,quiet,color,all,remotes,list,show-current,column,sort,points-at,ignore-case,format,abbrev,contains,no-contains,merged,no-merged,omit-empty
        branch with=list only=verbose,quiet,color,all,remotes,list,column,sort,points-at,ignore-case,format,abbrev,contains,no-contains,merged,no-merged,omit-empty
        branch with=contains,no-contains,merged,no-merged,points-at only=verbose,quiet,color,all,remotes,list,column,sort,points-at,ignore-case,format,abbrev,contains,no-contains,merged,no-merged,omit-empty
        tag operands=0 only=list,-n,contains,no-contains,merged,no-merged,points-at,sort,column,format,color,ignore-case,omit-empty
        tag with=list only=list,-n,contains,no-contains,merged,no-merged,points-at,sort,column,format,color,ignore-case,omit-empty
        tag with=verify only=verify,format
        remote only=verbose
        remote @list only=verbose
        remote @get-url
        remote @show
        stash @list without=output,--output,ext-diff
        stash @show without=output,--output,ext-diff
        reflog @show without=output,--output,ext-diff
        reflog @list
        reflog @exists
        notes @list
        notes @show
        notes @get-ref
        worktree @list
        bisect @log
        bisect @terms
        submodule @status
        submodule @summary
        sparse-checkout @list
        sparse-checkout @check-rules
        bundle @verify
        bundle @list-heads
        hook @list
        refs @list
        refs @exists
        refs @verify
        commit-graph @verify
        multi-pack-index @verify
        maintenance @is-needed
        config operands=1 only=global,system,local,worktree,file,blob,type,bool,int,bool-or-int,bool-or-str,path,expiry-date,null,name-only,includes,show-origin,show-scope,show-names,default
        config with=get,get-all,get-regexp,get-urlmatch,list,get-color,get-colorbool only=get,get-all,get-regexp,get-urlmatch,list,get-color,get-colorbool,global,system,local,worktree,file,blob,type,bool,int,bool-or-int,bool-or-str,path,expiry-date,null,name-only,includes,show-origin,show-scope,show-names,default,fixed-value
        config @list
        config @get
        replace operands=0 only=list,format
        replace with=list only=list,format
        symbolic-ref operands=1 only=quiet,short,recurse
        ls-remote only=quiet,heads,branches,tags,refs,get-url,exit-code,symref,sort,server-option
        clean with=dry-run
        rm with=dry-run
        mv with=dry-run
        add with=dry-run without=interactive,patch,edit,refresh
        apply with=check,stat,numstat,summary without=apply,build-fake-ancestor
        prune with=dry-run

        """)
}
