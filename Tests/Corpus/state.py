"""What a repository holds, read without git: fast, and not fooled by its configuration."""
import hashlib
import os
import re
import stat

from world import PRECIOUS, REPOS, probe

HEX40 = re.compile(r"^[0-9a-f]{40}$")
ZERO = "0" * 40
# Where the front end keeps its log, and the refs of its recovery points.
OWN_STATE = os.path.join("home", ".local", "state")
OWN_REFS = "refs/pawl/"


def read_bytes(p):
    try:
        with open(p, "rb") as fh:
            return fh.read()
    except OSError:
        return None


def read_refs(gd):
    """All refs of a git dir -> {name: oid or 'ref:<target>'} with symrefs resolved."""
    raw = {}
    packed = read_bytes(os.path.join(gd, "packed-refs"))
    peeled = {}
    if packed:
        last = None
        for ln in packed.decode("utf-8", "replace").splitlines():
            if ln.startswith("#") or not ln:
                continue
            if ln.startswith("^"):
                peeled[last] = ln[1:]
                continue
            oid, _, name = ln.partition(" ")
            raw[name] = oid
            last = name
    root = os.path.join(gd, "refs")
    for dirpath, _, names in os.walk(root):
        for n in names:
            if n.endswith(".lock"):
                continue
            p = os.path.join(dirpath, n)
            name = os.path.relpath(p, gd)
            b = read_bytes(p)
            if b is None:
                continue
            v = b.decode("utf-8", "replace").strip()
            raw[name] = "ref:" + v[4:].strip() if v.startswith("ref:") else v[:40]
    out = {}
    for name, v in raw.items():
        seen = 0
        while v.startswith("ref:") and seen < 6:
            v = raw.get(v[4:].strip(), "")
            seen += 1
        if HEX40.match(v):
            out[name] = v
    return out


def read_logs(gd):
    out = {}
    root = os.path.join(gd, "logs")
    for dirpath, _, names in os.walk(root):
        for n in names:
            p = os.path.join(dirpath, n)
            b = read_bytes(p)
            if b is not None:
                out[os.path.relpath(p, root)] = [x.rstrip(b"\t") for x in b.splitlines()]
    wt = os.path.join(gd, "worktrees")
    if os.path.isdir(wt):
        for w in os.listdir(wt):
            b = read_bytes(os.path.join(wt, w, "logs", "HEAD"))
            if b is not None:
                out["worktrees/%s/HEAD" % w] = [x.rstrip(b"\t") for x in b.splitlines()]
    return out


def read_store(gd):
    """(loose object ids, pack names)"""
    loose, packs = set(), set()
    root = os.path.join(gd, "objects")
    try:
        entries = os.listdir(root)
    except OSError:
        return loose, packs
    for d in entries:
        if len(d) == 2:
            try:
                for n in os.listdir(os.path.join(root, d)):
                    if len(n) == 38:
                        loose.add(d + n)
            except OSError:
                pass
        elif d == "pack":
            for n in os.listdir(os.path.join(root, d)):
                if n.endswith(".pack"):
                    packs.add(n)
    return loose, packs


def read_index(path):
    """index -> sorted list of (name, mode, oid, stage); None when absent or odd."""
    b = read_bytes(path)
    if not b or b[:4] != b"DIRC":
        return None
    ver = int.from_bytes(b[4:8], "big")
    n = int.from_bytes(b[8:12], "big")
    if ver not in (2, 3):
        return "v%d:%s" % (ver, hashlib.sha1(b).hexdigest())
    out, pos = [], 12
    for _ in range(n):
        mode = int.from_bytes(b[pos + 24:pos + 28], "big")
        oid = b[pos + 40:pos + 60].hex()
        flags = int.from_bytes(b[pos + 60:pos + 62], "big")
        start = pos + 62
        ext = 0
        if flags & 0x4000:
            ext = int.from_bytes(b[start:start + 2], "big")
            start += 2
        end = b.index(b"\0", start)
        out.append((b[start:end].decode("utf-8", "replace"), "%o" % mode, oid,
                    (flags >> 12) & 3, ext & 0x6000))
        ln = end - pos
        pos += (ln + 8) // 8 * 8
    return out


def looks_like_gitdir(d):
    return (os.path.isdir(os.path.join(d, "objects")) and os.path.isdir(os.path.join(d, "refs"))
            and os.path.lexists(os.path.join(d, "HEAD")))


def read_files(base):
    """Every plain file outside git dirs: {relative path: sha1}; and the tokens seen.
    The guard's own log in the home folder is not part of the picture."""
    files, tokens = {}, set()
    toks = [(t[3], t[3].encode()) for t in PRECIOUS]
    for dirpath, dirs, names in os.walk(base):
        rel = os.path.relpath(dirpath, base)
        if not dirs and not names:
            files[rel + "/"] = "empty"
        keep = []
        for d in dirs:
            if d == ".git" or d in ("origin.git", "backup.git") and rel == ".":
                continue
            if d == "pawl" and rel == OWN_STATE:
                continue
            if looks_like_gitdir(os.path.join(dirpath, d)):
                continue
            keep.append(d)
        dirs[:] = sorted(keep)
        for n in names:
            p = os.path.join(dirpath, n)
            r = os.path.normpath(os.path.join(rel, n))
            if n == ".git":
                continue
            try:
                st = os.lstat(p)
            except OSError:
                continue
            if stat.S_ISLNK(st.st_mode):
                files[r] = "link:" + os.readlink(p)
                continue
            if not stat.S_ISREG(st.st_mode) or st.st_size > 4_000_000:
                files[r] = "special"
                continue
            b = read_bytes(p)
            if b is None:
                continue
            files[r] = "%o:%s" % (st.st_mode & 0o777, hashlib.sha1(b).hexdigest())
            for t, tb in toks:
                if t not in tokens and tb in b:
                    tokens.add(t)
    return files, tokens


