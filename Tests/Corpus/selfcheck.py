"""The instrument checked on itself: snippets whose damage is known."""
import os

from runner import Runner, run_all
from world import REAL_GIT

SELF = [
    # snippet, damage kinds that must be there, kinds that must not be there
    ("git status", set(), None),
    ("git fetch -q origin", set(), None),
    ("git push -q -u origin topic", set(), None),
    ("git push -q backup main", set(), None),
    ("git push origin main", set(), None),
    ("git branch -d old", set(), None),
    ("git commit -q -m x", set(), None),
    ("git add -A && git commit -q -m all", set(), None),
    ("git stash -q -u", set(), None),
    ("git stash -q -a", set(), None),
    ("git stash pop -q", set(), None),
    ("git stash branch fix -q || git stash branch fix", set(), None),
    ("git branch -m topic topic2", set(), None),
    ("git switch -q -c keep && git branch -f main origin/main", set(), None),
    ("git gc -q", set(), None),
    ("git repack -q -d", set(), None),
    ("git pack-refs --all", set(), None),
    ("git reflog expire --all", set(), None),
    ("git fetch -q --prune origin", set(), None),
    ("mv scratch.txt moved.txt", set(), None),
    ("git rm -q --cached notes.txt", set(), None),
    ("git worktree remove ../wt-topic", set(), None),       # refuses: dirty
    ("git push --force origin main", {"remote-lost", "remote-ref-rewound"}, None),
    ("git push -f backup main", set(), None),               # fast-forward: nothing lost
    ("git push --mirror backup", {"remote-lost", "remote-ref-deleted"}, None),
    ("git push origin :release/1.0", {"remote-lost", "remote-ref-deleted"}, None),
    ("git push origin :v1.1", {"remote-ref-deleted"}, None),
    ("git push -f origin v1.0:v1.1", {"remote-tag-moved"}, None),
    ("git -C ../origin.git update-ref refs/heads/main main~2", {"remote-lost", "remote-ref-rewound"}, None),
    ("git -C ../origin.git gc -q --prune=now", {"objects-pruned"}, None),
    ("git -C ../origin.git reflog expire --expire=now --all", {"reflog-lost"}, None),
    ("git reset -q --hard HEAD~1", {"unpublished-dropped", "worktree-lost"}, None),
    ("git reset -q --soft HEAD~1", {"unpublished-dropped"}, {"worktree-lost"}),
    ("git reset -q --soft origin/main~1", {"unpublished-dropped", "published-rewritten"}, None),
    ("git commit -q --amend -m y", {"unpublished-dropped"}, {"published-rewritten"}),
    ("git branch -D topic", {"branch-deleted"}, None),
    ("git branch -D feature/login", set(), None),           # still on origin/feature/login
    ("git tag -d snapshot", {"tag-deleted-or-moved"}, None),
    ("git stash drop", {"stash-lost"}, {"worktree-lost"}),
    ("git stash clear", {"stash-lost"}, None),
    ("git checkout -- src/app.py", {"worktree-lost"}, {"worktree-discarded"}),
    ("git add src/app.py && git reset -q --hard", {"worktree-discarded"}, {"worktree-lost"}),
    ("git clean -qfd", {"worktree-lost"}, {"ignored-lost"}),
    ("git clean -qfdx", {"worktree-lost", "ignored-lost"}, None),
    ("git clean -qfdX", {"ignored-lost"}, {"worktree-lost"}),
    ("git rm -q -f notes.txt", {"worktree-discarded"}, None),
    ("git worktree remove --force ../wt-topic", {"worktree-lost"}, None),
    ("git reflog expire --expire=now --all", {"reflog-lost"}, None),
    ("git gc -q --prune=now", {"objects-pruned"}, None),
    ("git repack -q -a -d", {"objects-pruned"}, None),
    ("git prune", {"objects-pruned"}, None),
    ("git replace HEAD HEAD~1", {"history-masked"}, None),
    ("git symbolic-ref refs/heads/topic refs/heads/main", {"unpublished-dropped"}, None),
    ("rm -rf .git", {"repo-broken"}, None),
    ("printf hello > new.txt && git add new.txt", set(), None),
    ("git config user.name Other", set(), None),
    ("git checkout -q -b x && git add . && git commit -q -m y && git switch -q main && git merge -q x", set(), None),
    ("git push -q origin HEAD:refs/heads/new", set(), None),
    ("git remote remove backup", set(), None),
]


def self_test(tmp, jobs):
    r = Runner(os.path.dirname(REAL_GIT), tmp)
    cases = [{"id": "self-%02d" % i, "snippet": s[0]} for i, s in enumerate(SELF)]
    failed = 0

    def check(held, *why):
        nonlocal failed
        if not held:
            failed += 1
            print("FAIL", *why)

    for (snippet, want, forbid), got in zip(SELF, run_all(r, cases, jobs)):
        seen = set(got["damage"])
        held = want <= seen and (bool(want) or not seen) and not (forbid or set()) & seen
        check(held, snippet, "want", sorted(want), "got", got["damage"], got["exit"], got["stderr"])
    # The fixture is the same twice, and an idle run changes nothing.
    one, two = (r.run({"id": "idle", "snippet": "true"}) for _ in range(2))
    check(one["digest"] == two["digest"] and not one["damage"] and not one["info"], "idle run", one)
    s = r.run({"id": "setup", "snippet": "git push",
               "note": "setup=git config remote.origin.push +main:main"})
    check("remote-lost" in s["damage"], "setup case", s)
    t = r.run({"id": "exit", "snippet": "git status >/dev/null; sleep 0.01; exit 3"})
    check(t["exit"] == 3, "exit status", t)
    print("self-test: %d checks, %d failed" % (len(SELF) + 3, failed))
    return 1 if failed else 0
