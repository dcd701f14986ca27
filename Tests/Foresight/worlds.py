"""Small repositories, each in another condition, for the fuzzer of foresight."""
import os
import subprocess
import time

# Commits of every standing: pushed, local, behind, diverged; branches, tags and stash entries that hold them or not; and
# unsaved work of every kind.  `obj` tracks a file that is ignored elsewhere; `cfg` is edited and assumed unchanged.
BASE = r"""
set -e
c() { git commit -q --allow-empty -m "$1"; }
printf '*.o\nbuild/\n' > .gitignore; mkdir dir deep deep/er
for f in a b both staged gone cfg 'sp ace' dir/in deep/er/f "new
line"; do printf 'one %s\n' "$f" > "$f"; done
printf 'x\n' > "$(printf 'b\377')"; ln -s a link; printf '#!/bin/sh\n' > tool; chmod +x tool
git add .; c one; echo 2 >> a; git commit -qam two; git branch behind; git tag v1; git branch merged
git checkout -q -b shared; echo s > s; git add s; c shared
git checkout -q -b side HEAD~1; echo side > other; echo side >> b; git add .; c side; echo more >> other; git commit -qam side2
git checkout -q -b obj v1; echo tracked > thing.o; git add -f thing.o; c obj
git checkout -q main; echo 3 >> a; git commit -qam three
"""
REMOTE = r"""
git init -q --bare -b main ../origin.git; git remote add origin ../origin.git
git push -q origin main~1:refs/heads/main shared v1; git fetch -q origin; git branch -q -u origin/main main
git checkout -q --detach shared; echo r > r; echo o > ahead.o; git add -f r ahead.o; c remote; git push -q origin HEAD:refs/heads/ahead; git fetch -q
git checkout -q main
"""
LOCAL = r"""
git tag own "$(git commit-tree -m aside main^{tree})"; git tag -a -m note note main~1
echo stash1 > a; git add a; echo again > a; git stash -q; echo stash2 > b; echo un > un; echo s > st.o; git add -f st.o
git stash -q -u
git worktree add -q ../linked side 2>/dev/null; echo 'wt a' > ../linked/a; echo 'wt l' > ../linked/loose; echo 'wt o' > ../linked/w.o
printf 'feature done\nreset refs/heads/obj\nfrom %040d\n\nreset refs/heads/merged\nfrom refs/heads/main^0\n\nreset refs/heads/side\nfrom refs/heads/main^0\n\ntag own\nfrom refs/heads/main^0\ntagger A <a@example.com> 1 +0000\ndata 2\nx\ndone\n' 0 > ../stream
"""
UNSAVED = r"""
echo e >> a; echo e >> both; git add both; echo f >> both; echo g > staged; git add staged; rm gone; echo n > new; git add new
echo h >> dir/in; echo 'e' >> 'sp ace'; echo loose > loose; echo mine > other; mkdir -p sub/x build; echo u > sub/u; echo y > sub/x/y
echo thing > thing.o; echo st > st.o; echo ah > ahead.o; echo out > build/out; echo z > "$(printf 'u\377')"; echo i > ita; git add -N ita
git update-index --assume-unchanged cfg; echo hidden >> cfg; git init -q nested; echo n > nested/n
git diff a > ../patch 2>/dev/null || :
"""
CONFLICT = r"""
git stash -q -u 2>/dev/null || :; git checkout -q -b mine main; echo mine > s; echo mine >> b; git add .; git commit -q -m mine
git checkout -q -b pickme v1; echo p > p; git add p; git commit -q -m pick1; echo theirs >> b; git commit -q -am pick2
git checkout -q mine
"""
WORLDS = {
    "saved": BASE + REMOTE + LOCAL,
    "unsaved": BASE + REMOTE + LOCAL + UNSAVED,
    "ignored": BASE + REMOTE + LOCAL + "for f in thing ahead st; do echo $f > $f.o; done; echo old > 0001-three.patch\n",
    "no-remote": BASE + LOCAL + UNSAVED,
    "detached": BASE + REMOTE + LOCAL + "git checkout -q --detach; echo d > d; git add d; c detached\n" + UNSAVED,
    "stranded": BASE + REMOTE + LOCAL + "git -C ../linked checkout -q --detach; git -C ../linked commit -q --allow-empty -m alone\n",
    "forked": BASE + REMOTE + LOCAL + """git push -q origin main; git -C ../origin.git update-ref refs/heads/main main~2
git fetch -q; c four; git config pull.rebase true\n""",
    "merging": BASE + REMOTE + LOCAL + CONFLICT + "! git merge -q pickme >/dev/null 2>&1\n",
    "merging-solved": BASE + REMOTE + LOCAL + CONFLICT + "! git merge -q pickme >/dev/null 2>&1\necho solved > b; git add b\n",
    "rebasing": BASE + REMOTE + LOCAL + CONFLICT + "! git rebase -q pickme >/dev/null 2>&1\necho solved > b\n",
    "picking": BASE + REMOTE + LOCAL + CONFLICT + "! git cherry-pick pickme~1 pickme >/dev/null 2>&1\n",
    "reverting": BASE + REMOTE + LOCAL + CONFLICT + "! git revert --no-edit HEAD pickme >/dev/null 2>&1\n",
    "shallow": BASE + REMOTE + "rm -rf ../tmp; mv ../repo ../tmp; git clone -q --depth 2 --no-single-branch file://$PWD/../origin.git "
               "../repo; cd ../repo; c own; git branch side; git branch merged; git branch behind origin/main\n" + UNSAVED,
    "partial": BASE + REMOTE + "git -C ../origin.git config uploadpack.allowFilter true; rm -rf ../tmp; mv ../repo ../tmp; git clone -q "
               "--filter=blob:none file://$PWD/../origin.git ../repo; cd ../repo; c own; git branch side; git branch merged; "
               "git branch behind origin/main\n" + UNSAVED,
    "sha256": BASE + REMOTE + LOCAL + UNSAVED,
    "unborn": "echo a > a; git add a; echo b > b; echo c > c.o; echo '*.o' > .gitignore\n",
    "submodule": BASE + REMOTE + r"""
git init -q ../lib; git -C ../lib commit -q --allow-empty -m lib; echo l > ../lib/l; git -C ../lib add l; git -C ../lib commit -q -m l
git -c protocol.file.allow=always submodule --quiet add ../lib lib 2>/dev/null; git commit -q -m lib
echo dirt >> lib/l; echo loose > lib/loose
""" + LOCAL,
}


