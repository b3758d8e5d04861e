"""The review desk, and what is said on it: straight through its door, or with the desk's forms."""

from django.urls import reverse

from tests.admin.desk import hidden_of, signed_in
from topics.rules.anchoring import Anchor
from topics.workflow import remarks

DOSE = Anchor("section", "treatment", "5 mg")


def desk(version):
    return reverse("admin:review_desk", args=[version.pk])


def remark_url(version):
    return reverse("admin:remark", args=[version.pk])


def thread_url(version, thread):
    return reverse("admin:remark_follow", args=[version.pk, thread.pk])


def said(room, version, **given):
    given = {"text": "By weight, please.", "actor": room.editor, "anchor": DOSE, **given}
    return remarks.remark(version, **given)


def send(user, version, url, **typed):
    """Opens the desk, then sends one of its forms."""
    client = signed_in(user)
    return client.post(url, {**hidden_of(client.get(desk(version))), **typed})
