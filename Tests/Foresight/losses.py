"""What a repository holds, and what of it a command has lost: read with the real git, never from what the front end says."""
import hashlib
import os
import re
import stat
import subprocess

PROBE = {"PATH": "/usr/bin:/bin", "HOME": "/nonexistent", "LC_ALL": "C", "GIT_CONFIG_NOSYSTEM": "1",
         "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_REPLACE_OBJECTS": "1", "GIT_CONFIG_GLOBAL": "/dev/null"}


# Where settings stand that count in these repositories.
SETTINGS = ("repo/.git/config", "origin.git/config", "home/.gitconfig", "copy/.git/config")

# Settings that switch hooks off, or lead pushes elsewhere, by any change; by a change of what is there; by becoming true.
GUARDING = (
    (re.compile(r"core\.(hookspath|sshcommand|worktree)|remote\..*\.(push|pushurl|receivepack)|remote\.pushdefault|"
                r"branch\..*\.pushremote|url\..*insteadof|include\.path"), lambda old, new: True),
    (re.compile(r"remote\..*\.url"), lambda old, new: bool(old)),
    (re.compile(r"remote\..*\.mirror|core\.bare"), lambda old, new: new[-1:] == ["true"]),
    (re.compile(r"remote\..*\.fetch"), lambda old, new: bool(new) and ":refs/remotes/" not in new[-1]),
    (re.compile(r"core\.logallrefupdates|clean\.requireforce"), lambda old, new: new[-1:] == ["false"]),
)

# Words that have git run other commands.
NESTED = re.compile(r" rebase .*(-x|--exec)|bisect run|submodule foreach|-filter |difftool .*-x|grep -O\w|--upload-pack=")


