"""Asks axe-core what is wrong with the page that a browser shows, in the light and in the dark."""

import os
import re
from hashlib import sha256
from pathlib import Path

import pytest

AXE = Path(__file__).resolve().parent / "node_modules" / "axe-core" / "axe.min.js"
HOW = "npm ci --prefix tests/browser"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

# Axe takes the words of an icon font for text until the font is there.
RUN = """async ([source, options]) => {
  if (!window.axe) { (0, eval)(source); }
  await document.fonts.ready;
  document.getAnimations().forEach((moving) => { try { moving.finish(); } catch { moving.cancel(); } });
  // The bar at the foot hides what is scrolled behind it. That the keyboard is never there is a test
  // of its own.
  const bars = [...document.querySelectorAll(".act-bar, .submit-row")];
  bars.forEach((bar) => { bar.style.position = "static"; });
  const found = await axe.run(document, options);
  bars.forEach((bar) => { bar.style.position = ""; });
  // A link in the text that somebody writes is as tall as its line (WCAG 2.5.8, inline).
  const inText = ({ target }) => document.querySelector(target[0])?.closest("[contenteditable]");
  found.violations.forEach((rule) => {
    if (rule.id === "target-size") { rule.nodes = rule.nodes.filter((node) => !inText(node)); }
  });
  return found.violations.filter(({ nodes }) => nodes.length).map(({ id, impact, help, nodes }) => ({
    id, impact, help,
    nodes: nodes.map(({ target, html, failureSummary: why }) => ({ at: target.join(" "), html, why })),
  }));
}"""
EVERYTHING = {
    "runOnly": {"type": "tag", "values": TAGS},
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}, "resultTypes": ["violations"]}
found_clean = set()


def is_installed():
    """Whether axe is there. In continuous integration it has to be."""
    if AXE.is_file():
        return True
    if os.environ.get("CI"):
        pytest.fail(f"axe-core is not installed: {HOW}", pytrace=False)
    return False


def violations(page):
    """What axe finds on the page, a paragraph for each rule; the second scheme for its colours alone.

    A page that was found clean, and is the same but for its tokens, isn't asked about again.
    """
    same = re.sub(r"(nonce|value)=\"[^\"]{20,}\"", "", page.content())
    key = sha256(f"{page.viewport_size}{page.url}{same}".encode()).digest()
    if key in found_clean:
        return []
    source = AXE.read_text(encoding="utf-8")
    found = [*asked(page, source, EVERYTHING)]
    dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    page.emulate_media(color_scheme="light" if dark else "dark")
    found += asked(page, source, CONTRAST, note="light" if dark else "dark")
    page.emulate_media(color_scheme="dark" if dark else "light")
    if not found:
        found_clean.add(key)
    return found


def asked(page, source, options, note=""):
    for rule in page.evaluate(RUN, [source, options]):
        where = f"{page.url} ({note})" if note else page.url
        lines = [f"{where}: {rule['id']} ({rule['impact']}): {rule['help']}"]
        for node in rule["nodes"][:8]:
            lines += [f"  {node['at']}", f"    {node['html'][:200]}"]
            lines += [f"    {line.strip()}" for line in node["why"].splitlines()[1:4]]
        yield "\n".join(lines)
