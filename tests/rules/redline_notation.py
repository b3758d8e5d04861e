"""A redline as lines of text, so that an expected one can be written by hand, and its two sides.

Words: `[-gone-]`, `{+come+}`, `{~restyled~}`. A line begins with what the block is; `-` or `+` before
it: removed or added as a whole; `<` and `>`: it moved away, or here, with the name of the section
beyond the arrow. Blocks inside blocks are indented; what stayed as it was is left out.
"""

from topics.content.inline import settle, write
from topics.content.tree import parse
from topics.rules.redline import ADDED, CHANGED, MOVED_AWAY, REMOVED, RESTYLED, SAME

MARKS = {SAME: "{}", REMOVED: "[-{}-]", ADDED: "{{+{}+}}", RESTYLED: "{{~{}~}}"}


def written(found):
    """The redline's changes, a line each."""
    lines = []
    for change in found.fields:
        if change.status != SAME:
            lines.append(f"{change.name}:")
            lines += passages(change.passages, 1)
    for section in found.sections:
        lines += of_section(section)
    return lines


def of_section(section):
    name = section.heading.text or "(lead)"
    if section.status == MOVED_AWAY:
        return [] if section.moved_along else [f"§ < {name} (after {section.moved_to.heading or '–'})"]
    if section.status in (ADDED, REMOVED):
        mark = "+" if section.status == ADDED else "-"
        moved = [line for line in passages(section.passages, 1) if line.strip()[0] in "<>"]
        return [f"§ {mark} {name}", *moved]
    head = ""
    if section.runs:
        name = runs(section.runs)
    if section.level_changed:
        head += f" (level {section.before.level} → {section.after.level})"
    if section.moved_from and not section.moved_along:
        head = f" > (was after {section.moved_from.heading or '–'}){head}"
    inner = passages(section.passages, 1)
    return [f"§ {name}{head}", *inner] if head or section.runs or inner else []


def passages(found, depth):
    return [line for passage in found for line in of_passage(passage, depth)]


def of_passage(passage, depth):
    indent = "  " * depth
    tag = passage.tag
    if passage.was:
        tag = f"{shape(*passage.was)} → {shape(passage.tag, passage.attributes)}"
    if passage.head != passage.head_before and passage.status == CHANGED:
        tag += " (head)" if passage.head else " (no head)"
    if passage.status == MOVED_AWAY:
        return [f"{indent}< {tag}: {text(passage.before)} | {place(passage.moved_to)}"]
    arrow = f" | {place(passage.moved_from)}" if passage.moved_from else ""
    inner = passages(passage.parts, depth + 1)
    if passage.status == SAME:
        return [f"{indent}> {tag}: {text(passage.after)}{arrow}"] if arrow else []
    if passage.status in (ADDED, REMOVED):
        return [
            f"{indent}{'+' if passage.status == ADDED else '-'} {tag}: {text(passage.html())}",
            *inner,
        ]
    words = f": {runs(passage.runs)}" if passage.runs else ""
    return [f"{indent}{'> ' if arrow else ''}{tag}{words}{arrow}", *inner]


def shape(tag, attributes):
    return " ".join([tag, *(f"{name}={value}" for name, value in attributes)])


def place(where):
    return "same section" if where.same_section else where.heading or "(lead)"


def runs(found):
    return "".join(MARKS[run.kind].format(line(run.after or run.before)) for run in found)


def line(pieces):
    """Words with their raised and lowered ones marked: 10^9, H_2O."""
    signs = {"sup": "^", "sub": "_"}
    return "".join(signs.get(marks[-1] if marks else "", "") + text for text, marks in pieces)


def text(html):
    """The words of a block, its inner blocks parted by a stroke."""
    return " / ".join(leaves(parse(wrapped(html))))


def wrapped(html):
    for tag, outer in (("li", "ul"), ("tr", "table"), ("td", "table"), ("th", "table"), ("dt", "dl")):
        if html.startswith(f"<{tag}"):
            return f"<{outer}>{html}</{outer}>"
    return html


def leaves(blocks):
    for block in blocks:
        if block.runs:
            yield line(block.runs)
        yield from leaves(block.blocks)


def side(found, name):
    """One side: `(anchor, heading, level, html, section)` of every section, and the fields' lines."""
    sections = []
    for section in found.sections:
        heading = getattr(section, name)
        if heading and not (name == "before" and section.moved_from):
            html = "".join(side_html(passage, name) for passage in section.passages)
            sections.append((heading.anchor, heading.text, heading.level, html, section))
    fields = {c.name: [side_html(p, name) for p in c.passages] for c in found.fields}
    return sections, {key: [html for html in lines if html] for key, lines in fields.items()}


def side_html(passage, name):
    """The HTML of a passage on one side, put together from its runs and parts."""
    if not on(passage, name):
        return ""
    if passage.runs:
        pieces = [piece for run in passage.runs for piece in getattr(run, name)]
        tag, attributes = opening(passage, name)
        return f"<{tag}{attributes}>{write(settle(pieces))}</{tag}>"
    if passage.parts:
        return of_container(passage, name)
    return passage.before if name == "before" else passage.after


def on(passage, name):
    if name == "before":
        return passage.status != ADDED and not passage.moved_from
    return passage.status not in (REMOVED, MOVED_AWAY)


def opening(passage, name):
    tag, attributes = passage.tag, passage.attributes
    if name == "before" and passage.was:
        tag, attributes = passage.was
    return tag, "".join(f' {key}="{value}"' for key, value in attributes)


def of_container(passage, name):
    tag, attributes = opening(passage, name)
    parts = [(part, side_html(part, name)) for part in passage.parts if on(part, name)]
    if tag == "table":
        inner = "".join(html for part, html in parts if part.tag == "caption")
        for outer, head in (("thead", True), ("tbody", False)):
            rows = [html for part, html in parts if part.tag == "tr" and heads(part, name) is head]
            inner += f"<{outer}>{''.join(rows)}</{outer}>" if rows else ""
    else:
        written = [html for _, html in parts]
        plain = [html.startswith(("<ul", "<ol")) for html in written[1:]]
        if tag in ("li", "dd", "td", "th") and written and written[0].startswith("<p>") and all(plain):
            written[0] = written[0].removeprefix("<p>").removesuffix("</p>")
        inner = "".join(written)
    return f"<{tag}{attributes}>{inner}</{tag}>"


def heads(part, name):
    return part.head_before if name == "before" else part.head
