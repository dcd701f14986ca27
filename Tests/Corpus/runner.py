"""Cases, and running one of them in its own copy of the fixture."""
import concurrent.futures as cf
import glob
import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time

from compare import DAMAGE, INFO, Comparison
from fixture import Template
from history import reach_before
from state import all_objects, differences, digest, read_bytes, snapshot
from world import PRECIOUS, REAL_GIT, REPOS, SYSTEM_PATH, clean_env, probe

TIMEOUT = 20


def read_cases(path):
    out = []
    with open(path, encoding="utf-8") as fh:
        cols = None
        for ln in fh:
            ln = ln.rstrip("\n")
            if not ln or ln.startswith("#"):
                continue
            f = ln.split("\t")
            if cols is None:
                cols = f
                continue
            f += [""] * (len(cols) - len(f))
            out.append(dict(zip(cols, f)))
    return out


def note_fields(note):
    out = {}
    if "setup=" in note:
        i = note.index("setup=")
        out["setup"] = note[i + 6:]
        note = note[:i]
    for part in note.split(";"):
        k, eq, v = part.strip().partition("=")
        if eq:
            out[k] = v
        elif k:
            out.setdefault("text", k)
    return out


# What differs from run to run with one and the same git: durations, rates, process ids.
NOISE = (
    (re.compile(rb"[0-9]+([.,][0-9]+)? ?(ms|s|seconds?|[KMG]iB/s|[KMG]iB|bytes/s)\b"), b"<AMOUNT>"),
    (re.compile(rb"\.git/(next-index|sequencer|[a-z-]*)[-.][0-9]{3,}"), rb".git/\1-<PID>"),
)


def plain(output, base):
    """Output with the folder of the run and all noise taken out."""
    output = output.replace(base.encode(), b"<BASE>")
    for pattern, word in NOISE:
        output = pattern.sub(word, output)
    return output


def tail(b, n=400):
    return b.decode("utf-8", "replace")[-n:]


