"""Attempts to have a page print a script, or an article's id, as the address of a source."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string

from tests import make
from tests.attacks.previews import as_json, page, shared
from topics.management.demo.story import Story
from topics.models import Reference
from topics.publishing.previews import token_of
from topics.workflow import acts
from topics.workflow.changes import document_of

SCRIPT = "javascript:alert(1)"


def by_saving(version):
    Reference(version=version, title="A study", url=SCRIPT).save()


def by_the_manager(version):
    Reference.objects.create(version=version, title="A study", url=SCRIPT)


def in_bulk(version):
    Reference.objects.bulk_create([Reference(version=version, title="A study", url=SCRIPT)])


def from_a_file(version):
    data = {
        "authors": [],
        "references": [{"title": "A study", "url": SCRIPT}],
        "codes": [],
        "related": [],
    }
    Story.write_parts(None, version, data)


WRITTEN = [by_saving, by_the_manager, in_bulk, from_a_file]


@pytest.mark.parametrize("write", WRITTEN)
def test_a_script_is_no_address_of_a_frozen_source(newsroom, write):
    version = make.draft(newsroom)
    write(version)
    frozen = json.loads(acts.submit(version, actor=newsroom.writer).document)
    assert frozen["references"] == [{"title": "A study", "url": "", "doi": "", "pmid": ""}]


@pytest.mark.parametrize("write", WRITTEN)
def test_a_script_is_no_link_in_a_preview_or_for_reviewers(newsroom, write):
    version = make.draft(newsroom)
    write(version)
    token = token_of(shared(newsroom, version))
    for html in (
        page(token).content.decode(),
        as_json(token).content.decode(),
        render_to_string("topics/admin/document.html", {"content": document_of(version)}),
    ):
        assert "A study" in html
        assert "javascript" not in html
        assert 'href=""' not in html


@pytest.mark.parametrize("address", [SCRIPT, "ftp://e.org/a", "FTPS://e.org/a"])
def test_a_form_tells_that_an_address_is_not_on_the_web(newsroom, address):
    reference = Reference(version=make.draft(newsroom), title="A study", url=address)
    with pytest.raises(ValidationError) as refused:
        reference.full_clean()
    assert list(refused.value.message_dict) == ["url"]
