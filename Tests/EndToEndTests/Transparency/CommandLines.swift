/// Ordinary command lines, by topic: the everyday forms, their usual options, and the usual mistakes.
enum CommandLines {
    static let all = looking + history + refs + changing + integrating + remotes + settings + plumbing + mistakes

    private static func git(_ lines: String) -> [String] {
        lines.split(separator: "\n").map { "git \($0)" }
    }

    static let looking = git(
        """
        status
        status -s
        status -sb
        status --porcelain
        status --porcelain=v2 --branch
        status --porcelain -z
        status --ignored
        status -uno
        status -uall
        status src
        status --show-stash
        --no-optional-locks status
        -C src status
        -C src -C .. status -s
        --git-dir=.git --work-tree=. status -s
        -c color.status=always status -s
        st
        last
        diff
        diff --staged
        diff --cached --stat
        diff HEAD
        diff HEAD~1 HEAD
        diff main..topic
        diff main...topic
        diff --name-only HEAD~1
        diff --name-status main topic
        diff --stat main topic
        diff --numstat main topic
        diff --shortstat main topic
        diff --summary main topic
        diff --word-diff README
        diff --color=always
        diff -U0
        diff --quiet
        diff --exit-code
        diff --check
        diff --no-index README src/app.txt
        diff --raw
        diff -- README
        diff -w main topic
        diff -M -C main topic
        diff --binary main topic
        difftool --tool-help
        show
        show --stat
        show --oneline
        show v1.0
        show light
        show topic:src/topic.txt
        show HEAD:nowhere
        show --format=%H%n%an%n%s -s
        show stash@{0}
        blame src/app.txt
        blame -L1,2 src/app.txt
        blame --porcelain src/app.txt
        annotate src/app.txt
        grep two
        grep -n two
        grep -c two
        grep -l two topic
        grep nothing-of-the-kind
        ls-files
        ls-files -s
        ls-files -o --exclude-standard
        ls-files -m
        ls-files --error-unmatch nowhere
        ls-tree HEAD
        ls-tree -r --name-only topic
        """)

    static let history = git(
        """
        log
        log --oneline
        log --oneline --graph --all --decorate
        log -1
        log -n 2
        log --stat
        log -p
        log --format=%H
        log --pretty=format:%h%x09%s
        log --pretty=fuller
        log --reverse
        log --author=Dev
        log --author=Nobody
        log --grep=topic --all
        log -S uno --all
        log --since=2000-01-01
        log --until=2000-01-01
        log --first-parent
        log --name-only
        log --no-merges
        log main..topic
        log topic --not main
        log --left-right --oneline main...topic
        log -- src/app.txt
        log --follow src/app.txt
        log -L1,2:src/app.txt
        log --walk-reflogs
        log --date=iso
        log --abbrev-commit
        log -z --format=%s
        log --cherry-pick main...topic
        --no-pager log -1
        -P log -1
        -p log -1
        --no-replace-objects log -1
        shortlog
        shortlog -sn HEAD
        shortlog -sne --all
        reflog
        reflog show main
        reflog -1
        rev-list HEAD
        rev-list --count HEAD
        rev-list --left-right --count main...topic
        rev-list --objects topic
        whatchanged -1
        describe
        describe --tags
        describe --always --dirty
        describe --exact-match HEAD
        name-rev HEAD
        cherry -v main topic
        range-diff main~1..main main~1..topic
        merge-base main topic
        merge-base --is-ancestor main topic
        show-branch
        show-branch --list
        bisect log
        count-objects
        fsck
        fsck --no-dangling
        """)

