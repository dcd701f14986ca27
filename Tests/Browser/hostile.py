#!/usr/bin/env python3
"""Writes a valid audit log in which every text is made to break a page: hostile.py FOLDER [MORE]

Prints nothing. MORE harmless records stand before the hostile ones."""
import hashlib
import json
import os
import sys

# Each sets `pwned` if any of it is taken for more than text.
PAYLOADS = [
    "<script>window.pwned=1</script>",
    "</script><script>window.pwned=1</script>",
    "</title></style></textarea></noscript><script>window.pwned=1</script>",
    '<img src=x onerror="window.pwned=1">',
    "'\"><svg onload=window.pwned=1>",
    '" autofocus onfocus="window.pwned=1" x="',
    "' autofocus onfocus='window.pwned=1' x='",
    # One character to those who count characters, a quotation mark to a browser.
    '"\u0301 autofocus onfocus=window.pwned=1 x="\u0301',
    '"\u200d tabindex=0 autofocus onfocus=window.pwned=1 x="\ufe0f',
    "<\u0338script>window.pwned=1<\u0338/script>",
    "javascript:window.pwned=1",
    "data:text/html,<script>window.pwned=1</script>",
    '<a href="javascript:window.pwned=1">here</a>',
    "<!--<script>",
    "--><script>window.pwned=1</script>",
    "]]><script>window.pwned=1</script>",
    "{{{data}}}{{#blocked}}",
    "{{% CONTENT_TYPE:TEXT}}",
    "${window.pwned=1}`",
    "\\u003cscript\\u003ewindow.pwned=1\\u003c/script\\u003e",
    "&lt;script&gt;&amp;#39;",
    "\u2028window.pwned=1\u2029//",
    "nul\0byte \x1b[2J \x07 \x7f \x9b",
    "gnp.\u202eexe\u2066 \ufeff soft\u00adhyphen",
    "not \udcff\udcfe UTF-8 \udcc3",
    "<style>*{display:none}</style>",
    '<base href="https://example.invalid/"><link rel=stylesheet href=//example.invalid/x.css>',
    '<meta http-equiv="refresh" content="0;url=https://example.invalid/">',
    "<form action=https://example.invalid/><button autofocus>x</button></form>",
    '<iframe srcdoc="<script>parent.pwned=1</script>"></iframe>',
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=window.pwned=1&gt;\">",
    "__proto__",
    "constructor",
    "=HYPERLINK(\"https://example.invalid\")",
    "",
    "x" * 3000,
]
DECISIONS = ["deny", "snapshot", "allow"]
KINDS = ["force-push", "delete-branch", "discard-changes", "run-nested"]


def target(kind, text):
    if kind == "force-push":
        return {"remote": text, "url": text, "ref": "refs/heads/" + text, "forcedBy": {"refspec": text}}
    if kind == "delete-branch":
        return {"ref": "refs/heads/" + text}
    if kind == "discard-changes":
        return {"paths": [text] * 5, "count": 7}
    return {"name": text}


def hostile(number, text):
    kind, decision = KINDS[number % len(KINDS)], DECISIONS[number % len(DECISIONS)]
    record = {
        "session": text, "agent": text, "pid": 7, "parents": [{"pid": 6, "executable": text}], "cwd": text,
        "repository": text, "remote": text, "argv": ["git", text, "-m", text], "command": text, "expansion": [text],
        "effects": [{
            "kind": kind, "certainty": "possible", **target(kind, text),
            "lost": {"count": 2, "first": [{"id": text, "subject": text, "author": text}]}, "published": True}],
        "decision": decision, "rule": text, **({"stopped": text} if decision == "deny" else {}),
        "policy": {"name": text, "digest": text, "layer": text, "file": text, "line": 3},
        "ran": "no" if decision == "deny" else "spawn", "exit": None if decision == "deny" else number % 2,
        "ms": 12, "head": {"before": text, "after": text + "x"}, "refs": [{"ref": text, "old": text, "new": text}],
        "snapshot": text}
    return record


def write(folder, records):
    os.makedirs(folder, exist_ok=True)
    previous = "0" * 64
    with open(os.path.join(folder, "2026-11.jsonl"), "wb") as file:
        for number, fields in enumerate(records, 1):
            minute, second = divmod(number, 60)
            hour, minute = divmod(minute, 60)
            day, hour = divmod(hour, 24)
            time = f"2026-11-{1 + day:02d}T{hour:02d}:{minute:02d}:{second:02d}.000Z"
            record = {"version": 1, "seq": number, "time": time, **fields, "previous": previous}
            line = json.dumps(record, separators=(",", ":"))[:-1].encode()
            previous = hashlib.sha256(line).hexdigest()
            file.write(line + b',"hash":"' + previous.encode() + b'"}\n')


def main():
    plain = {"agent": "ann", "argv": ["git", "status"], "command": "status", "decision": "allow", "ran": "exec",
             "exit": None, "repository": "/home/ann/shop/.git"}
    records = [plain] * (int(sys.argv[2]) if len(sys.argv) > 2 else 0)
    records += [hostile(number, text) for number, text in enumerate(PAYLOADS)]
    records += [{"notice": "torn tail: " + text} for text in PAYLOADS]
    write(sys.argv[1], records)


if __name__ == "__main__":
    main()
