"""An address for every page of the admin, found among its URL patterns: a new page can't be missed."""

import re
from dataclasses import dataclass, field
from datetime import timedelta

from django.contrib import admin
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from tests import make
from topics.admin.desk.pages import EDITION_PAGES, VERSION_PAGES
from topics.models import AuditEntry
from topics.publishing.usage import BUFFER
from topics.publishing.withdraw import withdraw
from topics.rules.anchoring import Anchor
from topics.vocabulary import WithdrawalKind
from topics.workflow import acts, drafting, remarks
from topics.workflow.table import ACTS
from topics.workflow.translating import translate

NO_PAGES = {
    *("version_typed", "article_search", "session", "jsi18n", "autocomplete", "logout", "view_on_site"),
    *("remark", "remark_follow", "public_articles", None),
}
"""Answers that nobody looks at: scripts, data, redirections; and Django's redirecting catch-alls."""

NO_EXAMPLE = "tests/admin/every.py has no example of %s: %s"


@dataclass
class Shelf:
    """What pages are about, by the word that their addresses use; every state is among the versions."""

    room: make.Newsroom
    things: dict = field(default_factory=dict)

    def some(self, word):
        return [thing.pk for thing in self.things[word]]


def shelf(room):
    """A newsroom with an article in every state, an edition of every standing, and all the people."""
    versions = [
        make.draft(room, title="Asthma"),
        make.draft(room, title="", body="", summary=""),
        make.assigned(room, title="Bronchitis"),
        make.in_medical_review(room, title="Croup"),
        make.approved(room, title="Dizziness"),
        acts.return_with_remarks(
            make.submitted(room, title="Eczema"), remarks="Again.", actor=room.editor
        ),
    ]
    remarks.remark(
        versions[3],
        text="By weight?",
        actor=room.editor,
        anchor=Anchor("section", "treatment", "5 mg"),
    )
    live = make.released(room, title="Fever")
    versions.append(make.next_draft(room, live.article, title="Fevers"))
    later = make.released(room, title="Gout", starts_at=timezone.now() + timedelta(days=3))
    gone = make.released(room, title="Hives")
    withdraw(gone, kind=WithdrawalKind.RETIRED, explanation="Out of date.", actor=room.publisher)
    made = translate(live, language="es", slug="fiebre", actor=room.writer)
    versions.append(drafting.edit(made, actor=room.writer, revision=made.revision, title="Fiebre"))
    versions.append(live.version)
    notice = make.notice(room)
    reviewers = [room.primary, room.specialist]
    hospital = make.licensee(room, categories=[room.category])
    make.key(room, hospital)
    entry = make.listed(hospital, "Dr Listed", categories=[room.category])
    BUFFER.note(hospital.keys.get().pk, live.article_id, at=timezone.now())
    BUFFER.flush()
    return Shelf(
        room,
        {
            "version": versions,
            "edition": [live, later, gone],
            "article": [live.article, versions[0].article],
            "notice": [notice, make.waiting_notice(room)],
            "licensee": [hospital, make.licensee(room)],
            "directoryentry": [entry],
            "user": [room.writer],
            "reviewer": reviewers,
            "author": [versions[0].authors.first().author],
            "specialty": [room.primary.specialties.first()],
            "category": [room.category],
            "reviewpolicy": [room.policy],
            "auditentry": [AuditEntry.objects.order_by("number").last()],
        },
    )


def patterns(resolver=None, namespaces=()):
    """Every named pattern of the admin with the names of its arguments."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            inside = (*namespaces, *filter(None, [entry.namespace]))
            yield from patterns(entry, inside)
        elif isinstance(entry, URLPattern) and namespaces[:1] == (admin.site.name,):
            yield entry.name, str(entry.pattern), list(entry.pattern.converters)


def addresses(shelf):
    """(name, address) of every page. A pattern whose arguments aren't known here is an error."""
    found = []
    for name, pattern, wanted in patterns():
        if name in NO_PAGES or "export" in name or name.endswith("_delete"):
            continue
        for args in examples(name, pattern, wanted, shelf):
            try:
                found.append((name, reverse(f"admin:{name}", args=args)))
            except NoReverseMatch:
                raise AssertionError(
                    f"tests/admin/every.py has no example of {name}: {pattern}"
                ) from None
    return list(dict.fromkeys(found))


def examples(name, pattern, wanted, shelf):
    """Lists of arguments for a pattern."""
    if not wanted:
        return [["topics"]] if name == "app_list" else [[]]
    if name == "version_act":
        return [[pk, act] for act in VERSION_PAGES for pk in one_of_each(act, shelf.things["version"])]
    if name == "edition_act":
        return [[pk, act] for act in EDITION_PAGES for pk in shelf.some("edition")]
    if name in PAIRS:
        return PAIRS[name](shelf)
    word = word_of(name, pattern)
    if len(wanted) == 1 and word in shelf.things:
        return [[pk] for pk in shelf.some(word)]
    raise AssertionError(NO_EXAMPLE % (name, pattern))


def one_of_each(act, versions):
    """A version in a state from which the act leads, and one in another."""
    ahead = [version.pk for version in versions if version.state in ACTS[act].from_states]
    return [*ahead[:1], *[version.pk for version in versions if version.pk not in ahead][:1]]


PAIRS = {
    "redline": lambda shelf: [[shelf.some("version")[-1], shelf.some("version")[-3]]],
    "side_by_side": lambda shelf: [[shelf.some("version")[-2]]],
    "article_reference": lambda shelf: [[article.public_id] for article in shelf.things["article"]],
}
"""Arguments of the pages that take more than one, or one that their address doesn't name."""


def word_of(name, pattern):
    """The model that a pattern is about: `topics_version_change`, or `desk/versions/<int:pk>/`."""
    if match := re.match(r"topics_([a-z]+)_", name or ""):
        return match[1]
    if name == "auth_user_password_change":
        return "user"
    match = re.search(r"([a-z]+)/<", pattern)
    return match[1].removesuffix("s") if match else ""