    static let refs = git(
        """
        branch
        branch -a
        branch -r
        branch -v
        branch -vv
        branch --show-current
        branch --list 't*'
        branch --merged
        branch --no-merged main
        branch --contains HEAD~1
        branch --sort=-committerdate
        branch --format='%(refname:short) %(upstream:track)'
        branch new
        branch new topic
        branch main
        branch new nowhere
        branch -d merged
        branch -d topic
        branch -d nowhere
        branch -m topic renamed
        branch -m nowhere there
        branch -c topic copy
        branch --set-upstream-to=origin/main topic
        branch --set-upstream-to=origin/nowhere
        branch -u origin/main
        branch --unset-upstream
        branch --edit-description
        branch --bogus
        branch 'bad name'
        tag
        tag -l
        tag -l 'v*'
        tag -n
        tag --sort=-creatordate
        tag --points-at HEAD
        tag --contains HEAD~1
        tag v2
        tag v2 topic
        tag -a v2 -m two
        tag -a v2 -F README
        tag -m two v2
        tag v1.0
        tag -d nowhere
        tag -v v1.0
        switch topic
        switch -c fresh
        switch -c fresh topic
        switch -
        switch nowhere
        switch --detach topic
        switch -C fresh-too
        checkout topic
        checkout -b fresh
        checkout -b main
        checkout -
        checkout nowhere
        checkout HEAD~1
        checkout v1.0
        checkout --detach
        checkout -q topic
        show-ref
        show-ref --heads
        show-ref --verify refs/heads/main
        show-ref --verify refs/heads/nowhere
        show-ref nowhere
        for-each-ref
        for-each-ref --format='%(refname) %(objectname:short)' refs/heads
        for-each-ref --count=1
        symbolic-ref HEAD
        symbolic-ref --short HEAD
        symbolic-ref refs/heads/main
        notes add -m noted
        notes list
        notes show
        worktree list
        worktree list --porcelain
        worktree add ../tree -b in-tree
        worktree add ../tree topic
        worktree add ../tree nowhere
        worktree prune
        worktree remove ../nowhere
        """)

    static let changing = git(
        """
        add .
        add -A
        add -u
        add -v untracked.txt
        add -n .
        add thing.o
        add -f thing.o
        add nowhere
        add -N untracked.txt
        add --chmod=+x README
        add
        commit -m message
        commit -q -m message
        commit -am message
        commit -a -m one -m two
        commit --allow-empty -m empty
        commit --allow-empty-message -m ''
        commit -m ''
        commit --dry-run
        commit --dry-run --short
        commit -m only README
        commit -v -m verbose
        commit --no-verify -m unhooked
        commit -n -m unhooked
        commit --author='Other <o@example.com>' -m theirs
        commit --date=@1780000000 -m then
        commit -s -m signed-off
        commit --amend --dry-run
        commit -F README
        commit -F nowhere
        commit --fixup=HEAD
        commit --squash=HEAD -m more
        commit -C HEAD
        commit --bogus
        commit -m message nowhere
        commit --trailer 'Helped-by: Someone' -m trailers
        stash list
        stash show
        stash show -p
        stash
        stash push -m named
        stash push -u
        stash push README
        stash -k
        stash apply
        stash pop
        stash branch from-stash
        stash create
        stash show stash@{7}
        stash bogus
        restore --staged staged.txt
        restore nowhere
        reset
        reset -q
        reset staged.txt
        reset HEAD -- staged.txt
        reset --soft HEAD
        reset nowhere
        reset --bogus
        rm --cached README
        rm src/app.txt
        rm nowhere
        rm -n src/app.txt
        rm -r src
        mv README README.txt
        mv -v src source
        mv nowhere there
        mv README src/app.txt
        mv -k README src/app.txt
        clean -n
        clean -nd
        clean -nx
        clean
        apply --stat README
        apply nowhere
        am --show-current-patch
        am --abort
        format-patch -1
        format-patch --stdout -1
        format-patch -o ../tmp main~1..main
        archive HEAD --format=tar --output=../tmp/a.tar
        archive --list
        bundle create ../tmp/b.bundle main
        sparse-checkout list
        update-index --refresh
        update-index --assume-unchanged README
        check-ignore -v thing.o
        check-ignore README
        check-attr -a README
        gc --auto
        """)

