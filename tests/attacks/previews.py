"""Preview links, and asking for what they open: the page, with or without its slash, or its JSON."""

from django.test import Client

from tests import make
from topics.publishing.previews import share, token_of


def shared(room, version=None, *, days=7):
    return share(version or make.draft(room), days=days, actor=room.writer)


def page(token, **headers):
    return Client(headers=headers).get(f"/preview/{token}/")


def unslashed(token, **headers):
    return Client(headers=headers).get(f"/preview/{token}")


def as_json(token, **headers):
    return Client(headers=headers).get(f"/preview/{token}.json")


def opens(link):
    found = {page(token_of(link)).status_code, as_json(token_of(link)).status_code}
    assert found in ({200}, {404})
    return found == {200}
