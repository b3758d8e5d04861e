"""A body as a small tree of blocks, in which nothing outside the strict vocabulary can exist."""

import re
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

from topics.content.inline import LINE_BREAKS, Marks, Run, link_target, settle, visible, write

CALL_OUTS = ("key-points", "when-to-call")
"""The only classes of `<aside>`."""

MARKS = {"strong": "strong", "b": "strong", "em": "em", "i": "em", "sub": "sub", "sup": "sup"}
"""Inline elements that are read, and what each is written as; `a` and `br` are read besides."""

HEADINGS = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h4", "h5": "h4", "h6": "h4"}
FLOW = {"root", "aside", "li", "th", "td", "dd"}
LISTS = {"ul", "ol"}
CELLS = {"th", "td"}

DEEPEST = 24
"""Containers inside containers; what is nested deeper is kept as paragraphs of the deepest one."""

_SCOPES = ("col", "row", "colgroup", "rowgroup")


@dataclass
class Block:
    """One element: a container has `blocks`; a paragraph, heading, term or caption has `runs`."""

    tag: str
    attributes: tuple[tuple[str, str], ...] = ()
    blocks: list["Block"] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    implied: bool = False
    head: bool = False

    def has_text(self) -> bool:
        """Whether anything in it can be read."""
        return bool(self.runs) or any(block.has_text() for block in self.blocks)


