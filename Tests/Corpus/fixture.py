"""The fixture: two bare remotes, a work clone with unsaved work, a linked worktree."""
import os
import re
import shutil
import subprocess
import time

from history import reach_before
from state import all_objects, snapshot
from world import REPOS, SYSTEM_PATH, clean_env, probe

SCRIPT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "fixture.sh")
LOG_LINE = re.compile(rb"^([0-9a-f]{40} [0-9a-f]{40} .*> )(\d+)( [-+]\d{4}(?:\t.*)?)$")


def build_template(root):
    base = os.path.join(root, "base")
    shutil.rmtree(root, ignore_errors=True)
    os.makedirs(base)
    env = clean_env(base, ":".join(SYSTEM_PATH))
    env.pop("PWD")
    subprocess.run(["bash", SCRIPT, base], env=env, check=True,
                   stdin=subprocess.DEVNULL)
    now = int(time.time())
    # Reflog times are set near "now", so that gc's 90/30-day limits do not apply.
    for dirpath, _, names in os.walk(base):
        if "logs" not in dirpath.split(os.sep):
            continue
        for n in names:
            f = os.path.join(dirpath, n)
            with open(f, "rb") as fh:
                lines = fh.read().splitlines()
            out = []
            for i, ln in enumerate(lines):
                m = LOG_LINE.match(ln)
                if m:
                    ln = m.group(1) + str(now - 86400 + 60 * i).encode() + m.group(3)
                out.append(ln)
            with open(f, "wb") as fh:
                fh.write(b"".join(x + b"\n" for x in out))
    return now


class Template:
    """The fixture, made once a run; copies of it are handed out."""

    def __init__(self, root):
        self.base = os.path.join(root, "base")
        self.built = build_template(root)
        self.before = snapshot(self.base)
        self.objects = {r: all_objects(self.base, r) for r in REPOS}
        self.reach = reach_before(self.before, self.base)

    def copy(self, dest):
        # No timestamps kept: objects are as young as the copy.
        subprocess.run(["cp", "-RP", self.base + "/.", dest], check=True,
                       stdin=subprocess.DEVNULL)
        gd = os.path.join(dest, "work", ".git", "worktrees", "wt-topic", "gitdir")
        with open(gd, "w") as fh:
            fh.write(os.path.join(dest, "wt-topic", ".git") + "\n")
        with open(os.path.join(dest, "wt-topic", ".git"), "w") as fh:
            fh.write("gitdir: %s\n" % os.path.join(dest, "work", ".git", "worktrees", "wt-topic"))
        for w in ("work", "wt-topic"):
            probe(dest, ["update-index", "-q", "--refresh"], cwd=os.path.join(dest, w))
