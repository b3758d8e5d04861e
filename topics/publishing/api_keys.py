"""API keys: made, renewed with an overlap, revoked; the key itself is shown once and never kept.

A key is 256 random bits, so nobody can guess it, and a slow password hash would only slow every
request. What is kept is a keyed hash (HMAC-SHA-256 under the server's secret key): a stolen database
opens nothing, and nobody who can only write to it can make a key.
"""

import re
import secrets
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from topics.models import ApiKey
from topics.publishing.licences import may_license
from topics.publishing.stamps import stamp
from topics.rules.refusal import ILLEGAL, Refusal, refuse
from topics.workflow.ledger import begin_act, record

SALT = "topics.publishing.api_keys"
KEY = re.compile(r"sgn_[0-9a-f]{8}_[A-Za-z0-9_-]{43}\Z")
OVERLAPS = (0, 1, 7, 30)
"""For how many days a key may still be used beside the one that takes its place."""
LIFETIMES = (30, 90, 365, 730)
"""How many days a key may last."""


@transaction.atomic
def make_key(licensee, *, label, days, actor, at=None):
    """Makes a key and returns `(ApiKey, key)`: the only time that the key is known. Raises `Refused`."""
    at = begin_act(at=at)
    refuse(why_not_make(actor=actor, label=label, days=days))
    return made(licensee, label=label, days=days, actor=actor, at=at)


def made(licensee, *, label, days, actor, at):
    prefix = f"sgn_{secrets.token_hex(4)}"
    key = f"{prefix}_{secrets.token_urlsafe(32)}"
    expires_at = at + timedelta(days=days)
    entry = record(
        "make_key",
        actor=actor,
        at=at,
        licensee=licensee.name,
        model="licensee",
        pk=str(licensee.pk),
        label=label,
        prefix=prefix,
        expires_at=stamp(expires_at),
    )
    row = ApiKey.objects.create(
        licensee=licensee,
        label=label,
        prefix=prefix,
        key_hash=hashed(key, settings.SECRET_KEY),
        expires_at=expires_at,
        made_by=actor,
        made_at=at,
        entry=entry,
    )
    return row, key


def why_not_make(*, actor, label, days):
    yield from may_license(actor)
    if not label.strip():
        yield Refusal("label_missing", _("Say what will use the key."))
    if days not in LIFETIMES:
        yield Refusal("unknown_length", _("Choose how long the key lasts."))


@transaction.atomic
def renew_key(old, *, days, overlap_days, actor, at=None):
    """Makes a key in the place of another, which goes on for `overlap_days` at the most.

    Returns `(ApiKey, key)` as `make_key` does. Raises `Refused`.
    """
    at = begin_act(at=at)
    old = ApiKey.objects.select_for_update(of=("self",)).select_related("licensee").get(pk=old.pk)
    refuse(why_not_renew(old, actor=actor, days=days, overlap_days=overlap_days, at=at))
    row, key = made(old.licensee, label=old.label, days=days, actor=actor, at=at)
    until = at + timedelta(days=overlap_days)
    if old.expires_at is None or until < old.expires_at:
        old.expires_at = until
        old.save(update_fields=["expires_at"])
    return row, key


def why_not_renew(old, *, actor, days, overlap_days, at):
    yield from why_not_make(actor=actor, label=old.label, days=days)
    if not old.is_alive(at=at):
        yield Refusal("key_is_dead", _("This key opens nothing any more: make a new one."), ILLEGAL)
    if overlap_days not in OVERLAPS:
        yield Refusal("unknown_overlap", _("Choose how long both keys may be used."))


@transaction.atomic
def revoke_key(key, *, actor, at=None):
    """From now on the key opens nothing. Raises `Refused`."""
    at = begin_act(at=at)
    key = ApiKey.objects.select_for_update(of=("self",)).select_related("licensee").get(pk=key.pk)
    refuse(why_not_revoke(key, actor=actor))
    record(
        "revoke_key",
        actor=actor,
        at=at,
        licensee=key.licensee.name,
        model="licensee",
        pk=str(key.licensee_id),
        prefix=key.prefix,
    )
    key.revoked_by, key.revoked_at = actor, at
    key.save(update_fields=["revoked_by", "revoked_at"])
    return key


def why_not_revoke(key, *, actor):
    yield from may_license(actor)
    if key.revoked_at:
        yield Refusal("revoked_already", _("This key was revoked already."), ILLEGAL)


def hashed(key, secret):
    return salted_hmac(SALT, key, secret=secret, algorithm="sha256").hexdigest()


def possible_hashes(key):
    """The hashes that a key may be kept by: one, and one more for each former secret key of the server.

    None for what doesn't have the form of a key.
    """
    if not KEY.match(key):
        return []
    return [hashed(key, secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
