"""Taking back: cancelling a scheduled release, and withdrawing what is in force."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from topics.models import Article, Edition, Withdrawal
from topics.models.batch import CANCELLED
from topics.publishing.release import end
from topics.publishing.stamps import stamp
from topics.rules.refusal import FORBIDDEN, ILLEGAL, Refusal, refuse
from topics.vocabulary import WithdrawalKind
from topics.workflow.ledger import begin_act, record

INSTANT = timedelta(microseconds=1)
"""The shortest time that the database keeps."""


def may_release(actor):
    if not (actor.is_active and actor.has_perm("topics.release_version")):
        sentence = _("Your role does not include taking editions back.")
        yield Refusal("not_permitted", sentence, FORBIDDEN)


def why_not_cancel(edition, *, actor, at=None):
    """Every reason why the actor can't cancel the release of this edition now."""
    at = at or timezone.now()
    if edition.was_cancelled():
        sentence = _("This release was cancelled already.")
        return [Refusal("cancelled_already", sentence, ILLEGAL)]
    if edition.starts_at <= at:
        sentence = _("This edition has been public since %s UTC: withdraw it instead.")
        return [Refusal("already_public", sentence % f"{edition.starts_at:%Y-%m-%d %H:%M}", ILLEGAL)]
    return list(may_release(actor))


@transaction.atomic
def cancel_release(edition, *, actor, at=None):
    """Cancels a scheduled release and returns the edition; the one in place then stays in force.

    Where it was released together with others, all of them are cancelled. The versions stay approved
    by their reviewers: they can be released again.
    """
    at = begin_act(at=at)
    edition = locked(edition)
    refuse(why_not_cancel(edition, actor=actor, at=at))
    cancel_with_batch(edition, actor=actor, at=at)
    edition.refresh_from_db()
    return edition


def together_with(edition):
    """The editions that are cancelled and moved with this one: itself, or its whole batch."""
    if edition.batch_id is None:
        return [edition]
    members = edition.batch.editions.select_related("article", "version")
    return list(members.order_by("title", "article_id"))


def cancel_with_batch(edition, *, actor, at, **detail):
    """Cancels a scheduled edition and all of its batch, as a part of an act that has begun."""
    batch = edition.batch
    for member in together_with(edition):
        entry = record(
            "cancel_release",
            actor=actor,
            at=at,
            version=member.version,
            edition=member.number,
            **({"batch": batch.entry_id} if batch else {}),
            **detail,
        )
        if batch and batch.cancelled_entry_id is None:
            batch.key, batch.cancelled_entry = batch.key + CANCELLED, entry
            batch.save(update_fields=["key", "cancelled_entry"])
        cancel(member, entry)
        for earlier in Edition.objects.ever_in_force().filter(
            article=member.article, ends_at=member.starts_at, withdrawal=None
        ):
            if earlier.ends_at != earlier.expires_at:
                end(earlier, at=earlier.expires_at, entry=entry)


def cancel(edition, entry):
    """Leaves a scheduled edition an empty interval, so that it is never in force."""
    if edition.batch_id:
        edition.batch_id += CANCELLED
    end(edition, at=edition.starts_at, entry=entry)


def why_not_withdraw(
    edition, *, actor, at=None, kind=None, explanation=None, replacement=None, effective_at=None
):
    """Every reason why the actor can't withdraw this edition now; inputs are asked once `kind` is."""
    at = at or timezone.now()
    if not edition.is_in_force(at=at):
        sentence = (
            _("This edition is not public yet: cancel its release instead.")
            if edition.starts_at > at
            else _("This edition is not in force any more.")
        )
        return [Refusal("not_in_force", sentence, ILLEGAL)]
    refusals = list(may_release(actor))
    if kind is None:
        return refusals
    if kind not in WithdrawalKind.values:
        refusals.append(Refusal("unknown_kind", _("Choose a kind of withdrawal.")))
    if not (explanation or "").strip():
        refusals.append(Refusal("no_explanation", _("Say why, for the readers.")))
    if kind == WithdrawalKind.MOVED and replacement is None:
        sentence = _("Say which article it moved to.")
        refusals.append(Refusal("no_replacement", sentence))
    effective_at = effective_at or at
    if replacement is not None and (
        replacement.pk == edition.article_id
        or not replacement.editions.in_force(at=effective_at).exists()
    ):
        sentence = _("What replaces it must be another article that is public by then.")
        refusals.append(Refusal("replacement_not_in_force", sentence))
    if effective_at < at or (edition.ends_at and effective_at > edition.ends_at):
        sentence = _("A withdrawal takes effect now or later, and before the edition ends by itself.")
        refusals.append(Refusal("effective_at_is_wrong", sentence))
    return refusals


@transaction.atomic
def withdraw(edition, *, kind, explanation, actor, replacement=None, effective_at=None, at=None):
    """Withdraws an edition from now, or from `effective_at` on, and returns its withdrawal.

    Releases of the article that were scheduled are cancelled with it, and what was to be released
    together with them: what was wrong may well be in them too, and they can be released again. A
    safety recall cancels the scheduled translations of the same content in the same way.
    """
    at = begin_act(at=at)
    edition = locked(edition)
    refuse(
        why_not_withdraw(
            edition,
            actor=actor,
            at=at,
            kind=kind or "",
            explanation=explanation,
            replacement=replacement,
            effective_at=effective_at,
        )
    )
    # At the very instant of the start (clocks are evened out) it would look as if never public, and
    # consumers who have it would not hear of it.
    effective_at = max(effective_at or at, edition.starts_at + INSTANT)
    scheduled = Edition.objects.scheduled(at=at).filter(article=edition.article)
    for of_a_batch in scheduled.exclude(batch=None).select_related("batch", "version", "article"):
        cancel_with_batch(of_a_batch, actor=actor, at=at, withdrawn=edition.number)
        edition.refresh_from_db()  # Its end may have been the start of what was cancelled.
    if kind == WithdrawalKind.SAFETY_RECALL:
        # One batch may hold several of them: what is still scheduled is asked each time.
        while translation := scheduled_translations(edition, at=at).first():
            cancel_with_batch(translation, actor=actor, at=at, recalled_source=edition.pk)
        edition.refresh_from_db()
    entry = record(
        "withdraw",
        actor=actor,
        at=at,
        version=edition.version,
        edition=edition.number,
        kind=kind,
        explanation=explanation.strip(),
        effective_at=stamp(effective_at),
    )
    for alone in scheduled:
        cancel(alone, entry)
    withdrawal = Withdrawal.objects.create(
        edition=edition,
        kind=kind,
        explanation=explanation.strip(),
        replacement=replacement,
        effective_at=effective_at,
        withdrawn_by=actor,
        withdrawn_at=at,
        entry=entry,
    )
    end(edition, at=effective_at, entry=entry, withdrawal=withdrawal)
    return withdrawal


def scheduled_translations(edition, *, at):
    """The scheduled editions that were translated from what this edition says."""
    return (
        Edition.objects.scheduled(at=at)
        .filter(
            version__made_from__article=edition.article_id, version__made_from__digest=edition.digest
        )
        .select_related("version", "article", "batch")
    )


def locked(edition):
    """The edition read afresh, with its article locked."""
    Article.objects.select_for_update(of=("self",)).get(pk=edition.article_id)
    return Edition.objects.select_related("version", "article", "batch").get(pk=edition.pk)
