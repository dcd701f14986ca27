#!/usr/bin/env python3
"""fuzz.py - are native operations the real git's to the byte?

    fuzz.py --prefix FOLDER [--comparisons N] [--seconds N] [--seed N] [--real GIT] [--tmp FOLDER] [--only COMMAND]

Command lines in generated repositories, environments and configurations run through the installed front end and, where
that ran them natively (its audit log says so), through the real git: output, errors, exit status, the index and the refs
must be the same.  What was left to the real git is counted and not compared: it is the real git.  Prints for each command
how many ran natively.  Exit status 1: a difference.  Python 3 standard library only.
"""
import argparse
import collections
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time

from forms import OTHERS, TEMPLATES, expand
from worlds import World
from worktree import Scene

# By how much can go wrong.
WEIGHTS = {"status": 5, "diff": 5, "log": 4, "show": 4, "add": 4, "rev-parse": 3, "switch": 3, "checkout": 3}
SWITCHES = {"checkout", "switch"}
COMMANDS = [c for c in sorted(TEMPLATES) for _ in range(WEIGHTS.get(c, 1))]
ENVIRONMENTS = [{}] * 60 + [
    {"LC_ALL": "", "LANG": "en_US.UTF-8"}, {"LC_ALL": "C.UTF-8"}, {"LC_ALL": "de_DE.UTF-8", "LANGUAGE": "de"}, {"GIT_PAGER": "cat"},
    {"GIT_OPTIONAL_LOCKS": "0"}, {"GIT_TRACE": "0"}, {"COLUMNS": "50"}, {"NO_COLOR": "1"}, {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "color.ui",
    "GIT_CONFIG_VALUE_0": "always"}, {"GIT_LITERAL_PATHSPECS": "1"}, {"TZ": "Asia/Tokyo"}, {"GIT_CONFIG_GLOBAL": "/dev/null"}]


