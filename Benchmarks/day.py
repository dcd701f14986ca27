#!/usr/bin/env python3
"""day.py - a day in an agent's life: the same commands through the real git and through the front end.

    Benchmarks/day.py [PREFIX]      where install.sh has installed Pawl (default: ~/.local)
    --size NAME                     small, medium, large (repeatable; default: all)
    --days N                        how many days of 100 commands (default 10, 4, 2)
    --real GIT                      the real git (default /usr/bin/git)

Two copies of one repository live through the same day, command by command in turn, so that a change of the machine's
mood meets both; who goes first changes from command to command.  A third copy lives it with PAWL_OUTPUT=compact, for
the bytes that an agent has to read.  Times are wall clock from before the process starts until it is gone, in
milliseconds.  A command's ratio is that of its medians; the total weighs each command's medians by its share of the
day.  Exit status 1: a budget was missed.  Python 3 standard library only.
"""
import argparse
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

FILES = {"small": 30, "medium": 5_000, "large": 60_000}
DAYS = {"small": 10, "medium": 4, "large": 2}
# Of the whole day, and of each command: native ones, and those that Pawl waits for (design, budgets).
TOTAL = {"small": 1.0, "medium": 1.05, "large": 1.05}
# How often in 100 commands, and in which forms.
MIX = {
    "status": (25, ["status", "status --short", "status --porcelain", "status -sb", "status"]),
    "diff": (20, ["diff", "diff --stat", "diff --cached", "diff --name-only", "diff HEAD~1"]),
    "log": (12, ["log --oneline -n 20", "log -n 5", "log -1 --format=%H", "log --oneline -n 10 -- src/d0", "log -3 --stat"]),
    "show": (5, ["show", "show --stat HEAD", "show HEAD~1"]),
    "add": (10, ["add -A", "add src/d0/f0", "add ."]),
    "commit": (8, ["commit -m work"]),
    "rev-parse": (7, ["rev-parse HEAD", "rev-parse --abbrev-ref HEAD", "rev-parse --show-toplevel",
                      "rev-parse --is-inside-work-tree"]),
    "branch": (5, ["branch --show-current", "branch", "branch -a", "branch --list"]),
    "switch": (3, ["switch topic", "checkout main", "switch topic"]),
    "push": (2, ["push origin HEAD"]),
    "fetch": (1, ["fetch origin"]),
    "others": (2, ["remote -v", "ls-files src/d0", "config --get user.name", "merge-base main topic"]),
}
DATE = "@1792000000 +0000"


class Copy:
    """One of the copies, and the git that it is used with."""

    def __init__(self, folder, program, env):
        self.repo, self.program, self.env = os.path.join(folder, "repo"), program, env
        self.times, self.bytes = {}, {}

    def run(self, kind, line, output):
        """Runs it with its output going to a descriptor.  posix_spawn: the least that stands between clock and git."""
        words = ["git"] + line.split(" ")
        here = os.getcwd()
        os.chdir(self.repo)
        began = time.perf_counter()
        child = os.posix_spawn(self.program, words, self.env, file_actions=[
            (os.POSIX_SPAWN_DUP2, output, 1), (os.POSIX_SPAWN_DUP2, output, 2)])
        _, status = os.waitpid(child, 0)
        took = 1000 * (time.perf_counter() - began)
        os.chdir(here)
        return os.waitstatus_to_exitcode(status), took


def day(seed):
    """100 command lines in an order that makes sense: what is edited is looked at, added and committed."""
    rng = random.Random(seed)
    lines = [(kind, rng.choice(forms)) for kind, (count, forms) in MIX.items() if kind not in ("commit", "push", "fetch", "switch")
             for _ in range(count)]
    rng.shuffle(lines)
    # A commit has something to commit: an edit that is added right before it.  A switch comes right behind a commit.
    for number in range(MIX["commit"][0]):
        place = (number + 1) * len(lines) // (MIX["commit"][0] + 1)
        group = [("edit", None), ("commit", "commit -a -m work")]
        if number < MIX["switch"][0]:
            group.append(("switch", MIX["switch"][1][number]))
        elif number < MIX["switch"][0] + MIX["push"][0]:
            group.append(("push", "push origin HEAD"))
        elif number == MIX["commit"][0] - 1:
            group.append(("fetch", "fetch origin"))
        lines[place:place] = group
    # Edits in between: half of the looks find something.
    for place in range(len(lines) - 1, 0, -6):
        lines.insert(place, ("edit", None))
    return lines


