"""What does not hold, collected."""
failures = []


def expect(condition, what):
    if not condition:
        failures.append(what)


def same(found, wanted, what):
    expect(found == wanted, f"{what}: {found!r}, not {wanted!r}")
