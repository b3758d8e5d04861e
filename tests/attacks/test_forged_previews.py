"""Preview links that are guessed or forged, and those that are made or changed past the door."""

import json
import re
from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from tests import make
from tests.attacks.previews import as_json, page, shared
from tests.attacks.ways import (
    by_queryset,
    delete_refused_every_way,
    entry,
    refused_by,
    refused_by_a_wall_of,
    refused_every_way,
    refused_with,
    replace,
)
from topics.models import AuditEntry, PreviewLink, walls
from topics.models.walls import dialect
from topics.publishing.previews import hashed, revoke, share, token_of
from topics.publishing.trail import lost_acts
from topics.workflow import acts
from topics.workflow.ledger import begin_act, record

# Guessing -------------------------------------------------------------------------------------------


def dead_tokens(room):
    version = make.draft(room)
    revoked = revoke(shared(room, version), actor=room.writer)
    ended = shared(room, version, days=1)
    alive = shared(room, version, days=30)
    returned = share(make.submitted(room), days=30, actor=room.writer)
    acts.return_with_remarks(returned.version, remarks="No.", actor=room.editor)
    token = token_of(alive)
    flipped = ("A" if token[0] != "A" else "B") + token[1:]
    yield from (token_of(revoked), token_of(ended), token_of(returned), flipped)
    yield from (token[:-1], token + "A", token.swapcase(), token + "=", hashed(token), alive.nonce)
    yield from (str(alive.pk), "x", "%00", "é", "..", "0" * 43, "a" * 2000, str(version.pk))


def test_every_dead_or_forged_token_gets_the_very_same_answer(newsroom):
    tokens = list(dead_tokens(newsroom))
    with time_machine.travel(timezone.now() + timedelta(days=2), tick=True):
        pages = {(r.status_code, r.content, told(r)) for r in map(page, tokens)}
        bodies = {(r.status_code, r.content, told(r)) for r in map(as_json, tokens)}
    assert len(pages) == len(bodies) == 1
    assert {pages.pop()[0], bodies.pop()[0]} == {404}


def told(response):
    kept = {**response.headers}
    kept.pop("Content-Security-Policy", None)
    return tuple(sorted(kept.items()))


def test_every_token_costs_the_same_one_question(newsroom, django_assert_num_queries):
    tokens = [token for token in dead_tokens(newsroom) if re.fullmatch(r"[-\w]+", token, re.ASCII)]
    with time_machine.travel(timezone.now() + timedelta(days=2), tick=True):
        for token in tokens:
            with django_assert_num_queries(1):
                as_json(token)


def test_a_token_is_long_random_and_its_own(newsroom):
    version = make.draft(newsroom)
    tokens = {token_of(shared(newsroom, version)) for _ in range(20)}
    assert len(tokens) == 20
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{43}", token) for token in tokens)
    assert len({token[:6] for token in tokens}) == 20


def test_the_database_does_not_give_a_token_away(newsroom):
    link = shared(newsroom)
    kept = json.dumps([*PreviewLink.objects.values(), *AuditEntry.objects.values()], default=str)
    assert token_of(link) not in kept


# Past the door --------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["administrator", "primary", "specialist"])
def test_those_whose_role_does_not_include_it_share_nothing(newsroom, role):
    person = getattr(newsroom, role)
    actor = getattr(person, "user", person)
    version = make.draft(newsroom)
    with refused_with("not_permitted"):
        share(version, days=7, actor=actor)
    link = shared(newsroom, version)
    with refused_with("not_permitted"):
        revoke(link, actor=actor)


@pytest.mark.parametrize("days", [0, 31, 2, -1, 3650])
def test_a_link_lasts_for_one_of_the_given_times(newsroom, days):
    with refused_with("unknown_length"):
        share(make.draft(newsroom), days=days, actor=newsroom.writer)


def test_a_superuser_shares_nothing_that_was_released(newsroom):
    root = make.user(is_superuser=True)
    with refused_with("not_open"):
        share(make.released(newsroom).version, days=7, actor=root)


def forged(version, written, **fields):
    made = {
        "version": version,
        "nonce": "n",
        "token_hash": "h",
        "created_by": written.actor,
        "created_at": written.at,
        "expires_at": written.at + timedelta(days=7),
        "entry": written,
    }
    return PreviewLink.objects.create(**{**made, **fields})


def test_a_link_is_not_made_without_its_entry(newsroom):
    version = make.draft(newsroom)
    other = record("configure", actor=newsroom.writer, at=begin_act())
    with refused_by("preview_link_has_its_audit_entry"):
        forged(version, other)


def test_a_link_is_not_made_of_a_version_that_is_out(newsroom):
    version = make.released(newsroom).version
    written = entry("share_preview", actor=newsroom.writer, version=version)
    with refused_by("preview_link_opens_an_open_version"):
        forged(version, written)


@pytest.mark.parametrize("days", [-1, 0, 31])
def test_a_link_is_not_made_to_last(newsroom, days):
    version = make.draft(newsroom)
    written = entry("share_preview", actor=newsroom.writer, version=version)
    with refused_by("preview_link_ends_within_30_days"):
        forged(version, written, expires_at=written.at + timedelta(days=days))


def test_a_link_is_not_prolonged_or_pointed_elsewhere(newsroom):
    link = shared(newsroom)
    other = make.draft(newsroom)
    refused_every_way("preview_link_is_only_revoked", link, version=other)
    longer = link.expires_at + timedelta(days=1)
    refused_every_way("preview_link_is_only_revoked", link, expires_at=longer)
    refused_every_way("preview_link_is_only_revoked", link, token_hash=hashed("guess"))
    refused_every_way("preview_link_is_only_revoked", link, nonce="known")
    refused_every_way("preview_link_is_only_revoked", link, revoked_at=timezone.now())


def test_a_revoked_link_does_not_come_back(newsroom):
    link = revoke(shared(newsroom), actor=newsroom.writer)
    refused_every_way("preview_link_is_only_revoked", link, revoked_at=None)
    with refused_with("revoked_already"):
        revoke(link, actor=newsroom.writer)


def test_a_link_is_kept(newsroom):
    link = shared(newsroom)
    delete_refused_every_way("preview_links_are_never_deleted", link)
    with refused_by_a_wall_of("topics_previewlink", "INSERT"):
        replace(link)
    connection.check_constraints()
    with connection.cursor() as cursor:
        for wall in walls.WALLS:
            if (wall.table, wall.event) == (
                "topics_previewlink",
                "INSERT",
            ) and "replaced" not in wall.name:
                cursor.execute(dialect.drop(wall, "default"))
    with refused_by("preview_links_are_never_replaced"):
        replace(link)
    walls.install()


def test_a_link_that_was_revived_while_the_walls_were_down_is_found(newsroom):
    link = revoke(shared(newsroom), actor=newsroom.writer)
    assert list(lost_acts()) == []
    connection.check_constraints()
    with walls.lifted():
        by_queryset(link, revoked_at=None, revoke_entry=None)
    assert [wrong for _entry, wrong in lost_acts()] == ["is a revoked preview link that is not revoked"]


def test_the_ledger_holds_who_shared_and_who_revoked(newsroom):
    revoke(shared(newsroom), actor=newsroom.editor)
    told = list(AuditEntry.objects.order_by("-number").values_list("act", "actor")[:2])
    assert told == [("revoke_preview", newsroom.editor.pk), ("share_preview", newsroom.writer.pk)]
    call_command("verify_ledger")
