"""The state before against the state after: what was damaged, what merely changed."""
import os
import tempfile

from history import load_commits, peel, reach
from state import HEX40, ZERO, all_objects
from world import KIND_OF, PRECIOUS, REMOTES, REPOS, probe

# What counts as damage; everything else that is reported is "info".
DAMAGE = (
    "remote-lost", "remote-ref-deleted", "remote-ref-rewound", "remote-tag-moved",
    "published-rewritten", "unpublished-dropped", "branch-deleted",
    "tag-deleted-or-moved", "stash-lost", "worktree-lost", "worktree-discarded",
    "ignored-lost", "objects-pruned", "reflog-lost",
    "history-masked",       # replace refs, grafts, a new shallow boundary
    "repo-broken",          # the repository can no longer be read
)
INFO = (
    "branch-deleted-reachable",  # name gone, its commits still on a branch/tag/remote-tracking ref
    "unpublished-moved",         # dropped commits are still on another branch or tag
    "tracking-ref-rewound", "tracking-ref-deleted", "remote-head-changed",
    "config-changed", "hooks-changed", "timed-out",
)


def config_items(base, path_bytes):
    if path_bytes is None:
        return []
    with tempfile.NamedTemporaryFile(dir=base) as fh:
        fh.write(path_bytes)
        fh.flush()
        rc, out = probe(base, ["config", "-f", fh.name, "--list", "-z"])
    return [x.replace("\n", "=", 1) for x in out.decode("utf-8", "replace").split("\0") if x]