    static let integrating = [
        "git stash -q; git merge topic", "git merge topic", "git merge --no-ff merged", "git merge merged",
        "git merge --ff-only topic", "git merge nowhere", "git merge --abort", "git merge --continue",
        "git stash -q; git merge topic; git status; git merge --abort; git status",
        "git stash -q; git merge -X ours topic -m 'ours it is'", "git stash -q; git merge --squash topic",
        "git stash -q; git merge --no-commit origin/main", "git merge -m message origin/main",
        "git stash -q; git rebase topic; git status; git rebase --abort", "git rebase", "git rebase nowhere",
        "git rebase --abort", "git rebase --continue", "git rebase --quit", "git rebase origin/main",
        "git stash -q; git rebase origin/main", "git stash -q; git rebase -i HEAD~1",
        "git stash -q; git switch -q topic; git rebase -q main; git status -s",
        "git stash -q; git cherry-pick topic", "git cherry-pick nowhere", "git cherry-pick --abort",
        "git stash -q; git cherry-pick -x topic; git cherry-pick --abort", "git cherry-pick -n topic",
        "git stash -q; git cherry-pick -X theirs topic", "git revert --no-edit HEAD", "git revert -n HEAD",
        "git stash -q; git revert --no-edit HEAD", "git revert nowhere", "git revert --abort",
        "git bisect start; git bisect bad; git bisect good HEAD~1; git bisect reset",
        "git bisect start; git bisect log",
        "git bisect good", "git bisect start HEAD HEAD~2; git bisect skip; git bisect reset", "git rerere",
        "git rerere status", "git mergetool --tool-help >/dev/null", "git merge-tree main topic",
        "git merge-file README src/app.txt .gitignore -p", "git rebase --show-current-patch",
        "git switch -q topic 2>/dev/null; git rebase -q main; git rebase --skip; git log --oneline -3",
    ]

    static let remotes = git(
        """
        remote
        remote -v
        remote show
        remote show -n origin
        remote show nowhere
        remote get-url origin
        remote get-url nowhere
        remote get-url --push origin
        remote add other ../other.git
        remote add origin ../other.git
        remote rename origin upstream
        remote set-url origin ../origin.git
        remote set-url nowhere x
        remote set-head origin -a
        remote prune origin
        remote update
        remote bogus
        fetch
        fetch -q
        fetch origin
        fetch origin main
        fetch --all
        fetch --prune
        fetch --tags
        fetch --dry-run
        fetch nowhere
        fetch origin nowhere
        fetch -v origin
        pull
        pull --ff-only
        pull --no-rebase origin main
        pull origin nowhere
        pull --autostash --rebase
        push
        push -q
        push origin main
        push origin topic
        push -u origin topic
        push origin topic:refs/heads/elsewhere
        push origin HEAD:refs/heads/elsewhere
        push origin light
        push --tags
        push --follow-tags origin topic
        push --dry-run origin topic
        push -n origin main
        push --porcelain origin topic
        push --set-upstream origin topic
        push origin nowhere
        push nowhere main
        push --bogus
        push origin main topic
        push --no-verify origin topic
        push -v origin topic
        push --atomic origin topic light
        push ../origin.git topic
        push --all
        push -h
        ls-remote
        ls-remote origin
        ls-remote --heads origin
        ls-remote --tags ../origin.git
        ls-remote --exit-code origin nowhere
        ls-remote nowhere
        clone -q ../origin.git ../copy
        clone ../origin.git ../copy
        clone --bare ../origin.git ../copy.git
        clone -b main --single-branch ../origin.git ../copy
        clone ../nowhere.git
        clone ../origin.git src
        clone
        init ../fresh
        init -q -b trunk ../fresh
        init --bare ../fresh.git
        init
        submodule
        submodule status
        submodule update --init
        submodule bogus
        request-pull main ../origin.git topic
        """)

    static let settings =
        git(
            """
            config --list
            config --list --local
            config -l --show-origin
            config user.name
            config --get user.email
            config --get nothing.there
            config --get-all remote.origin.fetch
            config --get-regexp '^remote'
            config user.name Other
            config --global user.name Other
            config --unset nothing.there
            config --add some.key value
            config --bool core.bare
            config --type=int --default 7 nothing.there
            config bad
            config --file=../home/.gitconfig -l
            config --name-only -l
            config --bogus
            config
            config --get-urlmatch http https://example.com
            config --remove-section nothing
            config --rename-section alias shortcuts
            -c user.name=Flag config user.name
            --config-env=user.name=USER config user.name
            var GIT_AUTHOR_IDENT
            var -l
            var GIT_EDITOR
            var bogus
            --version
            -v
            version
            version --build-options
            --exec-path
            --html-path
            --man-path
            --info-path
            help -g
            help -a
            help -c
            help bogus
            --list-cmds=builtins
            --list-cmds=main
            --list-cmds=main,others,alias,nohelpers
            --list-cmds=list-mainporcelain
            --list-cmds=parseopt
            --list-cmds=bogus
            --help
            -h

            push --git-completion-helper
            status --git-completion-helper-all
            """) + ["git", "git --no-pager"]

