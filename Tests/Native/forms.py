"""Command lines for the comparison of native operations with the real git. `{A|B}` chooses, `{@revision}` and kin take
something that the repository has, or has not; a blank outside braces parts words."""
import re

TEMPLATES = {
    "rev-parse": [
        "rev-parse {@revision}", "rev-parse HEAD", "rev-parse {--short|--short=10|--short=4} {HEAD|@revision}",
        "rev-parse {--abbrev-ref|--symbolic-full-name} {HEAD|@|@branch}", "rev-parse --verify {-q|--quiet|} {@revision}",
        "rev-parse {--show-toplevel|--git-dir|--absolute-git-dir|--git-common-dir|--is-inside-work-tree|--show-prefix|--show-cdup|--is-bare-repository|--is-inside-git-dir}",
        "rev-parse --show-toplevel --git-dir --abbrev-ref HEAD", "rev-parse HEAD {@branch}", "rev-parse {@word}",
    ],
    "status": [
        "status", "status {-s|--short|--porcelain|--porcelain=v1|--porcelain=v2|-sb|-z}", "status --short --branch",
        "status --porcelain {-b|-z|-uno|-uall|-u}", "status --porcelain=v2 {--branch|-z|-uall}", "status {-uno|-uall|-u|--untracked-files=all}",
        "status -s {-uno|-uall|-b|-z}", "status {--ignored|--show-stash|-v|--column|-s --long}", "status {-s|} {--|} {@path}",
    ],
    "branch": ["branch --show-current"],
    "symbolic-ref": ["symbolic-ref {--short|-q|--quiet|} HEAD"],
}
REVISIONS = ["HEAD", "@", "HEAD~1", "HEAD^", "HEAD^2", "HEAD~3", "main", "master", "side", "topic/one", "v1.0", "v1", "merged", "origin/main",
             "refs/heads/main", "heads/main", "HEAD^{tree}", "v1.0^{commit}", "v1.0^{}", "HEAD:a", "nothing", "@{u}", "HEAD@{1}", "main..side",
             "ORIG_HEAD", "origin", "t", "side~1^0", "HEAD^{/Fix}", "--all", "tags/t"]


def expand(rng, template, facts):
    def choose(match):
        choice = rng.choice(match.group(1).split("|"))
        if choice.startswith("@") and len(choice) > 1:
            return pick(rng, choice[1:], facts).replace(" ", "\1")
        return choice.replace(" ", "\1")
    text = re.sub(r"\{([^{}]*)\}", choose, template)
    return [word.replace("\1", " ") for word in text.split(" ") if word]


def pick(rng, kind, facts):
    if kind == "revision":
        if facts["objects"] and rng.random() < 0.3:
            name = rng.choice(facts["objects"])
            return name[:rng.choice([4, 5, 7, 8, 12, 39, 40])]
        return rng.choice(REVISIONS + facts["refs"])
    if kind == "branch":
        return rng.choice(facts["branches"] or ["main"])
    if kind == "path":
        return rng.choice(facts["paths"] + ["src", ".", "docs", "nothing", "a"])
    if kind == "word":
        return rng.choice(["--bogus", "-h", "--abbrev", "--sho", "--", "nothing", "--short", "-q"])
    raise KeyError(kind)