class Runner:
    """Runs snippets with the git in `gitdir` first on PATH."""

    def __init__(self, gitdir, tmp, extra_env=None, timeout=TIMEOUT, compare=False, pawl=None):
        self.pawl = pawl
        self.tmp = tmp
        self.tmpl = Template(os.path.join(tmp, "template"))
        self.gitdir = os.path.abspath(gitdir)
        self.path = self.search_path(self.gitdir)
        self.extra_env = extra_env or {}
        self.timeout = timeout
        self.compare = compare

    @staticmethod
    def search_path(gitdir):
        return ":".join(dict.fromkeys([gitdir] + SYSTEM_PATH))

    def run(self, case, keep=None):
        """One case; with `compare`, the real git then runs it in the same place."""
        base = tempfile.mkdtemp(prefix="c", dir=self.tmp)
        try:
            result, output = self.attempt(case, base, self.path, self.extra_env)
            if self.compare and "error" not in result:
                subprocess.run(["rm", "-rf", base], check=True, stdin=subprocess.DEVNULL)
                os.mkdir(base)
                real, real_output = self.attempt(
                    case, base, self.search_path(os.path.dirname(REAL_GIT)), {})
                result["real"] = {k: real[k] for k in ("exit", "stdout", "stderr", "digest", "ms")}
                result["differs"] = [
                    what for what, a, b in (
                        ("exit", result["exit"], real["exit"]),
                        ("stdout", output[0], real_output[0]),
                        ("stderr", output[1], real_output[1]),
                        ("state", result["digest"], real["digest"])) if a != b]
            return result
        finally:
            if keep and os.path.isdir(base):
                shutil.rmtree(keep, ignore_errors=True)
                shutil.move(base, keep)
            else:
                subprocess.run(["rm", "-rf", base], stdin=subprocess.DEVNULL)

    def attempt(self, case, base, path, extra_env):
        result = {"id": case["id"], "class": case.get("class", ""), "snippet": case["snippet"],
                  "note": case.get("note", ""), "damage": [], "info": [], "detail": {}}
        setup = note_fields(result["note"]).get("setup")
        self.tmpl.copy(base)
        before, objects, reached = self.tmpl.before, self.tmpl.objects, self.tmpl.reach
        if setup:
            error = self.set_up(setup, base)
            if error:
                return dict(result, error=error, exit=-1, digest="", stdout="", stderr=""), None
            before = snapshot(base)
            objects = {r: all_objects(base, r) or {} for r in REPOS}
            reached = reach_before(before, base)
        stashed = {t[3] for t in PRECIOUS if t[2] == "stash"}
        before = dict(before, tokens_all=set(before["tokens"]) | stashed)
        env = clean_env(base, path, extra_env, self.tmpl.built)
        code, out, err, ms, timed_out = self.execute(case["snippet"], base, env)
        after = snapshot(base)
        damage, info, detail = Comparison(before, after, base, objects, reached).result()
        if timed_out:
            info.add("timed-out")
        # Where git is found is the one thing that may differ: `command -v git`.
        itself = os.path.join(path.split(":")[0], "git").encode()
        out, err = (plain(x.replace(itself, REAL_GIT.encode()), base) for x in (out, err))
        if self.pawl:
            result["undo"] = self.undo(before, base, env)
        result.update(
            damage=[k for k in DAMAGE if k in damage], info=[k for k in INFO if k in info],
            detail=detail, exit=code, ms=round(ms, 1), timed_out=timed_out,
            stdout=tail(out), stderr=tail(err), digest=digest(after, base),
            decisions=self.decisions(base))
        return result, (out, err)

    def undo(self, before, base, env):
        """Undoes snapshot after snapshot, newest first, and tells how the end differs from the beginning."""
        said = b""
        for _ in range(9):
            p = subprocess.run([self.pawl, "undo"], cwd=os.path.join(base, "work"), env=env,
                               stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
            said += p.stdout
            if p.returncode:
                break
        after = snapshot(base)
        return {"said": tail(plain(said, base)), "differs": differences(before, after),
                "lost": self.lost(before, after, base)}

    @staticmethod
    def lost(before, after, base):
        """What is neither in a file nor in anything that a branch, a tag, HEAD or the stash has had."""
        tokens = (before["tokens_all"]) - after["tokens"]
        if not tokens:
            return []
        rc, out = probe(base, ["-C", os.path.join(base, "work"), "rev-list", "--exclude=refs/pawl/*", "--all", "--reflog"])
        commits = out.decode().split()
        return sorted(t for t in tokens if probe(
            base, ["-C", os.path.join(base, "work"), "grep", "-q", t] + commits)[0] != 0)

    @staticmethod
    def decisions(base):
        """What the front end decided, with each command, out of its log in the fixture's HOME; not what pawl did."""
        logs = sorted(glob.glob(os.path.join(base, "home/.local/state/pawl/audit/*.jsonl")))
        records = [json.loads(line) for log in logs for line in open(log, encoding="utf-8")]
        return [[r.get("decision"), r.get("command")] + [e.get("kind") for e in r.get("effects", [])]
                for r in records if "decision" in r]

    def set_up(self, script, base):
        env = clean_env(base, ":".join(SYSTEM_PATH), None, self.tmpl.built - 3600)
        p = subprocess.run(["bash", "-c", script], cwd=os.path.join(base, "work"), env=env,
                           stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                           stderr=subprocess.STDOUT)
        return "setup failed: " + tail(p.stdout) if p.returncode else None

    def execute(self, snippet, base, env):
        with tempfile.TemporaryFile(dir=self.tmp) as out, tempfile.TemporaryFile(dir=self.tmp) as err:
            start = time.perf_counter()
            p = subprocess.Popen(["bash", "-c", snippet], cwd=os.path.join(base, "work"), env=env,
                                 stdin=subprocess.DEVNULL, stdout=out, stderr=err,
                                 start_new_session=True)
            timed_out = False
            try:
                code = p.wait(self.timeout)
            except subprocess.TimeoutExpired:
                code, timed_out = 124, True
            ms = (time.perf_counter() - start) * 1000
            self.settle(p.pid, timed_out)
            if timed_out:
                p.wait()
            out.seek(0)
            err.seek(0)
            return code, out.read(), err.read(), ms, timed_out

    @staticmethod
    def settle(group, timed_out):
        """Gives background children of the snippet a moment, then ends them."""
        for _ in range(40):
            try:
                os.killpg(group, 0)
            except (ProcessLookupError, PermissionError):
                return
            if timed_out:
                break
            time.sleep(0.05)
        try:
            os.killpg(group, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            pass


def run_all(runner, cases, jobs=2):
    with cf.ThreadPoolExecutor(max_workers=max(1, jobs)) as pool:
        return list(pool.map(runner.run, cases))