class Fuzzer:
    def __init__(self, options, tmp):
        self.o, self.tmp = options, tmp
        self.front = os.path.join(os.path.abspath(options.prefix), "libexec/pawl/git")
        self.native, self.left = collections.Counter(), collections.Counter()
        self.wrote = collections.Counter()
        self.differences = 0
        self.worlds = 0

    def run(self):
        end = time.time() + self.o.seconds
        while time.time() < end and sum(self.native.values()) < self.o.comparisons and self.differences < self.o.stop:
            self.world(self.o.seed + self.worlds)
            self.worlds += 1
            if self.o.progress and self.worlds % 50 == 0:
                self.report()

    def world(self, seed):
        rng = random.Random(seed)
        base = tempfile.mkdtemp(prefix="world-%d-" % seed, dir=self.tmp)
        failed = self.differences
        try:
            world = World(rng, base, self.o.real)
            world.build()
            state = os.path.join(base, "state")
            log = Log(state)
            facts = {
                "objects": world.git("rev-list", "--all", "--objects", "--no-object-names", ok=True).split()[:60],
                "commits": world.git("rev-list", "--all", ok=True).split()[:10],
                "refs": world.git("for-each-ref", "--format=%(refname:short)").split(),
                "branches": world.git("for-each-ref", "--format=%(refname:short)", "refs/heads").split(),
                "paths": [p for p in world.git("ls-files", "-z", "-c", "-o").split("\0") if p],
            }
            folders = [world.repo] * 3 + [d for d, _, _ in os.walk(world.repo) if ".git" not in d.split("/")]
            started = sum(self.native.values())
            tried, ran = collections.Counter(), collections.Counter()
            for number in range(self.o.lines):
                if number == 40 and sum(self.native.values()) - started < 6:
                    # One where nearly all is the real git's.
                    return
                command = self.o.only or rng.choice(COMMANDS)
                if tried[command] >= 6 and not ran[command] and rng.random() < 0.9:
                    # Not here: time is better spent on what does run natively.
                    continue
                words = expand(rng, rng.choice((OTHERS if command in OTHERS and rng.random() < 0.1 else TEMPLATES)[command]), facts)
                folder = rng.choice(folders)
                if command in SWITCHES:
                    self.move_on(world, rng, facts)
                if not os.path.isdir(folder):
                    folder = world.repo
                if rng.random() < 0.08:
                    words, folder = ["-C", folder] + words, base
                elif rng.random() < 0.04:
                    words = [rng.choice(["--no-pager", "--no-optional-locks", "-P", "--literal-pathspecs"])] + words
                env = dict(world.environment(), XDG_STATE_HOME=state, **rng.choice(ENVIRONMENTS))
                tried[command] += 1
                if command in SWITCHES:
                    ran[command] += self.compare_switch(world, rng, command, words, folder, env, log, seed)
                    continue
                ran[command] += self.compare(world, command, words, folder, env, log, seed)
        finally:
            if self.differences == failed or not self.o.keep:
                shutil.rmtree(base, ignore_errors=True)
            else:
                print("kept", base)

    def compare(self, world, command, words, folder, env, log, seed):
        words = [os.fsencode(w) for w in words]
        writes = command == "add"
        before = State(world.repo, writes)
        got = start(self.front, words, folder, env)
        if not log.ran_natively():
            self.left[command] += 1
            if writes or State(world.repo, False).written(before):
                before.bring_back()
            return False
        self.native[command] += 1
        between = State(world.repo, writes)
        if writes or between.written(before):
            before.bring_back()
        expected = start(self.o.real, words, folder, env)
        after = State(world.repo, writes)
        problems = [name for name, x, y in zip(("output", "errors", "status"), got, expected) if x != y]
        problems += between.differences(after, before)
        self.wrote[command] += after.written(before)
        if writes or after.written(before):
            before.bring_back()
        if problems:
            self.differ(problems, world, words, folder, env, seed, got, expected)
        return True

    def differ(self, problems, world, words, folder, env, seed, got, expected):
        if problems:
            self.differences += 1
            print("DIFFERENCE seed %d (%s) in %s: git %s %s\n   %s" % (
                seed, ", ".join(sorted(world.kinds)), os.path.relpath(folder, world.base), b" ".join(words).decode(errors="replace"),
                {k: v for k, v in env.items() if k in ("LC_ALL", "LANG", "COLUMNS", "TZ", "GIT_OPTIONAL_LOCKS")}, ", ".join(problems)))
            if "output" in problems or "errors" in problems or "status" in problems:
                for label, (output, errors, status) in (("native", got), ("git", expected)):
                    print("   %-6s %d %r %r" % (label, status, output[:900], errors[:300]))
            sys.stdout.flush()

    # ---- switching ---------------------------------------------------------------------------------------------
    def move_on(self, world, rng, facts):
        """Now and then what is not committed changes, or goes."""
        if rng.random() < 0.05:
            world.unsaved()
            if rng.random() < 0.6:
                world.git("update-index", "-q", "--refresh", ok=True)
        elif rng.random() < 0.05:
            world.git("reset", "-q", "--hard", ok=True)
            if rng.random() < 0.5:
                world.git("clean", "-fdq", ok=True)
        facts["branches"] = world.git("for-each-ref", "--format=%(refname:short)", "refs/heads").split()

    def compare_switch(self, world, rng, command, words, folder, env, log, seed):
        if world.repo != os.path.join(world.base, "repo"):
            return False
        words = [os.fsencode(w) for w in words]
        dated = rng.random() < 0.8
        if dated:
            env["GIT_COMMITTER_DATE"] = "@%d %s" % (world.clock, rng.choice(["+0000", "+0545", "-0330"]))
        if rng.random() < 0.2:
            del env["GIT_COMMITTER_NAME"]
        umask = rng.choice([0o022, 0o022, 0o002, 0o077])
        before = Scene(world.repo)
        got = start(self.front, words, folder, env, umask)
        if not log.ran_natively():
            self.left[command] += 1
            if rng.random() < 0.7:
                before.bring_back()
            return False
        self.native[command] += 1
        between = Scene(world.repo)
        before.bring_back()
        again = Scene(world.repo)
        if not os.path.isdir(folder):
            raise RuntimeError("%s is gone" % folder)
        expected = start(self.o.real, words, folder, env, umask)
        after = Scene(world.repo)
        problems = [name for name, x, y in zip(("output", "errors", "status"), got, expected) if x != y]
        problems += between.differences(after, before, again, dated)
        self.wrote[command] += bool(after.files.rewritten(again.files)) or after.files.content() != again.files.content()
        if rng.random() < 0.6:
            before.bring_back()
        self.differ(problems, world, words, folder, env, seed, got, expected)
        return True

    def report(self):
        print("seeds %d to %d" % (self.o.seed, self.o.seed + self.worlds - 1))
        print("%d repositories, %d comparisons, %d differences" % (self.worlds, sum(self.native.values()), self.differences))
        for command in sorted(TEMPLATES):
            native, left = self.native[command], self.left[command]
            if native + left:
                print("  %-14s %6d native of %6d (%3.0f %%)%s" % (
                    command, native, native + left, 100 * native / (native + left),
                    ", %d wrote" % self.wrote[command] if self.wrote[command] else ""), flush=True)


