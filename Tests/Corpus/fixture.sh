# shellcheck shell=sh disable=SC1083
set -eu
B="$1"; mkdir -p "$B/home" "$B/tmp"; cd "$B"
cat > home/.gitconfig <<'EOF'
[user]
	name = Dev
	email = dev@example.com
[init]
	defaultBranch = main
EOF
t=1792000000
at() { t=$((t+600)); export GIT_AUTHOR_DATE="@$t +0000" GIT_COMMITTER_DATE="@$t +0000"; }
c() { at; git -C "$1" add -A; git -C "$1" commit -q -m "$2"; }
T=--template=
git init -q --bare $T origin.git; git init -q --bare $T backup.git
git -C origin.git config core.logAllRefUpdates true
git init -q $T seed
# --- main: 4 commits
mkdir -p seed/src seed/docs
printf 'build/\n*.log\n' > seed/.gitignore
printf '# demo\n\nA small project.\n' > seed/README.md
printf 'def main():\n    return 1\n\n\nif __name__ == "__main__":\n    main()\n' > seed/src/app.py
printf 'def helper(x):\n    return x\n' > seed/src/util.py
printf 'Guide\n=====\n\nline one\nline two\nline three\n' > seed/docs/guide.md
c seed 'initial import'
printf 'MIT\n' > seed/LICENSE; c seed 'add licence'
at; git -C seed tag -a v1.0 -m 'release 1.0'
printf 'def helper(x):\n    return x + 1\n' > seed/src/util.py; c seed 'fix helper'
printf 'root\n' > seed/docs/index.md; c seed 'docs index'
git -C seed tag v1.1
git -C seed branch release/1.0 HEAD~2
git -C seed switch -q release/1.0; printf '1.0.1\n' > seed/VERSION; c seed 'release 1.0.1'
git -C seed switch -q -c feature/login main
printf 'def login():\n    pass\n' > seed/src/login.py; c seed 'login skeleton'
printf 'def login():\n    return True\n' > seed/src/login.py; c seed 'login works'
git -C seed switch -q main
at; git -C seed notes add -m 'reviewed' v1.0
git -C seed remote add origin ../origin.git
git -C seed push -q origin main feature/login release/1.0 v1.0 v1.1 refs/notes/commits
# an object in the bare remote that only a dangling commit holds
at; d=$(git -C origin.git commit-tree -p main -m 'dropped on the server' main^{tree}); : "$d"
# --- backup: behind, and with a branch and a tag of its own
git -C seed switch -q -c archive/2023 main~3
printf 'old plan\n' > seed/PLAN; c seed 'archive plan'; printf 'older plan\n' >> seed/PLAN; c seed 'archive plan 2'
at; git -C seed tag -a backup-2023 -m 'archive tag'
git -C seed switch -q main
git -C seed push -q ../backup.git main~1:refs/heads/main feature/login~1:refs/heads/feature/login archive/2023 v1.0 backup-2023
git -C seed branch -q -D archive/2023; git -C seed tag -d backup-2023 >/dev/null
# --- the work clone
git clone -q $T origin.git work 2>/dev/null
W=work
git -C $W remote set-url origin ../origin.git
git -C $W remote add backup ../backup.git
git -C $W fetch -q backup '+refs/heads/main:refs/remotes/backup/main' '+refs/heads/feature/login:refs/remotes/backup/feature/login' --no-tags
git -C $W fetch -q origin refs/notes/commits:refs/notes/commits
git -C $W branch -q feature/login --track origin/feature/login
git -C $W branch -q --no-track old main~2
git -C $W tag snapshot main~1
git -C $W switch -q --no-track -c topic main~1
printf 'topic one\n' > $W/src/topic.py; c $W 'topic: start'
printf 'topic one\ntopic two\n' > $W/src/topic.py; c $W 'topic: more'
git -C $W switch -q main
at; git -C $W worktree add -q --no-track -b topic-wt ../wt-topic main
printf 'wt\n' > wt-topic/src/wt.py; c wt-topic 'wt: start'
# one unpushed commit on main, amended once (so the reflog holds the first try)
printf 'def extra():\n    return 0\n' > $W/src/extra.py; c $W 'extra: first try'
printf 'def extra():\n    return 2\n' > $W/src/extra.py; git -C $W add -A; at; git -C $W commit -q --amend -m 'add extra'
# a stash
printf 'Guide\n=====\n\nline one\nline two STASHED-guide-2ac94f3b\nline three\n' > $W/docs/guide.md
at; git -C $W stash push -q -m 'guide wording'
# unreachable objects: one loose, one in a pack of its own
at; blob=$(printf 'dangling loose\n' | git -C $W hash-object -w --stdin); : "$blob"
git -C $W repack -q -d
blob=$(printf 'dangling packed\n' | git -C $W hash-object -w --stdin)
echo "$blob" | git -C $W pack-objects -q .git/objects/pack/pack >/dev/null
git -C $W prune-packed -q
at; git -C $W commit-tree -p main -m 'dangling commit' main^{tree} >/dev/null
# --- the colleague pushes on, the work clone has not fetched it
git -C seed switch -q main
printf '# demo\n\nA small project.\n\nBy a colleague.\n' > seed/README.md; c seed 'colleague: readme'
git -C seed switch -q feature/login
printf 'def login():\n    return True\n\n\ndef logout():\n    return True\n' > seed/src/login.py; c seed 'colleague: logout'
git -C seed push -q origin main feature/login
git -C origin.git repack -q -d
git -C backup.git repack -q -d
rm -rf seed
# --- unsaved work
printf 'def main():\n    return 42  # WIP-app-7f31c2d9\n\n\nif __name__ == "__main__":\n    main()\n' > $W/src/app.py
printf 'STAGED-notes-51be08aa\n' > $W/notes.txt; git -C $W add notes.txt
printf 'UNTRACKED-scratch-9d20e7f1\n' > $W/scratch.txt
mkdir -p $W/drafts $W/build
printf 'UNTRACKED-idea-c3f5a614\n' > $W/drafts/idea.md
printf 'IGNORED-out-e8817b02\n' > $W/build/out.o
printf 'def helper(x):\n    return x + 1  # WIP-wtutil-60d1ee75\n' > wt-topic/src/util.py
printf 'UNTRACKED-wtscratch-b7a0924c\n' > wt-topic/wt-scratch.txt
rm -f work/.git/ORIG_HEAD work/.git/FETCH_HEAD work/.git/COMMIT_EDITMSG
mkdir -p work/.git/hooks work/.git/info origin.git/hooks backup.git/hooks
