"""What a report is held against: the log itself."""
import glob
import json
import os
import unicodedata


def visible(text):
    """What the page makes of a text (see VisibleText.swift)."""
    def shown(character):
        code, category = ord(character), unicodedata.category(character)
        if 0xDC80 <= code <= 0xDCFF:
            return f"\\x{code - 0xDC00:02x}"
        if category == "Cc":
            return f"\\x{code:02x}"
        if category in ("Zl", "Zp") or category == "Cf" and character not in "\u200c\u200d":
            return f"\\u{{{code:x}}}"
        return character
    return "".join(map(shown, text))


def records(folder):
    for name in sorted(glob.glob(os.path.join(folder, "*.jsonl"))):
        with open(name, encoding="utf-8") as file:
            yield from map(json.loads, file)


def texts(value, names=("argv", "notice", "agent", "session", "repository", "cwd", "rule", "stopped", "remote", "snapshot", "refs")):
    """The texts that a search on the page looks at; of effects, those that it shows."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return [text for one in value for text in texts(one, None)]
    if not isinstance(value, dict):
        return []
    found = [text for name, one in value.items() if names is None or name in names for text in texts(one, None)]
    for effect in value.get("effects", []) if names else []:
        found += texts({**effect, "certainty": ""}, None)
    return found


def failed(record):
    return "signal" in record or (record.get("exit") or 0) != 0
