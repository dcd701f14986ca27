/// The options of git's commands, from the parse-options tables of git 2.39.5, 2.55.0 and 2.56-dev, and for commands that
/// parse by hand from their sources.
///
/// A section begins with `[COMMAND]` or `[COMMAND SUBCOMMAND]` and words that say how the command parses:
///
/// - `stop`: no options after the first operand.
/// - `keep-unknown`: unknown options are left for a later stage; then nothing may be abbreviated.
/// - `keep-dashdash`: words before and behind `--` differ in meaning.
/// - `also=NAME`: options not found here are looked up in that section by their exact names.
/// - `default=NAME`: the subcommand that is meant where none is given; `guarded`: but not if it would have operands.
/// - `commands-first`: a subcommand can only be the first word; `any`: other words may stand in its place.
/// - `exact`: parsed by hand, by exact words. Then `separate`: a value may be the next word; `refuse`: unknown words with
///   a dash are refused; `all-operands`: nothing is an option.
///
/// A line `@NAME` is a subcommand, with `as=NAME` another name for one. Every other line is an option: its long name or
/// `-`, its letter, and
///
/// - what it takes: nothing, `required`, `optional` or `optional-if-last` values; `last`: it must be the last word; `rest`:
///   all words after it are operands; `cacheinfo`: one word with commas or three words.
/// - `fixed`: it cannot be negated. `mode`: a command mode, all of which exclude each other unless they share a name.
/// - `as=NAME`: another name for that option. `clears=NAME`: its negation turns that option off too.
///   `digits`: `-5`. `nodash`: a word without a dash that counts as an option.
/// - the versions that have it, or all.
enum OptionTableText {
    static let text = TableText(
        """
        [push]
        verbose -v
        quiet -q
        repo required
        all
        mirror clears=force
        delete -d
        tags
        dry-run -n
        porcelain
        force -f
        force-with-lease optional
        force-if-includes
        recurse-submodules required
        thin
        receive-pack required
        exec required
        set-upstream -u
        progress
        prune
        no-verify
        follow-tags
        signed optional
        atomic
        push-option -o required
        ipv4 -4
        ipv6 -6
        branches as=all >=2.55
        [commit]
        quiet -q
        verbose -v
        file -F required
        author required
        date required
        message -m required
        reedit-message -c required
        reuse-message -C required
        fixup required
        squash required
        reset-author
        trailer required fixed
        signoff -s
        template -t required
        edit -e
        cleanup required
        status
        gpg-sign -S optional
        all -a
        include -i
        interactive
        patch -p
        only -o
        no-verify -n
        dry-run
        short
        branch
        ahead-behind
        porcelain
        long
        null -z
        amend
        no-post-rewrite
        untracked-files -u optional
        pathspec-from-file required
        pathspec-file-nul
        allow-empty
        allow-empty-message
        unified -U required fixed >=2.55
        inter-hunk-context required fixed >=2.55
        [status]
        verbose -v
        short -s
        branch -b
        show-stash
        ahead-behind
        porcelain optional
        long
        null -z
        untracked-files -u optional
        ignored optional
        ignore-submodules optional
        column optional
        no-renames
        find-renames -M optional fixed
        [log] keep-unknown keep-dashdash also=%revision also=%diff
        quiet -q
        source
        use-mailmap
        mailmap as=use-mailmap
        clear-decorations fixed
        decorate-refs required
        decorate-refs-exclude required
        decorate optional
        - -L required
        i-still-use-this >=2.55
        [diff] exact keep-dashdash also=%revision also=%diff
        [%revision]
        max-count required fixed
        max-count-oldest required fixed
        skip required fixed
        max-age required fixed
        since required fixed
        since-as-filter required fixed
        after required fixed
        min-age required fixed
        before required fixed
        until required fixed
        default required fixed
        date required fixed
        author required fixed
        committer required fixed
        grep-reflog required fixed
        grep required fixed
        encoding required fixed
        glob required fixed
        exclude required fixed
        exclude-hidden required fixed
        - -n required
        - digits
        [%diff]
        patch -p fixed
        no-patch -s fixed
        - -u
        unified -U optional fixed
        function-context -W
        raw fixed
        patch-with-raw fixed
        patch-with-stat fixed
        numstat fixed
        shortstat fixed
        dirstat -X optional fixed
        cumulative fixed
        dirstat-by-file optional fixed
        check fixed
        summary fixed
        name-only fixed
        name-status fixed
        stat optional fixed
        stat-width required fixed
        stat-name-width required fixed
        stat-graph-width required fixed
        stat-count required fixed
        compact-summary
        binary fixed
        full-index
        color optional
        ws-error-highlight required fixed
        - -z
        abbrev optional
        src-prefix required fixed
        dst-prefix required fixed
        line-prefix required fixed
        no-prefix fixed
        inter-hunk-context required fixed
        output-indicator-new required fixed
        output-indicator-old required fixed
        output-indicator-context required fixed
        break-rewrites -B optional fixed
        find-renames -M optional fixed
        irreversible-delete -D fixed
        find-copies -C optional fixed
        find-copies-harder
        no-renames fixed
        rename-empty
        follow
        - -l required
        minimal
        ignore-all-space -w fixed
        ignore-space-change -b fixed
        ignore-space-at-eol fixed
        ignore-cr-at-eol fixed
        ignore-blank-lines fixed
        ignore-matching-lines -I required
        indent-heuristic
        patience fixed
        histogram fixed
        diff-algorithm required fixed
        anchored required fixed
        word-diff optional fixed
        word-diff-regex required fixed
        color-words optional fixed
        color-moved optional
        color-moved-ws required
        relative optional
        text -a
        - -R
        exit-code
        quiet
        ext-diff
        textconv
        ignore-submodules optional fixed
        submodule optional fixed
        ita-invisible-in-index fixed
        ita-visible-in-index fixed
        - -S required
        - -G required
        pickaxe-all fixed
        pickaxe-regex fixed
        - -O required
        rotate-to required fixed
        skip-to required fixed
        find-object required fixed
        diff-filter required fixed
        output required fixed
        default-prefix fixed >=2.55
        max-depth required fixed >=2.55
        [add]
        dry-run -n
        verbose -v
        interactive -i
        patch -p
        edit -e
        force -f
        update -u
        renormalize
        intent-to-add -N
        all -A
        ignore-removal
        refresh
        ignore-errors
        ignore-missing
        sparse
        chmod required
        warn-embedded-repo
        pathspec-from-file required
        pathspec-file-nul
        auto-advance >=2.55
        unified -U required fixed >=2.55
        inter-hunk-context required fixed >=2.55
        resolved >=2.56
        [checkout] keep-dashdash
        - -b required
        - -B required
        - -l
        guess
        overlay
        quiet -q
        recurse-submodules optional
        progress
        merge -m
        conflict required
        detach -d
        track -t optional
        force -f
        orphan required
        overwrite-ignore
        ignore-other-worktrees
        ours -2 fixed
        theirs -3 fixed
        patch -p
        ignore-skip-worktree-bits
        pathspec-from-file required
        pathspec-file-nul
        auto-advance >=2.55
        unified -U required fixed >=2.55
        inter-hunk-context required fixed >=2.55
        [switch]
        create -c required
        force-create -C required
        guess
        discard-changes
        quiet -q
        recurse-submodules optional
        progress
        merge -m
        conflict required
        detach -d
        track -t optional
        force -f
        orphan required
        overwrite-ignore
        ignore-other-worktrees
        [reset] keep-dashdash
        quiet -q
        no-refresh
        mixed
        soft
        hard
        merge
        keep
        recurse-submodules optional
        patch -p
        intent-to-add -N
        pathspec-from-file required
        pathspec-file-nul
        auto-advance >=2.55
        unified -U required fixed >=2.55
        inter-hunk-context required fixed >=2.55
        [restore]
        source -s required
        staged -S
        worktree -W
        ignore-unmerged
        overlay
        quiet -q
        recurse-submodules optional
        progress
        merge -m
        conflict required
        ours -2 fixed
        theirs -3 fixed
        patch -p
        ignore-skip-worktree-bits
        pathspec-from-file required
        pathspec-file-nul
        unified -U required fixed >=2.55
        inter-hunk-context required fixed >=2.55
        [branch]
        verbose -v
        quiet -q
        track -t optional
        set-upstream
        set-upstream-to -u required
        unset-upstream
        color optional
        remotes -r
        contains optional-if-last fixed
        no-contains optional-if-last fixed
        with optional-if-last fixed
        without optional-if-last fixed
        abbrev optional
        all -a
        delete -d
        - -D
        move -m
        - -M
        copy -c
        - -C
        list -l
        show-current
        create-reflog
        edit-description
        force -f
        merged optional-if-last fixed
        no-merged optional-if-last fixed
        column optional
        sort required
        points-at required
        ignore-case -i
        recurse-submodules
        format required
        omit-empty >=2.55
        delete-merged required fixed >=2.56
        dry-run >=2.56
        forked required fixed >=2.56
        [fetch]
        verbose -v
        quiet -q
        all
        set-upstream
        append -a
        atomic
        upload-pack required
        force -f
        multiple -m
        tags -t
        - -n
        jobs -j required
        prefetch
        prune -p
        prune-tags -P
        recurse-submodules optional
        dry-run
        write-fetch-head
        keep -k
        update-head-ok -u
        progress
        depth required
        shallow-since required
        shallow-exclude required
        deepen required
        unshallow fixed
        refetch fixed
        submodule-prefix required
        recurse-submodules-default required
        update-shallow
        refmap required fixed
        server-option -o required
        ipv4 -4
        ipv6 -6
        negotiation-tip required <2.55
        negotiation-tip required as=negotiation-restrict >=2.55
        negotiate-only
        filter required
        auto-maintenance
        auto-gc
        show-forced-updates
        write-commit-graph
        stdin
        porcelain >=2.55
        negotiation-restrict required >=2.55
        negotiation-include required >=2.55
        [pull]
        verbose -v
        quiet -q
        progress
        recurse-submodules optional
        rebase -r optional
        - -n
        stat
        summary
        log optional
        signoff optional
        squash
        commit
        edit
        cleanup required
        ff
        ff-only fixed
        verify
        verify-signatures
        autostash
        strategy -s required
        strategy-option -X required
        gpg-sign -S optional
        allow-unrelated-histories
        all
        append -a
        upload-pack required
        force -f
        tags -t
        prune -p
        jobs -j optional
        dry-run
        keep -k
        depth required
        shallow-since required
        shallow-exclude required
        deepen required
        unshallow fixed
        update-shallow
        refmap required fixed
        server-option -o required
        ipv4 -4
        ipv6 -6
        negotiation-tip required <2.55
        negotiation-tip required as=negotiation-restrict >=2.55
        show-forced-updates
        set-upstream
        compact-summary >=2.55
        negotiation-restrict required >=2.55
        negotiation-include required >=2.55
        [merge]
        - -n
        stat
        summary
        log optional
        squash
        commit
        edit -e
        cleanup required
        ff
        ff-only fixed
        rerere-autoupdate
        verify-signatures
        strategy -s required
        strategy-option -X required
        message -m required
        file -F required fixed
        into-name required
        verbose -v
        quiet -q
        abort
        quit
        continue
        allow-unrelated-histories
        progress
        gpg-sign -S optional
        autostash
        overwrite-ignore
        signoff
        no-verify
        compact-summary >=2.55
        [rebase]
        onto required
        keep-base
        no-verify
        quiet -q
        verbose -v
        no-stat -n
        signoff
        committer-date-is-author-date
        reset-author-date
        ignore-date
        - -C required
        ignore-whitespace
        whitespace required
        force-rebase -f
        no-ff
        continue fixed mode
        skip fixed mode
        abort fixed mode
        quit fixed mode
        edit-todo fixed mode
        show-current-patch fixed mode
        apply fixed
        merge -m fixed
        interactive -i fixed
        preserve-merges -p
        rerere-autoupdate
        empty required fixed
        keep-empty -k
        autosquash
        update-refs
        gpg-sign -S optional
        autostash
        exec -x required
        allow-empty-message
        rebase-merges -r optional
        fork-point
        strategy -s required
        strategy-option -X required
        root
        reschedule-failed-exec
        reapply-cherry-picks
        trailer required >=2.55
        [tag]
        list -l fixed mode
        - -n optional
        delete -d fixed mode
        verify -v fixed mode
        annotate -a
        message -m required fixed
        file -F required
        edit -e
        sign -s
        cleanup required
        local-user -u required
        force -f
        create-reflog
        column optional
        contains optional-if-last fixed
        no-contains optional-if-last fixed
        with optional-if-last fixed
        without optional-if-last fixed
        merged optional-if-last fixed
        no-merged optional-if-last fixed
        sort required
        points-at optional-if-last
        format required
        color optional
        ignore-case -i
        trailer required >=2.55
        omit-empty >=2.55
        [stash] keep-unknown keep-dashdash default=push guarded
        @apply
        @clear
        @drop
        @pop
        @branch
        @list
        @show
        @store
        @create
        @push
        @save
        @export >=2.55
        @import >=2.55
        [stash apply]
        quiet -q
        index
        label-ours required >=2.55
        label-theirs required >=2.55
        label-base required >=2.55
        [stash drop]
        quiet -q
        [stash pop]
        quiet -q
        index
        [stash show] keep-unknown keep-dashdash also=%diff
        include-untracked -u
        only-untracked fixed
        [stash store] keep-unknown
        quiet -q
        message -m required
        [stash push] keep-dashdash
        keep-index -k
        staged -S
        patch -p
        quiet -q
        include-untracked -u
        all -a
        message -m required
        pathspec-from-file required
        pathspec-file-nul
        auto-advance >=2.55
        unified -U required fixed >=2.55
        inter-hunk-context required fixed >=2.55
        [stash save] keep-dashdash
        keep-index -k
        staged -S
        patch -p
        quiet -q
        include-untracked -u
        all -a
        message -m required
        auto-advance >=2.55
        unified -U required fixed >=2.55
        inter-hunk-context required fixed >=2.55
        [stash export]
        print fixed mode >=2.55
        to-ref required >=2.55
        [stash clear] stop
        [stash branch]
        [stash list] keep-unknown also=%revision also=%diff
        [stash create]
        [stash import]
        [show] keep-unknown keep-dashdash also=%revision also=%diff
        quiet -q
        source
        use-mailmap
        mailmap as=use-mailmap
        clear-decorations fixed
        decorate-refs required
        decorate-refs-exclude required
        decorate optional
        - -L required
        i-still-use-this >=2.55
        [config] stop commands-first
        @list >=2.55
        @get >=2.55
        @set >=2.55
        @unset >=2.55
        @rename-section >=2.55
        @remove-section >=2.55
        @edit >=2.55
        global
        system
        local
        worktree
        file -f required
        blob required
        get
        get-all
        get-regexp
        get-urlmatch
        replace-all
        add
        unset
        unset-all
        rename-section
        remove-section
        list -l
        fixed-value
        edit -e
        get-color
        get-colorbool
        type -t required
        bool fixed
        int fixed
        bool-or-int fixed
        bool-or-str fixed
        path fixed
        expiry-date fixed
        null -z
        name-only
        includes
        show-origin
        show-scope
        default required
        show-names >=2.55
        comment required >=2.55
        [config list]
        global >=2.55
        system >=2.55
        local >=2.55
        worktree >=2.55
        file -f required >=2.55
        blob required >=2.55
        null -z >=2.55
        name-only >=2.55
        show-origin >=2.55
        show-scope >=2.55
        show-names >=2.55
        type -t required >=2.55
        bool fixed >=2.55
        int fixed >=2.55
        bool-or-int fixed >=2.55
        bool-or-str fixed >=2.55
        path fixed >=2.55
        expiry-date fixed >=2.55
        includes >=2.55
        [config get] stop
        global >=2.55
        system >=2.55
        local >=2.55
        worktree >=2.55
        file -f required >=2.55
        blob required >=2.55
        all >=2.55
        regexp >=2.55
        value required >=2.55
        fixed-value >=2.55
        url required >=2.55
        null -z >=2.55
        name-only >=2.55
        show-origin >=2.55
        show-scope >=2.55
        show-names >=2.55
        type -t required >=2.55
        bool fixed >=2.55
        int fixed >=2.55
        bool-or-int fixed >=2.55
        bool-or-str fixed >=2.55
        path fixed >=2.55
        expiry-date fixed >=2.55
        includes >=2.55
        default required >=2.55
        [config set] stop
        global >=2.55
        system >=2.55
        local >=2.55
        worktree >=2.55
        file -f required >=2.55
        blob required >=2.55
        type -t required >=2.55
        bool fixed >=2.55
        int fixed >=2.55
        bool-or-int fixed >=2.55
        bool-or-str fixed >=2.55
        path fixed >=2.55
        expiry-date fixed >=2.55
        all >=2.55
        value required >=2.55
        fixed-value >=2.55
        comment required >=2.55
        append >=2.55
        [config unset] stop
        global >=2.55
        system >=2.55
        local >=2.55
        worktree >=2.55
        file -f required >=2.55
        blob required >=2.55
        all >=2.55
        value required >=2.55
        fixed-value >=2.55
        [config rename-section] stop
        global >=2.55
        system >=2.55
        local >=2.55
        worktree >=2.55
        file -f required >=2.55
        blob required >=2.55
        [config remove-section] stop
        global >=2.55
        system >=2.55
        local >=2.55
        worktree >=2.55
        file -f required >=2.55
        blob required >=2.55
        [config edit]
        global >=2.55
        system >=2.55
        local >=2.55
        worktree >=2.55
        file -f required >=2.55
        blob required >=2.55
        [rev-list] exact keep-dashdash also=%revision also=%diff
        [remote] default=list
        @add
        @rename
        @rm as=remove
        @remove
        @set-head
        @set-branches
        @get-url
        @set-url
        @show
        @prune
        @update
        verbose -v
        [remote add]
        fetch -f
        tags
        track -t required
        master -m required
        mirror optional
        [remote rename]
        progress
        [remote set-head]
        auto -a
        delete -d
        [remote set-branches]
        add
        [remote get-url]
        push
        all
        [remote set-url]
        push
        add
        delete
        [remote show]
        - -n
        [remote prune]
        dry-run -n
        [remote update]
        prune -p
        [remote remove]
        [remote list]
        [clean]
        quiet -q
        dry-run -n
        force -f
        interactive -i
        - -d
        exclude -e required fixed
        - -x
        - -X
        [rm]
        dry-run -n
        quiet -q
        cached
        force -f
        - -r
        ignore-unmatch
        sparse
        pathspec-from-file required
        pathspec-file-nul
        [worktree]
        @add
        @prune
        @list
        @lock
        @unlock
        @move
        @remove
        @repair
        [worktree add]
        force -f
        - -b required
        - -B required
        detach -d
        checkout
        lock
        reason required
        quiet -q
        track
        guess-remote
        orphan >=2.55
        relative-paths >=2.55
        [worktree prune]
        dry-run -n
        verbose -v
        expire required
        [worktree list]
        porcelain
        verbose -v
        expire required
        - -z
        [worktree lock]
        reason required
        [worktree move]
        force -f
        relative-paths >=2.55
        [worktree remove]
        force -f
        [worktree repair]
        relative-paths >=2.55
        [worktree unlock]
        [update-ref]
        - -m required
        - -d
        no-deref
        - -z
        stdin
        create-reflog
        batch-updates -0 >=2.55
        [symbolic-ref]
        quiet -q
        delete -d
        short
        recurse
        - -m required
        [reflog] keep-unknown keep-dashdash default=show
        @show
        @expire
        @delete
        @exists
        @list >=2.55
        @drop >=2.55
        @write >=2.55
        [reflog expire]
        dry-run <2.55
        dry-run -n >=2.55
        rewrite
        updateref
        verbose
        expire required fixed
        expire-unreachable required fixed
        stale-fix
        all
        single-worktree
        [reflog delete]
        dry-run <2.55
        dry-run -n >=2.55
        rewrite
        updateref
        verbose
        [reflog drop]
        all >=2.55
        single-worktree >=2.55
        [reflog show] keep-unknown keep-dashdash also=%revision also=%diff
        [reflog exists]
        [reflog list]
        [reflog write]
        [gc]
        quiet -q
        prune optional
        cruft
        aggressive
        auto
        force
        keep-largest-pack
        max-cruft-size required fixed >=2.55
        detach >=2.55
        expire-to required >=2.55
        skip-foreground-tasks >=2.55
        [prune]
        dry-run -n
        verbose -v
        progress
        expire required
        exclude-promisor-objects
        [repack]
        - -a
        - -A
        cruft
        cruft-expiration required
        - -d
        - -f
        - -F
        - -n
        quiet -q
        local -l
        write-bitmap-index -b
        delta-islands -i
        unpack-unreachable required
        keep-unreachable -k
        window required
        window-memory required
        depth required
        threads required
        max-pack-size required
        pack-kept-objects
        keep-pack required
        geometric -g required
        write-midx -m <2.55
        write-midx -m optional >=2.55
        expire-to required
        combine-cruft-below-size required fixed >=2.55
        max-cruft-size required fixed >=2.55
        name-hash-version required >=2.55
        path-walk >=2.55
        filter required >=2.55
        - -m >=2.55
        filter-to required >=2.55
        [replace]
        list -l fixed mode
        delete -d fixed mode
        edit -e fixed mode
        graft -g fixed mode
        convert-graft-file fixed mode
        force -f
        raw
        format required
        [notes] default=list
        @list
        @add
        @copy
        @append
        @edit
        @show
        @merge
        @remove
        @prune
        @get-ref
        ref required
        [notes add]
        message -m required fixed
        file -F required fixed
        reedit-message -c required fixed
        reuse-message -C required fixed
        allow-empty
        force -f
        edit -e >=2.55
        separator optional >=2.55
        stripspace >=2.55
        [notes copy]
        force -f
        stdin
        for-rewrite required
        [notes append]
        message -m required fixed
        file -F required fixed
        reedit-message -c required fixed
        reuse-message -C required fixed
        allow-empty
        edit -e >=2.55
        separator optional >=2.55
        stripspace >=2.55
        [notes edit]
        message -m required fixed
        file -F required fixed
        reedit-message -c required fixed
        reuse-message -C required fixed
        allow-empty
        edit -e >=2.55
        separator optional >=2.55
        stripspace >=2.55
        [notes merge]
        verbose -v
        quiet -q
        strategy -s required
        commit fixed
        abort fixed
        [notes remove]
        ignore-missing
        stdin
        [notes prune]
        dry-run -n
        verbose -v
        [notes list]
        [notes show]
        [notes get-ref]
        [mv]
        verbose -v
        dry-run -n
        force -f
        - -k
        sparse
        [read-tree]
        index-output required fixed
        empty
        verbose -v
        - -m
        trivial
        aggressive
        reset
        prefix required fixed
        - -u
        exclude-per-directory required fixed
        - -i
        dry-run -n
        no-sparse-checkout
        debug-unpack
        recurse-submodules optional
        quiet -q
        super-prefix required >=2.55
        [checkout-index]
        all -a
        ignore-skip-worktree-bits
        force -f
        quiet -q
        no-create -n
        index -u
        - -z
        stdin
        temp
        prefix required
        stage required fixed
        [apply]
        exclude required fixed
        include required fixed
        - -p required
        no-add
        stat
        allow-binary-replacement
        binary
        numstat
        summary
        check
        index
        intent-to-add -N
        cached
        unsafe-paths
        apply
        3way -3
        build-fake-ancestor required
        - -z
        - -C required
        whitespace required
        ignore-space-change
        ignore-whitespace
        reverse -R
        unidiff-zero
        reject
        allow-overlap
        verbose -v
        quiet -q
        inaccurate-eof
        recount
        directory required
        allow-empty
        ours fixed >=2.55
        theirs fixed >=2.55
        union fixed >=2.55
        [am]
        interactive -i
        binary -b
        3way -3
        quiet -q
        signoff -s
        utf8 -u
        keep -k
        keep-non-patch
        message-id -m
        keep-cr fixed
        no-keep-cr fixed <2.55
        scissors -c
        quoted-cr required fixed
        whitespace required
        ignore-space-change
        ignore-whitespace
        directory required
        exclude required
        include required
        - -C required
        - -p required
        patch-format required
        reject
        resolvemsg required
        continue fixed mode=resolved
        resolved -r fixed mode=resolved
        skip fixed mode
        abort fixed mode
        quit fixed mode
        show-current-patch optional fixed mode
        allow-empty fixed mode
        committer-date-is-author-date
        ignore-date
        rerere-autoupdate
        gpg-sign -S optional
        empty required fixed
        rebasing
        no-verify -n >=2.55
        retry fixed mode >=2.55
        [cherry-pick] keep-unknown also=%revision
        quit fixed mode
        continue fixed mode
        abort fixed mode
        skip fixed mode
        cleanup required
        no-commit -n
        edit -e
        - -r
        signoff -s
        mainline -m required
        rerere-autoupdate
        strategy required
        strategy-option -X required
        gpg-sign -S optional
        - -x
        ff
        allow-empty
        allow-empty-message
        keep-redundant-commits
        empty required fixed >=2.55
        [revert] keep-unknown also=%revision
        quit fixed mode
        continue fixed mode
        abort fixed mode
        skip fixed mode
        cleanup required
        no-commit -n
        edit -e
        - -r
        signoff -s
        mainline -m required
        rerere-autoupdate
        strategy required
        strategy-option -X required
        gpg-sign -S optional
        reference
        [send-pack]
        verbose -v
        quiet -q
        receive-pack required
        exec required
        remote required
        all
        dry-run -n
        mirror
        force -f
        signed optional
        push-option required
        progress
        thin
        atomic
        stateless-rpc
        stdin
        helper-status
        force-with-lease optional
        force-if-includes
        [sparse-checkout]
        @list
        @init
        @set
        @add
        @reapply
        @disable
        @check-rules >=2.55
        @clean >=2.55
        [sparse-checkout init]
        cone
        sparse-index
        [sparse-checkout set] keep-unknown<2.55
        cone
        sparse-index
        skip-checks fixed
        stdin fixed
        [sparse-checkout add] keep-unknown<2.55
        skip-checks fixed
        stdin
        [sparse-checkout reapply]
        cone
        sparse-index
        [sparse-checkout clean]
        dry-run -n >=2.55
        force -f >=2.55
        verbose -v >=2.55
        [sparse-checkout check-rules]
        - -z >=2.55
        cone >=2.55
        rules-file required >=2.55
        [sparse-checkout list]
        [sparse-checkout disable]
        [maintenance]
        @run
        @start
        @stop
        @register
        @unregister
        @is-needed >=2.55
        [maintenance run] stop
        auto
        schedule required
        quiet
        task required fixed
        detach >=2.55
        [maintenance start]
        scheduler required fixed
        [maintenance register]
        config-file required
        [maintenance unregister]
        config-file required
        force -f
        [maintenance is-needed] stop
        auto >=2.55
        task required fixed >=2.55
        [maintenance stop]
        [rerere]
        rerere-autoupdate
        [bundle]
        @create
        @verify
        @list-heads
        @unbundle
        [bundle create] stop
        quiet -q
        progress
        all-progress
        all-progress-implied
        version required
        [bundle verify] stop
        quiet -q
        [bundle unbundle] stop
        progress
        [bundle list-heads] stop
        [update-index]
        - -q
        ignore-submodules
        add
        replace
        remove
        unmerged
        refresh fixed
        really-refresh fixed
        cacheinfo cacheinfo fixed
        chmod required fixed
        assume-unchanged fixed
        no-assume-unchanged fixed
        skip-worktree fixed
        no-skip-worktree fixed
        ignore-skip-worktree-entries
        info-only
        force-remove
        - -z
        stdin last fixed
        index-info last fixed
        unresolve rest fixed
        again -g rest fixed
        ignore-missing
        verbose
        clear-resolve-undo fixed
        index-version required
        split-index
        untracked-cache
        test-untracked-cache
        force-untracked-cache
        force-write-index
        fsmonitor
        fsmonitor-valid fixed
        no-fsmonitor-valid fixed
        show-index-version >=2.55
        [clone]
        verbose -v
        quiet -q
        progress
        reject-shallow
        no-checkout -n
        bare
        naked
        mirror
        local -l
        no-hardlinks
        shared -s
        recurse-submodules optional
        recursive optional as=recurse-submodules
        jobs -j required
        template required
        reference required
        reference-if-able required
        dissociate
        origin -o required
        branch -b required
        upload-pack -u required
        depth required
        shallow-since required
        shallow-exclude required
        single-branch
        no-tags <2.55
        shallow-submodules
        separate-git-dir required
        config -c required
        server-option required
        ipv4 -4
        ipv6 -6
        filter required
        also-filter-submodules
        remote-submodules
        sparse
        bundle-uri required
        revision required >=2.55
        tags >=2.55
        ref-format required >=2.55
        [init]
        template required
        bare
        shared optional fixed
        quiet -q
        separate-git-dir required
        initial-branch -b required
        object-format required
        ref-format required >=2.55
        [prune-packed]
        dry-run -n
        quiet -q
        [pack-refs]
        all
        prune
        auto >=2.55
        include required >=2.55
        exclude required >=2.55
        [merge-file]
        stdout -p
        diff3
        zdiff3
        ours
        theirs
        union
        marker-size required
        quiet -q
        - -L required
        object-id >=2.55
        diff-algorithm required fixed >=2.55
        [commit-tree]
        - -p required
        - -m required
        - -F required
        gpg-sign -S optional
        [hook]
        @run
        @list >=2.55
        [hook run] keep-dashdash
        ignore-missing
        allow-unknown-hook-name >=2.55
        to-stdin required >=2.55
        jobs -j required >=2.55
        [hook list]
        - -z >=2.55
        show-scope >=2.55
        allow-unknown-hook-name >=2.55
        [receive-pack]
        quiet -q
        stateless-rpc
        http-backend-info-refs
        advertise-refs as=http-backend-info-refs
        reject-thin-pack-for-testing
        skip-connectivity-check >=2.55
        [for-each-repo] stop
        config required
        keep-going >=2.55
        [difftool] keep-unknown keep-dashdash
        gui -g
        dir-diff -d
        no-prompt -y fixed
        prompt fixed
        symlinks
        tool -t required
        tool-help
        trust-exit-code
        extcmd -x required
        no-index
        [multi-pack-index]
        @repack
        @write
        @verify
        @expire
        @compact >=2.55
        object-dir required
        progress >=2.55
        [multi-pack-index repack]
        object-dir required
        batch-size required fixed
        progress
        [multi-pack-index write]
        object-dir required
        preferred-pack required
        bitmap
        progress
        stdin-packs
        refs-snapshot required
        base required >=2.55
        incremental >=2.55
        write-chain-file >=2.55
        [multi-pack-index verify]
        object-dir required
        progress
        [multi-pack-index expire]
        object-dir required
        progress
        [multi-pack-index compact]
        object-dir required >=2.55
        progress >=2.55
        base required >=2.55
        bitmap >=2.55
        incremental >=2.55
        write-chain-file >=2.55
        [mktree]
        - -z
        missing
        batch
        [hash-object]
        - -t required
        - -w
        stdin
        stdin-paths
        no-filters
        literally
        path required
        [credential-store]
        file required
        [credential-cache]
        timeout required
        socket required
        [merge-tree] stop
        write-tree fixed mode
        trivial-merge fixed mode
        messages
        - -z
        name-only fixed
        allow-unrelated-histories fixed
        stdin fixed
        quiet fixed >=2.55
        merge-base required >=2.55
        strategy-option -X required >=2.55
        [archive] keep-unknown keep-dashdash
        output -o required
        remote required
        exec required
        [fsck]
        verbose -v
        unreachable
        dangling
        tags
        root
        cache
        reflogs
        full
        connectivity-only
        strict
        lost-found
        progress
        name-objects
        references >=2.55
        [submodule--helper]
        @clone
        @add
        @update
        @foreach
        @init
        @status
        @sync
        @deinit
        @summary
        @push-check
        @absorbgitdirs
        @set-url
        @set-branch
        @create-branch
        @gitdir >=2.55
        @migrate-gitdir-configs >=2.55
        @get-default-remote >=2.55
        [submodule--helper clone]
        prefix required
        path required
        name required
        url required
        reference required
        dissociate
        depth required
        quiet -q
        progress
        require-init
        single-branch
        filter required
        ref-format required >=2.55
        [submodule--helper add]
        branch -b required
        force -f
        quiet -q
        progress
        reference required
        dissociate
        name required
        depth required
        ref-format required >=2.55
        [submodule--helper update]
        force -f
        init <2.55
        init -i >=2.55
        remote
        recursive
        no-fetch -N
        checkout
        merge -m
        rebase -r
        reference required
        dissociate
        depth required
        jobs -j required
        recommend-shallow
        quiet -q
        progress
        require-init
        single-branch
        filter required
        super-prefix required >=2.55
        ref-format required >=2.55
        [submodule--helper foreach]
        quiet -q
        recursive
        super-prefix required >=2.55
        [submodule--helper init]
        quiet -q
        [submodule--helper status]
        quiet -q
        cached
        recursive
        super-prefix required >=2.55
        [submodule--helper sync]
        quiet -q
        recursive
        super-prefix required >=2.55
        [submodule--helper deinit]
        quiet -q
        force -f
        all
        [submodule--helper summary]
        cached
        files
        for-status
        summary-limit -n required
        [submodule--helper set-url]
        quiet -q
        [submodule--helper set-branch]
        quiet -q
        default -d
        branch -b required
        [submodule--helper create-branch]
        quiet -q
        force -f
        create-reflog
        track -t optional
        dry-run -n
        [submodule--helper absorbgitdirs]
        super-prefix required >=2.55
        [submodule--helper push-check]
        [submodule--helper gitdir]
        [submodule--helper migrate-gitdir-configs]
        [submodule--helper get-default-remote]
        [range-diff] keep-dashdash
        creation-factor required
        no-dual-color
        notes optional
        left-only
        right-only
        patch -p fixed
        no-patch -s fixed
        - -u
        unified -U optional fixed
        function-context -W
        raw fixed
        patch-with-raw fixed
        patch-with-stat fixed
        numstat fixed
        shortstat fixed
        dirstat -X optional fixed
        cumulative fixed
        dirstat-by-file optional fixed
        check fixed
        summary fixed
        name-only fixed
        name-status fixed
        stat optional fixed
        stat-width required fixed
        stat-name-width required fixed
        stat-graph-width required fixed
        stat-count required fixed
        compact-summary
        binary fixed
        full-index
        color optional
        ws-error-highlight required fixed
        - -z
        abbrev optional
        src-prefix required fixed
        dst-prefix required fixed
        line-prefix required fixed
        no-prefix fixed
        inter-hunk-context required fixed
        output-indicator-new required fixed
        output-indicator-old required fixed
        output-indicator-context required fixed
        break-rewrites -B optional fixed
        find-renames -M optional fixed
        irreversible-delete -D fixed
        find-copies -C optional fixed
        find-copies-harder
        no-renames fixed
        rename-empty
        follow
        - -l required
        minimal
        ignore-all-space -w fixed
        ignore-space-change -b fixed
        ignore-space-at-eol fixed
        ignore-cr-at-eol fixed
        ignore-blank-lines fixed
        ignore-matching-lines -I required
        indent-heuristic
        patience fixed
        histogram fixed
        diff-algorithm required fixed
        anchored required fixed
        word-diff optional fixed
        word-diff-regex required fixed
        color-words optional fixed
        color-moved optional
        color-moved-ws required
        relative optional
        text -a
        - -R
        exit-code
        quiet
        ext-diff
        textconv
        ignore-submodules optional fixed
        submodule optional fixed
        ita-invisible-in-index fixed
        ita-visible-in-index fixed
        - -S required
        - -G required
        pickaxe-all fixed
        pickaxe-regex fixed
        - -O required
        rotate-to required fixed
        skip-to required fixed
        find-object required fixed
        diff-filter required fixed
        output required fixed
        diff-merges required >=2.55
        max-memory required >=2.55
        remerge-diff >=2.55
        default-prefix fixed >=2.55
        max-depth required fixed >=2.55
        [format-patch] keep-unknown keep-dashdash also=%revision also=%diff
        numbered -n
        no-numbered -N fixed
        signoff -s
        stdout
        cover-letter
        numbered-files
        suffix required
        start-number required
        reroll-count -v required
        filename-max-length required
        rfc fixed <2.55
        rfc fixed optional >=2.55
        cover-from-description required
        subject-prefix required fixed
        output-directory -o required fixed
        keep-subject -k fixed
        no-binary
        zero-commit
        ignore-if-in-upstream
        no-stat -p fixed
        add-header required
        to required
        cc required
        from optional
        in-reply-to required
        attach optional
        inline optional fixed
        thread optional
        signature required
        base required
        signature-file required
        quiet -q
        progress
        interdiff required
        range-diff required
        creation-factor required
        force-in-body-from
        commit-list-format required >=2.55
        description-file required >=2.55
        [ls-remote] stop
        quiet -q
        upload-pack required
        exec required
        tags -t
        heads -h
        refs
        get-url
        sort required
        exit-code
        symref
        server-option -o required
        branches -b >=2.55
        [diagnose]
        output-directory -o required
        suffix -s required
        mode required fixed
        [bugreport]
        diagnose optional
        output-directory -o required
        suffix -s required
        [show-ref]
        tags
        heads
        verify
        - -h
        head
        dereference -d
        hash -s optional
        abbrev optional
        quiet -q
        exclude-existing optional fixed
        branches >=2.55
        exists >=2.55
        [pack-objects]
        quiet -q
        progress
        all-progress
        all-progress-implied
        index-version required fixed
        max-pack-size required fixed
        local
        incremental
        window required
        window-memory required fixed
        depth required
        reuse-delta
        reuse-object
        delta-base-offset
        threads required
        non-empty
        revs
        unpacked fixed
        all fixed
        reflog fixed
        indexed-objects fixed
        stdin-packs <2.55
        stdin-packs optional >=2.55
        stdout
        include-tag
        keep-unreachable
        pack-loose-unreachable
        unpack-unreachable optional
        cruft
        cruft-expiration optional
        sparse
        thin
        shallow
        honor-pack-keep
        keep-pack required
        compression required
        keep-true-parents
        use-bitmap-index
        write-bitmap-index
        write-bitmap-index-quiet
        filter required
        missing required fixed
        exclude-promisor-objects
        delta-islands
        uri-protocol required
        path-walk >=2.55
        exclude-promisor-objects-best-effort >=2.55
        name-hash-version required >=2.55
        [commit-graph]
        @verify
        @write
        object-dir required
        [commit-graph verify]
        object-dir required
        shallow
        progress
        [commit-graph write]
        object-dir required
        reachable
        stdin-packs
        stdin-commits
        append
        changed-paths
        split optional fixed
        max-commits required
        size-multiple required
        expire-time required
        max-new-filters required
        progress
        [fast-export] keep-unknown also=%revision also=%diff
        progress required
        signed-tags required
        tag-of-filtered-object required
        reencode required
        export-marks required
        import-marks required
        import-marks-if-exists required
        fake-missing-tagger
        full-tree
        use-done-feature
        no-data
        refspec required
        anonymize
        anonymize-map required fixed
        reference-excluded-parents
        show-original-ids
        mark-tags
        signed-commits required >=2.55
        [init-db]
        template required
        bare
        shared optional fixed
        quiet -q
        separate-git-dir required
        initial-branch -b required
        object-format required
        ref-format required >=2.55
        [stage]
        dry-run -n
        verbose -v
        interactive -i
        patch -p
        edit -e
        force -f
        update -u
        renormalize
        intent-to-add -N
        all -A
        ignore-removal
        refresh
        ignore-errors
        ignore-missing
        sparse
        chmod required
        warn-embedded-repo
        pathspec-from-file required
        pathspec-file-nul
        auto-advance >=2.55
        unified -U required fixed >=2.55
        inter-hunk-context required fixed >=2.55
        resolved >=2.56
        [column]
        command required
        mode optional
        raw-mode required
        width required
        indent required
        nl required
        padding required
        [interpret-trailers]
        in-place
        trim-empty
        where required
        if-exists required
        if-missing required
        only-trailers
        only-input
        unfold
        parse fixed
        no-divider
        trailer required
        [cat-file]
        - -e mode
        - -p mode
        - -t mode
        - -s mode
        allow-unknown-type
        use-mailmap
        mailmap as=use-mailmap
        batch optional fixed
        batch-check optional fixed
        - -z
        batch-command optional fixed
        batch-all-objects fixed mode
        buffer
        follow-symlinks
        unordered
        textconv fixed mode
        filters fixed mode
        path required
        - -Z >=2.55
        filter required >=2.55
        [blame] keep-dashdash also=%revision also=%diff
        incremental
        - -b
        root
        show-stats
        progress
        score-debug
        show-name -f
        show-number -n
        porcelain -p
        line-porcelain
        - -c
        - -t
        - -l
        - -s
        show-email -e
        - -w
        ignore-rev required
        ignore-revs-file required
        color-lines
        color-by-age
        minimal
        - -S required
        contents required
        - -C optional
        - -M optional
        - -L required
        abbrev optional
        diff-algorithm required fixed >=2.55
        [check-attr] keep-dashdash
        all -a
        cached
        stdin
        - -z
        source required >=2.55
        [check-ignore]
        quiet -q
        verbose -v
        stdin
        - -z
        non-matching -n
        no-index
        [check-mailmap]
        stdin
        mailmap-file required >=2.55
        mailmap-blob required >=2.55
        [checkout--worker]
        prefix required
        [cherry]
        abbrev optional
        verbose -v
        [count-objects]
        verbose -v
        human-readable -H
        [credential-cache--daemon]
        debug
        [describe]
        contains
        debug
        all
        tags
        long
        first-parent
        abbrev optional
        exact-match
        candidates required
        match required
        exclude required
        always
        dirty optional
        broken optional
        [env--helper] keep-unknown
        type required fixed <2.55
        default required <2.55
        exit-code <2.55
        [fmt-merge-msg]
        log optional
        summary optional
        message -m required
        into-name required
        file -F required
        [for-each-ref]
        shell -s
        perl -p
        python
        tcl
        count required
        format required
        color optional
        sort required
        points-at required
        merged optional-if-last fixed
        no-merged optional-if-last fixed
        contains optional-if-last fixed
        no-contains optional-if-last fixed
        ignore-case
        omit-empty >=2.55
        start-after required >=2.55
        exclude required >=2.55
        stdin >=2.55
        include-root-refs >=2.55
        [fsck-objects]
        verbose -v
        unreachable
        dangling
        tags
        root
        cache
        reflogs
        full
        connectivity-only
        strict
        lost-found
        progress
        name-objects
        references >=2.55
        [grep] stop keep-dashdash
        cached
        no-index
        untracked
        exclude-standard
        recurse-submodules
        invert-match -v
        ignore-case -i
        word-regexp -w
        text -a
        - -I
        textconv
        recursive -r
        max-depth required fixed
        extended-regexp -E
        basic-regexp -G
        fixed-strings -F
        perl-regexp -P
        line-number -n
        column
        - -h
        - -H
        full-name
        files-with-matches -l
        name-only
        files-without-match -L
        null -z
        only-matching -o
        count -c
        color optional
        break
        heading
        context -C required
        before-context -B required
        after-context -A required
        threads required
        - digits
        show-function -p
        function-context -W
        - -f required
        - -e required
        and fixed
        or
        not fixed
        ( nodash
        ) nodash
        quiet -q
        all-match
        open-files-in-pager -O optional
        ext-grep
        max-count -m required
        [help]
        all -a fixed mode
        external-commands
        aliases
        exclude-guides
        man -m
        web -w
        info -i
        verbose -v
        guides -g fixed mode
        user-interfaces fixed mode
        developer-interfaces fixed mode
        config -c fixed mode
        config-for-completion fixed mode
        config-sections-for-completion fixed mode
        aliases-for-completion fixed mode >=2.55
        [ls-files]
        - -z
        - -t
        - -v
        - -f
        cached -c
        deleted -d
        modified -m
        others -o
        ignored -i
        stage -s
        killed -k
        directory
        eol
        empty-directory
        unmerged -u
        resolve-undo
        exclude -x required fixed
        exclude-from -X required fixed
        exclude-per-directory required
        exclude-standard fixed
        full-name fixed
        recurse-submodules
        error-unmatch
        with-tree required
        abbrev optional
        debug
        deduplicate
        sparse
        format required fixed
        [ls-tree]
        - -d
        - -r
        - -t
        - -z
        long -l fixed mode
        name-only fixed mode
        name-status fixed mode
        object-only fixed mode
        full-name
        full-tree
        format required fixed
        abbrev optional
        [mailinfo]
        - -k
        - -b
        message-id -m
        - -u
        - -n
        encoding required fixed
        scissors
        quoted-cr required fixed
        inbody-headers
        [merge-base]
        all -a
        octopus fixed mode
        independent fixed mode
        is-ancestor fixed mode
        fork-point fixed mode
        [mktag]
        strict
        [name-rev]
        name-only
        tags
        refs required
        exclude required
        all
        stdin
        annotate-stdin
        undefined
        always
        peel-tag
        [pickaxe] keep-dashdash also=%revision also=%diff
        incremental
        - -b
        root
        show-stats
        progress
        score-debug
        show-name -f
        show-number -n
        porcelain -p
        line-porcelain
        - -c
        - -t
        - -l
        - -s
        show-email -e
        - -w
        ignore-rev required
        ignore-revs-file required
        color-lines
        color-by-age
        minimal
        - -S required
        contents required
        - -C optional
        - -M optional
        - -L required
        abbrev optional
        diff-algorithm required fixed >=2.55
        [shortlog] keep-dashdash also=%revision also=%diff
        committer -c
        numbered -n
        summary -s
        email -e
        - -w optional
        group required
        [show-branch] stop
        all -a
        remotes -r
        color optional
        more optional
        list
        no-name
        current
        sha1-name
        merge-base
        independent
        topo-order
        topics
        sparse
        date-order
        reflog -g optional fixed
        [show-index]
        object-format required
        [stripspace]
        strip-comments -s fixed mode
        comment-lines -c fixed mode
        [update-server-info]
        force -f
        [upload-pack]
        stateless-rpc
        http-backend-info-refs
        advertise-refs as=http-backend-info-refs
        strict
        timeout required
        [verify-commit]
        verbose -v
        raw
        [verify-pack]
        verbose -v
        stat-only -s
        object-format required
        [verify-tag]
        verbose -v
        raw
        format required
        [version]
        build-options
        [whatchanged] keep-unknown keep-dashdash also=%revision also=%diff
        quiet -q
        source
        use-mailmap
        mailmap as=use-mailmap
        clear-decorations fixed
        decorate-refs required
        decorate-refs-exclude required
        decorate optional
        - -L required
        i-still-use-this >=2.55
        [write-tree]
        missing-ok
        prefix required
        ignore-cache-tree
        [refs]
        @migrate
        @verify
        @list
        @exists
        @optimize
        @create >=2.56
        @delete >=2.56
        @update >=2.56
        @rename >=2.56
        [refs migrate]
        ref-format required fixed >=2.55
        dry-run >=2.55
        no-reflog >=2.55
        [refs verify]
        verbose >=2.55
        strict >=2.55
        [refs list]
        shell -s >=2.55
        perl -p >=2.55
        python >=2.55
        tcl >=2.55
        omit-empty >=2.55
        count required >=2.55
        format required >=2.55
        start-after required >=2.55
        color optional >=2.55
        exclude required >=2.55
        sort required >=2.55
        points-at required >=2.55
        merged optional-if-last fixed >=2.55
        no-merged optional-if-last fixed >=2.55
        contains optional-if-last fixed >=2.55
        no-contains optional-if-last fixed >=2.55
        ignore-case >=2.55
        stdin >=2.55
        include-root-refs >=2.55
        [refs optimize]
        all >=2.55
        prune >=2.55
        auto >=2.55
        include required >=2.55
        exclude required >=2.55
        [refs create]
        message required >=2.56
        no-deref >=2.56
        create-reflog >=2.56
        [refs delete]
        message required >=2.56
        no-deref >=2.56
        [refs update]
        message required >=2.56
        no-deref >=2.56
        create-reflog >=2.56
        [refs rename]
        message required >=2.56
        [refs exists]
        [replay] keep-unknown also=%revision also=%diff
        contained >=2.55
        onto required fixed >=2.55
        advance required fixed >=2.55
        revert required fixed >=2.55
        ref required fixed >=2.55
        ref-action required fixed >=2.55
        [history]
        @drop >=2.56
        @fixup
        @reword
        @split
        [history fixup]
        update-refs required fixed >=2.55
        dry-run -n >=2.55
        reedit-message >=2.55
        empty required fixed >=2.55
        [history reword]
        update-refs required fixed >=2.55
        dry-run -n >=2.55
        [history split]
        update-refs required fixed >=2.55
        dry-run -n >=2.55
        [history drop]
        update-refs required fixed >=2.56
        dry-run -n >=2.56
        empty required fixed >=2.56
        [repo]
        @info
        @structure
        [repo info]
        format required fixed >=2.55
        - -z >=2.55
        all >=2.55
        keys >=2.55
        [repo structure]
        format required fixed >=2.55
        - -z >=2.55
        progress >=2.55
        [backfill] keep-unknown>=2.55 keep-dashdash
        min-batch-size required fixed >=2.55
        sparse >=2.55
        include-edges >=2.55
        [last-modified] keep-unknown keep-dashdash also=%revision also=%diff
        recursive -r >=2.55
        show-trees -t >=2.55
        max-depth required fixed >=2.55
        - -z >=2.55
        [format-rev]
        format required >=2.55
        stdin-mode required >=2.55
        notes required >=2.55
        null -z fixed >=2.55
        null-input >=2.55
        null-output >=2.55
        [url-parse]
        component -c required >=2.55
        [fsmonitor--daemon]
        detach >=2.55
        ipc-threads required >=2.55
        start-timeout required >=2.55
        [submodule] exact refuse default=status
        @add
        @foreach
        @init
        @deinit
        @update
        @set-branch
        @set-url
        @status
        @summary
        @sync
        @absorbgitdirs
        quiet -q fixed
        cached fixed
        [submodule add] exact separate refuse stop
        branch -b required fixed
        force -f fixed
        quiet -q fixed
        progress fixed
        reference required fixed
        dissociate fixed
        name required fixed
        depth required fixed
        ref-format required fixed
        [submodule foreach] exact separate refuse stop
        quiet -q fixed
        recursive fixed
        [submodule init] exact separate refuse stop
        quiet -q fixed
        [submodule deinit] exact separate refuse stop
        force -f fixed
        quiet -q fixed
        all fixed
        [submodule update] exact separate refuse stop
        quiet -q fixed
        progress fixed
        init -i fixed
        require-init fixed
        remote fixed
        no-fetch -N fixed
        force -f fixed
        rebase -r fixed
        reference required fixed
        dissociate fixed
        merge -m fixed
        recursive fixed
        checkout fixed
        recommend-shallow fixed
        no-recommend-shallow fixed
        depth required fixed
        jobs -j required fixed
        single-branch fixed
        no-single-branch fixed
        filter required fixed
        [submodule set-branch] exact separate refuse stop
        quiet -q fixed
        default -d fixed
        branch -b required fixed
        [submodule set-url] exact separate refuse stop
        quiet -q fixed
        [submodule summary] exact separate refuse stop
        cached fixed
        files fixed
        for-status fixed
        summary-limit -n required fixed
        [submodule status] exact separate refuse stop
        quiet -q fixed
        cached fixed
        recursive fixed
        [submodule sync] exact separate refuse stop
        quiet -q fixed
        recursive fixed
        [submodule absorbgitdirs] exact separate refuse stop
        quiet -q fixed
        [filter-branch] exact separate stop refuse
        force -f fixed
        prune-empty fixed
        remap-to-ancestor fixed
        - -d required
        setup required fixed
        subdirectory-filter required fixed
        env-filter required fixed
        tree-filter required fixed
        index-filter required fixed
        parent-filter required fixed
        msg-filter required fixed
        commit-filter required fixed
        tag-name-filter required fixed
        original required fixed
        state-branch required fixed
        [bisect] exact any
        @start
        @bad
        @good
        @new
        @old
        @skip
        @next
        @reset
        @visualize
        @view as=visualize
        @replay
        @log
        @run
        @terms
        @help <2.55
        [bisect start] exact separate
        term-new required fixed
        term-bad required fixed
        term-old required fixed
        term-good required fixed
        no-checkout fixed
        first-parent fixed
        [bisect bad] exact
        [bisect good] exact
        [bisect new] exact
        [bisect old] exact
        [bisect skip] exact
        [bisect next] exact
        [bisect reset] exact
        [bisect visualize] exact
        [bisect replay] exact
        [bisect log] exact
        [bisect run] exact stop all-operands
        [bisect terms] exact
        [bisect help] exact
        [fast-import] exact refuse
        force fixed
        quiet fixed
        stats fixed
        allow-unsafe-features fixed
        date-format required fixed
        max-pack-size required fixed
        big-file-threshold required fixed
        depth required fixed
        active-branches required fixed
        export-pack-edges required fixed
        import-marks required fixed
        import-marks-if-exists required fixed
        export-marks required fixed
        relative-marks fixed
        no-relative-marks fixed
        done fixed
        cat-blob-fd required fixed
        rewrite-submodules-from required fixed
        rewrite-submodules-to required fixed
        signed-commits required fixed >=2.55
        signed-tags required fixed >=2.55
        [fetch-pack] exact
        upload-pack required fixed
        exec required fixed
        quiet -q fixed
        keep -k fixed
        thin fixed
        include-tag fixed
        all fixed
        stdin fixed
        diag-url fixed
        - -v
        depth required fixed
        shallow-since required fixed
        shallow-exclude required fixed
        deepen-relative fixed
        no-progress fixed
        stateless-rpc fixed
        lock-pack fixed
        check-self-contained-and-connected fixed
        cloning fixed
        update-shallow fixed
        from-promisor fixed
        refetch fixed
        filter required fixed
        no-filter fixed
        [merge-recursive] exact
        ours fixed
        theirs fixed
        subtree optional fixed
        patience fixed
        histogram fixed
        diff-algorithm required fixed
        ignore-space-change fixed
        ignore-all-space fixed
        ignore-space-at-eol fixed
        ignore-cr-at-eol fixed
        renormalize fixed
        no-renormalize fixed
        no-renames fixed
        find-renames optional fixed
        rename-threshold required fixed
        [merge-index] exact
        - -o
        - -q
        - -a
        [subtree]
        quiet -q fixed
        debug -d fixed
        prefix -P required fixed
        annotate required fixed
        branch -b required fixed
        ignore-joins fixed
        onto required fixed
        rejoin fixed
        squash fixed
        message -m required fixed
        [unpack-objects] exact
        - -n
        - -q
        - -r
        strict optional fixed
        [index-pack] exact separate-short
        - -v
        - -o required
        keep optional fixed
        rev-index fixed
        no-rev-index fixed
        verify fixed
        strict optional fixed
        stdin fixed
        fix-thin fixed
        threads required fixed
        max-input-size required fixed
        index-version required fixed
        object-format required fixed
        promisor optional fixed
        fsck-objects optional fixed
        check-self-contained-and-connected fixed
        progress-title required fixed
        [annotate] keep-dashdash also=%revision also=%diff
        incremental
        - -b
        root
        show-stats
        progress
        score-debug
        show-name -f
        show-number -n
        porcelain -p
        line-porcelain
        - -c
        - -t
        - -l
        - -s
        show-email -e
        - -w
        ignore-rev required
        ignore-revs-file required
        color-lines
        color-by-age
        minimal
        - -S required
        contents required
        - -C optional
        - -M optional
        - -L required
        abbrev optional
        diff-algorithm required fixed >=2.55
        [diff-files] exact keep-dashdash also=%revision also=%diff
        [diff-index] exact keep-dashdash also=%revision also=%diff
        [diff-tree] exact keep-dashdash also=%revision also=%diff
        [diff-pairs] keep-dashdash

        """)
}
