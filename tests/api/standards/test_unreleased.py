"""Versions that were not released are at none of these addresses, whatever their stage."""

import pytest
from django.test import Client

from tests import make
from tests.api.standards import records
from tests.api.standards.secrets_told import SECRET, coded_draft, said
from tests.once import once

STAGES = (make.draft, make.submitted, make.in_medical_review, make.approved)


def at_every_stage(room):
    """The slugs and ids of articles that were never released, or whose next version was not."""
    names = []
    for stage in STAGES:
        new = coded_draft(room, slug=slug("new", stage), title=said_of("new", stage))
        first = coded_draft(
            room, slug=slug("next", stage), title="Cough", summary="Cough.", also_called=[]
        )
        edition = make.released(room, first)
        told = said_of("next", stage)
        changed = {"title": told, "summary": told, "also_called": [told, SECRET], "change_note": told}
        following = make.next_draft(room, edition.article, **changed)
        for version in (new, following):
            names += [version.article.slug, str(version.article.public_id)]
            if stage is not make.draft:
                stage(room, version)
    return names


def slug(which, stage):
    return f"{which}-{stage.__name__}".replace("_", "-")


def said_of(which, stage):
    """The words of the new article, or of the next version, at that stage."""
    return f"{SECRET} {slug(which, stage)}".upper()


@once
def all_said(content):
    """What is said of what stands at each stage, asked once, and of what is public beside it."""
    names = at_every_stage(content.room)
    return list(said(Client(), *names)), records.titles(records.feed(Client(), code="R05.1"))


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("which", ["new", "next"])
def test_a_version_that_was_not_released_is_nowhere(all_said, which, stage):
    words = said_of(which, stage).removeprefix(f"{SECRET} ")
    assert [(path, query) for path, query, text in all_said[0] if words in text] == []


def test_none_of_their_words_is_anywhere_and_what_is_public_is(all_said):
    told, public = all_said
    assert [(path, query) for path, query, text in told if SECRET in text] == []
    assert public == ["Cough"] * len(STAGES)
