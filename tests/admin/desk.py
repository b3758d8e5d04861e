"""Signing in and posting as a browser does: open the page, keep its hidden fields, send the form."""

import re
from datetime import timedelta
from html import unescape

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from topics.models import AuditEntry, Requirement, SignOff, User, Version
from topics.rules.review_dates import utc_day


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def superuser(username="root"):
    return User.objects.create_superuser(username, password="correct horse")


def act_url(version, act):
    return reverse("admin:version_act", args=[version.pk, act])


def edition_url(edition, act):
    return reverse("admin:edition_act", args=[edition.pk, act])


def open_url(article):
    return reverse("admin:open_version", args=[article.pk])


def hidden_of(response):
    """The hidden fields that say what the page showed."""
    seen = response.context["seen"]
    shown = {"seen_entry": seen.entry, "seen_state": seen.state, "seen_digest": seen.digest}
    return shown | {"seen_printed": response.context.get("printed", "")}


def post(user, url, **typed):
    """Opens the page, then sends its form with what was typed."""
    client = signed_in(user)
    return client.post(url, {**hidden_of(client.get(url)), **typed})


def text_of(response):
    """What the page says, without its markup, on one line."""
    content = re.sub(r"<(script|style|svg).*?</\1>", " ", response.content.decode(), flags=re.S)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", content)))


def reasons_of(response):
    return [str(sentence) for sentence, _field in response.context["reasons"]]


def has_button(response):
    return 'type="submit" class="desk-button' in response.content.decode()


def in_days(days):
    return utc_day(timezone.now()) + timedelta(days=days)


def everything():
    """All that an act could change, to compare before and after."""
    return (
        list(Version.objects.order_by("pk").values()),
        AuditEntry.objects.count(),
        Requirement.objects.count(),
        list(SignOff.objects.order_by("pk").values()),
    )


def withholding(room, *, grace_days):
    """The newsroom with a policy that keeps from readers what is overdue for longer than that."""
    room.policy.when_overdue, room.policy.grace_days = "withhold", grace_days
    room.policy.save()
    return room
