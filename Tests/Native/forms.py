"""Command lines for the comparison of native operations with the real git. `{A|B}` chooses, `{@revision}` and kin take
something that the repository has, or has not; a blank outside braces parts words. TEMPLATES are forms that run natively
where the repository allows, OTHERS are near them and have to be left to git."""
import re

TEMPLATES = {
    "add": ["add {-A|--all|.}", "add {@path}", "add {@path} {@path}", "add -- {@path}", "add -A {@path}"],
    "rev-parse": [
        "rev-parse {@revision}", "rev-parse HEAD", "rev-parse {--short|--short=10|--short=4} {HEAD|@revision}",
        "rev-parse {--abbrev-ref|--symbolic-full-name} {HEAD|@|@branch|@{u}|@{upstream}}", "rev-parse --abbrev-ref --symbolic-full-name {HEAD|@{u}}", "rev-parse --verify {-q|--quiet|} {@revision}",
        "rev-parse {--show-toplevel|--git-dir|--absolute-git-dir|--git-common-dir|--is-inside-work-tree|--show-prefix|--show-cdup|--is-bare-repository|--is-inside-git-dir}",
        "rev-parse --show-toplevel --git-dir --abbrev-ref HEAD", "rev-parse HEAD {@branch}",
    ],
    "status": [
        "status", "status {-s|--short|--porcelain|--porcelain=v1|--porcelain=v2|-sb|-z}", "status --short --branch",
        "status --porcelain {-b|-z|-uno|-uall|-u}", "status --porcelain=v2 {--branch|-z|-uall}", "status {-uno|-uall|-u|--untracked-files=all}",
        "status -s {-uno|-uall|-b|-z}", "status", "status -s", "status {-s|--porcelain|} {--|} {@path}", "status {-s|-uall} . {@path}",
        "status --porcelain=v2 -z --no-renames --ignore-submodules=none --untracked-files={no|all} {--|} {@path|.}", "status {--no-renames|-s --no-renames}",
    ],
    "diff": [
        "diff", "diff {--cached|--staged}", "diff {--stat|--numstat|--shortstat|--name-only|--name-status|-p|-u|--quiet|--exit-code}",
        "diff --cached {--stat|--numstat|--shortstat|--name-only|--name-status}", "diff {--stat|--name-only|} {@commit} {@commit}",
        "diff {--stat|--name-status|} {@commit}..{@commit}", "diff {--|} {@path}", "diff --cached -- {@path} {@path}", "diff --cached {@commit}", "diff {--stat|--name-only|} {HEAD|@commit}",
        "diff {--stat|--name-only|} {@commit} {@commit} -- {@path}", "diff", "diff --stat",
    ],
    "log": [
        "log", "log {-1|-2|-5|-n2|--max-count=3}", "log -n {1|3}", "log --oneline {-1|-3|-20|}", "log {@commit}", "log --oneline {@commit}..{@commit}",
        "log {-3|--no-merges|--first-parent} {--oneline|}", "log -2 --format={%H|%h %s|%h|%an <%ae>|%ad|%cd %ci %cI|%s%n%b|%B|%T %t %P %p|%ar|%cs|%x41%x00|%%}",
        "log -3 --pretty={oneline|medium|format:%h %s|tformat:%H|format:%B}", "log --oneline --abbrev-commit -2",
        "log -3 {--stat|--name-only|--name-status|-p|--numstat|--shortstat}", "log -3 --oneline {--stat|--name-only|--name-status|-p}",
        "log -{1|4} --abbrev-commit", "log {-3|--oneline|} {--author=Ann|--author=ann@|--author=nobody|--grep=Fix|--grep=the thing|--grep=WIP|--grep=Signed-off} {--stat|}", "log --oneline --author=Ann --grep=thing", "log {-2|-20} {--oneline|--stat|--name-only|-p|} -- {@path} {@path|}", "log --oneline {@commit}..{@commit} -- {@path}", "log -2 {@revision} --",
    ],
    "show": [
        "show", "show {@revision}", "show {--stat|--name-only|--name-status|-s|--no-patch|--numstat|--oneline} {@commit}", "show {-s|--no-patch} --format={%H|%an|%ad %s|%B} {@commit}",
        "show HEAD:{@path}", "show {@commit}:{@path}", "show --oneline {--stat|-s|--name-only} {@revision}", "show --pretty={oneline|medium} {@commit}",
    ],
    "branch": ["branch --show-current", "branch {-a|-r|--list|-v|}", "branch {-v|-a} {-a|--list|}", "branch {-a|-r|-v|} --contains {HEAD|@commit|@revision|}"],
    "cat-file": ["cat-file {-t|-s|-p|-e} {@revision}", "cat-file {-p|-t} {@object}", "cat-file -p HEAD:{@path}"],
    "checkout": ["checkout {@branch}", "checkout {@branch}", "checkout {-q|--quiet} {@branch}", "checkout -b {@new}", "checkout {-q -b|--quiet -b} {@new}", "checkout -b {@new} -q", "checkout {@branch} --", "checkout {-q|} -"],
    "config": ["config --get {user.name|user.email|core.bare|remote.origin.url|branch.main.merge|CORE.fileMode|nothing.here|core.quotepath|bogus|a..b}",
               "config {user.name|remote.origin.fetch|core.editor}"],
    "ls-files": ["ls-files", "ls-files {-z|-s|-c|--stage}", "ls-files {-o|--others} --exclude-standard", "ls-files -s -z", "ls-files {-s|-z|} {--|} {@path} {@path|}", "ls-files {.|-- ..}"],
    "merge-base": ["merge-base {--is-ancestor|} {@commit} {@commit}", "merge-base {HEAD|main} {side|merged|origin/main|HEAD~1}", "merge-base {--is-ancestor|} {HEAD~1|HEAD~2} HEAD"],
    "remote": ["remote", "remote {-v|--verbose}", "remote get-url {origin|other|nothing}"],
    "show-ref": ["show-ref", "show-ref {--heads|--tags}"],
    "tag": ["tag", "tag {-l|--list}"],
    "switch": ["switch {@branch}", "switch {@branch}", "switch {-q|--quiet} {@branch}", "switch {@branch} -q", "switch {-c|--create} {@new}", "switch {-q|} -c {@new}", "switch --create={@new}", "switch {-q|} -"],
    "symbolic-ref": ["symbolic-ref {--short|-q|--quiet|} HEAD"],
}
OTHERS = {
    "add": ["add {-n|-v|-f|-N|-u|-p} {@path}", "add", "add {*.txt|:/|../x|src/}"],
    "rev-parse": ["rev-parse {@word}", "rev-parse --path-format=relative --git-dir"],
    "status": ["status {--ignored|--show-stash|-v|--column|-s --long}", "status {*.c|:/|../x|src/}"],
    "diff": ["diff {-w|--word-diff|-M|--raw|-z|-U1|--check|--stat=40|--color=always}", "diff {@commit}...{@commit}"],
    "log": ["log -2 --format={%d|%z|%C(red)%h|%D|%<(10)%s|}", "log -2 --pretty={short|full|fuller|raw|email|}", "log -3 --format={%h|%h %s} {--stat|--name-only}",
            "log -2 {@path}", "log -3 --grep={Fix.*|^W|it$|a,b}", "log --graph --oneline", "log --all -3", "log {@word}", "log --reverse -2", "log --author Ann -2", "log -i --author=ann -2", "log --grep=Fix --grep=WIP", "log --decorate -2", "log -0",
            "log {@commit} {@commit}", "log ^{@commit} {@commit}"],
    "show": ["show {@commit} {@commit}", "show -m {@commit}", "show :a", "show --format={%h|} {@commit}"],
    "branch": ["branch {--merged|--no-contains|--sort=-committerdate} {@commit}", "branch -vv"],
    "cat-file": ["cat-file blob {@revision}", "cat-file --batch-check"],
    "checkout": ["checkout {@revision}", "checkout {-f|-m|--detach|-B} {@branch}", "checkout {--|} {@path}", "checkout {-|@{-1}|HEAD|}", "checkout -b {@new} {@commit}"],
    "config": ["config --list", "config {--get-all|--bool|--global|--local} {user.name|core.bare}"],
    "ls-files": ["ls-files -o --exclude-standard -- {@path}", "ls-files {-m|-d|-t|-v|--full-name}"],
    "merge-base": ["merge-base --all HEAD {@commit}"],
    "remote": ["remote show"],
    "show-ref": ["show-ref {--verify|} refs/heads/main", "show-ref {-d|-s|--head}"],
    "tag": ["tag -l v*", "tag {-n|--points-at|--sort=-refname}"],
    "switch": ["switch {@revision}", "switch {-f|-m|--detach|-C|--discard-changes} {@branch}", "switch {-|@{-1}|HEAD|}", "switch -c {@new} {@commit}"],
    "symbolic-ref": ["symbolic-ref refs/remotes/origin/HEAD"],
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
    if kind == "new":
        return rng.choice(["fresh", "fresh", "fresh/a", "deep/er/one", "topic", "topic/one", "topic/one/x", "side", "v1.0", "main", "cafe", "beef5", "HEAD",
                           "x.lock", "-q", "a..b", "origin/main", "origin", "ümlaut", "Fresh-2.1"])
    if kind == "path":
        return rng.choice(facts["paths"] + ["src", ".", "docs", "nothing", "a"])
    if kind == "word":
        return rng.choice(["--bogus", "-h", "--abbrev", "--sho", "--", "nothing", "--short", "-q"])
    raise KeyError(kind)
