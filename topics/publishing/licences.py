"""Giving a licence: the one door through which a licensee comes to see other articles than before."""

from collections import defaultdict

from django.db import transaction
from django.utils.translation import gettext as _

from topics.content.languages import canonical_tag
from topics.models import Category, Licence, Licensee
from topics.models.article import LANGUAGE
from topics.publishing.directory import place_directory
from topics.publishing.stamps import stamp
from topics.rules.refusal import FORBIDDEN, Refusal, refuse
from topics.workflow.ledger import begin_act, record

ACT = "licence"


@transaction.atomic
def give_licence(
    licensee,
    *,
    languages,
    actor,
    categories=(),
    every_category=False,
    terms="",
    starts_at=None,
    ends_at=None,
    at=None,
):
    """Gives a licence from `starts_at` on (from now, without it) and returns it. Raises `Refused`.

    It takes the place of the one before as soon as it begins. One that ends at its beginning takes
    the licence away from then on.
    """
    at = begin_act(at=at)
    starts_at = starts_at or at
    languages = sorted({canonical_tag(tag) for tag in languages})
    chosen = sorted({category.pk for category in categories})
    refuse(
        why_not_give(
            actor=actor,
            languages=languages,
            some_category=every_category or bool(chosen),
            starts_at=starts_at,
            ends_at=ends_at,
            at=at,
        )
    )
    return written(
        Licence(
            licensee=licensee,
            languages=languages,
            every_category=every_category,
            chosen_ids=[] if every_category else chosen,
            terms=terms,
            starts_at=starts_at,
            ends_at=ends_at,
        ),
        actor=actor,
        at=at,
    )


def why_not_give(*, actor, languages, some_category, starts_at, ends_at, at):
    """Every reason why the actor can't give this licence."""
    yield from may_license(actor)
    if not languages or not all(LANGUAGE.fullmatch(tag) for tag in languages):
        yield Refusal("languages_missing", _("Name at least one language, as en, es or es-MX."))
    if not some_category:
        yield Refusal("categories_missing", _("Choose categories, or every category."))
    if starts_at < at:
        yield Refusal("start_is_past", _("A licence can't begin in the past."))
    if ends_at is not None and ends_at < starts_at:
        yield Refusal("ends_before_it_starts", _("A licence can't end before it begins."))


def may_license(actor):
    if not (actor.is_active and actor.has_perm("topics.change_licensee")):
        sentence = _("Your role does not include the licences and keys of organisations.")
        yield Refusal("not_permitted", sentence, FORBIDDEN)


def written(licence, *, actor, at):
    """The licence with its categories spelled out, on record and saved."""
    licence.category_ids = [] if licence.every_category else covered(licence.chosen_ids)
    licence.given_by, licence.given_at = actor, at
    licence.entry = record(
        ACT,
        actor=actor,
        at=at,
        licensee=licence.licensee.name,
        model="licensee",
        pk=str(licence.licensee_id),
        languages=licence.languages,
        categories="*" if licence.every_category else licence.chosen_ids,
        starts_at=stamp(licence.starts_at),
        ends_at=stamp(licence.ends_at),
    )
    licence.save(force_insert=True)
    return licence


def covered(chosen):
    """The ids of the chosen categories and of all that lie below them, in order."""
    children = defaultdict(list)
    for category_id, parent_id in Category.objects.values_list("pk", "parent_id"):
        children[parent_id].append(category_id)
    found, ahead = set(), list(chosen)
    while ahead:
        category_id = ahead.pop()
        if category_id not in found:
            found.add(category_id)
            ahead += children[category_id]
    return sorted(found)


@transaction.atomic
def follow_the_tree(*, actor, at):
    """After a change of the tree: licences whose categories it adds to or takes from are written
    anew from now on, and every directory is placed anew. Those still to begin are, too.
    """
    for licensee in Licensee.objects.all():
        newest = licensee.licences.begun(at=at).first()
        ahead = licensee.licences.filter(starts_at__gt=at).order_by("pk")
        for licence in [*filter(None, [newest]), *ahead]:
            if licence.ends_at is not None and licence.ends_at <= at:
                continue
            if licence.every_category or covered(licence.chosen_ids) == licence.category_ids:
                continue
            licence.pk = None
            licence._state.adding = True
            licence.starts_at = max(licence.starts_at, at)
            written(licence, actor=actor, at=at)
    place_directory()
