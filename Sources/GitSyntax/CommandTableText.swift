/// git's commands, from git 2.39.5, 2.55.0 and 2.56-dev, and well-known third-party ones.
///
/// A line: the name, what the command is there for, where it comes from, `harmless` if no argument can give it an effect,
/// the versions that have it, and the effects that it can have by some argument or configuration.
enum CommandTableText {
    static let text = TableText(
        """
        log read-only builtin discard-changes delete-untracked run-nested
        show read-only builtin discard-changes delete-untracked run-nested
        whatchanged read-only builtin discard-changes delete-untracked run-nested
        diff read-only builtin discard-changes delete-untracked run-nested
        diff-tree read-only builtin discard-changes delete-untracked run-nested
        diff-index read-only builtin discard-changes delete-untracked run-nested
        diff-files read-only builtin discard-changes delete-untracked run-nested
        diff-pairs read-only builtin >=2.50 discard-changes
        range-diff read-only builtin discard-changes delete-untracked run-nested
        rev-list read-only builtin discard-changes delete-untracked
        shortlog read-only builtin discard-changes delete-untracked
        blame read-only builtin discard-changes delete-untracked run-nested
        annotate read-only builtin discard-changes delete-untracked run-nested
        pickaxe read-only builtin discard-changes delete-untracked run-nested
        format-patch read-only builtin discard-changes delete-untracked
        cherry read-only builtin harmless
        describe read-only builtin harmless
        name-rev read-only builtin harmless
        merge-base read-only builtin harmless
        show-ref read-only builtin harmless
        ls-tree read-only builtin harmless
        count-objects read-only builtin harmless
        show-branch read-only builtin harmless
        var read-only builtin harmless
        version read-only builtin harmless
        check-ref-format read-only builtin harmless
        patch-id read-only builtin harmless
        get-tar-commit-id read-only builtin harmless
        column read-only builtin harmless
        stripspace read-only builtin harmless
        show-index read-only builtin harmless
        rev-parse read-only builtin harmless
        for-each-ref read-only builtin harmless
        ls-files read-only builtin harmless
        cat-file read-only builtin run-nested
        grep read-only builtin run-nested
        status read-only builtin harmless
        check-attr read-only builtin harmless
        check-ignore read-only builtin harmless
        check-mailmap read-only builtin harmless
        verify-commit read-only builtin run-nested
        verify-tag read-only builtin run-nested
        verify-pack read-only builtin harmless
        fsck read-only builtin harmless
        fsck-objects read-only builtin harmless
        help read-only builtin run-nested
        bugreport read-only builtin run-nested
        diagnose read-only builtin harmless >=2.38
        request-pull talks-to-remote program run-nested
        last-modified read-only builtin harmless >=2.52
        format-rev read-only builtin harmless >=2.55
        url-parse read-only builtin harmless >=2.55
        repo read-only builtin harmless >=2.52
        gitk opaque program run-nested
        gui opaque program run-nested
        citool opaque program run-nested
        gitweb opaque program run-nested
        instaweb opaque program run-nested
        web--browse opaque program run-nested
        add writes-index-or-worktree builtin discard-changes run-nested
        stage writes-index-or-worktree builtin discard-changes run-nested
        add--interactive writes-index-or-worktree program <2.40 discard-changes
        rm destroys builtin discard-changes delete-untracked
        mv writes-index-or-worktree builtin discard-changes delete-untracked
        restore destroys builtin discard-changes delete-untracked run-nested
        checkout moves-refs builtin discard-changes delete-untracked rewrite-history change-config run-nested
        switch moves-refs builtin discard-changes delete-untracked rewrite-history change-config
        checkout-index destroys builtin discard-changes delete-untracked
        checkout--worker writes-index-or-worktree builtin >=2.32 discard-changes
        clean destroys builtin delete-untracked
        apply writes-index-or-worktree builtin discard-changes delete-untracked
        am moves-refs builtin discard-changes rewrite-history skip-hooks run-nested
        mailinfo writes-index-or-worktree builtin discard-changes delete-untracked
        mailsplit writes-index-or-worktree builtin harmless
        quiltimport moves-refs program run-nested
        merge-file writes-index-or-worktree builtin discard-changes delete-untracked
        merge-one-file writes-index-or-worktree program discard-changes
        merge-octopus writes-index-or-worktree program discard-changes
        merge-resolve writes-index-or-worktree program discard-changes
        merge-ours read-only builtin harmless
        merge-recursive writes-index-or-worktree builtin discard-changes
        merge-recursive-ours writes-index-or-worktree builtin discard-changes
        merge-recursive-theirs writes-index-or-worktree builtin discard-changes
        merge-subtree writes-index-or-worktree builtin discard-changes
        merge-index opaque builtin run-nested
        merge-tree creates-objects-or-refs builtin harmless
        mergetool opaque program run-nested discard-changes
        mergetool--lib opaque program run-nested
        mergetools opaque program run-nested
        sh-setup opaque program run-nested
        sh-i18n opaque program run-nested
        sh-prompt opaque program run-nested
        difftool opaque builtin run-nested discard-changes
        difftool--helper opaque program run-nested discard-changes
        read-tree writes-index-or-worktree builtin discard-changes delete-untracked
        update-index writes-index-or-worktree builtin discard-changes
        unpack-file creates-objects-or-refs builtin harmless
        sparse-checkout writes-index-or-worktree builtin discard-changes delete-untracked change-config
        stash moves-refs builtin drop-stash discard-changes delete-untracked run-nested
        commit moves-refs builtin rewrite-history skip-hooks discard-changes run-nested
        commit-tree creates-objects-or-refs builtin harmless
        write-tree creates-objects-or-refs builtin harmless
        mktree creates-objects-or-refs builtin harmless
        mktag creates-objects-or-refs builtin harmless
        hash-object creates-objects-or-refs builtin harmless
        unpack-objects creates-objects-or-refs builtin harmless
        merge moves-refs builtin discard-changes delete-untracked skip-hooks run-nested
        rebase moves-refs builtin rewrite-history discard-changes skip-hooks run-nested
        cherry-pick moves-refs builtin discard-changes rewrite-history run-nested
        revert moves-refs builtin discard-changes rewrite-history run-nested
        reset moves-refs builtin rewrite-history discard-changes delete-untracked run-nested
        pull moves-refs builtin rewrite-history delete-branch move-tag delete-tag discard-changes skip-hooks run-nested
        bisect moves-refs program run-nested rewrite-history
        bisect--helper moves-refs builtin <2.40 run-nested
        filter-branch moves-refs program rewrite-history move-tag delete-tag destroy-recovery run-nested skip-hooks
        fast-import moves-refs builtin rewrite-history delete-branch move-tag delete-tag discard-changes skip-hooks
        fast-export read-only builtin discard-changes
        replace creates-objects-or-refs builtin rewrite-history run-nested
        notes moves-refs builtin rewrite-history run-nested
        history moves-refs builtin >=2.54 rewrite-history skip-hooks run-nested
        replay moves-refs builtin >=2.44 rewrite-history
        rerere writes-index-or-worktree builtin destroy-recovery discard-changes
        branch moves-refs builtin delete-branch rewrite-history destroy-recovery change-config run-nested
        tag moves-refs builtin move-tag delete-tag destroy-recovery run-nested
        update-ref moves-refs builtin rewrite-history delete-branch move-tag delete-tag drop-stash skip-hooks
        symbolic-ref moves-refs builtin rewrite-history delete-branch
        refs moves-refs builtin >=2.46 destroy-recovery rewrite-history delete-branch move-tag delete-tag
        reflog destroys builtin destroy-recovery drop-stash rewrite-history discard-changes
        pack-refs creates-objects-or-refs builtin harmless
        worktree moves-refs builtin rewrite-history discard-changes delete-untracked destroy-recovery run-nested change-config
        push talks-to-remote builtin push force-push delete-remote-ref move-tag delete-tag rewrite-history delete-branch skip-hooks change-config run-nested
        send-pack talks-to-remote builtin push force-push delete-remote-ref move-tag delete-tag skip-hooks run-nested
        http-push talks-to-remote program push force-push delete-remote-ref
        fetch talks-to-remote builtin rewrite-history delete-branch move-tag delete-tag run-nested change-config
        fetch-pack talks-to-remote builtin run-nested
        http-fetch talks-to-remote program run-nested
        ls-remote talks-to-remote builtin run-nested
        clone talks-to-remote builtin run-nested change-config
        init creates-objects-or-refs builtin change-config run-nested
        init-db creates-objects-or-refs builtin change-config run-nested
        remote talks-to-remote builtin change-config destroy-recovery run-nested
        submodule opaque program discard-changes delete-untracked rewrite-history change-config run-nested
        submodule--helper opaque builtin discard-changes delete-untracked rewrite-history change-config run-nested
        bundle creates-objects-or-refs builtin discard-changes delete-untracked
        archive read-only builtin discard-changes delete-untracked run-nested
        imap-send talks-to-remote program run-nested
        send-email talks-to-remote program run-nested skip-hooks
        backfill talks-to-remote builtin >=2.49 run-nested
        svn talks-to-remote program push rewrite-history discard-changes run-nested
        p4 talks-to-remote program push rewrite-history discard-changes skip-hooks run-nested
        cvsexportcommit opaque program push run-nested
        cvsimport opaque program push run-nested
        archimport opaque program push run-nested
        cvsserver opaque program push run-nested
        gc destroys builtin destroy-recovery drop-stash run-nested
        prune destroys builtin destroy-recovery
        prune-packed creates-objects-or-refs builtin harmless
        repack destroys builtin destroy-recovery discard-changes
        pack-objects creates-objects-or-refs builtin harmless
        pack-redundant read-only builtin harmless
        multi-pack-index creates-objects-or-refs builtin harmless
        commit-graph creates-objects-or-refs builtin harmless
        update-server-info creates-objects-or-refs builtin harmless
        maintenance destroys builtin destroy-recovery change-config run-nested
        index-pack creates-objects-or-refs builtin discard-changes
        fsmonitor--daemon opaque builtin harmless >=2.36
        credential opaque builtin run-nested change-config
        credential-cache opaque builtin change-config
        credential-cache--daemon opaque builtin change-config
        credential-store opaque builtin change-config
        credential-gcloud.sh opaque program change-config
        config configures builtin change-config run-nested
        hook opaque builtin >=2.36 run-nested
        for-each-repo opaque builtin >=2.30 run-nested
        interpret-trailers read-only builtin discard-changes run-nested
        fmt-merge-msg read-only builtin harmless
        env--helper read-only builtin harmless <2.40
        sh-i18n--envsubst read-only program harmless
        receive-pack server-side builtin push discard-changes run-nested
        upload-pack server-side builtin run-nested
        upload-archive server-side builtin run-nested
        upload-archive--writer server-side builtin run-nested
        daemon server-side program push run-nested
        http-backend server-side program push run-nested
        shell server-side program run-nested
        remote-ext opaque builtin run-nested
        remote-fd opaque builtin push
        remote-http opaque program push
        remote-https opaque program push
        remote-ftp opaque program push
        remote-ftps opaque program push
        git opaque program run-nested
        scalar opaque program >=2.38 delete-untracked discard-changes destroy-recovery change-config run-nested
        subtree opaque contrib push rewrite-history run-nested
        lfs opaque 3rd-party push rewrite-history destroy-recovery change-config skip-hooks delete-remote-ref
        filter-repo opaque 3rd-party rewrite-history move-tag delete-tag destroy-recovery change-config run-nested
        flow opaque 3rd-party delete-branch delete-remote-ref push rewrite-history move-tag delete-tag change-config
        absorb opaque 3rd-party rewrite-history discard-changes
        branchless opaque 3rd-party rewrite-history force-push delete-branch change-config run-nested
        move opaque 3rd-party rewrite-history force-push delete-branch change-config run-nested
        restack opaque 3rd-party rewrite-history force-push delete-branch change-config run-nested
        sync opaque 3rd-party rewrite-history force-push delete-branch change-config run-nested
        submit opaque 3rd-party rewrite-history force-push delete-branch change-config run-nested
        undo opaque 3rd-party rewrite-history force-push delete-branch change-config run-nested
        hide opaque 3rd-party rewrite-history force-push delete-branch change-config run-nested
        unhide opaque 3rd-party rewrite-history force-push delete-branch change-config run-nested
        amend opaque 3rd-party rewrite-history force-push delete-branch change-config run-nested
        reword opaque 3rd-party rewrite-history force-push delete-branch change-config run-nested
        record opaque 3rd-party rewrite-history force-push delete-branch change-config run-nested
        split opaque 3rd-party rewrite-history force-push delete-branch change-config run-nested
        smartlog opaque 3rd-party rewrite-history force-push delete-branch change-config run-nested
        sl opaque 3rd-party rewrite-history force-push delete-branch change-config run-nested
        sw opaque 3rd-party rewrite-history force-push delete-branch change-config run-nested
        next opaque 3rd-party rewrite-history force-push delete-branch change-config run-nested
        prev opaque 3rd-party rewrite-history force-push delete-branch change-config run-nested
        query opaque 3rd-party rewrite-history force-push delete-branch change-config run-nested
        test opaque 3rd-party rewrite-history force-push delete-branch change-config run-nested
        annex opaque 3rd-party push delete-untracked rewrite-history change-config
        town opaque 3rd-party force-push rewrite-history delete-branch delete-remote-ref change-config
        machete opaque 3rd-party force-push rewrite-history delete-branch run-nested

        """)
}
