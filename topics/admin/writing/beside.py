"""What stands beside a draft while it is written: what is still missing, how it reads, its outline."""

from dataclasses import dataclass

from django.utils import timezone

from topics.admin.desk.access import visible_versions
from topics.content.html import BodyTooDeep, BodyTooLarge, clean
from topics.content.tree import HEADINGS, parse
from topics.rules.readability import readability
from topics.vocabulary import GradeRule
from topics.workflow.cautions import cautions
from topics.workflow.changes import document_of
from topics.workflow.door import why_not
from topics.workflow.untranslated import untranslated

SCALE = 18
"""The gauge ends at this grade; a harder text stands at its end."""

WIDTH = 300
"""Units of the gauge's drawing."""


@dataclass(frozen=True)
class Heading:
    """One heading of the body. `skips` where its level does not follow from the one above."""

    level: int
    words: str
    skips: bool


def beside(version, *, actor):
    """The context of `topics/writing/beside.html` for a draft, as it is saved or as it is typed."""
    category = version.article.category
    measured = readability(document_of(version))
    target = category.effective_target_grade()
    return {
        "missing": [str(reason) for reason in why_not(version, "submit", actor=actor)],
        "cautions": [str(caution) for caution in cautions(version, at=timezone.now())],
        "measured": measured,
        "is_foreign": bool(untranslated(version).parts),
        "target": target,
        "blocks": category.effective_grade_rule() == GradeRule.BLOCK,
        "is_harder": measured.is_harder_than(target),
        "gauge": gauge(measured.grade, target),
        "outline": outline(version.body),
        "language": version.article.language,
    }


def beside_nothing(error):
    """The same where the text can't be read at all: the one sentence why."""
    return {"missing": [str(error)], "cautions": [], "unreadable": True}


def outline(body):
    """The headings of a body in order."""
    found, above = [], 1
    for block in parse(clean(body)):
        if block.tag in HEADINGS:
            level = int(block.tag[1])
            words = "".join(text for text, _ in block.runs).replace("\n", " ")
            found.append(Heading(level, words, level > above + 1))
            above = level
    return found


def gauge(grade, target):
    """Where the measured grade and the target stand on the drawing, in its units; None where neither."""
    if grade is None:
        return None

    def at(value):
        return round(min(value, SCALE) * WIDTH / SCALE, 1)

    return {
        "width": WIDTH,
        "grade": at(grade),
        # The whole year is within the target: 8.9 is still grade 8.
        "target": None if target is None else at(target + 1),
        "ticks": [(at(year), year) for year in (0, 6, 12, SCALE)],
    }


UNREADABLE = (BodyTooDeep, BodyTooLarge)


def draft_of(user, pk):
    """The draft if the person may write it; None where it is none or they may not."""
    if not user.has_perm("topics.edit_version"):
        return None
    versions = visible_versions(user).select_related("article__category")
    version = versions.filter(pk=pk).first()
    return version if version is not None and version.is_draft else None
