"""The small world every case runs in: where things are, which git, which environment."""
import os
import subprocess

REAL_GIT = os.environ.get("PAWL_TEST_REAL_GIT", "/usr/bin/git")
SYSTEM_PATH = list(dict.fromkeys([os.path.dirname(REAL_GIT), "/usr/bin", "/bin"]))

REPOS = {"work": "work/.git", "origin": "origin.git", "backup": "backup.git"}
REMOTES = ("origin", "backup")

# ---- content whose loss we look for ---------------------------------------
# (tree, path, kind, token): the token is a string found in that file only.
PRECIOUS = (
    ("work", "src/app.py", "modified", "WIP-app-7f31c2d9"),
    ("work", "notes.txt", "staged", "STAGED-notes-51be08aa"),
    ("work", "scratch.txt", "untracked", "UNTRACKED-scratch-9d20e7f1"),
    ("work", "drafts/idea.md", "untracked", "UNTRACKED-idea-c3f5a614"),
    ("work", "build/out.o", "ignored", "IGNORED-out-e8817b02"),
    ("work", "docs/guide.md", "stash", "STASHED-guide-2ac94f3b"),
    ("wt-topic", "src/util.py", "modified", "WIP-wtutil-60d1ee75"),
    ("wt-topic", "wt-scratch.txt", "untracked", "UNTRACKED-wtscratch-b7a0924c"),
)
KIND_OF = {"modified": "worktree", "staged": "worktree", "untracked": "worktree",
           "ignored": "ignored", "stash": "stash"}


def clean_env(base, path, extra=None, date=None):
    """The environment every snippet runs in: nothing inherited."""
    env = {
        "PATH": path,
        "HOME": os.path.join(base, "home"),
        "PWD": os.path.join(base, "work"),
        "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "TERM": "dumb", "USER": "dev",
        "LOGNAME": "dev", "SHELL": "/bin/bash", "TMPDIR": os.path.join(base, "tmp"),
        "GIT_TERMINAL_PROMPT": "0", "GIT_EDITOR": "true", "GIT_SEQUENCE_EDITOR": "true",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CEILING_DIRECTORIES": base,
    }
    if date is not None:
        env["GIT_AUTHOR_DATE"] = env["GIT_COMMITTER_DATE"] = "@%d +0000" % date
    env.update(extra or {})
    return env


def probe_env(base):
    """Environment of the harness's own git calls (real git, no replace refs, no grafts)."""
    return {"PATH": ":".join(SYSTEM_PATH), "HOME": "/nonexistent", "LC_ALL": "C",
            "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": "/dev/null",
            "GIT_NO_REPLACE_OBJECTS": "1", "GIT_GRAFT_FILE": "/dev/null",
            "GIT_OPTIONAL_LOCKS": "0", "GIT_CEILING_DIRECTORIES": base}


def probe(base, args, cwd=None, inp=None):
    p = subprocess.run([REAL_GIT] + args, cwd=cwd or base, env=probe_env(base),
                       input=inp, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                       **({} if inp is not None else {"stdin": subprocess.DEVNULL}))
    return p.returncode, p.stdout
