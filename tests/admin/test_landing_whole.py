"""My work as a whole: its numbers lead to lists of so many, its links open, and its cost is constant."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests import make
from tests.admin.desk import in_days, signed_in, superuser
from tests.once import once
from topics.models import Reviewer
from topics.publishing.release import release
from topics.workflow import acts

pytestmark = pytest.mark.django_db
ROLES = ("writer", "editor", "publisher", "administrator", "reviewer", "superuser")


@once
def room():
    made = make.newsroom()
    for number in (1, 2):
        one_of_each(made, number)
    make.draft(made, category=make.category("heart", policy=made.policy))
    return made


def one_of_each(room, number):
    """Something for every section; the ledger's time can't run back, so only the first is old."""
    at = timezone.now() - timedelta(days=800) if number == 1 else None
    make.released(room, at=at, slug=f"in-force-{number}")
    make.draft(room)
    returned = make.submitted(room)
    acts.return_with_remarks(returned, remarks="Shorter, please.", actor=room.editor)
    make.submitted(room)
    make.assigned(room)
    signed = make.in_medical_review(room)
    make.sign(signed, room.primary)
    make.in_medical_review(room)
    make.approved(room)
    following = make.approved(room, slug=f"scheduled-{number}")
    release(following, actor=room.publisher, starts_at=timezone.now() + timedelta(days=3))
    make.reviewer("Family Medicine", name=f"Expired {number}", expires_on=in_days(-number))
    Reviewer.objects.create(name=f"Credit {number}", credentials="MD")
    make.category(f"lawless-{number}")
    make.category(f"child-{number}", parent=room.category)


def person(room, role):
    if role == "superuser":
        return superuser()
    return room.primary.user if role == "reviewer" else getattr(room, role)


def numbers_of(page):
    """Every link of the page that is a number, as pairs of its address and the number."""
    main = page[page.index('id="content-main"') :]
    for attributes, inside in re.findall(r"<a ([^>]*)>(.*?)</a>", main, flags=re.S):
        said = re.sub(r"<span.*?</span>|<em.*?</em>|<[^>]+>", " ", inside, flags=re.S)
        label = re.search(r"<title>[^<]*: (\d+)</title>", inside)
        found = label[1] if label else said.strip()
        address = unescape(re.search(r'href="([^"]*)"', attributes)[1])
        if re.fullmatch(r"\d+", found):
            yield address, int(found)
        elif words := re.fullmatch(r"(\d+) (?:releases?|ends?|reviews? .*)", found):
            yield address, int(words[1])


@pytest.mark.parametrize("role", ROLES)
def test_every_link_opens_and_every_number_leads_to_a_list_of_exactly_so_many(room, role):
    client = signed_in(person(room, role))
    pages = ["admin:index"] + (["admin:calendar"] if role in ("editor", "publisher") else [])
    contents = [client.get(reverse(page)).content.decode() for page in pages]
    main = contents[0][contents[0].index('id="content-main"') :]
    links = {unescape(link) for link in re.findall(r'href="(/[^"]*)"', main)}
    numbers = set().union(*map(numbers_of, contents))
    assert len(numbers) > (10 if role in ("editor", "publisher", "superuser") else 1)
    answers = {link: client.get(link) for link in sorted(links | {link for link, _number in numbers})}
    assert {link: page.status_code for link, page in answers.items() if page.status_code != 200} == {}
    for address, number in numbers:
        if "auditentry" in address:
            continue  # Its number is that of the newest entry.
        cl = answers[address].context["cl"]
        assert cl.result_count == len(cl.result_list) == number, address


def test_the_page_costs_the_same_however_much_waits(room):
    people = {role: person(room, role) for role in ROLES}
    few = {role: queries_of(user) for role, user in people.items()}
    one_of_each(room, 3)
    assert {role: queries_of(user) for role, user in people.items()} == few
    assert max(few.values()) < 60


def queries_of(user):
    client = signed_in(user)
    client.get(reverse("admin:index"))
    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("admin:index"))
    return len(queries)