class State:
    """The repository in base/repo, with the linked work tree beside it."""

    def __init__(self, base, git):
        self.base, self.git = base, git
        self.repo = os.path.join(base, "repo")
        self.refs = {}
        for line in self.ask("for-each-ref", "--format=%(refname) %(objectname) %(symref)").splitlines():
            name, oid, target = (line.split(" ") + [""])[:3]
            if not name.startswith("refs/pawl/"):
                self.refs[name] = oid
        head = self.ask("symbolic-ref", "-q", "HEAD").strip()
        self.head = head or self.ask("rev-parse", "-q", "--verify", "HEAD").strip()
        self.heads = self.all_heads()
        self.origin = self.remote_refs()
        self.settings = {f: self.read_settings(os.path.join(base, f)) for f in SETTINGS}
        self.stash = [x for x in self.ask("rev-list", "-g", "refs/stash", "--").split()] if "refs/stash" in self.refs else []
        self.index = {}
        for record in self.ask("ls-files", "-s", "-z").split("\0"):
            if record:
                meta, _, path = record.partition("\t")
                mode, oid, stage = meta.split(" ")
                if mode != "160000":
                    self.index[(path, stage)] = oid
        self.algorithm = "sha256" if len(next(iter(self.refs.values()), "")) == 64 or os.path.exists(
            os.path.join(self.repo, ".git")) and "sha256" in self.config() else "sha1"
        self.files = {}
        for top, mark in ((self.repo, ""), (os.path.join(base, "linked"), "../linked/"), (os.path.join(base, "w2"), "../w2/")):
            for path, oid in self.read(top):
                self.files[mark + path] = oid
        self.logs = self.read_logs()
        self.objects = {x.split(" ")[0]: x.split(" ")[1] for x in self.ask(
            "cat-file", "--batch-all-objects", "--batch-check=%(objectname) %(objecttype)").splitlines() if " " in x}

    def ask(self, *words):
        p = subprocess.run([self.git, "-C", self.repo] + list(words), env=PROBE, stdin=subprocess.DEVNULL,
                           stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        return p.stdout.decode("utf-8", "surrogateescape")

    def config(self):
        try:
            with open(os.path.join(self.repo, ".git/config"), errors="replace") as fh:
                return fh.read()
        except OSError:
            return ""

    def read(self, top):
        for folder, folders, names in os.walk(top):
            if ".git" in folders:
                folders.remove(".git")
            # Links to folders are files to git.
            names += [d for d in folders if os.path.islink(os.path.join(folder, d))]
            for name in names:
                path = os.path.join(folder, name)
                if name == ".git":
                    continue
                mode = os.lstat(path).st_mode
                if stat.S_ISLNK(mode):
                    content = os.fsencode(os.readlink(path))
                elif stat.S_ISREG(mode):
                    with open(path, "rb") as fh:
                        content = fh.read()
                else:
                    continue
                if content.startswith(b"<<<<<<< ") or b"\n<<<<<<< " in content:
                    # As git merged it: nobody has worked on it.
                    continue
                digest = hashlib.new(self.algorithm, b"blob %d\0" % len(content) + content).hexdigest()
                yield os.path.relpath(path, top), digest

    def read_logs(self):
        logs, root = {}, os.path.join(self.repo, ".git/logs")
        for folder, _, names in os.walk(root):
            for name in names:
                path = os.path.join(folder, name)
                with open(path, "rb") as fh:
                    logs[os.path.relpath(path, root)] = fh.read().split(b"\n")[:-1]
        return logs

    def all_heads(self):
        """The detached HEADs of the repository and of its linked work tree."""
        heads = {"HEAD": None if self.head.startswith("refs/") else self.head}
        linked = os.path.join(self.repo, ".git/worktrees/linked/HEAD")
        if os.path.exists(linked):
            with open(linked) as fh:
                text = fh.read().strip()
            heads["worktrees/linked/HEAD"] = None if text.startswith("ref:") else text
        return {name: oid for name, oid in heads.items() if oid}

    def read_note(self, name):
        try:
            with open(os.path.join(self.repo, ".git", name)) as fh:
                return fh.read().strip()
        except OSError:
            return ""

    def remote_refs(self):
        folder = os.path.join(self.base, "origin.git")
        if not os.path.isdir(folder):
            return {}
        listed = self.ask("--git-dir=" + folder, "for-each-ref", "--format=%(refname) %(objectname)")
        return dict(line.split(" ") for line in listed.splitlines())

    def read_settings(self, file):
        values = {}
        place = ["--local"] if file == os.path.join(self.repo, ".git/config") else ["--file", file]
        for item in self.ask("config", *place, "--list", "-z").split("\0"):
            if item:
                key, _, value = item.partition("\n")
                values.setdefault(key, []).append(value.replace(self.base, "BASE"))
        return values

    def commits(self, *limits):
        return set(self.ask("rev-list", *limits, "--").split())

    def held(self):
        """All objects that a ref, HEAD, a reflog or the index holds."""
        listed = self.ask("rev-list", "--objects", "--no-object-names", "--exclude=refs/pawl/*", "--all", "--reflog",
                          "--indexed-objects", *self.autostash())
        return set(listed.split())

    def autostash(self):
        """What a rebase at work has put aside; it comes back when the rebase ends or is given up."""
        notes = [self.read_note(name + "/autostash") for name in ("rebase-merge", "rebase-apply")]
        return [note for note in notes if note]


def reachable(state, oids, *more):
    return state.commits(*[o for o in oids if o], *more) if any(oids) else set()


def losses(before, after, base, line):
    found = []
    found += refs(before, after)
    found += heads(before, after)
    found += remote(before, after)
    found += settings(before, after)
    found += stash(before, after, line)
    found += files(before, after, line)
    found += recovery(before, after, line)
    return found


def published(before):
    """Commits that a remote-tracking ref or a tag reaches; the policy of the fuzzer protects no branch."""
    shared = [o for n, o in before.refs.items() if n.startswith(("refs/remotes/", "refs/tags/"))]
    return reachable(before, shared) if shared else set()


def refs(before, after):
    found = []
    seen_by_others = None
    gone = {n: o for n, o in before.refs.items() if after.refs.get(n) != o and not n.startswith(
        ("refs/tags/", "refs/remotes/", "refs/replace/", "refs/stash"))}
    for name, old in gone.items():
        new = after.refs.get(name)
        if new:
            lost = set(after.ask("rev-list", old, "--not", new, "--").split()) or (
                set(before.ask("rev-list", old, "--not", new, "--").split()))
            kind = "rewrite-history"
        else:
            rest = [o for n, o in after.refs.items() if not n.startswith("refs/stash")]
            place = after if old in after.objects else before
            lost = place.ask("rev-list", "--ignore-missing", old, "--not", *rest, "--").split()
            kind = "delete-branch" if name.startswith("refs/heads/") else "rewrite-history"
        if not lost:
            continue
        if seen_by_others is None:
            seen_by_others = published(before)
        found.append({"kind": kind, "what": name, "published": bool(set(lost) & seen_by_others) and kind == "rewrite-history"})
    found += [{"kind": "rewrite-history", "what": n} for n in after.refs if n.startswith("refs/replace/")]
    for name, old in before.refs.items():
        if name.startswith("refs/tags/") and after.refs.get(name) != old:
            found.append({"kind": "move-tag" if name in after.refs else "delete-tag", "what": name})
    return found


def heads(before, after):
    """Commits that only a detached HEAD had."""
    found = []
    for name, old in before.heads.items():
        rest = [o for n, o in after.refs.items() if not n.startswith("refs/stash")] + list(after.heads.values())
        # Where a bisection began, it returns to.
        rest += [x for x in [after.read_note("BISECT_START")] if len(x) >= 40]
        limits = ["--ignore-missing", old, "--not"] + rest if rest else [old]
        place = after if old in after.objects else before
        if place.ask("rev-list", *limits, "--").split():
            found.append({"kind": "rewrite-history", "what": name})
    return found


def remote(before, after):
    found = []
    for name, old in before.origin.items():
        new = after.origin.get(name)
        if not new:
            found.append({"kind": "delete-remote-ref", "what": name})
        elif new != old and (name.startswith("refs/tags/") or after.ask(
                "--git-dir=" + os.path.join(after.base, "origin.git"), "rev-list", old, "--not", new, "--")):
            found.append({"kind": "force-push", "what": name})
    return found


def settings(before, after):
    found = []
    for file in SETTINGS:
        old, new = before.settings[file], after.settings[file]
        for key in set(old) | set(new):
            values = old.get(key, []), new.get(key, [])
            if values[0] != values[1] and any(p.fullmatch(key) and counts(*values) for p, counts in GUARDING):
                found.append({"kind": "change-config", "what": key})
    return found


def stash(before, after, line):
    gone = [s for s in before.stash if s not in after.stash]
    if not gone or " pop" in line or " branch s" in line:
        return []
    rest = [o for o in after.refs.values()]
    lost = [s for s in gone if s not in reachable(after, rest)]
    return [{"kind": "drop-stash", "what": s} for s in lost]


# A newer version of a file that takes the place of an older one in the index is what these are for.
STAGING = (" add ", " commit ", " update-index ", " stash", " apply ", " mv ", " add", " rebase", " pull", " merge", " cherry-pick",
           " revert")


# The index has this for a file that is only to be added (git-add(1), `-N`).
EMPTY = {hashlib.new(a, b"blob 0\0").hexdigest() for a in ("sha1", "sha256")}


def files(before, after, line):
    kept = set(after.files.values()) | set(after.index.values())
    lost = {p: o for p, o in before.files.items() if after.files.get(p) != o and o not in kept}
    staged = {} if any(w in line for w in STAGING) else {
        p: o for (p, stage), o in before.index.items() if stage == "0" and o not in kept and o not in EMPTY}
    if not lost and not staged:
        return []
    held = after.held() | before_commits(before)
    names = {p for p, o in list(lost.items()) + list(staged.items()) if o not in held}
    return [{"kind": "file", "what": p} for p in sorted(names)]


def before_commits(before):
    """What commits held before: losing those is about refs, not about files."""
    if not hasattr(before, "committed"):
        before.committed = set(before.ask(
            "rev-list", "--objects", "--no-object-names", "--all", "--reflog").split())
    return before.committed


def recovery(before, after, line):
    found = []
    for name, entries in before.logs.items():
        if name == "refs/stash" or name not in after.logs and (name.startswith("refs/") and name not in after.refs):
            continue
        # Renamed branches take their reflogs along.
        if name in after.logs and len(after.logs[name]) < len(entries) and not any(
                x in line for x in (" -M", " -C", " -m", " -c ", "--mov")):
            found.append({"kind": "destroy-recovery", "what": name})
    gone = [o for o in before.objects if o not in after.objects]
    if gone:
        found.append({"kind": "destroy-recovery", "what": "%d objects" % len(gone)})
    return found
