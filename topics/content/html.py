"""The one allow-list of the body vocabulary, and the one canonical spelling of any HTML in it."""

import re
from collections import Counter

import nh3
from django.utils.translation import gettext as _

from topics.content.inline import link_target, visible
from topics.content.links import ARTICLE_SCHEME
from topics.content.tree import CALL_OUTS, HEADINGS, MARKS, parse, serialise

LONGEST_BODY = 1_000_000
"""Characters of a body, before and after cleaning."""

DEEPEST_MARKUP = 25_000
"""Elements open at once; far above any article, far below what makes the HTML parser crawl."""

ALLOWED: dict[str, frozenset[str]] = {
    **dict.fromkeys(("h2", "h3", "h4", "p", "ul", "ol", "li", "dl", "dt", "dd"), frozenset()),
    **dict.fromkeys(("strong", "em", "sub", "sup", "br"), frozenset()),
    **dict.fromkeys(("table", "caption", "thead", "tbody", "tr"), frozenset()),
    "th": frozenset({"scope", "colspan", "rowspan"}),
    "td": frozenset({"colspan", "rowspan"}),
    "a": frozenset({"href"}),
    "aside": frozenset({"class"}),
}
"""Every element a clean body may hold, with its attributes. `clean` writes nothing else."""

URL_SCHEMES = frozenset({"http", "https", "mailto", "tel", ARTICLE_SCHEME})
ASIDE_CLASSES = frozenset(CALL_OUTS)

# Read so that a boundary between blocks still parts their words; never written.
_READ = {
    *HEADINGS, *MARKS, "div", "section", "article", "header", "footer", "main", "nav", "hr",
    "figure", "figcaption", "blockquote", "pre", "address", "details", "summary", "fieldset",
    "legend", "form", "tfoot", "center", "dir", "menu", "hgroup", "search", "dialog",
}  # fmt: skip

# Dropped with their content. Struck-out text is among them: shown without its line, a deleted
# dose would read as a valid one. So is MathML: a power without its markup is another number.
_DROPPED = {
    "script", "style", "iframe", "noscript", "noembed", "noframes", "object", "template", "svg",
    "math", "title", "textarea", "select", "audio", "video", "canvas", "del", "s", "strike",
}  # fmt: skip

# HTML parsers reopen these in every following block when unclosed (WHATWG "reconstruct the active
# formatting elements"), once per distinct set of attributes: 79 kB grew to 144 MB when tried.
_FORMATTING = "b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u"
_WITH_ATTRIBUTES = re.compile(rf"<({_FORMATTING})[\s/][^<>]*>", re.IGNORECASE)
_LONG_LINK = re.compile(r"<a[\s/][^<>]{1500,}>", re.IGNORECASE)
_UNFINISHED = re.compile(rf"<(?=(?:a|{_FORMATTING})[\s/][^<>]*(?:<|\Z))", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)", re.IGNORECASE)
# These hold nothing, or end by themselves where the next one starts, so they cannot deepen a body.
_SHALLOW = {
    "br", "hr", "img", "col", "input", "wbr", "area", "base", "embed", "link", "meta",
    "p", "a", "li", "dt", "dd", "tr", "td", "th", "option",
}  # fmt: skip


class BodyTooLarge(ValueError):
    """The body is longer than `LONGEST_BODY` characters, or would be once it is cleaned."""


class BodyTooDeep(ValueError):
    """The body's elements are nested more than `DEEPEST_MARKUP` deep."""


def clean(html: str) -> str:
    """The canonical spelling of `html` within `ALLOWED`; `clean(clean(x)) == clean(x)`.

    Words of text are kept in their order, except inside elements that no reader would have seen
    as valid text (scripts, styles, struck-out text, form controls, MathML and SVG). Characters are
    NFC; only `&`, `<` and `>` are escaped.

    Raises `BodyTooLarge` and `BodyTooDeep`, both `ValueError`, with a sentence for the editor.
    """
    _check_size(html, LONGEST_BODY)
    tame = _tame(visible(html))
    _check_depth(tame)
    safe = nh3.clean(
        tame,
        tags=ALLOWED.keys() | _READ,
        clean_content_tags=_DROPPED,
        attributes={tag: set(names) for tag, names in ALLOWED.items() if names},
        attribute_filter=_attribute,
        url_schemes=set(URL_SCHEMES),
        link_rel=None,
    )
    _check_size(safe, 5 * LONGEST_BODY)
    cleaned = serialise(parse(safe))
    _check_size(cleaned, LONGEST_BODY)
    return cleaned


def heading_problems(html: str) -> list[str]:
    """A sentence for each heading of a cleaned body whose level does not follow (WCAG 2.2, 1.3.1).

    The title is level 1, so the first heading is h2 and none skips a level on the way down.
    """
    problems = []
    above = 1
    for block in parse(html):
        if block.tag not in HEADINGS:
            continue
        level = int(block.tag[1])
        words = "".join(text for text, _ in block.runs).replace("\n", " ")
        if level > above + 1:
            sentence = (
                _("“%(words)s” is the first heading but has level %(level)s; use level %(wanted)s.")
                if above == 1
                else _(
                    "“%(words)s” is under a level %(above)s heading but has level %(level)s; "
                    "use level %(wanted)s."
                )
            )
            problems.append(
                sentence % {"words": words, "above": above, "level": level, "wanted": above + 1}
            )
        above = level
    return problems


def _attribute(tag: str, name: str, value: str) -> str | None:
    if (tag, name) == ("a", "href"):
        return link_target(value) or None
    return value


def _check_size(html: str, most: int) -> None:
    if len(html) > most:
        raise BodyTooLarge(
            _(
                "The body has %(length)s characters of HTML; at most %(most)s are accepted. "
                "Split the article or remove formatting pasted with it."
            )
            % {"length": f"{len(html):,}", "most": f"{most:,}"}
        )


def _check_depth(html: str) -> None:
    depths: Counter[str] = Counter()
    total = 0
    for closing, name in _TAG.findall(html):
        tag = name.lower()
        if tag in _SHALLOW:
            continue
        if not closing:
            depths[tag] += 1
            total += 1
        elif depths[tag]:
            depths[tag] -= 1
            total -= 1
        if total > DEEPEST_MARKUP:
            raise BodyTooDeep(
                _(
                    "The body has more than %(most)s elements inside each other or left open; "
                    "paste it again as plain text."
                )
                % {"most": f"{DEEPEST_MARKUP:,}"}
            )


def _tame(html: str) -> str:
    plain = _WITH_ATTRIBUTES.sub(r"<\1>", html)
    return _UNFINISHED.sub("&lt;", _LONG_LINK.sub("<a>", plain))
