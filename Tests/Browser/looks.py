"""How a report looks and sounds: accessible names, contrast, widths, paper."""
import os

from expectations import expect, same


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
