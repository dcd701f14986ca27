#!/usr/bin/env python3
"""Uses a report as people do, in a headless Chromium: check_report.py REPORT FOLDER [SCREENSHOTS]

FOLDER is the log that the report was made of, all of it. Prints what does not hold and ends with 1; 2 without a
browser."""
import glob
import json
import os
import re
import sys
import tempfile
import unicodedata

import chromium

failures = []


def expect(condition, what):
    if not condition:
        failures.append(what)


def same(found, wanted, what):
    expect(found == wanted, f"{what}: {found!r}, not {wanted!r}")


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


def texts(value, names=("argv", "notice", "agent", "session", "repository", "cwd", "rule", "remote", "snapshot", "refs")):
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


def check_accessible(page):
    tree = page.call("Accessibility.getFullAXTree")["nodes"]
    for node in tree:
        role, name = node.get("role", {}).get("value"), node.get("name", {}).get("value", "")
        if not node.get("ignored") and role in ("button", "combobox", "searchbox", "checkbox", "link", "table", "region",
                                                "Date", "DateTime", "textbox", "image", "img", "heading"):
            if role == "table" and not name:
                continue  # named by the section that it stands in
            expect(name.strip(), f"a {role} has no name")
    roles = {node.get("role", {}).get("value") for node in tree if not node.get("ignored")}
    for role in ("main", "search", "heading", "table", "row", "columnheader", "cell", "status"):
        expect(role in roles, f"no {role} in the accessibility tree")
    levels = page.run("[...document.querySelectorAll('h1, h2, h3')].map((h) => +h.tagName[1])")
    expect(levels[0] == 1 and all(b - a <= 1 for a, b in zip(levels, levels[1:])), f"headings jump: {levels}")
    same(page.run("[...document.querySelectorAll('[id]')].length - new Set([...document.querySelectorAll('[id]')].map((e) => e.id)).size"), 0, "ids twice")


CONTRAST = """(() => {
  const parse = (text) => text.match(/[\\d.]+/g).map(Number);
  const light = (c) => { const [r, g, b] = c.slice(0, 3).map((v) => { v /= 255; return v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; }); return .2126 * r + .7152 * g + .0722 * b; };
  const behind = (e) => { for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor); if (c.length === 3 || c[3] === 1) return c; } return [255, 255, 255]; };
  const found = {};
  for (const selector of ['body', 'h1', '.lede', '.eyebrow', '.filters label', '.total .note', '.total.blocked .figure', '.total.kept .figure', '.about', '.link', '.lost', '.line', '.facet .count', '.badge.blocked', '.badge.kept', '.badge.allowed', '.rule', 'thead th', 'footer', '.toggle', 'summary', '.notice']) {
    const element = document.querySelector(selector);
    if (!element || element.closest('.dim')) continue;
    const a = light(parse(getComputedStyle(element).color)), b = light(behind(element));
    found[selector] = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
  }
  return found;
})()"""


def check_looks(page, pictures):
    page.run("clear()")
    for scheme in ("light", "dark"):
        page.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        for selector, ratio in page.run(CONTRAST).items():
            expect(ratio >= 4.5, f"{scheme}: {selector} has a contrast of {ratio:.2f}, less than 4.5")
        for width in (1280, 700, 360):
            page.call("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=width < 500)
            wide = page.run("document.documentElement.scrollWidth")
            expect(wide <= width, f"{scheme}: on {width} pixels the page is {wide} wide")
            if pictures:
                page.screenshot(os.path.join(pictures, f"{scheme}-{width}.png"))
    page.call("Emulation.clearDeviceMetricsOverride")
    page.call("Emulation.setEmulatedMedia", features=[])
    paper = page.call("Page.printToPDF", printBackground=True)["data"]
    expect(len(paper) > 10_000, "nothing is printed")
    page.run("dispatchEvent(new Event('beforeprint'))")
    wanted = page.run("document.getElementById('matches').textContent").split(" ")[0].replace(",", "")
    same(page.run("document.querySelectorAll('#rows tr.record').length"), min(1000, int(wanted)), "records on paper")
    page.run("dispatchEvent(new Event('afterprint'))")
    same(page.run("document.querySelectorAll('#rows tr.record').length"), min(50, int(wanted)), "records after printing")


CENSUS = """(() => {
  const all = [...document.querySelectorAll('*')];
  return {
    names: [...new Set(all.map((e) => e.tagName.toLowerCase()))],
    scripts: all.filter((e) => e.tagName.toLowerCase() === 'script').length,
    handlers: all.filter((e) => [...e.attributes].some((a) => a.name.startsWith('on'))).length,
    addresses: all.flatMap((e) => ['href', 'src', 'action', 'srcdoc', 'xlink:href', 'formaction', 'style'].filter((n) => e.hasAttribute(n)).map((n) => n + '=' + e.getAttribute(n))),
    attributes: [...new Set(all.flatMap((e) => [...e.attributes].map((a) => a.name)))],
    policies: document.querySelectorAll('meta[http-equiv]').length,
  };
})()"""
NAMES = set("""html head meta title style body a header p h1 code main form div label input select option button section
    h2 ul li span b svg g rect details summary table thead tr th tbody td h3 nav footer script noscript dl dt dd""".split())
ATTRIBUTES = set("""lang charset http-equiv content name class href role id aria-label hidden for type autocomplete
    spellcheck placeholder value aria-live aria-labelledby aria-pressed aria-hidden aria-expanded tabindex scope title
    viewbox viewBox preserveaspectratio preserveAspectRatio x y width height disabled colspan data-field data-value
    data-count data-unit data-start data-most data-lane data-bucket data-from data-group data-share data-session
    data-pager data-seq data-page""".split())


def check_harmless(page, when):
    census = page.run(CENSUS)
    expect(set(census["names"]) <= NAMES, f"{when}: elements {sorted(set(census['names']) - NAMES)}")
    expect(set(census["attributes"]) <= ATTRIBUTES, f"{when}: attributes {sorted(set(census['attributes']) - ATTRIBUTES)}")
    same(census["scripts"], 2, f"{when}: scripts")
    same(census["handlers"], 0, f"{when}: event handlers")
    same(census["addresses"], ["href=#records"], f"{when}: addresses")
    same(census["policies"], 1, f"{when}: http-equiv")
    same(page.run("typeof window.pwned"), "undefined", f"{when}: what a record says was run")
    same(page.offences, [], f"{when}: offences")


def check_instrument(browser):
    """The checks see what they are to see: a page that does it all."""
    with tempfile.NamedTemporaryFile("w", suffix=".html") as file:
        file.write('<body><img src="x.png" onerror="window.pwned=1"><a href="javascript:1">x</a>')
        file.flush()
        page = chromium.Page(browser)
        page.open("file://" + file.name)
        page.run("new Promise((done) => setTimeout(done, 300))")
        before = len(failures)
        check_harmless(page, "the instrument")
        seen = failures[before:]
        del failures[before:]
        for part in ("elements", "attributes", "event handlers", "addresses", "was run", "offences"):
            expect(any(part in failure for failure in seen), f"the checks do not see {part}: {seen}")


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