def environment(base, path):
    return {
        "PATH": path, "HOME": os.path.join(base, "home"), "LC_ALL": "C", "TERM": "dumb", "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@example.com", "GIT_COMMITTER_NAME": "A",
        "GIT_COMMITTER_EMAIL": "a@example.com", "GIT_EDITOR": "true", "GIT_SEQUENCE_EDITOR": "true",
        "GIT_CEILING_DIRECTORIES": base,
        "GIT_TERMINAL_PROMPT": "0", "GIT_MERGE_AUTOEDIT": "no",
    }


def build(name, base, real_git):
    """Makes a world in base/repo.  The front end's policies there forbid nothing, so that what it foresees happens."""
    os.makedirs(os.path.join(base, "repo"))
    os.makedirs(os.path.join(base, "home/.config/pawl"))
    with open(os.path.join(base, "home/.config/pawl/policy"), "w") as policy:
        policy.write("[policy]\n\tname = none\n")
    path = os.path.dirname(real_git) + ":/usr/bin:/bin"
    form = "sha256" if name == "sha256" else "sha1"
    # `init` in the script of a remote takes the same format.
    # An hour ago: what is made anew afterwards is never the same.
    date = "@%d +0000" % (time.time() - 3600)
    env = dict(environment(base, path), GIT_DEFAULT_HASH=form, GIT_AUTHOR_DATE=date, GIT_COMMITTER_DATE=date)
    p = subprocess.run(["bash", "-c", "git init -q -b main .\n" + WORLDS[name]], cwd=os.path.join(base, "repo"), env=env,
                       stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if p.returncode:
        raise SystemExit("the world %s cannot be made: %s" % (name, p.stdout.decode(errors="replace")[-800:]))
