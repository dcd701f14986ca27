#!/usr/bin/env python3
"""Uses a report as people do, in a headless Chromium: check_report.py REPORT FOLDER [SCREENSHOTS]

FOLDER is the log that the report was made of, all of it. Prints what does not hold and ends with 1; 2 without a
browser."""
import json
import os
import re
import sys

import chromium
from expectations import expect, failures, same
from harmless import check_harmless, check_instrument
from logs import failed, records, texts, visible
from looks import check_accessible, check_looks

SETUP = """
  window.choose = (name, value) => {
    const element = document.getElementById('filters').elements[name];
    if (element.type === 'checkbox') element.checked = value; else element.value = value;
    element.dispatchEvent(new Event('input', { bubbles: true }));
    return new Promise((done) => setTimeout(() => done(document.getElementById('matches').textContent), name === 'q' ? 300 : 30));
  };
  window.clear = () => document.getElementById('reset').click();
  window.clickOn = (selector) => document.querySelector(selector).dispatchEvent(new MouseEvent('click', { bubbles: true }));
  window.options = (name) => [...document.getElementById('filters').elements[name].options].map((o) => [o.value, o.textContent]);
  1
"""


def fits(page, name, value):
    text = page.run(f"choose({json.dumps(name)}, {json.dumps(value)})")
    return int(re.match(r"[\d,]+", text)[0].replace(",", ""))


def check_filters(page, log):
    total = len(log)
    same(page.run("document.getElementById('matches').textContent"), f"{total:,} records", "the first count")
    counts = {decision: sum(r.get("decision") == decision for r in log) for decision in ("deny", "snapshot", "allow")}
    for decision, count in counts.items():
        same(fits(page, "decision", decision), count, f"decision {decision}")
        figure = page.run(f"document.querySelector('[data-count=\"decision:{decision}\"]').textContent")
        same(figure, f"{count:,}", f"the figure of {decision}")
    page.run("clear()")
    same(fits(page, "failed", True), sum(map(failed, log)), "failed only")
    page.run("clear()")
    for name, field in (("who", "agent"), ("repository", "repository"), ("rule", "rule"), ("session", "session")):
        options = page.run(f"options({json.dumps(name)})")
        for value, label in options[1:]:
            wanted = sum(1 for r in log if (visible(r[field]) or "(empty)" if field in r else None) == label)
            if name != "who" or wanted:
                same(fits(page, name, value), wanted, f"{name} {label!r}")
        page.run("clear()")
    for value, label in page.run("options('effect')")[1:]:
        wanted = sum(any(e["kind"] == label for e in r.get("effects", [])) for r in log)
        same(fits(page, "effect", value), wanted, f"effect {label}")
    # Filters hold together, and Escape takes all of them back.
    page.run("clear()")
    fits(page, "decision", "deny")
    kind = next(e["kind"] for r in log if r.get("decision") == "deny" for e in r.get("effects", []))
    value = next(value for value, label in page.run("options('effect')") if label == kind)
    both = sum(r.get("decision") == "deny" and any(e["kind"] == kind for e in r.get("effects", [])) for r in log)
    same(fits(page, "effect", value), both, "two filters at once")
    expect("decision=deny" in page.run("location.hash") and f"effect={kind}" in page.run("location.hash"),
           "the address does not hold the filters")
    page.key("Escape")
    same(page.run("document.getElementById('matches').textContent"), f"{total:,} records", "after Escape")
    for text in ("pwned", "push"):
        wanted = sum(text in visible("\n".join(texts(r))).lower() for r in log)
        same(fits(page, "q", text.upper()), wanted, f"the search for {text!r}")
    same(fits(page, "q", "no such text anywhere"), 0, "a text that is nowhere")
    expect(not page.run("document.getElementById('nothing').hidden"), "nothing says that nothing fits")
    page.run("clear()")


def check_timeline(page, log):
    bars = page.run("[...document.querySelectorAll('[data-lane=deny] g')].map((g) => +g.querySelector('.bar').getAttribute('height'))")
    highest = bars.index(max(bars))
    page.run(f"clickOn('[data-lane=deny] g[data-bucket=\"{highest}\"]')")
    start, end = page.run("['from', 'to'].map((name) => document.getElementById('filters').elements[name].value)")
    wanted = sum(start <= record["time"][:16] < end for record in log)
    text = page.run("document.getElementById('matches').textContent")
    same(text.split(" ")[0], f"{wanted:,}", f"a click on a bar, {start} to {end}")
    page.run(f"clickOn('[data-lane=deny] g[data-bucket=\"{highest}\"]')")
    same(page.run("document.getElementById('matches').textContent"), f"{len(log):,} records", "a second click")
    sums = page.run("""['deny', 'snapshot', 'allow'].map((_, index) => [...document.querySelectorAll('.as-table tbody tr')]
        .reduce((sum, row) => sum + Number(row.cells[index + 1].textContent.replaceAll(',', '')), 0))""")
    same(sums, [sum(r.get("decision") == d for r in log) for d in ("deny", "snapshot", "allow")], "the timeline's table")