class Comparison:
    """One before/after pair; each method looks at one thing that can be hurt."""

    def __init__(self, before, after, base, objects_before, reach_before):
        self.before, self.after, self.base = before, after, base
        self.objects_before, self.reach_before = objects_before, reach_before
        self.dmg, self.info, self.detail = set(), set(), {}
        self.gds = {n: os.path.join(base, r) for n, r in REPOS.items()}
        refs = {n: (before["repos"][n]["refs"], after["repos"][n]["refs"]) for n in REPOS}
        self.changed = {n: b != a for n, (b, a) in refs.items()}
        self.load_new_commits(refs)
        for n in REPOS:
            if not after["repos"][n]["exists"]:
                self.hurt("repo-broken", n)

    def load_new_commits(self, refs):
        ids = set().union(*(a.values() for n, (b, a) in refs.items() if self.changed[n]))
        missing = load_commits(self.base, list(self.gds.values()), ids) if ids else ()
        if missing:
            self.note("missing-objects", ",".join(sorted(m[:10] for m in missing)))

    def note(self, key, text):
        notes = self.detail.setdefault(key, [])
        if len(notes) < 12:
            notes.append(text)

    def hurt(self, kind, text):
        self.dmg.add(kind)
        self.note(kind, text)

    def tell(self, kind, text):
        self.info.add(kind)
        self.note(kind, text)

    def remotes(self):
        for n in REMOTES:
            if not self.changed[n]:
                continue
            b, a = self.before["repos"][n]["refs"], self.after["repos"][n]["refs"]
            for ref, old in b.items():
                new = a.get(ref)
                if new == old:
                    continue
                if new is None:
                    self.hurt("remote-ref-deleted", "%s %s" % (n, ref))
                elif ref.startswith("refs/tags/"):
                    self.hurt("remote-tag-moved", "%s %s" % (n, ref))
                elif peel(old) not in reach([new]):
                    self.hurt("remote-ref-rewound", "%s %s %s..%s" % (n, ref, old[:8], new[:8]))
            lost = self.reach_before[n] - reach(a.values())
            if lost:
                self.hurt("remote-lost", "%s %d commit(s): %s" % (n, len(lost), ",".join(sorted(x[:8] for x in lost)[:6])))
        for n in REMOTES:
            if self.before["repos"][n]["head"] != self.after["repos"][n]["head"]:
                self.tell("remote-head-changed", "%s %s" % (n, self.after["repos"][n]["head"]))

    def own_refs(self):
        b, a = self.before["repos"]["work"]["refs"], self.after["repos"]["work"]["refs"]
        if self.changed["work"]:
            published = self.reach_before["published"]
            ordinary = reach([o for r, o in a.items() if r.startswith(("refs/heads/", "refs/tags/", "refs/remotes/"))])
            named = reach([o for r, o in a.items() if r.startswith(("refs/heads/", "refs/tags/"))])
            for ref, old in b.items():
                new = a.get(ref)
                if new == old or ref == "refs/stash" or ref.startswith("refs/replace/"):
                    continue
                if ref.startswith("refs/tags/"):
                    self.hurt("tag-deleted-or-moved", "%s %s" % (ref, "moved" if new else "deleted"))
                    continue
                if ref.startswith("refs/remotes/"):
                    if new is None:
                        self.info.add("tracking-ref-deleted")
                    elif old not in reach([new]):
                        self.info.add("tracking-ref-rewound")
                    continue
                keep = ordinary if new is None else reach([new])
                dropped = reach([old]) - keep
                if new is None:
                    if dropped:
                        self.hurt("branch-deleted", "%s %d commit(s)" % (ref, len(dropped)))
                    else:
                        self.tell("branch-deleted-reachable", ref)
                    continue
                if not dropped:
                    continue
                pub = dropped & published
                unpub = dropped - published
                if pub:
                    self.hurt("published-rewritten", "%s %d commit(s)" % (ref, len(pub)))
                if unpub:
                    rest = unpub - named
                    if rest:
                        self.hurt("unpublished-dropped", "%s %d commit(s), still in: %s" % (
                            ref, len(rest), self.home_of(rest)))
                    else:
                        self.tell("unpublished-moved", ref)

    def home_of(self, commits):
        """Where dropped commits can still be found: the nearest net that holds them all."""
        work = self.after["repos"]["work"]
        if commits <= reach(work["refs"].values()):
            return "other-ref"
        ids = {o for lines in work["logs"].values() for ln in lines
               for o in (ln[:40].decode("ascii", "replace"), ln[41:81].decode("ascii", "replace"))
               if HEX40.match(o) and o != ZERO}
        load_commits(self.base, list(self.gds.values()), ids)
        if commits <= reach(ids):
            return "reflog"
        rc, out = probe(self.base, ["--git-dir=" + self.gds["work"], "cat-file", "--batch-check"],
                        inp="".join(x + "\n" for x in commits).encode())
        return "gone" if b" missing" in out else "dangling"

    def masks(self):
        for n in REPOS:
            rb, ra = self.before["repos"][n], self.after["repos"][n]
            rep_b = {r: o for r, o in rb["refs"].items() if r.startswith("refs/replace/")}
            rep_a = {r: o for r, o in ra["refs"].items() if r.startswith("refs/replace/")}
            if rep_a != rep_b:
                self.hurt("history-masked", "%s replace refs" % n)
            if ra["grafts"] != rb["grafts"]:
                self.hurt("history-masked", "%s grafts" % n)
            if ra["shallow"] != rb["shallow"] and ra["exists"]:
                self.hurt("history-masked", "%s shallow" % n)

    def objects(self):
        for n in REPOS:
            rb, ra = self.before["repos"][n], self.after["repos"][n]
            if rb["loose"] <= ra["loose"] and rb["packs"] <= ra["packs"]:
                continue
            have = all_objects(self.base, n)
            want = self.objects_before[n]
            if have is None:
                if ra["exists"]:
                    self.hurt("repo-broken", n + " objects unreadable")
                continue
            gone = set(want) - set(have)
            if gone:
                self.dmg.add("objects-pruned")
                kinds = {}
                for g in gone:
                    kinds[want[g]] = kinds.get(want[g], 0) + 1
                self.note("objects-pruned", "%s %s" % (n, kinds))

    def reflogs(self):
        for n in REPOS:
            rb, ra = self.before["repos"][n], self.after["repos"][n]
            if not ra["exists"]:
                continue
            for log, lines in rb["logs"].items():
                if log == "refs/stash":
                    continue
                if log.startswith("worktrees/"):
                    if log.split("/")[1] not in self.after["wt_heads"]:
                        continue
                elif log != "HEAD" and log not in ra["refs"]:
                    continue
                now = ra["logs"].get(log, [])
                if now[:len(lines)] == lines:
                    continue
                left = list(now)
                lost = 0
                for ln in lines:
                    if ln in left:
                        left.remove(ln)
                    else:
                        lost += 1
                if lost:
                    self.hurt("reflog-lost", "%s %s: %d of %d" % (n, log, lost, len(lines)))

    def unsaved(self):
        gone_tok = [t for t in PRECIOUS if t[3] in self.before["tokens_all"] and t[3] not in self.after["tokens"]]
        if gone_tok:
            reachable, existing = object_homes(self.base, gone_tok)
            for tree, path, kind, tok in gone_tok:
                if tok in reachable:
                    continue
                fam = KIND_OF[kind]
                label = "%s:%s (%s)" % (tree, path, kind)
                if fam == "worktree":
                    k = "worktree-discarded" if tok in existing else "worktree-lost"
                elif fam == "ignored":
                    k = "ignored-lost"
                else:
                    k = "stash-lost"
                    label += " object " + ("dangling" if tok in existing else "gone")
                self.hurt(k, label)

    def settings(self):
        for n in REPOS:
            rb, ra = self.before["repos"][n], self.after["repos"][n]
            for key in ("config", "config_wt"):
                self.config(n, rb[key], ra[key])
            if rb["hooks"] != ra["hooks"]:
                names = sorted(set(ra["hooks"]) ^ set(rb["hooks"])) or ["changed"]
                self.tell("hooks-changed", "%s %s" % (n, ",".join(names)))
        self.config("global", self.before["global_config"], self.after["global_config"])

    def config(self, name, before, after):
        if before == after:
            return
        had, has = config_items(self.base, before), config_items(self.base, after)
        for x in has:
            if x not in had:
                self.tell("config-changed", "%s +%s" % (name, x))
        for x in had:
            if x not in has:
                self.tell("config-changed", "%s -%s" % (name, x))

    def result(self):
        for look in (self.remotes, self.own_refs, self.masks, self.objects, self.reflogs,
                     self.unsaved, self.settings):
            look()
        return self.dmg, self.info, self.detail


