"""Reading representations back, by other parsers than the ones that wrote them."""

import html5lib
from markdown_it import MarkdownIt

BLOCKS = {
    *("p", "li", "td", "th", "dt", "dd", "caption", "br", "h1", "h2", "h3", "h4", "h5", "h6"),
    *("div", "section", "article", "aside", "footer", "ul", "ol", "dl", "table", "tr", "blockquote"),
}
COMMONMARK = MarkdownIt("commonmark", {"html": False}).enable("table")


def parsed(html):
    """The tree of an HTML fragment; raises for anything that the standard calls a parse error."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    return parser.parseFragment(html, container="div")


def text_of(node):
    """The words of a tree, with space around blocks."""
    space = " " if node.tag in BLOCKS else ""
    inner = "".join([node.text or "", *(text_of(child) + (child.tail or "") for child in node)])
    return f"{space}{inner}{space}"


def words(html):
    return text_of(parsed(html)).split()


def of_markdown(text):
    return words(COMMONMARK.render(text))


def walk(section, inner="sections"):
    """A section and all below it, in reading order."""
    yield section
    for one in section.get(inner, ()):
        yield from walk(one, inner)


def every_value(node):
    """Every text in parsed JSON, in order."""
    if isinstance(node, dict):
        for value in node.values():
            yield from every_value(value)
    elif isinstance(node, list):
        for value in node:
            yield from every_value(value)
    elif isinstance(node, str):
        yield node