class _Builder(HTMLParser):
    """Places whatever arrives into blocks; an element that may not stand there leaves its words."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Block("root")
        self.open = [self.root]
        self.elements: list[tuple[int, int, bool, bool]] = [(1, 1, False, False)]
        self.leaf: Block | None = None
        self.locked = self.bold = 0
        self.in_head = False
        self.links: list[str] = []
        self.scripts: list[str] = []
        self.strong = self.em = 0

    def marks(self) -> Marks:
        """The marks in force here, outermost first; scripts nest at most twice."""
        link = (f"a {self.links[-1]}",) if self.links and self.links[-1] else ()
        strong = ("strong",) if self.strong + self.bold else ()
        return (*link, *strong, *(("em",) if self.em else ()), *self.scripts[:2])

    def handle_data(self, data: str) -> None:
        text = visible(data.translate(LINE_BREAKS))
        if self.leaf is None:
            if not text.strip(" \u00a0"):
                return
            self.leaf = self.add(self.flow(), Block("p"))
        self.leaf.runs.append((text, self.marks()))

    def handle_starttag(self, tag: str, attrs: list) -> None:
        if tag == "br":
            self.pause("\n")
        elif tag == "a":
            self.links.append(link_target(dict(attrs).get("href")))
        elif tag in MARKS:
            self.count(MARKS[tag], 1)
        elif tag == "hr":
            self.pause(" ") if self.locked else self.end_leaf()
        else:
            self.start_block(tag, dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self.links.pop()
        elif tag in MARKS:
            self.count(MARKS[tag], -1)
        elif tag not in ("br", "hr") and len(self.elements) > 1:
            self.end_block()

    def count(self, mark: str, step: int) -> None:
        if mark in ("strong", "em"):
            setattr(self, mark, getattr(self, mark) + step)
        elif step > 0:
            self.scripts.append(mark)
        else:
            self.scripts.pop()

    def pause(self, space: str) -> None:
        if self.leaf is not None:
            self.leaf.runs.append((space, ()))

    def end_leaf(self) -> None:
        self.leaf = None

    def add(self, parent: Block, block: Block) -> Block:
        parent.blocks.append(block)
        return block

    def enter(self, block: Block) -> Block:
        self.add(self.open[-1], block)
        self.open.append(block)
        return block

    def flow(self) -> Block:
        """The container for running text here, implied where a list or table holds it directly."""
        top = self.open[-1]
        if top.tag in LISTS:
            self.enter(Block("li", implied=True))
        elif top.tag == "dl":
            self.enter(Block("dd", implied=True))
        elif top.tag == "table":
            self.enter(Block("tr", implied=True, head=self.in_head))
            self.enter(Block("td", implied=True))
        elif top.tag == "tr":
            self.enter(Block("td", implied=True))
        return self.open[-1]

    def start_block(self, tag: str, attrs: dict) -> None:
        if self.locked:
            self.pause(" ")
            self.elements.append((len(self.open), len(self.open), False, False))
            return
        self.leaf = None
        if tag in ("li", "dt", "dd", "caption", "tr", "td", "th", "thead", "tbody", "tfoot"):
            del self.open[self.elements[-1][1] :]
        before, bold, lock = len(self.open), False, False
        if tag in HEADINGS or tag in ("dt", "caption", "summary"):
            bold, lock = self.start_leaf(tag), True
        elif tag == "table" and any(block.tag == "table" for block in self.open):
            lock = True
        elif tag in ("thead", "tbody", "tfoot"):
            self.in_head = tag == "thead"
        else:
            self.start_container(tag, attrs)
        self.bold += bold
        self.locked += lock
        self.elements.append((before, len(self.open), bold, lock))

    def start_leaf(self, tag: str) -> bool:
        """Opens a heading, term or caption; true where it has to be a bold paragraph instead."""
        top = self.open[-1]
        if tag in HEADINGS and top is self.root:
            self.leaf = self.add(top, Block(HEADINGS[tag]))
        elif tag == "dt" and (top.tag == "dl" or self.imply("dl")):
            self.leaf = self.add(self.open[-1], Block("dt"))
        elif tag == "caption" and top.tag == "table":
            self.leaf = self.add(top, Block("caption"))
        else:
            return tag in HEADINGS
        return False

    def start_container(self, tag: str, attrs: dict) -> None:
        top = self.open[-1]
        room = len(self.open) + 3 <= DEEPEST
        if tag in LISTS or tag in ("dl", "table"):
            if top.tag in LISTS and top.blocks:
                self.open.append(top.blocks[-1])
            self.flow()
            if room:
                self.enter(Block(tag))
        elif tag == "li" and (top.tag in LISTS or self.imply("ul")):
            self.enter(Block("li"))
        elif tag == "dd" and (top.tag == "dl" or self.imply("dl")):
            self.enter(Block("dd"))
        elif tag == "tr" and top.tag == "table":
            self.enter(Block("tr", head=self.in_head))
        elif tag in CELLS and (top.tag == "tr" or (top.tag == "table" and self.imply("tr"))):
            self.enter(Block(tag, _cell_attributes(tag, attrs)))
        elif tag == "aside" and top is self.root:
            classes = (attrs.get("class") or "").split()
            known = [name for name in CALL_OUTS if name in classes]
            if known:
                self.enter(Block("aside", (("class", known[0]),)))

    def imply(self, tag: str) -> bool:
        """Opens the list or row that a stray item needs, or goes on with the one just implied."""
        if tag != "tr":
            self.flow()
            if len(self.open) + 3 > DEEPEST:
                return False
        last = self.open[-1].blocks[-1] if self.open[-1].blocks else None
        if last is not None and last.implied and last.tag == tag:
            self.open.append(last)
        else:
            self.enter(Block(tag, implied=True, head=self.in_head))
        return True

    def end_block(self) -> None:
        restore, _, bold, lock = self.elements.pop()
        self.bold -= bold
        self.locked -= lock
        if self.locked:
            self.pause(" ")
        else:
            self.leaf = None
            del self.open[restore:]


def _cell_attributes(tag: str, attrs: dict) -> tuple[tuple[str, str], ...]:
    found = {}
    for name in ("colspan", "rowspan"):
        digits = (attrs.get(name) or "").strip()
        if re.fullmatch(r"[0-9]{1,4}", digits) and 1 < int(digits) <= 1000:
            found[name] = str(int(digits))
    scope = (attrs.get("scope") or "").strip().lower()
    if tag == "th" and scope in _SCOPES:
        found["scope"] = scope
    return tuple(sorted(found.items()))


def _tidy(block: Block) -> list[Block]:
    """What remains of a block: itself, nothing where it was empty, or its words in another form."""
    if not block.blocks:
        block.runs = settle(block.runs)
        return [block] if block.runs or block.tag in CELLS else []
    block.blocks = [kept for child in block.blocks for kept in _tidy(child)]
    if block.tag in CELLS:
        return [block]
    if block.tag == "table" and not any(row.has_text() for row in block.blocks if row.blocks):
        return [Block("p", runs=caption.runs) for caption in block.blocks if caption.runs]
    if block.tag == "dl" and all(child.tag == "dd" for child in block.blocks):
        return [inner for child in block.blocks for inner in child.blocks]
    if block.tag == "table":
        captions = [child for child in block.blocks if child.tag == "caption"]
        for extra in captions[1:]:
            captions[0].runs += [(" ", ()), *extra.runs]
        rows = [child for child in block.blocks if child.tag == "tr"]
        block.blocks = captions[:1] + rows
        for row, above in zip(rows[1:], rows, strict=False):
            row.head = row.head and above.head
    return [block] if block.blocks else []


def parse(html: str) -> list[Block]:
    """The blocks of well-formed HTML (as nh3 or `serialise` writes it), tidied; never fails."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    return [kept for block in builder.root.blocks for kept in _tidy(block)]


def serialise(blocks: list[Block]) -> str:
    """The one way these blocks are written: no space between them, attributes quoted and sorted."""
    return "".join(map(_element, blocks))


def _element(block: Block) -> str:
    opening = "".join([f"<{block.tag}", *(f' {k}="{escape(v)}"' for k, v in block.attributes), ">"])
    if not block.blocks:
        return f"{opening}{write(block.runs)}</{block.tag}>"
    blocks = block.blocks
    if block.tag == "table":
        inner = serialise([child for child in blocks if child.tag == "caption"])
        for part, head in (("thead", True), ("tbody", False)):
            rows = [child for child in blocks if child.tag == "tr" and child.head is head]
            inner += f"<{part}>{serialise(rows)}</{part}>" if rows else ""
        return f"{opening}{inner}</table>"
    first, rest = blocks[0], blocks[1:]
    # Editors write both <li>x</li> and <li><p>x</p></li>; one spelling keeps the redline quiet.
    if block.tag in FLOW - {"aside"} and first.tag == "p" and all(b.tag in LISTS for b in rest):
        return f"{opening}{write(first.runs)}{serialise(rest)}</{block.tag}>"
    return f"{opening}{serialise(blocks)}</{block.tag}>"
