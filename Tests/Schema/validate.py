#!/usr/bin/env python3
"""Checks real exports against the schemas in docs/: validate.py DOCS FOLDER

FOLDER holds records.json, records.ndjson, effects.ndjson, records.csv and effects.csv, made of the same log. Prints what
does not hold and ends with 1."""
import copy
import csv
import json
import os
import sys

import jsonschema

failures = []


def expect(condition, what):
    if not condition:
        failures.append(what)


def closed(schema):
    """The schema without room for what it does not describe: our own exports hold nothing else."""
    if isinstance(schema, list):
        return [closed(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    result = {name: closed(value) for name, value in schema.items()}
    if "properties" in schema and "additionalProperties" not in schema:
        result["additionalProperties"] = False
    return result


def validator(docs, name):
    with open(os.path.join(docs, f"audit-{name}.schema.json"), encoding="utf-8") as file:
        schema = json.load(file)
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema), jsonschema.Draft202012Validator(closed(schema))


def check(name, rows, validators):
    open_schema, strict = validators
    expect(rows, f"{name}: nothing was exported")
    for number, row in enumerate(rows, 1):
        for error in strict.iter_errors(row):
            failures.append(f"{name} {number}: {error.message[:300]}")
    # The schema refuses what is wrong, and lets through what a later version may add.
    for row in rows[:3]:
        wrong = [{key: value for key, value in row.items() if key != "seq"}, dict(row, time="yesterday"),
                 dict(row, decision="perhaps"), dict(row, seq="1"), dict(row, session=5)]
        for one in wrong:
            expect(not open_schema.is_valid(one), f"{name}: the schema lets {list(one.items())[:3]} through")
        expect(open_schema.is_valid(dict(row, added_later=1)), f"{name}: the schema has no room for more")


def nested_mistakes(records, validators):
    record = next(r for r in records if r.get("effects"))
    for change in ({"certainty": "maybe"}, {"lost": {"count": -1}}, {"paths": "a"}):
        wrong = copy.deepcopy(record)
        wrong["effects"][0].update(change)
        expect(not validators[0].is_valid(wrong), f"the schema lets an effect with {change} through")


def typed(text, kinds):
    """A CSV cell as the value that the schema says it is."""
    if text == "":
        return None
    if "integer" in kinds:
        return int(text)
    if "boolean" in kinds:
        return {"true": True, "false": False}[text]
    return text[1:] if text.startswith("'") else text


def read_csv(path, schema):
    # Python's reader does not tell null from an empty text; the raw bytes are looked at beside it.
    with open(path, "rb") as file:
        raw = file.read()
    expect(raw.count(b"\n") >= raw.count(b"\r\n") > 0 and raw.endswith(b"\r\n"), f"{path}: lines do not end in CR LF")
    raw.decode("utf-8")
    with open(path, newline="", encoding="utf-8") as file:
        lines = list(csv.reader(file, strict=True))
    names = list(schema["properties"])
    expect(lines[0] == names, f"{path}: the header is {lines[0]}")
    rows = []
    for line in lines[1:]:
        expect(len(line) == len(names), f"{path}: {len(line)} cells")
        for cell in line:
            expect(not cell or cell[0] not in "=+-@\t\r", f"{path}: a spreadsheet would calculate {cell[:40]!r}")
        rows.append({name: typed(cell, schema["properties"][name].get("type", ["string"])) for name, cell in zip(names, line)})
    return rows


def shown(value):
    """A text as CSV has it: control characters are written out; an empty one and null are the same to its reader."""
    if not isinstance(value, str):
        return value
    text = "".join(f"\\x{ord(c):02x}" if ord(c) < 32 and c not in "\t\r\n" or c == "\x7f" else c for c in value)
    return text or None


def main():
    docs, folder = sys.argv[1:]
    with open(os.path.join(folder, "records.json"), encoding="utf-8") as file:
        records = json.load(file)
    validators = validator(docs, "record")
    check("record", records, validators)
    nested_mistakes(records, validators)
    tables = {}
    for name, rows in (("rows", "records"), ("effects", "effects")):
        validators = validator(docs, name)
        with open(os.path.join(folder, f"{rows}.ndjson"), "rb") as file:
            text = file.read()
        # What a strict reader (Arrow, Spark, DuckDB) takes: valid UTF-8, and no lone surrogate behind an escape.
        tables[rows] = [json.loads(line) for line in text.decode("utf-8").split("\n") if line]
        for row in tables[rows]:
            for value in row.values():
                if isinstance(value, str):
                    value.encode("utf-8")
        check(rows, tables[rows], validators)
        from_csv = read_csv(os.path.join(folder, f"{rows}.csv"), validators[0].schema)
        expect(from_csv == [{name: shown(value) for name, value in row.items()} for row in tables[rows]],
               f"{rows}.csv and {rows}.ndjson are not the same table")
    expect([row["seq"] for row in tables["records"]] == [record["seq"] for record in records], "records are missing")
    effects = sum(len(record.get("effects", [])) for record in records)
    expect(len(tables["effects"]) == effects, f"{len(tables['effects'])} rows for {effects} effects")
    for failure in failures[:40]:
        print(failure.encode("utf-8", "backslashreplace").decode())
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
