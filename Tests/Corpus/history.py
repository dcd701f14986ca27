"""The commit graph, read from raw objects: replace refs and grafts do not count."""
import os
import subprocess
import threading

from state import HEX40, ZERO
from world import REAL_GIT, REPOS, probe_env

PARENTS = {}            # oid -> tuple(parents); object ids are global, so one cache serves all
PEEL = {}               # tag object -> target
_lock = threading.Lock()


def load_commits(base, gitdirs, oids):
    """Fill PARENTS/PEEL for everything reachable from oids, by reading raw objects."""
    todo = [o for o in oids if o not in PARENTS and o not in PEEL]
    missing = set()
    if not todo:
        # still make sure that all ancestors are known (they were loaded together)
        return missing
    for gd in gitdirs:
        if not todo:
            break
        try:
            p = subprocess.Popen([REAL_GIT, "--git-dir=" + gd, "cat-file", "--batch"],
                                 cwd=base, env=probe_env(base), stdin=subprocess.PIPE,
                                 stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        except OSError:
            continue
        left = []
        stack = list(todo)
        seen = set()
        try:
            while stack:
                o = stack.pop()
                if o in seen or o in PARENTS or o in PEEL:
                    continue
                seen.add(o)
                p.stdin.write(o.encode() + b"\n")
                p.stdin.flush()
                head = p.stdout.readline().split()
                if len(head) < 3:
                    left.append(o)
                    continue
                size = int(head[2])
                data = p.stdout.read(size)
                p.stdout.read(1)
                if head[1] == b"commit":
                    ps = tuple(x[7:].decode() for x in data.split(b"\n\n", 1)[0].split(b"\n")
                               if x.startswith(b"parent "))
                    with _lock:
                        PARENTS[o] = ps
                    stack.extend(ps)
                elif head[1] == b"tag":
                    tgt = data.split(b"\n", 1)[0].split()[1].decode()
                    with _lock:
                        PEEL[o] = tgt
                    stack.append(tgt)
                else:
                    with _lock:
                        PARENTS[o] = ()
        except (OSError, ValueError):
            pass
        finally:
            try:
                p.stdin.close()
            except OSError:
                pass
            p.stdout.close()
            p.wait()
        todo = left
    missing.update(todo)
    return missing


def peel(o):
    n = 0
    while o in PEEL and n < 9:
        o = PEEL[o]
        n += 1
    return o


def reach(oids):
    seen = set()
    stack = [peel(o) for o in oids]
    while stack:
        o = stack.pop()
        if o in seen:
            continue
        seen.add(o)
        stack.extend(PARENTS.get(o, ()))
    return seen


def reach_before(snap, base):
    gds = [os.path.join(base, r) for r in REPOS.values()]
    ids = set()
    for r in snap["repos"].values():
        ids.update(r["refs"].values())
        for lines in r["logs"].values():
            for ln in lines:
                for o in (ln[:40].decode(), ln[41:81].decode()):
                    if o != ZERO and HEX40.match(o):
                        ids.add(o)
        if HEX40.match(r["head"]):
            ids.add(r["head"])
    load_commits(base, gds, ids)
    out = {}
    for name, r in snap["repos"].items():
        out[name] = reach(r["refs"].values())
    work = snap["repos"]["work"]["refs"]
    out["published"] = reach([o for n, o in work.items() if n.startswith("refs/remotes/")])
    return out

