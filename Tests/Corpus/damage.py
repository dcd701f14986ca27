#!/usr/bin/env python3
"""damage.py - ground truth for "did this shell snippet really hurt a repository?"

For every case a fresh copy of one fixture (two bare remotes, a work clone, a
linked worktree) is made, the snippet is run by `bash -c` with a chosen `git`
first on PATH, and the state before is compared with the state after.  Nothing
is judged from the command text: only from refs, objects, reflogs and files.

    damage.py --git-dir-on-path DIR --cases FILE.tsv [--jobs 2] [--json OUT]
    damage.py --git-dir-on-path DIR --cases benign.tsv --compare
    damage.py --self-test
    damage.py --snippet 'git push -f origin main'

Case file: TSV with header  id class snippet source note  (more columns are
kept).  In `note`, `key=value` parts are separated by "; "; a part `setup=...`
must be the last one: it is a shell line run with the REAL git before the
"before" picture is taken (a repository that is already set up in some way).

--compare runs every snippet a second time with the real git in the same place
and tells where exit status, output or final state differ.  The real git is
/usr/bin/git, or what PAWL_TEST_REAL_GIT says.

Python 3 standard library only.
"""
import argparse
import json
import os
import re
import shutil
import sys
import tempfile

from runner import TIMEOUT, Runner, read_cases, run_all
from selfcheck import self_test
from world import REAL_GIT


def arguments():
    ap = argparse.ArgumentParser(description=__doc__,
                                 formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--git-dir-on-path", default=os.path.dirname(REAL_GIT), metavar="DIR",
                    help="folder that holds the git under test (first on PATH)")
    ap.add_argument("--cases", action="append", default=[], metavar="FILE.tsv")
    ap.add_argument("--snippet", action="append", default=[])
    ap.add_argument("--compare", action="store_true", help="run with the real git as well")
    ap.add_argument("--undo", metavar="PAWL", help="afterwards run `PAWL undo` until nothing is left to undo")
    ap.add_argument("--jobs", type=int, default=2)
    ap.add_argument("--json", metavar="OUT")
    ap.add_argument("--env", action="append", default=[], metavar="K=V")
    ap.add_argument("--only", metavar="REGEX", help="run only the cases whose id matches")
    ap.add_argument("--class", dest="kind", metavar="CLASS", help="run only the cases of this class")
    ap.add_argument("--keep", metavar="DIR", help="with one case: keep its fixture here")
    ap.add_argument("--tmp", default=None, help="where the fixture and its copies live")
    ap.add_argument("--timeout", type=float, default=TIMEOUT)
    ap.add_argument("--quiet", action="store_true")
    ap.add_argument("--self-test", action="store_true")
    return ap


def report(results):
    for r in results:
        print("%s\t%s\texit=%s\t%s\t%s\t%s" % (
            r["id"], r["class"], r["exit"], ",".join(r["damage"]) or "-",
            ",".join(r["info"]) or "-", ",".join(r.get("differs", ())) or "-"))
        if len(results) <= 3:
            print(json.dumps(r, indent=1))


def run(a, ap, tmp):
    if a.self_test:
        return self_test(tmp, a.jobs)
    cases = [c for path in a.cases for c in read_cases(path)]
    cases += [{"id": "snippet-%d" % i, "snippet": s} for i, s in enumerate(a.snippet, 1)]
    cases = [c for c in cases if (not a.only or re.search(a.only, c["id"]))
             and (not a.kind or c.get("class") == a.kind)]
    if not cases:
        ap.error("no cases")
    runner = Runner(a.git_dir_on_path, tmp, dict(x.split("=", 1) for x in a.env), a.timeout, a.compare,
                    os.path.abspath(a.undo) if a.undo else None)
    results = [runner.run(cases[0], a.keep)] if a.keep and len(cases) == 1 else run_all(
        runner, cases, a.jobs)
    if not a.quiet:
        report(results)
    if a.json:
        with open(a.json, "w", encoding="utf-8") as fh:
            json.dump({"git": a.git_dir_on_path, "results": results}, fh, indent=1)
    print("# %d cases, %d with damage, %d differ from the real git, %d timed out, %d not set up" % (
        len(results), sum(bool(r["damage"]) for r in results),
        sum(bool(r.get("differs")) for r in results),
        sum(r.get("timed_out", False) for r in results), sum("error" in r for r in results)))
    return 0


def main():
    ap = arguments()
    a = ap.parse_args()
    if a.tmp:
        os.makedirs(a.tmp, exist_ok=True)
    tmp = tempfile.mkdtemp(prefix="damage-", dir=a.tmp)
    try:
        return run(a, ap, tmp)
    finally:
        shutil.rmtree(tmp, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