def read_small_dir(d):
    out = {}
    for dirpath, _, names in os.walk(d):
        for n in names:
            p = os.path.join(dirpath, n)
            b = read_bytes(p)
            if b is not None:
                out[os.path.relpath(p, d)] = hashlib.sha1(b).hexdigest()
    return out


def snapshot(base):
    snap = {"repos": {}}
    for name, rel in REPOS.items():
        gd = os.path.join(base, rel)
        r = {"exists": looks_like_gitdir(gd)}
        r["refs"] = read_refs(gd)
        r["head"] = (read_bytes(os.path.join(gd, "HEAD")) or b"").decode("utf-8", "replace").strip()
        r["logs"] = read_logs(gd)
        r["loose"], r["packs"] = read_store(gd)
        r["config"] = read_bytes(os.path.join(gd, "config"))
        r["config_wt"] = read_bytes(os.path.join(gd, "config.worktree"))
        r["hooks"] = read_small_dir(os.path.join(gd, "hooks"))
        r["shallow"] = read_bytes(os.path.join(gd, "shallow"))
        r["grafts"] = read_bytes(os.path.join(gd, "info", "grafts"))
        r["alternates"] = read_bytes(os.path.join(gd, "objects", "info", "alternates"))
        snap["repos"][name] = r
    gd = os.path.join(base, "work", ".git")
    snap["global_config"] = read_bytes(os.path.join(base, "home", ".gitconfig"))
    snap["wt_heads"] = {}
    wt = os.path.join(gd, "worktrees")
    if os.path.isdir(wt):
        for w in sorted(os.listdir(wt)):
            h = read_bytes(os.path.join(wt, w, "HEAD"))
            if h:
                snap["wt_heads"][w] = h.decode().strip()
    snap["index"] = {"work": read_index(os.path.join(gd, "index"))}
    if os.path.isdir(wt):
        for w in sorted(os.listdir(wt)):
            snap["index"][w] = read_index(os.path.join(wt, w, "index"))
    snap["files"], snap["tokens"] = read_files(base)
    snap["stash"] = [ln[41:81].decode() for ln in snap["repos"]["work"]["logs"].get("refs/stash", [])
                     if len(ln) > 81] if "refs/stash" in snap["repos"]["work"]["refs"] else []
    return snap


def all_objects(base, repo):
    gd = os.path.join(base, REPOS[repo])
    rc, out = probe(base, ["--git-dir=" + gd, "cat-file", "--batch-all-objects",
                           "--batch-check=%(objectname) %(objecttype)"])
    if rc != 0:
        return None
    return dict(ln.split() for ln in out.decode().splitlines())


def digest(snap, base):
    """A short name for the visible end state (to compare two runs of one snippet)."""
    h = hashlib.sha1()

    def put(x):
        h.update(x.replace(base, "<BASE>").encode("utf-8", "replace") + b"\0")
    for n in sorted(REPOS):
        r = snap["repos"][n]
        put(n + r["head"])
        for k in sorted(r["refs"]):
            if k.startswith(OWN_REFS):
                continue
            put(k + " " + r["refs"][k])
        put((r["config"] or b"").decode("utf-8", "replace"))
        put(",".join(sorted(r["hooks"])))
    for w in sorted(snap["wt_heads"]):
        put(w + snap["wt_heads"][w])
    for w in sorted(snap["index"]):
        put(w + repr(snap["index"][w]))
    for f in sorted(snap["files"]):
        if f.startswith(("tmp/",)):
            continue
        put(f + snap["files"][f])
    put("|".join(snap["stash"]))
    return h.hexdigest()[:12]



def differences(before, after):
    """What two visible states differ in, by name: files, index entries, refs, HEADs, stash entries."""
    def parts(snap):
        found = {"stash": snap["stash"]}
        for name, repo in snap["repos"].items():
            found[name + " HEAD"] = repo["head"]
            found.update({name + " " + k: v for k, v in repo["refs"].items() if not k.startswith(OWN_REFS)})
        found.update({"index of " + k: v for k, v in snap["index"].items()})
        found.update({"HEAD of " + k: v for k, v in snap["wt_heads"].items()})
        found.update({k: v for k, v in snap["files"].items() if not k.startswith("tmp/")})
        return found
    a, b = parts(before), parts(after)
    # Reflogs may have grown, but every entry is still there.
    logs, now = before["repos"]["work"]["logs"], after["repos"]["work"]["logs"]
    for name, lines in logs.items():
        if name.startswith("refs/heads/") and not set(lines) <= set(now.get(name, ())):
            a["log of " + name] = "whole"
    return sorted(k for k in a.keys() | b.keys() if a.get(k) != b.get(k))