class Day:
    def __init__(self, options, scratch):
        self.o, self.scratch = options, scratch
        self.missed = 0
        front = os.path.join(os.path.abspath(options.prefix), "libexec", "pawl", "git")
        home = os.path.join(scratch, "home")
        os.makedirs(home)
        with open(os.path.join(home, ".gitconfig"), "w") as fh:
            fh.write("[user]\n\tname = Dev\n\temail = dev@example.com\n")
        self.env = {"PATH": "%s:/usr/bin:/bin" % os.path.dirname(options.real), "HOME": home, "LC_ALL": "C", "TERM": "dumb",
                    "XDG_STATE_HOME": os.path.join(scratch, "state"), "GIT_CONFIG_NOSYSTEM": "1",
                    "GIT_AUTHOR_DATE": DATE, "GIT_COMMITTER_DATE": DATE}
        self.programs = {"git": options.real, "pawl": front, "compact": front}

    def build(self, size):
        """A repository with history, another branch, a remote, and code-like files."""
        base = os.path.join(self.scratch, size)
        repo = os.path.join(base, "repo")
        os.makedirs(repo)
        body = "".join("line %d of what a file holds\n" % i for i in range(60))
        stream = []
        for commit in range(40):
            files = range(FILES[size]) if commit == 0 else range(commit, FILES[size], max(1, FILES[size] // 3))
            stream.append("commit refs/heads/main\ncommitter D <d@e> %d +0000\ndata 12\nA commit %02d\n" % (1700000000 + 60 * commit, commit))
            for i in files:
                text = "file %d, version %d\n%s" % (i, commit, body)
                stream.append("M 644 inline src/d%d/f%d\ndata %d\n%s\n" % (i // 50, i, len(text), text))
        env = dict(self.env)
        subprocess.run([self.o.real, "init", "-q", "-b", "main", repo], env=env, check=True)
        subprocess.run([self.o.real, "fast-import", "--quiet"], input="".join(stream).encode(), cwd=repo, env=env, check=True)
        script = """g() { "$0" "$@"; }; set -e
            g init -q --bare ../origin.git; g remote add origin ../origin.git; g reset -q --hard
            g checkout -q -b topic; echo topic > topic; g add topic; g commit -qm topic
            g checkout -q main; g push -q -u origin main topic; g config gc.auto 0"""
        subprocess.run(["sh", "-c", script, self.o.real], cwd=repo, env=env, check=True)
        return base

    def copies(self, size):
        base = self.build(size)
        found = {}
        for name, program in self.programs.items():
            folder = "%s-%s" % (base, name)
            shutil.copytree(base, folder, symlinks=True)
            env = dict(self.env, PAWL_OUTPUT="compact") if name == "compact" else self.env
            found[name] = Copy(folder, program, env)
            # The copies' files are new to the index.
            subprocess.run([self.o.real, "update-index", "-q", "--refresh"], cwd=found[name].repo, env=self.env)
        shutil.rmtree(base)
        return found

    def live(self, size, days):
        copies = self.copies(size)
        number = 0
        nowhere = os.open(os.devnull, os.O_RDWR)
        for seed in range(days):
            for kind, line in day(seed):
                number += 1
                if kind == "edit":
                    for copy in copies.values():
                        with open(os.path.join(copy.repo, "src/d0/f%d" % (number % 20)), "a") as fh:
                            fh.write("edit %d\n" % number)
                    continue
                codes = set()
                order = ["git", "pawl"] if number % 2 else ["pawl", "git"]
                for name in order + ["compact"]:
                    copy = copies[name]
                    if name == "pawl":
                        code, took = copy.run(kind, line, nowhere)
                    else:
                        # A file, not a pipe: nobody has to read along.
                        with tempfile.TemporaryFile(dir=self.scratch) as out:
                            code, took = copy.run(kind, line, out.fileno() if name == "compact" else nowhere)
                            copy.bytes[kind] = copy.bytes.get(kind, 0) + os.fstat(out.fileno()).st_size
                    copy.times.setdefault((kind, line), []).append(took)
                    codes.add(code)
                with tempfile.TemporaryFile(dir=self.scratch) as out:
                    self.said(copies["git"], kind, line, out)
                if len(codes) > 1:
                    self.missed += 1
                    print("  not the same exit status: git %s" % line)
        os.close(nowhere)
        self.report(size, days, copies)

    def said(self, copy, kind, line, out):
        """How much the real git prints: commands that change nothing say it again, the others said it once."""
        if kind in ("commit", "push", "fetch", "switch", "add"):
            return
        copy.run(kind, line, out.fileno())
        copy.bytes[kind] = copy.bytes.get(kind, 0) + os.fstat(out.fileno()).st_size

    def report(self, size, days, copies):
        git, pawl, compact = (copies[n] for n in ("git", "pawl", "compact"))
        print("%s: %d files, %d days of 100 commands" % (size, FILES[size], days))
        print("  %-10s %6s  %8s %8s  %6s  %s" % ("", "share", "git med", "pawl med", "ratio", "middle half of the pairs"))
        total = [0.0, 0.0]
        for kind, (share, _) in MIX.items():
            lines = [key for key in git.times if key[0] == kind]
            pairs = [b / a for key in lines for a, b in zip(git.times[key], pawl.times[key])]
            count = sum(len(git.times[key]) for key in lines)
            # Each form by its own median, weighed by how often it came.
            mine = [sum(statistics.median(c.times[key]) * len(c.times[key]) for key in lines) / count for c in (git, pawl)]
            total = [t + m * share for t, m in zip(total, mine)]
            quarters = statistics.quantiles(pairs, n=4) if len(pairs) > 1 else [pairs[0]] * 3
            print("  %-10s %4d %%  %8.2f %8.2f  %6.2f  %.2f to %.2f" % (
                kind, share, mine[0], mine[1], mine[1] / mine[0], quarters[0], quarters[2]))
        ratio = total[1] / total[0]
        held = ratio <= TOTAL[size]
        self.missed += not held
        print("  %-10s        %8.2f %8.2f  %6.2f  budget %.2f: %s" % (
            "the day", total[0], total[1], ratio, TOTAL[size], "held" if held else "MISSED"))
        said = sorted(k for k in git.bytes if git.bytes[k])
        print("  compact output: %s; in all %.0f %% of git's bytes" % (
            ", ".join("%s %.0f %%" % (k, 100 * compact.bytes.get(k, 0) / git.bytes[k]) for k in said),
            100 * sum(compact.bytes.get(k, 0) for k in said) / sum(git.bytes[k] for k in said)), flush=True)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("prefix", nargs="?", default=os.path.expanduser("~/.local"))
    ap.add_argument("--size", action="append", choices=sorted(FILES))
    ap.add_argument("--days", type=int)
    ap.add_argument("--real", default="/usr/bin/git")
    o = ap.parse_args()
    if not os.path.exists(os.path.join(o.prefix, "libexec", "pawl", "git")):
        sys.exit("Pawl is not installed in %s: ./install.sh --prefix %s" % (o.prefix, o.prefix))
    scratch = tempfile.mkdtemp(prefix="pawl-day-")
    try:
        lived = Day(o, scratch)
        for size in o.size or FILES:
            lived.live(size, o.days or DAYS[size])
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return 1 if lived.missed else 0


if __name__ == "__main__":
    sys.exit(main())
