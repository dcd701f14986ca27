"""Generated repositories for the comparison of native operations with the real git: each made at random from a seed, of
ordinary and of unusual things, and left in some condition in the middle of work."""
import os
import shutil
import subprocess
import time

NAMES = ["a", "b.txt", "README.md", "Makefile", "src/main.c", "src/util.c", "src/deep/er/x.py", "docs/index.md", "docs/a b.txt",
         "lib/one.swift", "lib/two.swift", "lib/z/last", "sp ace/file", "build/out.o", "x.o", "log.log", "tool.sh", "zz",
         "a.b", "a-b", "a/nested", "A", "ümlaut", "tab\there", 'quo"te', "back\\slash", "new\nline", "src.txt", "src-old/f",
         "-dash", "b\udcff\udcfe", "emoji-😀", "main", "HEAD~1", "empty", "crlf.txt", "vendor/v.js", "vendor/.gitignore"]
WORDS = ["alpha", "beta", "gamma", "delta", "int main(void)", "{", "}", "", "\treturn 0;", "func x() {", "    pass", "# head", "end"]
IGNORES = ["*.o\nbuild/\n", "*.log\n!keep.log\n/vendor\n", "docs/*\n!docs/index.md\n", "**/deep\n# note\n\\#x\n", "a-?\n[z]z\n  \nsp\\ ace/\n", "/src/*.c\n", "lib/**/last\n"]
SETTINGS = [("core.quotePath", "false"), ("core.quotePath", "true"), ("color.ui", "always"), ("color.ui", "auto"),
            ("status.short", "true"), ("status.branch", "true"), ("status.showUntrackedFiles", "all"), ("status.relativePaths", "false"),
            ("core.abbrev", "10"), ("log.date", "iso"), ("log.decorate", "short"), ("diff.renames", "copies"), ("diff.noprefix", "true"),
            ("diff.mnemonicPrefix", "true"), ("diff.context", "1"), ("advice.statusHints", "false"), ("format.pretty", "oneline"),
            ("core.fileMode", "false"), ("core.autocrlf", "input"), ("alias.st", "status"), ("pull.rebase", "true"),
            ("core.excludesFile", "{home}/excludes"), ("core.untrackedCache", "true"), ("column.ui", "always"), ("core.pager", "less"),
            ("i18n.logOutputEncoding", "latin1"), ("core.commentChar", ";"), ("tag.sort", "-version:refname"), ("branch.sort", "-committerdate"),
            ("push.default", "current"), ("url.https://example.com/.insteadOf", "ex:"), ("merge.conflictStyle", "diff3"), ("init.defaultBranch", "x"),
            ("core.logAllRefUpdates", "false"), ("core.logAllRefUpdates", "always"), ("branch.autoSetupMerge", "always"), ("checkout.guess", "false"),
            ("core.autocrlf", "true"), ("user.name", "Zoë , Q. \"x\" <y>")]


