"""Markdown: CommonMark with the tables of GitHub's, without any HTML; the words are those signed.

A call-out becomes a quotation, a definition list a list, and a table keeps its rows; spans are filled
with empty cells, because Markdown has none.
"""

import re

from topics.api.formats import facts
from topics.api.formats.links import addresses
from topics.api.formats.markdown_text import escaped, link, paragraph, written
from topics.content.tree import CELLS, LISTS, parse

TITLE_LEVEL = 1
LINE = re.compile(r"\n(?=[^\n])")
DEEPEST_LEVEL = 6


def render(article, *, base, heading_level=TITLE_LEVEL):
    """The article with its title at `heading_level`; it ends with a line break."""
    with facts.labelled_for(article):
        return "\n\n".join(filter(None, parts(article, base, heading_level))) + "\n"


def parts(article, base, level):
    heads, known = facts.headings(), addresses(article, base)
    yield heading(article["title"], level)
    for warning in facts.warnings(article):
        yield told(warning, heads, base)
    if article["also_called"]:
        yield labelled(heads["also_called"], "; ".join(article["also_called"]))
    yield paragraph(article["summary"])
    yield paragraph(facts.written(article))
    for section in article["sections"]:
        yield from of_section(section, level + 1, known)
    yield from listed(heads["references"], level + 1, map(source_line, facts.sources(article)))
    for name in ("related", "translations"):
        yield from listed(heads[name], level + 1, (linked(item, base) for item in article[name]))
    for head, lines in facts.directory(article):
        items = (link(escaped(text), to) if facts.WEB.match(to) else escaped(text) for text, to in lines)
        yield from listed(head, level + 1, items)
    yield heading(heads["about"], level + 1)
    told_facts = [*facts.dates(article), *facts.identity(article, base)]
    if article["codes"]:
        told_facts.append(facts.Fact(heads["codes"], "; ".join(facts.codes(article))))
    lines = [paragraph(facts.reviewed(review)) for review in article["reviews"]]
    lines += [labelled(fact.label, fact.value) for fact in told_facts]
    yield "\n".join(f"- {indented(line, 2)}" for line in lines)
    for notice in facts.notices(article):
        yield labelled(notice.label, notice.value)


def heading(text, level):
    return f"{'#' * min(level, DEEPEST_LEVEL)} {escaped(text.replace(chr(10), ' '))}"


def labelled(label, value):
    return f"**{escaped(label)}:** {paragraph(value)}"


def told(warning, heads, base):
    """A warning as a quotation that begins with its word in bold."""
    lines = [f"**{escaped(warning.word.upper())}.** {escaped(warning.sentence)}"]
    lines += [paragraph(warning.explanation)] if warning.explanation else []
    if warning.instead:
        lines.append(f"{escaped(heads['instead'])}: {linked(warning.instead, base)}")
    return quoted("\n\n".join(lines))


def linked(item, base):
    return link(escaped(item["title"]), base + item["url"])


def source_line(source):
    links = (link(escaped(text), to) if to else escaped(text) for text, to in source.links)
    return " ".join([escaped(source.title), *links])


def listed(head, level, lines):
    lines = list(lines)
    if lines:
        yield heading(head, level)
        yield "\n".join(f"- {indented(line, 2)}" for line in lines)


def of_section(section, level, known):
    if section["heading"]:
        yield heading(section["heading"], level)
    yield blocks(parse(section["html"]), known)
    for inner in section["sections"]:
        yield from of_section(inner, level + 1, known)


def blocks(found, known):
    """Blocks of signed HTML, parted by blank lines; of two lists in a row the second has other signs."""
    out, previous, other = [], None, False
    for block in found:
        kind = "ul" if block.tag == "dl" else block.tag
        other = kind in LISTS and kind == previous and not other
        out.append(one_block(block, known, other=other))
        previous = kind
    return "\n\n".join(filter(None, out))


def one_block(block, known, *, other=False):
    if block.tag in LISTS:
        sign = ("*" if other else "-") if block.tag == "ul" else (")" if other else ".")
        return "\n".join(item(one, n, block.tag, sign, known) for n, one in enumerate(block.blocks, 1))
    if block.tag == "dl":
        sign = "*" if other else "-"
        return "\n".join(definition(one, sign, known) for one in block.blocks)
    if block.tag == "table":
        return table(block, known)
    if block.tag == "aside":
        return quoted(blocks(block.blocks, known))
    if block.blocks:
        return blocks(block.blocks, known)
    return written(block.runs, known)


def item(block, number, tag, sign, known):
    marker = f"{sign} " if tag == "ul" else f"{number}{sign} "
    return marker + indented(inner(block, known), len(marker))


def definition(block, sign, known):
    """A term as an item, its definitions as items below it."""
    if block.tag == "dt":
        return f"{sign} {indented(inner(block, known), 2)}"
    return f"  {sign} {indented(inner(block, known), 4)}"


def inner(block, known):
    return blocks(block.blocks, known) if block.blocks else written(block.runs, known)


def table(block, known):
    """Rows between bars. The first head row is the head; without one the head is empty."""
    captions = [written(child.runs, known) for child in block.blocks if child.tag == "caption"]
    rows = [child for child in block.blocks if child.tag == "tr"]
    grid = filled([[cell for cell in row.blocks if cell.tag in CELLS] for row in rows], known)
    width = max(map(len, grid), default=0)
    grid = [row + [""] * (width - len(row)) for row in grid]
    if not (rows and rows[0].head):
        grid.insert(0, [""] * width)
    lines = [f"| {' | '.join(row)} |" for row in grid]
    lines.insert(1, "|" + " --- |" * width)
    return "\n\n".join([*captions, "\n".join(lines)])


def filled(rows, known):
    """The cells' words in a grid: the place of a span beyond its first cell is empty."""
    grid, hanging = [], {}
    for cells in rows:
        row, waiting, column = [], list(cells), 0
        while waiting or hanging.get(column, 0) > 0:
            if hanging.get(column, 0) > 0:
                hanging[column] -= 1
                row.append("")
                column += 1
                continue
            cell = waiting.pop(0)
            spans = {name: min(int(value), 50) for name, value in cell.attributes if name != "scope"}
            for extra in range(spans.get("colspan", 1)):
                row.append(in_cell(cell, known) if extra == 0 else "")
                hanging[column] = spans.get("rowspan", 1) - 1
                column += 1
        grid.append(row)
    return grid


def in_cell(cell, known):
    """The words of a cell in one line, its paragraphs and items parted by spaces."""
    return " ".join(filter(None, (flat(block, known) for block in cell.blocks))) or written(
        cell.runs, known, break_=" "
    )


def flat(block, known):
    if block.blocks:
        return " ".join(filter(None, (flat(one, known) for one in block.blocks)))
    return written(block.runs, known, break_=" ")


def quoted(text):
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


def indented(text, by):
    """The lines after the first further in, so that they stay in their item."""
    return LINE.sub("\n" + " " * by, text)