def check_list(page, log):
    """Every record's details, on every page."""
    newest = list(reversed(log))
    page.run("clear()")
    seen = []
    while True:
        seen += page.run("""[...document.querySelectorAll('#rows .toggle')].map((toggle) => {
            toggle.click();
            const row = toggle.closest('tr'), details = row.nextElementSibling;
            return [Number(toggle.dataset.seq), row.cells[5].querySelector('code').textContent, details.textContent];
        })""")
        if not page.run("(() => { const next = [...document.querySelectorAll('.pager button')].find((b) => b.textContent === 'Older'); if (!next || next.disabled) return false; next.click(); return true; })()"):
            break
    same([row[0] for row in seen], [record["seq"] for record in newest], "the records on all pages")
    for (seq, line, details), record in zip(seen, newest):
        if "notice" in record:
            same(line, visible(record["notice"]), f"notice {seq}")
            continue
        for effect in record.get("effects", []):
            for commit in effect.get("lost", {}).get("first", []):
                expect(visible(commit["subject"]) in details, f"record {seq} does not show the commit {commit['subject']!r}")
        for field in ("cwd", "repository", "session", "agent", "rule", "snapshot"):
            expect(visible(record.get(field, "")) in details, f"record {seq} does not show its {field}")


def check_keyboard(page):
    page.run("clear()")
    page.run("document.querySelector('#rows .toggle').focus()")
    current = "[...document.querySelectorAll('#rows .toggle')].indexOf(document.activeElement)"
    for key, wanted in (("ArrowDown", 1), ("ArrowDown", 2), ("ArrowUp", 1), ("Home", 0)):
        page.key(key)
        same(page.run(current), wanted, f"the focus after {key}")
    expanded = "document.activeElement.getAttribute('aria-expanded')"
    for key, wanted in (("ArrowRight", "true"), ("ArrowLeft", "false"), ("Enter", "true"), (" ", "false")):
        page.key(key)
        same(page.run(expanded), wanted, f"the record after {key!r}")
    page.run("document.querySelector('.skip').focus()")
    page.key("Enter")
    same(page.run("document.activeElement.id"), "records", "where the skip link leads")
    # Everything that can be clicked on can be reached: a button, a link, a summary, a field of the form.
    unreachable = page.run("""[...document.querySelectorAll('[data-field], [data-page], .toggle')]
        .filter((e) => e.tagName !== 'BUTTON').length""")
    same(unreachable, 0, "things to click on that are no buttons")


def check_without_script(browser, url, log):
    page = chromium.Page(browser)
    page.call("Emulation.setScriptExecutionDisabled", value=True)
    page.open(url)
    text = page.run("document.body.innerText")
    blocked = sum(r.get("decision") == "deny" for r in log)
    for part in (f"{blocked:,} of them blocked", "need JavaScript", "What was blocked, and why"):
        expect(part in text, f"without JavaScript the page does not say {part!r}")
    expect(page.run("document.getElementById('filters').hidden"), "without JavaScript there are dead filters")
    same(page.offences, [], "without JavaScript: offences")


def main():
    path = chromium.find()
    if path is None:
        print("no Chromium was found on PATH")
        return 2
    url = "file://" + os.path.realpath(sys.argv[1])
    log = list(records(sys.argv[2]))
    pictures = sys.argv[3] if len(sys.argv) > 3 else None
    with chromium.Browser(path) as browser:
        check_instrument(browser)
        page = chromium.Page(browser)
        page.open(url)
        check_harmless(page, "when it has loaded")
        page.run(SETUP)
        check_filters(page, log)
        check_timeline(page, log)
        check_list(page, log)
        check_harmless(page, "with all records open")
        check_keyboard(page)
        check_accessible(page)
        check_looks(page, pictures)
        check_harmless(page, "at the end")
        for fragment in ("#decision=deny", "#decision=%3Cscript%3E&q=%22%3E%3Cimg src=x onerror=pwned=1%3E", "#%E0%A4%A"):
            fresh = chromium.Page(browser)
            fresh.open(url + fragment)
            check_harmless(fresh, f"at {fragment}")
            if fragment == "#decision=deny":
                wanted = sum(r.get("decision") == "deny" for r in log)
                same(fresh.run("document.getElementById('matches').textContent"), f"{wanted:,} of {len(log):,} records fit", fragment)
        check_without_script(browser, url, log)
    for failure in failures:
        print(failure.encode("utf-8", "backslashreplace").decode()[:600])
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