    static let plumbing = git(
        """
        rev-parse HEAD
        rev-parse --short HEAD
        rev-parse --abbrev-ref HEAD
        rev-parse --abbrev-ref @{u}
        rev-parse --show-toplevel
        rev-parse --git-dir
        rev-parse --absolute-git-dir
        rev-parse --git-common-dir
        rev-parse --is-inside-work-tree
        rev-parse --is-bare-repository
        rev-parse --show-prefix
        rev-parse --verify nowhere
        rev-parse --verify -q nowhere
        rev-parse nowhere
        rev-parse --symbolic --branches
        rev-parse --local-env-vars
        rev-parse --git-path hooks
        rev-parse --show-object-format
        rev-parse --sq-quote a 'b c'
        -C src rev-parse --show-prefix
        -C src rev-parse --show-cdup
        cat-file -p HEAD
        cat-file -t HEAD
        cat-file -s HEAD:README
        cat-file -e HEAD
        cat-file -e nowhere
        cat-file blob HEAD:README
        cat-file --batch-all-objects --batch-check
        hash-object README
        hash-object -w untracked.txt
        write-tree
        commit-tree HEAD^{tree} -m made
        update-ref refs/heads/made HEAD
        update-ref refs/heads/made nowhere
        diff-tree -p HEAD
        diff-tree --no-commit-id --name-only -r HEAD
        diff-index HEAD
        diff-files
        rev-list --max-count=1 --format=%B HEAD
        read-tree -m HEAD
        read-tree bogus
        check-ref-format refs/heads/ok
        check-ref-format --branch @{-1}
        check-ref-format bad..name
        ls-files -z
        verify-commit HEAD
        verify-tag v1.0
        patch-id
        stripspace
        column --mode=plain
        get-tar-commit-id
        interpret-trailers README
        mktree
        pack-refs --all
        prune -n
        multi-pack-index verify
        commit-graph verify
        for-each-repo --config=nothing.there status
        check-mailmap 'Dev <dev@example.com>'
        maintenance run --task=pack-refs
        replace -l
        rev-parse --parseopt -- -h
        """)

    static let mistakes = git(
        """
        bogus
        statsu
        comit -m x
        psuh
        --bogus
        --bogus status
        -C nowhere status
        -C
        -c
        -c bad status
        -cuser.name=x status
        --git-dir=nowhere status
        --git-dir
        --work-tree
        --namespace
        --exec-path=nowhere status
        -- status
        '' status
        ''
        status ''
        log ''
        add ''
        checkout ''
        push origin ''
        status --porc
        log --onel -1
        commit --a -m x
        push --forc origin main
        push --f
        branch --mer
        status -h
        commit -h
        push -h --force
        rebase -h
        log -h
        checkout -h
        config -h
        remote -h
        stash -h
        rev-parse -h
        worktree -h
        merge --help-all
        --namespace=x log -1
        --bare log -1
        --literal-pathspecs add '*.txt'
        --glob-pathspecs ls-files '*.txt'
        --noglob-pathspecs ls-files '*.txt'
        --icase-pathspecs ls-files readme
        --super-prefix=x/ status
        --attr-source=HEAD status
        -c alias.x='log -1 --format=%s' x
        -c alias.x=x x
        -c alias.x=y -c alias.y=x x
        -c alias.x='!echo "$#:$*:$GIT_PREFIX"; pwd' -C src x 'a b' c
        -c alias.x='!exit 7' x
        -c alias.x='!kill -TERM $$' x
        -c alias.x='' x
        -c alias.x='log "unclosed' x
        -c alias.x='-c user.name=Z var GIT_AUTHOR_IDENT' x
        -c help.autocorrect=immediate statsu -s
        -c help.autocorrect=never statsu -s
        -c help.autocorrect=1 statsu -s
        -c core.editor=false commit
        -c core.editor=nowhere-such-editor commit --amend
        -c core.bare=true status
        -c core.repositoryformatversion=99 status
        """)
}
