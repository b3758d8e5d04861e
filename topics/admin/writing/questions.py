"""Where two writers of one draft differ: what one of them alone changed, and what has to be asked."""

import re
from collections import Counter
from dataclasses import dataclass

from django.utils.safestring import mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from topics.admin.redline.blocks import passages
from topics.admin.writing.opened import WHOLE, blocks, opened_in, told_apart
from topics.admin.writing.typed import PARTS
from topics.content.sections import plain_text
from topics.content.tree import HEADINGS
from topics.models import Version
from topics.rules.merging import ASKED, MINE, SAME, THEIRS, Stretch, block_digest, merge
from topics.rules.redline.passages import Given, passages_between

BOTH = "both"
_HEADING = re.compile(r"<(/?)h([2-4])[^>]*>")


@dataclass(frozen=True)
class Difference:
    """One place in which what is typed differs from what is saved now.

    `whose` is mine or theirs where only one side changed it, else asked. `key` is the question's name
    in the form, `theirs_value` the value by which theirs is chosen: it holds a digest of mine, so that
    the choice is open again once mine was edited. `answer` is what was chosen: mine, theirs or both.
    `stretch` is the part of the body that it is about, or None for a field or part.
    """

    name: str
    label: str
    whose: str
    mine: str
    theirs: str
    key: str
    theirs_value: str
    answer: str
    stretch: Stretch | None = None

    @property
    def is_open(self):
        return self.whose == ASKED and not self.answer

    @property
    def taken(self):
        """Whose text stays: mine, theirs, both, or "" where that is open."""
        return self.answer if self.whose == ASKED else self.whose

    @property
    def redline(self):
        """The words of a part of the body, marked from theirs to mine."""
        return marked(self.stretch.theirs, self.stretch.mine)

    @property
    def changed(self):
        """The words of a part of the body that one side changed, marked from before to what is taken."""
        sides = self.stretch.mine, self.stretch.theirs
        return marked(*(sides if self.whose == THEIRS else sides[::-1]))


def marked(before, after):
    """Blocks of a body with the marks of a redline; its headings are no headings of this page."""
    given = ([Given(html) for html in side] for side in (before, after))
    shown = _HEADING.sub(
        lambda tag: "</p>" if tag[1] else f'<p class="was-h{tag[2]}">',
        passages(passages_between(*given)),
    )
    return mark_safe(shown)


def differences(saved, typed, data):
    """Each place in which a draft as it is typed differs from what is saved now, and whose it is.

    `data` is the posted form, with what was opened and what was answered. The parts of the body that
    are the same are among them, so that the merged body can be put together.
    """
    opened = opened_in(data)
    yield from of_fields(saved, typed, data, opened.whole)
    yield from of_body(saved, typed, data, opened.body)


def of_fields(saved, typed, data, opened):
    """The differences of fields and parts, each of which is one writer's or the other's as a whole."""
    names = {name: Version._meta.get_field(name).verbose_name for name in WHOLE if name not in PARTS}
    for name, label in (names | part_names()).items():
        theirs, mine = told_apart(saved, name), told_apart(typed, name)
        if theirs == mine:
            continue
        base = opened.get(name)
        whose = MINE if base == theirs else THEIRS if base == mine else ASKED
        value = f"{THEIRS}-{mine}"
        key = f"keep-{name}-{theirs}"
        answer = {MINE: MINE, value: THEIRS}.get(data.get(key), "")
        yield Difference(
            name, str(label), whose, shown(typed, name), shown(saved, name), key, value, answer
        )


def of_body(saved, typed, data, opened):
    """The stretches of the body in order, those that are the same among them."""
    times, heading = Counter(), ""
    for stretch in merge(opened, blocks(typed.body), blocks(saved.body)):
        mine, theirs = "".join(stretch.mine), "".join(stretch.theirs)
        digest = block_digest("".join(stretch.base) + theirs)
        times[digest] += 1
        key = f"keep-body-{digest}-{times[digest]}"
        value = f"{THEIRS}-{block_digest(mine)}"
        answer = {MINE: MINE, value: THEIRS, BOTH: BOTH}.get(data.get(key), "")
        where = _("Body, under “%s”") % Truncator(heading).chars(60) if heading else _("Body")
        texts = one_line(mine), one_line(theirs)
        yield Difference("body", where, stretch.whose, *texts, key, value, answer, stretch)
        headings = [one_line(html) for html in stretch.mine if html[1:3] in HEADINGS]
        heading = headings[-1] if headings else heading


def one_line(html):
    return " ".join(plain_text(html).split())


def part_names():
    return {
        "authors": _("Authors"),
        "references": _("References"),
        "codes": _("Codes"),
        "related": _("Related articles"),
    }


def shown(version, name):
    """A field's or part's text."""
    if name in PARTS:
        return "; ".join(str(part) for part in version.parts_of(name))
    if name in ("audience", "change_kind"):
        return getattr(version, f"get_{name}_display")()
    value = getattr(version, name)
    return ", ".join(value) if isinstance(value, list) else value


def merged_body(found):
    """The body that these differences make; each of them must have an answer."""
    parts = []
    for each in found:
        if each.stretch:
            taken = MINE if each.whose == SAME else each.taken
            parts += each.stretch.mine if taken in (MINE, BOTH) else ()
            parts += each.stretch.theirs if taken in (THEIRS, BOTH) else ()
    return "".join(parts)
