"""Command lines for the fuzzer of foresight: templates, and what stands for their words."""
BRANCHES = ["main", "side", "merged", "shared", "behind", "obj", "mine", "pickme", "fresh"]
REVISIONS = BRANCHES + ["HEAD", "HEAD~1", "HEAD~2", "origin/main", "origin/ahead", "v1", "own", "note", "stash@{0}", "@{-1}",
                        "ORIG_HEAD", "main~1", "side~1"]
FILES = ["a", "b", "both", "staged", "gone", "new", "loose", "other", "dir", "dir/in", "sub", ".", ":/", "'sp ace'", "'*.o'",
         "thing.o", "link", "cfg", "deep/er", "':!a'", "ita", "build", "s"]
WORDS = {
    "B": BRANCHES, "R": REVISIONS, "F": FILES, "T": ["v1", "own", "note", "none", "fresh"],
    "S": ["", "", "stash@{0}", "stash@{1}", "1", "stash@{9}"],
    "q": ["", "-q"],
}
# {R}, {B}, {F}, {T}, {S}: one of the words; [x|y|]: one of these.
TEMPLATES = [
    "commit [-m x|-am x|-qm x|-m x -- {F}|--amend -m x|--amend --no-edit|-a --amend -m y|--ame --no-edit|--amend --dry-run]",
    "commit --allow-empty -m x",
    "reset {q} [--hard|--mixed|--soft|--keep|--merge|--har|] [{R}|]",
    "reset {q} [{R} --|--|{R}|] {F}",
    "reset --hard --soft {R}",
    "rebase {q} [--autostash|] [-f|--no-ff|--keep-base|] {R} [{B}|]",
    "rebase {q} --autostash --onto {R} {R} [{B}|]",
    "rebase {q} [--root|-i {R}|--autostash|--update-refs {R}|--exec true {R}|-r {R}]",
    "rebase [--abort|--skip|--quit|--continue]",
    "merge {q} [--no-edit|--no-ff --no-edit|--squash|--no-commit|] {R}",
    "merge [--abort|--quit|--continue]",
    "cherry-pick [--abort|--skip|--quit|--continue|{R}|-n {R}]",
    "revert [--abort|--skip|--quit|--no-edit {R}]",
    "branch [-f|-M|-C|-m|-c|-D|-d|--delete --force|-qD|--mov] {B} [{B}|]",
    "branch -f {B} {R}", "branch {B} {R}", "branch -D {B} {B}",
    "checkout {q} [-f|-m|--detach|] {R}", "checkout {q} [-B|-b] {B} [{R}|]", "checkout {q} [{R} --|--|{R}|-f --] {F} [{F}|]",
    "checkout [--ours|--theirs|-m] -- b", "checkout {q} --orphan x [-f|]", "checkout - [-f|]", "checkout {q} --no-overlay {R} -- {F}",
    "switch {q} [-f|-m|--discard-changes|--detach|] {R}", "switch {q} [-C|-c] {B} [{R}|]", "switch -f --orphan o",
    "restore {q} [-S|-W|-SW|--staged|--worktree|] [-s {R}|--source={R}|] {F} [{F}|]", "restore [--ours|--theirs|-m] b",
    "tag [-f|] {T} [{R}|]", "tag -d {T}", "update-ref refs/heads/{B} {R}", "update-ref -d refs/heads/{B}",
    "update-ref -d refs/tags/{T}", "update-ref -d refs/stash", "update-ref HEAD {R}", "update-ref --no-deref HEAD {R}",
    "symbolic-ref HEAD refs/heads/{B}", "symbolic-ref refs/heads/{B} refs/heads/{B}",
    "fetch {q} [origin|] [--prune|--force|--tags|--tags --force|]", "fetch {q} origin [+|]shared:{B}", "fetch -f origin shared:{B}",
    "fetch . [+|]{R}:refs/heads/{B}", "pull {q} [--rebase|--no-rebase|--ff-only|--rebase --autostash|]",
    "pull {q} [--rebase --autostash|--no-rebase] origin ahead", "-c pull.rebase=true pull --autostash origin ahead",
    "stash {q}", "stash -u {q}", "stash [push -- {F}|push -S|-a|-k]", "stash [drop|pop|apply|branch s] {S}", "stash clear",
    "reflog expire --expire=now --all", "reflog expire --all", "reflog delete HEAD@{{1}}", "reflog delete --updateref main@{{0}}",
    "gc {q} [--prune=now|--prune=2.weeks.ago|--auto|]", "prune [-n|]", "repack -ad", "repack -Ad", "maintenance run",
    "checkout-index [-f|] [-a|{F}]", "read-tree [--reset -u|-m -u|--reset|-m|-u -m|] {R}", "read-tree --empty",
    "rm {q} [-f|-r|-rf|--cached|--cached -f|-n -rf] {F}", "mv [-f|] {F} {F}", "mv [-f|-k|] a [loose|other|b|dir|sub]",
    "apply [-R|--cached|--index|] ../patch", "apply -R < ../patch",
    "clean [-f|-fd|-fx|-fdx|-fX|-ffd|-ffdx|-n|-d|--force -d|-fde loose|-qfd] [{F}|]", "-c clean.requireForce=false clean [-d|-x|]",
    "clean -fd -e 'sub' -- {F}", "clean -id", "worktree remove [-f|] ../linked", "worktree add [-f -B|-B|-b] {B} ../w2 [{R}|]",
    "sparse-checkout [set dir|set --cone deep|init --cone|disable|set --sparse-index dir]", "submodule deinit [-f|] [lib|--all]",
    "submodule update [--force|--init|]", "submodule foreach [git clean -fdx|git status|'git reset -q --hard']",
    "checkout --recurse-submodules -f", "-c submodule.recurse=true reset --hard",
    "diff --output=[loose|a|fresh|../linked/loose]", "archive -o [loose|new|fresh] HEAD", "bundle create [loose|fresh] main",
    "merge-file [-p|] [a|loose] [b|both] staged", "format-patch --output=loose -1", "log --output=thing.o",
    "replace {R} {R}", "replace -d {R}", "notes add -f -m n {R}", "notes remove {R}", "bisect start HEAD v1", "bisect reset",
    "-C dir [reset --hard|clean -fdx|checkout .|restore .|rm -rf .|reset]", "-C ../linked [reset --hard|clean -fdx|checkout -f {R}|checkout .]",
    "-C ../linked branch -D {B}", "remote [remove origin|rename origin o|prune origin|update]", "am --abort",
    "notes [edit|remove --ignore-missing|prune|append -m x] {R}", "notes merge [-s ours|] refs/notes/x", "update-ref -d refs/notes/commits",
    "bisect [start HEAD {R}|start {R} v1|bad|good v1|reset {R}|reset|run true|skip]", "bisect start HEAD v1 && git bisect run false",
    "rebase", "rebase [--fork-point|--no-fork-point] origin/main", "pull --rebase {q}", "rebase -x 'git status' {R}",
    "stash [pop --index|apply|drop|pop] {S}", "stash store -m x {B}", "stash create", "stash show -p",
    "revert --no-edit {R}", "revert -n {R}", "cherry-pick -n {R}", "read-tree -m -u [HEAD|] {R}", "merge-recursive v1 -- HEAD {R}",
    "reset [--keep|--merge] {R}", "checkout -m {R}", "worktree [prune|move ../linked ../w2|lock ../linked|remove linked]",
    "symbolic-ref [-d|] refs/remotes/origin/HEAD", "symbolic-ref HEAD refs/heads/new", "symbolic-ref refs/heads/al refs/heads/{B}",
    "update-ref --stdin < ../none", "update-ref --stdin <<< 'delete refs/heads/{B}'", "update-ref --stdin <<< 'update refs/heads/{B} {R}'",
    "update-ref [-d|] refs/original/x {R}", "update-ref refs/[tags|notes|heads]/{B} {R}",
    "filter-branch -f --msg-filter 'sed s/^/x/' [-- --all|HEAD~1..HEAD|{B}]", "filter-branch -f --tree-filter true HEAD",
    "fast-export main > ../st && git fast-import --quiet < ../st", "fast-import --quiet < ../none",
    "fast-import --quiet < <(printf 'reset refs/heads/{B}\\nfrom 0000000000000000000000000000000000000000\\n')",
    "fast-import --quiet [--force|] < <(printf 'reset refs/heads/{B}\\nfrom {R}^0\\n')",
    "fast-import --quiet [--force|] < ../stream",
    "remote add [--mirror=push|--mirror=fetch|] up ../origin.git", "remote set-url [--push|--add|] origin [../origin.git|../evil]",
    "remote [rename origin up|rm origin|set-head origin -d|set-branches origin main|prune origin]", "-C ../origin.git remote add x y",
    "config [--add|--global|] [core.hooksPath|user.name|pull.rebase|remote.origin.push|clean.requireForce|core.bare] [true|false]",
    "config [--unset|--unset-all] [remote.origin.url|core.bare|user.name]", "config --[remove-section|rename-section x.y] remote.origin",
    "config --rename-section remote.origin remote.up", "branch -u origin/main {B}", "branch --unset-upstream {B}",
    "init [-q|--bare|-q .|--separate-git-dir ../moved]", "clone -q . ../copy", "clone -q -c core.hooksPath=x ../origin.git ../copy",
    "-C ../origin.git [branch -D {B}|branch -f {B} {R}|update-ref refs/heads/{B} {R}|tag -d v1|symbolic-ref HEAD refs/heads/shared]",
    "-C ../origin.git [branch -m {B} x|config remote.origin.mirror true|config core.bare true|fetch ../repo +main:{B}|update-ref -d refs/heads/{B}]",
    "--git-dir=../origin.git --work-tree=. [checkout -f main|reset --hard|clean -fd|clean -fdx dir|checkout main -- a|branch -D shared]",
    "--git-dir=../linked/.git reset --hard", "--work-tree=../linked [checkout -f|clean -fd|reset --hard|checkout .]",
    "--git-dir=../origin.git [branch -D {B}|update-ref refs/heads/{B} {R}|tag -f v1 main]", "push {q} [.|../origin.git|origin] [+|]{R}:refs/heads/{B}",
    "push [.|origin] :{B}", "push [-f|--force-with-lease|] origin {B}", "push --mirror", "fetch {q} [--prune|--tags -f|] [.|../linked] {B}:{B}",
    "update-index [--add|--remove|--force-remove|--assume-unchanged|--skip-worktree] {F}", "ls-files", "difftool -y -x true {R}",
    "grep -Otrue one", "submodule [sync|init|absorbgitdirs|set-url lib ../other|deinit -f lib]", "format-patch -o .. -1", "format-patch [-o sub|] -2 {B}",
    "branch [--edit-description|-c|-C] {B} [{B}|]", "repack [-adk|-d|-a]", "pack-refs --all", "prune-packed", "rerere [clear|gc|]",
    "commit-graph write", "multi-pack-index write", "tag -a -f -m x {T}", "checkout {q} -B {B} {R}", "worktree add --detach ../w2",
    "apply --index ../patch", "apply --reject ../patch", "am < ../patch", "am -3 < ../patch", "merge-base HEAD {R}", "hash-object -w a",
    "-c core.hooksPath=/dev/null commit --allow-empty -m x", "commit -n --allow-empty -m x", "merge --abort", "cherry-pick --skip",
    "status", "add -A", "add {F}", "log --oneline", "update-index --force-remove a", "update-index --refresh",
    "--work-tree=sub clean -fd", "--git-dir=.git --work-tree=. reset --hard", "-c core.bare=false checkout -f",
]


def expand(rng, template):
    """One command line: alternatives chosen, words filled in."""
    out, i = [], 0
    while i < len(template):
        ch = template[i]
        if ch == "[":
            end = template.index("]", i)
            out.append(expand(rng, rng.choice(template[i + 1:end].split("|"))))
            i = end + 1
        elif template.startswith("{{", i) or template.startswith("}}", i):
            out.append(ch)
            i += 2
        elif ch == "{":
            out.append(rng.choice(WORDS[template[i + 1]]))
            i += 3
        else:
            out.append(ch)
            i += 1
    return "".join(out)