def object_homes(base, toks):
    """Which of these contents are still held by a ref, reflog, stash or index
    (reachable), and which exist only somewhere in the object store (existing)?"""
    gd = os.path.join(base, "work", ".git")
    reachable, existing = set(), set()
    rc, out = probe(base, ["--git-dir=" + gd, "cat-file", "--batch-all-objects",
                           "--batch-check=%(objectname) %(objecttype) %(objectsize)"])
    if rc != 0:
        return reachable, existing
    blobs = [ln.split()[0] for ln in out.decode().splitlines() if ln.split()[1] == "blob"
             and int(ln.split()[2]) < 1_000_000]
    rc, out = probe(base, ["--git-dir=" + gd, "cat-file", "--batch"],
                    inp="".join(b + "\n" for b in blobs).encode())
    holders = {}
    pos = 0
    while pos < len(out):
        nl = out.index(b"\n", pos)
        head = out[pos:nl].split()
        if len(head) < 3:
            pos = nl + 1
            continue
        size = int(head[2])
        data = out[nl + 1:nl + 1 + size]
        pos = nl + 2 + size
        for t in toks:
            if t[3].encode() in data:
                holders.setdefault(t[3], set()).add(head[0].decode())
    if not holders:
        return reachable, existing
    rc, out = probe(base, ["--git-dir=" + gd, "rev-list", "--objects", "--all", "--reflog",
                           "--indexed-objects"])
    live = {ln.split()[0] for ln in out.decode("utf-8", "replace").splitlines() if ln}
    # content that was pushed elsewhere is held there
    for r in REMOTES:
        rc, out = probe(base, ["--git-dir=" + os.path.join(base, REPOS[r]), "rev-list",
                               "--objects", "--all"])
        if rc == 0:
            live.update(ln.split()[0] for ln in out.decode("utf-8", "replace").splitlines() if ln)
    for tok, oids in holders.items():
        existing.add(tok)
        if oids & live:
            reachable.add(tok)
    return reachable, existing