OUTPUT, ERRORS = tempfile.TemporaryFile(), tempfile.TemporaryFile()


def start(program, words, folder, env, umask=-1):
    """Output, errors and status. Through files, which costs less than pipes."""
    for fh in (OUTPUT, ERRORS):
        fh.seek(0)
        fh.truncate()
    p = subprocess.Popen([program, *words], cwd=folder, env=env, stdin=subprocess.DEVNULL, stdout=OUTPUT, stderr=ERRORS, close_fds=False, umask=umask)
    status = p.wait()
    found = []
    for fh in (OUTPUT, ERRORS):
        fh.seek(0)
        found.append(fh.read())
    return found[0], found[1], status


# The versions of git that there are native operations for; beside others all is left to the real git.
GOES_NATIVE = re.compile(r"git version 2\.39\.")


def version(options):
    return subprocess.run([options.real, "version"], stdout=subprocess.PIPE, check=True).stdout.decode()


class State:
    """The index, the refs and, if they may change, the loose objects of a repository, and a way back to them."""
    def __init__(self, repo, withObjects):
        self.git = self.common = os.path.join(repo, ".git")
        if os.path.isfile(self.git):
            with open(self.git) as fh:
                self.git = fh.read()[8:].strip()
            self.common = os.path.dirname(os.path.dirname(self.git))
        self.index = os.path.join(self.git, "index")
        try:
            self.stat = os.stat(self.index)
            with open(self.index, "rb") as fh:
                self.bytes = fh.read()
        except OSError:
            self.stat = self.bytes = None
        self.refs = [(f, n, os.stat(os.path.join(f, n)).st_mtime_ns) for f, _, ns in os.walk(os.path.join(self.common, "refs")) for n in ns]
        self.refs += [(p, os.stat(p).st_mtime_ns) for p in (os.path.join(self.git, "HEAD"), os.path.join(self.common, "packed-refs")) if os.path.exists(p)]
        self.objects = self.loose() if withObjects else None
        self.others = sorted(os.listdir(self.git))

    def written(self, before):
        return self.key() != before.key()

    def key(self):
        return self.stat and (self.stat.st_ino, self.stat.st_mtime_ns, self.stat.st_size)

    def differences(self, other, before):
        found = []
        if self.bytes != other.bytes:
            found.append("the index")
        if self.written(before) != other.written(before):
            found.append("writes the index %s, git %s" % (self.written(before), other.written(before)))
        if self.refs != other.refs:
            found.append("refs")
        if self.objects != other.objects:
            found.append("objects")
        if self.others != other.others:
            found.append("the git directory %s" % (set(self.others) ^ set(other.others)))
        return found

    def bring_back(self):
        if self.bytes is None:
            if os.path.exists(self.index):
                os.remove(self.index)
        else:
            with open(self.index, "wb") as fh:
                fh.write(self.bytes)
            os.utime(self.index, ns=(self.stat.st_atime_ns, self.stat.st_mtime_ns))
            self.stat = os.stat(self.index)
        if self.objects is not None:
            for path in self.loose() - self.objects:
                os.remove(path)

    def loose(self):
        store = os.path.join(self.common, "objects")
        return {os.path.join(store, d, n) for d in os.listdir(store) if len(d) == 2 for n in os.listdir(os.path.join(store, d))}


