"""What an entry's detail says, in words: each member by its name, its value as people read it."""

from datetime import datetime

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from topics.admin.changed import label_of
from topics.admin.moments import spoken
from topics.content.languages import language_name
from topics.models import Category, Licensee
from topics.vocabulary import ChangeKind, NoticeKind, Purpose, RemarkPart, WithdrawalKind

SHOWN = 12
"""Characters of a digest: enough to tell two apart by eye; the entry's own page has all of it."""

EVERY = "*"
"""What stands for all categories in the entry of a licence."""


def text(value):
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def short(digest):
    return f"{digest.removeprefix('sha-256:')[:SHOWN]}…"


def instant(stamp):
    return spoken(datetime.fromisoformat(stamp.replace("Z", "+00:00")))


def quote(words):
    return f"“{words}”"


def entry_number(number):
    return gettext("No. %s") % number


def chosen(*enumerations):
    """Reads a value as the label of the first enumeration that has it."""
    labels = {value: label for one in reversed(enumerations) for value, label in one.choices}
    return lambda value: str(labels.get(value, value))


def languages(tags):
    return ", ".join(map(language_name, tags))


def fields(names):
    return ", ".join(label_of("version", name) for name in names)


def categories(ids):
    if ids == EVERY:
        return gettext("every category")
    names = dict(Category.objects.filter(pk__in=ids).values_list("pk", "name"))
    return ", ".join(names.get(pk, str(pk)) for pk in ids)


def licensee(named):
    """An organisation, which entries of notices name by its number and others by its name."""
    if not named.isdigit():
        return named
    return str(Licensee.objects.filter(pk=named).first() or entry_number(named))


MEMBERS = {
    "name": (_("of"), text),
    "of": (_("of"), text),
    "kind": (_("kind"), chosen(NoticeKind, WithdrawalKind)),
    "number": (_("version"), text),
    "edition": (_("edition"), text),
    "based_on": (_("continues version"), text),
    "made_from": (_("made from edition"), text),
    "change_kind": (_("kind of change"), chosen(ChangeKind)),
    "file": (_("file"), text),
    "slug": (_("slug"), text),
    "language": (_("language"), language_name),
    "role": (_("role"), text),
    "former": (_("instead of"), text),
    "reviewer": (_("reviewer"), text),
    "before": (_("before"), text),
    "after": (_("after"), text),
    "due_on": (_("due on"), text),
    "fields": (_("changed"), fields),
    "part": (_("part"), chosen(RemarkPart)),
    "section": (_("section"), text),
    "quote": (_("passage"), quote),
    "thread": (_("thread begun in"), entry_number),
    "asked_for": (_("asked for"), chosen(Purpose)),
    "left": (_("tries left"), text),
    "licensee": (_("licensee"), licensee),
    "label": (_("label"), text),
    "prefix": (_("key"), text),
    "languages": (_("languages"), languages),
    "categories": (_("categories"), categories),
    "articles": (_("articles"), text),
    "moved_from": (_("moved from"), instant),
    "in_force_from": (_("in force from"), instant),
    "effective_at": (_("starting"), instant),
    "starts_at": (_("starting"), instant),
    "ends_at": (_("until"), instant),
    "expires_at": (_("until"), instant),
    "together": (_("together, in"), entry_number),
    "batch": (_("together, in"), entry_number),
    "shared_as": (_("shared in"), entry_number),
    "withdrawn": (_("for the withdrawal of edition"), text),
    "recalled_source": (_("its source was recalled"), lambda pk: gettext("Yes")),
    "digest": (_("digest"), short),
    "text_digest": (_("digest"), short),
}
"""Each member's name and how its value is read, in the order in which they are told."""

UNTOLD = ("model", "pk", "versions", "changes")
"""What only programs read, because another member says it to people or the changes do."""


def in_words(detail):
    """A detail as one line: “role: primary · reviewer: Pia Primary”. What is empty is left out."""
    known = [name for name in MEMBERS if name in detail]
    others = [name for name in detail if name not in MEMBERS and name not in UNTOLD]
    told = [(MEMBERS[name], detail[name]) for name in known]
    told += [((name.replace("_", " "), text), detail[name]) for name in others]
    return " · ".join(f"{label}: {read(value)}" for (label, read), value in told if is_said(value))


def about(detail):
    """What an act that is on no article is about: a notice, several articles, or a named version."""
    if "text_digest" in detail and "kind" in detail:
        kind = chosen(NoticeKind)(detail["kind"])
        return f"{kind} · {language_name(detail['language'])}"
    return text(detail.get("articles") or detail.get("of") or "")


def is_said(value):
    return value not in (None, "", [])
