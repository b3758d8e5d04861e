"""Sharing a version before its release: a link that opens exactly it, ends by itself, can be revoked.

The token is an HMAC of a random nonce under the server's key. The row keeps the nonce and the token's
hash: so those who may share can be shown the link again, a stolen database opens nothing without the
key, and a changed key ends every link.
"""

import hashlib
import json
import secrets
from base64 import urlsafe_b64encode
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from topics.content.canonical import canonical
from topics.content.document import SIGNED_FIELDS
from topics.models import PreviewLink, Version
from topics.publishing import shelf
from topics.publishing.licensing import OPEN
from topics.publishing.replies import merged, surrounding
from topics.publishing.stamps import stamp
from topics.rules.refusal import FORBIDDEN, ILLEGAL, Refusal, refuse
from topics.vocabulary import OPEN_STATES
from topics.workflow.changes import document_of
from topics.workflow.ledger import begin_act, record

SALT = "topics.publishing.previews"
DAYS = (1, 3, 7, 14, 30)
"""How long a link may last, in days."""


BY_RELEASE = (
    *("edition", "first_published", "published", "modified", "last_reviewed", "next_review_due"),
)
"""What is in a record because of a release: there is none yet."""


class NothingToOpen(LookupError):
    """The token opens nothing: it never did, or does so no more. Nobody is told which."""


# Making and revoking -------------------------------------------------------------------------------


def may_share(actor):
    if not (actor.is_active and actor.has_perm("topics.share_version")):
        sentence = _("Your role does not include sharing previews.")
        yield Refusal("not_permitted", sentence, FORBIDDEN)


def why_not_share(version, *, actor, days=None):
    """Every reason why the actor can't share this version; `days` is asked once it is given."""
    if version.state not in OPEN_STATES:
        sentence = _("Version %(number)s is %(state)s: there is nothing to preview any more.") % {
            "number": version.number,
            "state": version.get_state_display().lower(),
        }
        return [Refusal("not_open", sentence, ILLEGAL)]
    refusals = list(may_share(actor))
    if days is not None and days not in DAYS:
        refusals.append(Refusal("unknown_length", _("Choose how long the link lasts.")))
    return refusals


@transaction.atomic
def share(version, *, days, actor, at=None):
    """Makes a link that opens the version for that many days, and returns it. Raises `Refused`."""
    at = begin_act(at=at)
    version = (
        Version.objects.select_for_update(of=("self",)).select_related("article").get(pk=version.pk)
    )
    refuse(why_not_share(version, actor=actor, days=days))
    expires_at = at + timedelta(days=days)
    entry = record("share_preview", actor=actor, at=at, version=version, expires_at=stamp(expires_at))
    link = PreviewLink(
        version=version,
        nonce=secrets.token_hex(16),
        created_by=actor,
        created_at=at,
        expires_at=expires_at,
        entry=entry,
    )
    link.token_hash = hashed(token_of(link))
    link.save(force_insert=True)
    return link


def why_not_revoke(link, *, actor):
    """Every reason why the actor can't revoke this link."""
    if link.revoked_at:
        return [Refusal("revoked_already", _("This link was revoked already."), ILLEGAL)]
    return list(may_share(actor))


@transaction.atomic
def revoke(link, *, actor, at=None):
    """Makes a link open nothing from now on, and returns it. Raises `Refused`."""
    at = begin_act(at=at)
    link = PreviewLink.objects.select_related("version__article").get(pk=link.pk)
    refuse(why_not_revoke(link, actor=actor))
    entry = record("revoke_preview", actor=actor, at=at, version=link.version, shared_as=link.entry_id)
    link.revoked_by, link.revoked_at, link.revoke_entry = actor, at, entry
    link.save(update_fields=["revoked_by", "revoked_at", "revoke_entry"])
    return link


# The token ------------------------------------------------------------------------------------------


def token_of(link):
    """The token of a link, as its address has it: 43 characters that nobody can guess."""
    made = salted_hmac(SALT, link.nonce, algorithm="sha256").digest()
    return urlsafe_b64encode(made).decode().rstrip("=")


def hashed(token):
    return hashlib.sha256(token.encode()).hexdigest()


def opened(token, *, at):
    """The link that the token is of, with its version. One query, whatever the token. Raises
    `NothingToOpen` alike for one that is forged, ended, revoked, whose maker's
    account is closed, or whose version is out.
    """
    alive = PreviewLink.objects.alive(at=at).select_related("version__article__category")
    link = alive.filter(token_hash=hashed(token)).first()
    if link is None or not constant_time_compare(token_of(link), token):
        raise NothingToOpen
    return link


# What it shows --------------------------------------------------------------------------------------


def previewed(version, *, at=None):
    """The version's document as a dict, and what stands around it in force. A draft's is as of now."""
    document = document_of(version)
    article = version.article
    at = at or timezone.now()
    return document, shelf.around_article(article, article.language, document, at=at, reader=OPEN)


def preview_text(version, *, at):
    """The version in the shape of the API's article, marked as a preview and as not approved.

    What only a release brings about is null: no dates, no review status, no sign-offs, no address.
    """
    document, around = previewed(version, at=at)
    changing = {
        "preview": True,
        "approved": False,
        **dict.fromkeys(("status", "review_status", "ended", "withdrawal")),
        **surrounding(around),
        **dict.fromkeys(("url", "permanent_url", "provenance_url")),
    }
    article = version.article
    record_ = {
        **dict.fromkeys(BY_RELEASE),
        "slug": article.slug,
        "category": {"slug": article.category.slug, "name": article.category.name},
        "version": version.number,
        "change_kind": version.change_kind,
        "change_note": version.change_note,
        "reviews": [],
        "digest": version.digest or None,
        "signed_fields": list(SIGNED_FIELDS),
    }
    return merged(changing, canonical(record_), version.document or canonical(document))


def as_seen(version, *, at):
    """The same as a dict: the very members of the JSON, for the page."""
    return json.loads(preview_text(version, at=at))
