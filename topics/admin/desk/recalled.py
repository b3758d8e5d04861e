"""What a safety recall leaves to do: articles that readers lack, and signed versions that can't come."""

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from topics.admin.desk.rows import act_on, light, version_row
from topics.admin.desk.section import Row, age, page_of, queued
from topics.admin.desk.shelved import light_editions, note_of_edition
from topics.admin.moments import day
from topics.models import Version
from topics.models.edition import recalled_content
from topics.models.version import among
from topics.vocabulary import State


def of_recalls(user, *, now, today):
    """The sections for editors and publishers; neither is shown while there is nothing in it."""
    on = {"user": user, "now": now, "today": today}
    at_work = Exists(Version.objects.at_work().filter(article=OuterRef("article")))
    yield queued(
        "recalled",
        lambda edition: recalled_row(edition, user=user, now=now),
        prepare=lambda rows: light_editions(rows).annotate(at_work=at_work),
        order=[at_work, "-ends_at"],
        empty="",
        when=_("Recalled"),
        quiet=True,
        **on,
    )
    yield queued(
        "blocked",
        lambda version: blocked_row(version, user=user, now=now),
        prepare=lambda rows: (
            light(rows)
            .with_taken_back()
            .select_related("made_from__article")
            .annotate(source_recalled=among("made_from", recalled_content("editions")))
        ),
        order=["state_since"],
        empty="",
        when=_("Since"),
        quiet=True,
        **on,
    )


def recalled_row(edition, *, user, now):
    """A row about a recalled article that has no edition since."""
    may_start = not edition.at_work and user.has_perm("topics.edit_version")
    return Row(
        title=edition.title,
        url=page_of(edition),
        note=note_of_edition(edition),
        badge=("withdrawn", edition.withdrawal.get_kind_display()),
        standing=_("somebody is at work on it") if edition.at_work else _("nobody is at work on it"),
        when=day(edition.ends_at),
        age=age(edition.ends_at, now),
        step=_("Start a version") if may_start else "",
        step_url=start(edition.article_id) if may_start else "",
    )


def blocked_row(version, *, user, now):
    """A row about a version that all have signed, with why it can't be released and what can be done."""
    if version.source_recalled:
        words = {"number": version.made_from.number, "source": version.made_from.article}
        why = _("made from edition %(number)s of %(source)s, which was recalled for safety") % words
    else:
        why = _("exactly this content was recalled for safety")
    step = {}
    if version.state == State.APPROVED and user.has_perm("topics.return_version"):
        step = {"step": _("Return with remarks"), "step_url": act_on(version, "return")}
    elif version.state == State.RELEASED and user.has_perm("topics.edit_version"):
        step = {"step": _("Start a version"), "step_url": start(version.article_id)}
    alarm = ("overdue", _("Can't be released"))
    return version_row(version, now=now, standing=why, alarm=alarm, **step)


def start(article_id):
    return reverse("admin:open_version", args=[article_id])
