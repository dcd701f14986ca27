"""A report is made of these elements and attributes, and of no other, whatever records say."""
import tempfile

import chromium
from expectations import expect, failures, same

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
