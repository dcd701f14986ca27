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
    "diff": [
        "diff", "diff {--cached|--staged}", "diff {--stat|--numstat|--shortstat|--name-only|--name-status|-p|-u|--quiet|--exit-code}",
        "diff --cached {--stat|--numstat|--shortstat|--name-only|--name-status}", "diff {--stat|--name-only|} {@commit} {@commit}",
        "diff {--stat|--name-status|} {@commit}..{@commit}", "diff {--|} {@path}", "diff --cached -- {@path} {@path}", "diff --cached {@commit}",
        "diff {@commit}", "diff {--stat|--name-only|} {@commit} {@commit} -- {@path}", "diff {-w|--word-diff|-M|--raw|-z|-U1|--check|--stat=40}",
    ],
    "log": [
        "log", "log {-1|-2|-5|-n2|--max-count=3}", "log -n {1|3}", "log --oneline {-1|-3|-20|}", "log {@commit}", "log --oneline {@commit}..{@commit}",
        "log {-3|--no-merges|--first-parent} {--oneline|}", "log -2 --format={%H|%h %s|%h|%an <%ae>|%ad|%cd %ci %cI|%s%n%b|%B|%T %t %P %p|%ar|%cs|%x41%x00|%%|%d|%z}",
        "log -3 --pretty={oneline|medium|format:%h %s|tformat:%H|format:%B|short|full|fuller|raw|email}", "log --oneline --abbrev-commit -2",
        "log -3 {--stat|--name-only|--name-status|-p|--numstat|--shortstat}", "log -3 --oneline {--stat|--name-only|--name-status|-p}",
        "log -{1|4} --abbrev-commit", "log -3 --format={%h|%h %s} {--stat|--name-only}", "log -2 -- {@path}", "log --graph --oneline", "log --all -3", "log {@word}",
        "log -2 {@revision} --", "log --reverse -2", "log --author=Ann -2", "log --decorate -2", "log -0",
    ],
    "show": [
        "show", "show {@revision}", "show {--stat|--name-only|--name-status|-s|--no-patch|--numstat|--oneline} {@commit}", "show {-s|--no-patch} --format={%H|%an|%ad %s|%B} {@commit}",
        "show HEAD:{@path}", "show {@commit}:{@path}",
        "show --oneline {--stat|-s|--name-only} {@revision}", "show --pretty={oneline|medium|short} {@commit}",
    ],
    "branch": ["branch --show-current", "branch {-a|-r|--list|-v|}", "branch {-v|-a|-vv} {-a|--list|}", "branch {--contains|--merged|--sort=-committerdate} {@commit}"],
    "cat-file": ["cat-file {-t|-s|-p|-e} {@revision}", "cat-file {-p|-t} {@object}", "cat-file blob {@revision}", "cat-file -p HEAD:{@path}"],
    "config": ["config --get {user.name|user.email|core.bare|remote.origin.url|branch.main.merge|CORE.fileMode|nothing.here|core.quotepath|bogus|a..b}",
               "config {user.name|remote.origin.fetch|--list|core.editor}", "config {--get-all|--bool|--global|--local} {user.name|core.bare}"],
    "ls-files": ["ls-files", "ls-files {-z|-s|-c|--stage|-o|-m|-d}", "ls-files {-o|--others} --exclude-standard", "ls-files -- {@path}", "ls-files -s -z"],
    "merge-base": ["merge-base {--is-ancestor|} {@commit} {@commit}", "merge-base {HEAD|main} {side|merged|origin/main}", "merge-base --all HEAD {@commit}"],
    "remote": ["remote", "remote {-v|--verbose}", "remote get-url {origin|other|nothing}", "remote show"],
    "show-ref": ["show-ref", "show-ref {--heads|--tags|-d|-s|--head}", "show-ref {--verify|} refs/heads/main"],
    "tag": ["tag", "tag {-l|--list}", "tag -l v*", "tag {-n|--points-at} "],
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
    if kind == "commit":
        return rng.choice(["HEAD", "HEAD", "HEAD~1", "HEAD~2", "HEAD^", "main", "side", "v1.0", "merged", "origin/main"] + facts["refs"] + facts["commits"])
    if kind == "object":
        return rng.choice(facts["objects"] or ["HEAD"])
    if kind == "branch":
        return rng.choice(facts["branches"] or ["main"])
    if kind == "path":
        return rng.choice(facts["paths"] + ["src", ".", "docs", "nothing", "a"])
    if kind == "word":
        return rng.choice(["--bogus", "-h", "--abbrev", "--sho", "--", "nothing", "--short", "-q"])
    raise KeyError(kind)
