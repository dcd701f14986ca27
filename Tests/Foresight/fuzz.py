#!/usr/bin/env python3
"""fuzz.py - does the front end foresee what git then does?

    fuzz.py --front FOLDER [--cases N] [--seed N] [--real GIT] [--tmp FOLDER] [--jobs N] [--case N]

Generated command lines run through the front end, in copies of small repositories, under a policy that forbids nothing.
The effects on record, which were worked out before git ran, are held against what git did: a loss that was not foreseen
is a failure (exit status 1).  What was foreseen and did not happen is counted and printed: it is not wrong to be careful,
but it should be rare.  `--case` runs one case of a seed again and shows it.  Python 3 standard library only.
"""
import argparse
import collections
import concurrent.futures as cf
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile

import worlds
from commands import TEMPLATES, expand
from losses import NESTED, State, losses

FILE_KINDS = ("discard-changes", "delete-untracked")


class Fuzzer:
    def __init__(self, options, tmp):
        self.o, self.tmp = options, tmp
        self.path = os.path.abspath(options.front) + ":" + os.path.dirname(options.real) + ":/usr/bin:/bin"
        self.worlds = {}

    def prepare(self):
        with cf.ThreadPoolExecutor(max_workers=self.o.jobs) as pool:
            list(pool.map(self.world, worlds.WORLDS))

    def world(self, name):
        base = os.path.join(self.tmp, "world-" + name)
        worlds.build(name, base, self.o.real)
        self.worlds[name] = (base, State(base, self.o.real))

    def run(self, number):
        rng = random.Random("%d/%d" % (self.o.seed, number))
        name = rng.choice(sorted(worlds.WORLDS))
        template = rng.choice(TEMPLATES)
        line = "git " + expand(rng, template)
        template_base, before = self.worlds[name]
        base = tempfile.mkdtemp(prefix="case-", dir=self.tmp)
        try:
            subprocess.run(["cp", "-a", template_base + "/.", base], check=True)
            # Linked work trees, and some clones their remote, are named by absolute paths.
            for link in ("repo/.git/worktrees/linked/gitdir", "linked/.git", "repo/.git/config"):
                place = os.path.join(base, link)
                if os.path.exists(place):
                    with open(place) as fh:
                        text = fh.read().replace(template_base, base)
                    with open(place, "w") as fh:
                        fh.write(text)
            subprocess.run([self.o.real, "update-index", "-q", "--refresh"], cwd=os.path.join(base, "repo"),
                           env=worlds.environment(base, self.path), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            try:
                p = subprocess.run(["bash", "-c", line], cwd=os.path.join(base, "repo"),
                                   env=worlds.environment(base, self.path), stdin=subprocess.DEVNULL,
                                   stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60)
                code, said = p.returncode, p.stdout.decode(errors="replace")
            except subprocess.TimeoutExpired:
                code, said = 124, "timed out"
            found = losses(before, State(base, self.o.real), base, line)
            if line.startswith("git -C ../linked "):
                # A command calls the HEAD of its own work tree by that name.
                found = [dict(x, what="HEAD") if x["what"] == "worktrees/linked/HEAD" else x for x in found]
            if code == 0 and NESTED.search(line):
                found.append({"kind": "run-nested", "what": line})
            effects = self.effects(base)
            return {"number": number, "world": name, "line": line, "template": template, "exit": code,
                    "said": said[-600:], "losses": found, "effects": effects,
                    "unforeseen": [x for x in found if not any(covers(e, x) for e in effects)]}
        finally:
            if self.o.case is None:
                shutil.rmtree(base, ignore_errors=True)

    @staticmethod
    def effects(base):
        folder = os.path.join(base, "home/.local/state/pawl/audit")
        records = [json.loads(x) for f in sorted(os.listdir(folder)) if f.endswith(".jsonl")
                   for x in open(os.path.join(folder, f), encoding="utf-8")] if os.path.isdir(folder) else []
        return [e for r in records for e in r.get("effects", [])]


# Effects that foretell losses of another kind as well: a push to "." is one to a remote, and all refs are branches too.
ALSO = {
    "rewrite-history": ("delete-branch",), "destroy-recovery": ("drop-stash",),
    "force-push": ("delete-remote-ref", "rewrite-history", "delete-branch"), "delete-remote-ref": ("delete-branch",),
}


def covers(effect, loss):
    """Whether the effect foretells the loss: of the same kind and about the same thing."""
    kind, what = effect["kind"], loss["what"]
    if loss["kind"] == "file":
        paths = effect.get("paths", [])
        return kind in FILE_KINDS and (effect.get("count", len(paths)) > len(paths) or any(
            what == p or what.endswith("/" + p) or "/" + p + "/" in what or what.startswith(p.rstrip("/") + "/") or p.startswith("/") for p in paths))
    target = effect.get("ref") or effect.get("name") or ""
    also = ALSO.get(kind, ()) + (("move-tag", "delete-tag") if target == "refs/*" else ())
    if kind != loss["kind"] and loss["kind"] not in also:
        return False
    if loss.get("published") and effect.get("published") is False:
        return False
    return kind in ("drop-stash", "destroy-recovery", "run-nested") or target == "any key" or target == what or target.endswith("*")


def happened(effect, found):
    kinds = {x["kind"] for x in found}
    if effect["kind"] in FILE_KINDS:
        return "file" in kinds
    return effect["kind"] in kinds or not kinds.isdisjoint(ALSO.get(effect["kind"], ()))


JUDGED = FILE_KINDS + ("rewrite-history", "delete-branch", "move-tag", "delete-tag", "drop-stash", "destroy-recovery",
                       "force-push", "delete-remote-ref", "change-config")


def report(results, shown):
    done = [r for r in results if r["exit"] == 0]
    foreseen = [(e, r) for r in done for e in r["effects"] if e["kind"] in JUDGED]
    idle = [(e, r) for e, r in foreseen if not happened(e, r["losses"])]
    print("%d command lines, %d with a loss, all of it foreseen in %d" % (
        len(results), sum(bool(r["losses"]) for r in results),
        sum(bool(r["losses"]) and not r["unforeseen"] for r in results)))
    print("%d effects foreseen for commands that succeeded, %d of them did not happen (%.1f %%)" % (
        len(foreseen), len(idle), 100 * len(idle) / max(1, len(foreseen))))
    for (kind, template), n in collections.Counter((e["kind"], r["template"]) for e, r in idle).most_common(12):
        print("  %4d  %-18s %s" % (n, kind, template))
    for e, r in idle[:shown]:
        print("idle: %d in %s: %s  %s" % (r["number"], r["world"], r["line"], json.dumps(e)[:300]))
    for r in results:
        for loss in r["unforeseen"][:3]:
            print("UNFORESEEN seed-case %d in %s: %s (exit %d)\n  loss     %s\n  foreseen %s" % (
                r["number"], r["world"], r["line"], r["exit"], json.dumps(loss),
                json.dumps([{k: e[k] for k in e if k in ("kind", "ref", "paths", "published", "name")} for e in r["effects"]])))


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--front", required=True)
    ap.add_argument("--cases", type=int, default=200)
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--case", type=int)
    ap.add_argument("--real", default=os.environ.get("PAWL_TEST_REAL_GIT", "/usr/bin/git"))
    ap.add_argument("--idle", type=int, default=0, help="show that many effects that did not happen")
    ap.add_argument("--tmp")
    ap.add_argument("--jobs", type=int, default=2)
    o = ap.parse_args()
    tmp = tempfile.mkdtemp(prefix="pawl-foresight-", dir=o.tmp)
    try:
        fuzzer = Fuzzer(o, tmp)
        fuzzer.prepare()
        numbers = [o.case] if o.case is not None else range(o.cases)
        with cf.ThreadPoolExecutor(max_workers=o.jobs) as pool:
            results = list(pool.map(fuzzer.run, numbers))
        if o.case is not None:
            print(json.dumps(results, indent=1))
        report(results, o.idle)
        return 1 if any(r["unforeseen"] for r in results) else 0
    finally:
        shutil.rmtree(tmp, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