class Log:
    """The audit log, read as it grows."""
    def __init__(self, state):
        self.folder, self.file = os.path.join(state, "pawl/audit"), None

    def ran_natively(self):
        if self.file is None:
            names = [n for n in os.listdir(self.folder) if n.endswith(".jsonl")] if os.path.isdir(self.folder) else []
            if not names:
                return False
            self.file = open(os.path.join(self.folder, names[0]), "rb")
        return b'"ran":"native"' in self.file.read()


def install(options, tmp):
    """The front end as it is installed: it goes native only beside a git whose version is on record."""
    prefix = os.path.join(tmp, "prefix")
    os.makedirs(os.path.join(prefix, "libexec/pawl"))
    os.makedirs(os.path.join(prefix, "share/pawl"))
    shutil.copy2(options.front, os.path.join(prefix, "libexec/pawl/git"))
    ask = lambda word: subprocess.run([options.real, word], stdout=subprocess.PIPE, check=True).stdout.decode().strip()
    status = os.stat(options.real)
    with open(os.path.join(prefix, "share/pawl/real-git"), "w") as fh:
        fh.write("%s\n%s\n%d %d %d\n%s\n" % (options.real, ask("version"), status.st_size, status.st_mtime, status.st_ino, ask("--exec-path")))
    return prefix


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--prefix", help="where Pawl is installed")
    ap.add_argument("--front", help="or the built front end, which is installed for the run")
    ap.add_argument("--comparisons", type=int, default=10 ** 9)
    ap.add_argument("--seconds", type=float, default=60)
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--only", choices=sorted(TEMPLATES))
    ap.add_argument("--real", default=os.environ.get("PAWL_TEST_REAL_GIT", "/usr/bin/git"))
    ap.add_argument("--lines", type=int, default=500, help="command lines in each repository")
    ap.add_argument("--natively", type=int, default=0, help="fail where a command was tried that often and never ran natively")
    ap.add_argument("--stop", type=int, default=10, help="end after that many differences")
    ap.add_argument("--keep", action="store_true", help="keep the repositories in which something differs")
    ap.add_argument("--progress", action="store_true", help="report every fifty repositories")
    ap.add_argument("--tmp")
    o = ap.parse_args()
    if o.tmp:
        os.makedirs(o.tmp, exist_ok=True)
    tmp = tempfile.mkdtemp(prefix="pawl-native-", dir=o.tmp)
    try:
        if o.front:
            o.prefix = install(o, tmp)
        if not o.prefix:
            ap.error("--prefix or --front is needed")
        fuzzer = Fuzzer(o, tmp)
        fuzzer.run()
        fuzzer.report()
        idle = [c for c in TEMPLATES if o.natively and not fuzzer.native[c] and fuzzer.left[c] >= o.natively]
        if idle and GOES_NATIVE.match(version(o)):
            print("never ran natively:", ", ".join(idle))
            return 1
        return 1 if fuzzer.differences else 0
    finally:
        if not o.keep:
            shutil.rmtree(tmp, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