class World:
    def __init__(self, rng, base, real):
        self.rng, self.base, self.real = rng, base, real
        self.repo, self.home = os.path.join(base, "repo"), os.path.join(base, "home")
        self.clock = int(time.time()) - 400000
        self.kinds = set()
        os.makedirs(self.repo)
        os.makedirs(self.home)

    def environment(self):
        return {"PATH": os.path.dirname(self.real) + ":/usr/bin:/bin", "HOME": self.home, "LC_ALL": "C", "TERM": "dumb",
                "GIT_CONFIG_NOSYSTEM": "1", "GIT_AUTHOR_NAME": "Ann Öther", "GIT_AUTHOR_EMAIL": "ann@example.com",
                "GIT_COMMITTER_NAME": "C O Mitter", "GIT_COMMITTER_EMAIL": "c@example.com", "GIT_EDITOR": "true",
                "GIT_TERMINAL_PROMPT": "0", "GIT_CEILING_DIRECTORIES": self.base}

    def git(self, *words, cwd=None, ok=False, data=None, **env):
        date = "@%d +0000" % self.clock
        env = dict(dict(self.environment(), GIT_AUTHOR_DATE=date, GIT_COMMITTER_DATE=date), **env)
        p = subprocess.run([self.real, *words], cwd=cwd or self.repo, env=env, input=data,
                           stdout=subprocess.PIPE, stderr=subprocess.STDOUT, close_fds=False,
                           stdin=None if data is not None else subprocess.DEVNULL)
        if p.returncode and not ok:
            raise RuntimeError("%s: %s" % (" ".join(words), p.stdout.decode(errors="replace")))
        return p.stdout.decode(errors="surrogateescape")

    def chance(self, share):
        return self.rng.random() < share

    # ---- files -----------------------------------------------------------------------------------------------
    def text(self):
        rng = self.rng
        lines = [rng.choice(WORDS) + (" %d" % rng.randrange(30) if self.chance(0.5) else "") for _ in range(rng.choice([1, 3, 8, 20, 60]))]
        end = "\r\n" if self.chance(0.05) else "\n"
        body = end.join(lines) + (end if self.chance(0.93) else "")
        if self.chance(0.03):
            body += "\0bin"
        return body.encode() if not self.chance(0.04) else b""

    def path(self, name, repo=None):
        return os.path.join(repo or self.repo, name)

    def put(self, name, body=None, repo=None):
        path = self.path(name, repo)
        try:
            os.makedirs(os.path.dirname(path), exist_ok=True)
            if os.path.islink(path) or os.path.isdir(path):
                return False
            with open(path, "wb") as fh:
                fh.write(self.text() if body is None else body)
        except OSError:
            return False
        self.age(path)
        return True

    def age(self, path):
        """What is made here lies in the past, so that the index is not racy unless it is meant to be."""
        self.clock += self.rng.randrange(1, 50)
        try:
            os.utime(path, (self.clock, self.clock), follow_symlinks=False)
        except OSError:
            pass

    def edit(self, name, repo=None):
        path = self.path(name, repo)
        if os.path.islink(path) or not os.path.isfile(path):
            return
        with open(path, "rb") as fh:
            body = fh.read()
        lines = body.split(b"\n")
        for _ in range(self.rng.choice([1, 1, 2, 5])):
            at = self.rng.randrange(len(lines))
            how = self.rng.randrange(4)
            if how == 0:
                lines.insert(at, self.rng.choice(WORDS).encode())
            elif how == 1:
                lines[at] = self.rng.choice(WORDS).encode() + b" %d" % self.rng.randrange(99)
            elif how == 2 and len(lines) > 1:
                del lines[at]
            elif lines[at]:
                lines[at] = lines[at][:-1] + b"%"
        with open(path, "wb") as fh:
            fh.write(b"\n".join(lines))
        self.age(path)

    def tracked(self):
        return [x for x in self.git("ls-files", "-z").split("\0") if x]

    def commit(self, *words, **env):
        self.clock += self.rng.choice([1, 60, 3600])
        date = "@%d %s" % (self.clock, self.rng.choice(["+0000", "+0200", "-0730"]))
        subject = self.rng.choice(["Fix it", "Add the thing", "WIP", "Ünïcode", "A long subject line that goes on and on for more than seventy-two columns, yes"])
        body = self.rng.choice(["", "", "\n\nBody of it.\nTwo lines.\n\nSigned-off-by: A <a@b>", "\nsecond subject line"])
        self.git("commit", "-q", "--allow-empty", "-m", subject + body, *words, ok=True,
                 GIT_AUTHOR_DATE=date, GIT_COMMITTER_DATE=date, **env)

    # ---- the whole ---------------------------------------------------------------------------------------------
    def build(self):
        rng = self.rng
        self.git("init", "-q", "-b", rng.choice(["main", "main", "master", "feature/x-1"]), ".")
        with open(os.path.join(self.home, ".gitconfig"), "w") as fh:
            fh.write("[user]\n\tname = A\n\temail = a@b\n" if self.chance(0.7) else "")
        with open(os.path.join(self.home, "excludes"), "w") as fh:
            fh.write("*.log\n/zz\n")
        if self.chance(0.2):
            os.makedirs(os.path.join(self.home, ".config/git"))
            with open(os.path.join(self.home, ".config/git/ignore"), "w") as fh:
                fh.write("*.tmp\nb.txt\n")
        names = rng.sample(NAMES, rng.choice([2, 6, 12, 25]))
        if self.chance(0.5):
            self.put(".gitignore", rng.choice(IGNORES).encode())
        for name in names:
            self.put(name)
        if self.chance(0.03):
            # Enough to be looked at by several threads.
            self.kinds.add("wide")
            for number in range(rng.choice([1000, 1300, 1700])):
                self.put("wide/%d/%d/f%d" % (number % 9, number % 7, number), b"%d\n" % number)
        if self.chance(0.3):
            os.symlink(rng.choice(["a", "nowhere", "src"]), self.path("link"))
            self.age(self.path("link"))
        if self.chance(0.3) and os.path.isfile(self.path("tool.sh")):
            os.chmod(self.path("tool.sh"), 0o755)
        if not self.chance(0.06):
            self.git("add", "-A", ok=True)
            if self.chance(0.94):
                self.commit()
                for _ in range(rng.choice([0, 1, 4, 12])):
                    self.change()
                    self.git("add", "-A", ok=True)
                    self.commit()
                self.history()
        self.conditions()
        self.unsaved()
        if self.chance(0.7):
            # Entries are refreshed, and the index is younger than all of them.
            self.git("update-index", "-q", "--refresh", ok=True)
        for key, value in rng.sample(SETTINGS, rng.choice([0, 0, 0, 0, 0, 0, 0, 1, 1, 2])):
            self.git("config", *(["--global"] if self.chance(0.3) else []), key, value.format(home=self.home))
            self.kinds.add(key)

    def change(self):
        rng = self.rng
        tracked = self.tracked()
        for _ in range(rng.choice([1, 2, 4])):
            how = rng.randrange(10)
            name = rng.choice(tracked) if tracked else "a"
            if how < 5:
                self.edit(name)
            elif how < 7:
                self.put(rng.choice(NAMES))
            elif how == 7 and os.path.lexists(self.path(name)) and not os.path.isdir(self.path(name)):
                os.remove(self.path(name))
            elif how == 8 and os.path.isfile(self.path(name)):
                self.git("mv", "-k", "--", name, name + ".moved", ok=True)
            elif os.path.isfile(self.path(name)) and not os.path.islink(self.path(name)):
                os.chmod(self.path(name), rng.choice([0o755, 0o644]))

    def history(self):
        rng = self.rng
        for branch in rng.sample(["side", "topic/one", "topic/two", "release-1", "v1"], rng.choice([0, 1, 2, 3])):
            self.git("branch", branch, rng.choice(["HEAD", "HEAD~1", "HEAD~2"]), ok=True)
        for tag in rng.sample(["v1.0", "v1.10", "v1.9", "rel/2", "side", "t"], rng.choice([0, 1, 2, 4])):
            self.git("tag", *(["-a", "-m", "tagged\n\nmore"] if self.chance(0.5) else []), tag, rng.choice(["HEAD", "HEAD~1", "HEAD^{tree}"]), ok=True)
        for branch in rng.sample(["other", "work/a", "work/b", "renamed"], rng.choice([0, 0, 1, 2, 3])):
            before = self.git("symbolic-ref", "--short", "HEAD").strip()
            self.git("checkout", "-q", "-b", branch, rng.choice(["HEAD", "HEAD", "HEAD~1"]), ok=True)
            for _ in range(rng.choice([1, 1, 3])):
                self.change()
                self.git("add", "-A", ok=True)
                self.commit()
            self.git("checkout", "-q", before, ok=True)
        if self.chance(0.4):
            self.git("checkout", "-q", "-b", "merged", "HEAD~1", ok=True)
            self.change()
            self.git("add", "-A", ok=True)
            self.commit()
            self.git("checkout", "-q", "-", ok=True)
            self.git("merge", "-q", "--no-edit", "merged", ok=True)
            self.git("merge", "--abort", ok=True)
            self.git("reset", "-q", "--hard", ok=True)
        if self.chance(0.5):
            self.git("remote", "add", "origin", rng.choice(["../origin.git", "https://example.com/x.git", "ex:y"]))
            branch = self.git("symbolic-ref", "--short", "HEAD").strip()
            self.git("update-ref", "refs/remotes/origin/" + branch, rng.choice(["HEAD", "HEAD~1", "side"]), ok=True)
            if self.chance(0.8):
                self.git("config", "branch.%s.remote" % branch, "origin")
                self.git("config", "branch.%s.merge" % branch, "refs/heads/" + branch)
            if self.chance(0.3):
                self.git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/" + branch)
            for _ in range(rng.choice([0, 0, 1, 3])):
                self.commit()
        if self.chance(0.1):
            self.git("remote", "add", "other", "/srv/other.git")

    def conditions(self):
        rng = self.rng
        has = self.git("rev-parse", "-q", "--verify", "HEAD", ok=True).strip()
        if not has:
            self.kinds.add("unborn")
            return
        if self.chance(0.3):
            self.git("pack-refs", "--all")
        if self.chance(0.3):
            self.git("gc", "-q", ok=True)
        if self.chance(0.1):
            self.git("checkout", "-q", "--detach", rng.choice(["HEAD", "HEAD~1"]), ok=True)
            self.kinds.add("detached")
        if self.chance(0.05):
            self.kinds.add("shallow")
            with open(os.path.join(self.repo, ".git/shallow"), "w") as fh:
                fh.write(has + "\n")
        if self.chance(0.05):
            self.kinds.add("replace")
            self.git("replace", "HEAD", "HEAD~1", ok=True)
        if self.chance(0.05):
            self.kinds.add("alternates")
            self.git("init", "-q", "--bare", "../store.git")
            with open(os.path.join(self.repo, ".git/objects/info/alternates"), "w") as fh:
                fh.write(os.path.join(self.base, "store.git/objects") + "\n")
        if self.chance(0.06):
            self.kinds.add("conflict")
            self.git("checkout", "-q", "-b", "c1", ok=True)
            self.put("conflicted", b"one\n")
            self.git("add", "conflicted", ok=True)
            self.commit()
            self.git("checkout", "-q", "-b", "c2", "HEAD~1", ok=True)
            self.put("conflicted", b"two\n")
            self.git("add", "conflicted", ok=True)
            self.commit()
            self.git(rng.choice(["merge", "cherry-pick", "rebase"]), "c1", ok=True)
        if self.chance(0.05):
            self.kinds.add("submodule")
            lib = os.path.join(self.base, "lib")
            self.git("init", "-q", lib)
            self.git("commit", "-q", "--allow-empty", "-m", "lib", cwd=lib)
            self.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", "../lib", "lib-sub", ok=True)
        if self.chance(0.05):
            self.kinds.add("attributes")
            self.put(".gitattributes", rng.choice([b"*.txt text eol=crlf\n", b"*.c diff=cpp\n*.md -diff\n", b"* ident\n"]))
        if self.chance(0.05):
            self.git("notes", "add", "-m", "a note", "HEAD", ok=True)
            self.kinds.add("notes")
        if self.chance(0.03):
            self.put(".mailmap", b"Somebody <s@example.com> <ann@example.com>\n")
        if self.chance(0.03):
            hook = os.path.join(self.repo, ".git/hooks", rng.choice(["post-checkout", "post-index-change", "reference-transaction"]))
            os.makedirs(os.path.dirname(hook), exist_ok=True)
            with open(hook, "w") as fh:
                fh.write("#!/bin/sh\necho hook >&2\n")
            os.chmod(hook, rng.choice([0o755, 0o755, 0o644]))
            self.kinds.add("hook")
        if self.chance(0.04):
            self.git("update-index", rng.choice(["--split-index", "--index-version=4", "--untracked-cache"]), ok=True)
            self.kinds.add("odd index")
        if self.chance(0.15) and "submodule" not in self.kinds:
            self.kinds.add("linked")
            linked = os.path.join(self.base, "linked")
            self.git("worktree", "add", "-q", "-b", "linked", linked, ok=True)
            if os.path.isdir(linked):
                self.repo = linked
                for name in self.tracked():
                    self.age(self.path(name))

    def unsaved(self):
        rng = self.rng
        tracked = self.tracked()
        if "wide" in self.kinds and self.chance(0.3):
            folder = os.path.join(self.repo, rng.choice(["wide/3/4", "wide/8"]))
            shutil.rmtree(folder, ignore_errors=True)
            if self.chance(0.5) and os.path.isdir(os.path.dirname(folder)):
                os.symlink(rng.choice(["nowhere", "2"]), folder)
        for _ in range(rng.choice([0, 0, 1, 3, 8])):
            how = rng.randrange(12)
            name = rng.choice(tracked) if tracked else "a"
            if how < 4:
                self.edit(name)
                if self.chance(0.4):
                    self.git("add", "--", name, ok=True)
                    if self.chance(0.3):
                        self.edit(name)
            elif how < 7:
                new = rng.choice(NAMES + ["new/dir/f", "new/dir/g", "un.tmp", "deep/1/2/3", "keep.log", "other.log"])
                if self.put(new) and self.chance(0.3):
                    self.git("add", "--", new, ok=True)
            elif how == 7:
                if os.path.lexists(self.path(name)) and not os.path.isdir(self.path(name)):
                    os.remove(self.path(name))
                    if self.chance(0.5):
                        self.git("add", "-A", "--", name, ok=True)
            elif how == 8:
                self.git("mv", "-k", "--", name, name + "2", ok=True)
            elif how == 9:
                path = self.path(name)
                if os.path.isfile(path) and not os.path.islink(path):
                    os.chmod(path, rng.choice([0o755, 0o644]))
            elif how == 10:
                # Touched only, or the type changed.
                path = self.path(name)
                if self.chance(0.7):
                    self.age(path)
                elif os.path.isfile(path):
                    os.remove(path)
                    os.symlink("elsewhere", path)
            else:
                try:
                    os.makedirs(self.path(rng.choice(["emptydir", "empty/er", "src/none"])), exist_ok=True)
                except OSError:
                    pass
        if self.chance(0.03):
            self.put("ita")
            self.git("add", "-N", "ita", ok=True)
        if self.chance(0.03):
            self.git("init", "-q", self.path("nested-repo"))
        if self.chance(0.03) and tracked:
            self.git("update-index", rng.choice(["--assume-unchanged", "--skip-worktree"]), "--", rng.choice(tracked), ok=True)
        if self.chance(0.1) and self.put("racy", b"racy\n"):
            self.git("add", "racy", ok=True)
            os.utime(self.path("racy"))
        if self.chance(0.05):
            self.git("stash", "-q", ok=True)
