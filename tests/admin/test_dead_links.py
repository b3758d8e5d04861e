"""No page offers a link to a page that its reader may not open."""

import re
from collections import Counter
from html import unescape
from urllib.parse import parse_qs, urljoin

import pytest
from django.urls import Resolver404, resolve, reverse

from tests import make
from tests.admin.desk import signed_in, text_of
from tests.admin.every import addresses, shelf
from tests.once import once
from tests.stage import forget_permissions

pytestmark = pytest.mark.django_db

LINK = re.compile(r'<a [^>]*?href="([^"#]*)')
ALIKE = re.compile("_history$|_preview$|^preview_links$")
"""Pages that offer the same links in whatever state a thing is: one of each is read."""
OFFERED = ("version_act", "edition_act")
"""Pages that are read where a link leads to them."""


@once
def content():
    made = shelf(make.newsroom())
    forget_permissions(made.room)
    return made


def places(made):
    """The addresses from which links are gathered."""
    seen = set()
    for name, address in addresses(made):
        if name not in OFFERED and not (name in seen and ALIKE.search(name)):
            seen.add(name)
            yield address


def kind_of(target):
    """The page, whatever the row that it is about, with the names of what it is asked for."""
    path, _, query = target.partition("?")
    page = resolve(path)
    return page.url_name, page.kwargs.get("act"), *sorted(parse_qs(query, keep_blank_values=True))


def goes_without_saying(kind, target, address, role):
    """The administrator, who has every list, sorts and filters them for all."""
    within = target.startswith(f"{address}?") and kind[0].endswith("_changelist")
    return kind[0] == "logout" or (within and role != "administrator")


@pytest.mark.parametrize("role", ["writer", "editor", "publisher", "administrator", "reviewer"])
def test_every_link_of_a_page_can_be_followed(role, made):
    """Of what is no place, two of each kind are opened, or one for each set of filters."""
    room = made.room
    client = signed_in(room.primary.user if role == "reviewer" else getattr(room, role))
    opened, known, offered, followed, dead = {}, set(), [], Counter(), []

    def read(address):
        response = client.get(address)
        opened[address] = response.status_code
        if response.status_code == 200 and "html" in response["Content-Type"] and "?" not in address:
            for link in LINK.findall(response.content.decode()):
                target = urljoin(address, unescape(link))
                if target.startswith("/admin/") and target not in known:
                    known.add(target)
                    offered.append((target, address))

    for address in places(made):
        read(address)
    for target, address in offered:  # It grows by what is read on the way.
        try:
            kind = kind_of(target)
        except Resolver404:
            dead.append(f"{address} leads to {target}, which is no page")
            continue
        if goes_without_saying(kind, target, address, role):
            continue
        if target not in opened and followed[kind] < (1 if "?" in target else 2):
            followed[kind] += 1
            read(target)
        if opened.get(target) in (403, 404, 500):
            dead.append(f"{address} leads to {target}: {opened[target]}")
    assert len(known & opened.keys()) > 30
    assert len(followed) > 10
    assert not dead, "\n".join(sorted(dead))


def test_a_filter_without_any_choice_is_not_shown(made):
    url = reverse("admin:topics_auditentry_changelist")
    assert 'name="queue"' not in signed_in(made.room.editor).get(url).content.decode()
    assert 'name="queue"' in signed_in(made.room.administrator).get(url).content.decode()
    said = text_of(signed_in(made.room.editor).get(f"{url}?queue=wrong-passwords"))
    assert "is no choice of the filter" in said
