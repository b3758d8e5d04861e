"""The review desk: one page with everything, in few queries however much is said; one signs there."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import make
from tests.admin.desk import hidden_of, signed_in, superuser, text_of
from tests.admin.pages import refused_by_csp
from tests.admin.remarking import desk, remark_url, said, send
from tests.effort import calls
from topics.rules.anchoring import Anchor
from topics.workflow import acts, remarks
from topics.workflow.changes import document_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def newsroom(stage):
    return stage.room


# What it shows --------------------------------------------------------------------------------------


def test_a_reviewer_finds_everything_on_one_page(newsroom, stage):
    first = stage.edition
    changes = {"body": make.BODY.replace("5 mg", "50 mg"), "internal_note": "Check the dose."}
    draft = make.next_draft(newsroom, first.article, change_note="A higher dose.", **changes)
    version = make.in_medical_review(newsroom, draft)
    said(newsroom, version, anchor=Anchor("section", "treatment", "50 mg"))
    text = text_of(signed_in(newsroom.primary.user).get(desk(version)))
    for expected in (
        "You are asked to review this as Primary reviewer",
        newsroom.editor.username,
        "in 14 days",
        "in place of edition 1",
        "Substantive change",
        "A higher dose.",
        "Check the dose.",
        "In “Treatment”, “5 mg” became “50 mg”.",
        "Take 50 mg at night.",
        "Not answered",
        "By weight, please.",
        "I reviewed the whole article; it is clinically accurate and complete",
        "Pia Primary, MD, MPH",
        "None to declare.",
        version.digest,
        "Return it with remarks instead",
    ):
        assert expected in text, expected


def test_the_document_is_what_consumers_get_but_for_the_marks(newsroom, stage):
    version = stage.in_medical_review
    said(newsroom, version)
    said(newsroom, version, anchor=Anchor("section", "when-to-get-help", "blood You lose"))
    content = signed_in(newsroom.primary.user).get(desk(version)).content.decode()
    unmarked = re.sub(r"</?mark[^>]*>", "", content)
    for section in document_of(version)["sections"]:
        assert section["html"] in unmarked
    assert content.count("<mark") == 3


def test_the_redline_is_against_the_edition_or_the_version_before(newsroom, stage):
    edition = stage.edition
    draft = make.next_draft(newsroom, edition.article, body=make.BODY.replace("5 mg", "7 mg"))
    returned = acts.return_with_remarks(
        make.submitted(newsroom, draft), remarks="No.", actor=newsroom.editor
    )
    draft = make.next_draft(newsroom, edition.article, body=make.BODY.replace("5 mg", "9 mg"))
    client = signed_in(newsroom.editor)
    text = text_of(client.get(desk(draft), {"view": "redline"}))
    assert "“5 mg” became “9 mg”" in text
    assert f"Against version {returned.number}" in text
    text = text_of(client.get(desk(draft), {"view": "redline", "against": "previous"}))
    assert "“7 mg” became “9 mg”" in text
    assert '"digest"' not in text
    json = signed_in(newsroom.editor).get(desk(draft), {"view": "json"})
    assert "&quot;related_ids&quot;: []" in json.content.decode()


def test_an_unchanged_text_is_said_to_be_so(newsroom, stage):
    edition = stage.edition
    draft = make.next_draft(newsroom, edition.article, change_kind="periodic_review")
    text = text_of(signed_in(newsroom.editor).get(desk(draft)))
    assert "This is, to the letter, the text of edition 1." in text


@pytest.mark.parametrize("who", ["writer", "editor", "publisher", "administrator"])
def test_the_other_roles_read_without_a_form_to_sign(newsroom, stage, who):
    version = stage.in_medical_review
    page = signed_in(getattr(newsroom, who)).get(desk(version))
    assert page.status_code == 200
    assert 'id="id_password"' not in page.content.decode()
    assert ('id="new-remark"' in page.content.decode()) == (who in ("editor", "publisher"))


def test_who_was_not_asked_does_not_find_it(stage):
    version = stage.in_medical_review
    stranger = make.reviewer("Family Medicine").user
    assert signed_in(stranger).get(desk(version)).status_code == 404
    assert signed_in(stranger).post(remark_url(version), {"text": "x"}).status_code == 404


@pytest.mark.parametrize("view", ["reading", "redline", "json"])
def test_the_page_has_nothing_inline_that_the_policy_would_block(newsroom, view):
    version = make.in_medical_review(newsroom, title="<script>alert(1)</script>Cough")
    said(newsroom, version, text="<img src=x onerror=alert(1)>")
    page = signed_in(superuser()).get(desk(version), {"view": view})
    assert refused_by_csp(page) == []
    assert "<img src=x" not in page.content.decode()


# How fast it is -------------------------------------------------------------------------------------


def long_body(sections):
    words = "Some words about part {0} and what helps: take {0} mg a day with a glass of water. "
    return "".join(f"<h2>Part {n}</h2><p>{words.format(n) * 8}</p>" for n in range(sections))


def queries_of(user, version, django_assert_max_num_queries, most, **view):
    client = signed_in(user)
    with django_assert_max_num_queries(most) as found:
        assert client.get(desk(version), view).status_code == 200
    return len(found)


def test_its_queries_are_few_and_as_many_however_much_is_said(newsroom, django_assert_max_num_queries):
    edition = make.released(newsroom, body=long_body(3))
    draft = make.next_draft(newsroom, edition.article, body=long_body(40))
    version = make.in_medical_review(newsroom, draft)
    said(newsroom, version, anchor=Anchor("section", "part-1", "take 1 mg"))
    user = newsroom.primary.user
    before = queries_of(user, version, django_assert_max_num_queries, 27)
    for n in range(2, 12):
        thread = said(newsroom, version, anchor=Anchor("section", f"part-{n}", f"take {n} mg"))
        remarks.reply(thread, version=version, text="Why?", actor=newsroom.writer)
        remarks.answer(thread, version=version, text="So.", actor=newsroom.writer)
    assert queries_of(user, version, django_assert_max_num_queries, before) == before
    queries_of(user, version, django_assert_max_num_queries, before + 1, view="redline")


def test_a_long_document_with_many_remarks_is_shown_at_once(newsroom):
    edition = make.released(newsroom, body=long_body(370))
    draft = make.next_draft(newsroom, edition.article, body=long_body(370).replace("glass", "cup", 320))
    version = make.in_medical_review(newsroom, draft)
    assert len(version.document) > 250_000
    for n in range(20):
        said(newsroom, version, anchor=Anchor("section", f"part-{n}", f"take {n} mg"))
    client = signed_in(newsroom.primary.user)
    assert client.get(desk(version)).status_code == 200
    assert calls(lambda: client.get(desk(version))) < 2_500_000


# Signing and returning ------------------------------------------------------------------------------


def test_typed_remarks_are_kept_when_a_return_is_stale(newsroom, stage):
    version = stage.in_medical_review
    client = signed_in(newsroom.primary.user)
    page = client.get(desk(version))
    acts.return_with_remarks(version, remarks="No.", actor=newsroom.editor)
    url = reverse("admin:version_act", args=[version.pk, "return_as_reviewer"])
    response = client.post(url, {**hidden_of(page), "remarks": "A long remark."})
    assert response.status_code == 409
    assert "A long remark." in response.content.decode()


def test_the_reasons_against_a_signature_stand_in_the_place_of_its_form(newsroom, stage):
    version = stage.in_medical_review
    newsroom.primary.credential_set.update(expires_on=timezone.now() - timedelta(days=1))
    page = signed_in(newsroom.primary.user).get(desk(version))
    assert "credential" in reasons_against(page)
    assert 'id="id_password"' not in page.content.decode()


def test_who_has_signed_sees_what_the_record_has_and_not_how_they_read_today(newsroom, stage):
    version, reviewer = stage.in_medical_review, newsroom.primary
    make.sign(version, reviewer)
    signed = version.sign_offs.get()
    reviewer.name, reviewer.disclosure = "Pia Married", "Shares in a maker of inhalers."
    reviewer.save()
    page = signed_in(reviewer.user).get(desk(version))
    head, foot = text_of(page).split("You have signed")
    assert "You signed this as Primary reviewer" in head
    assert "You are asked" not in head and "To sign by" not in head
    assert signed.printed_name in foot
    assert f"{signed.signed_at:%Y-%m-%d %H:%M}" in foot
    assert "Pia Married" not in foot and "inhalers" not in foot and "today" not in foot
    assert reasons_against(page) == ""
    assert 'id="id_password"' not in page.content.decode()


def reasons_against(page):
    """The reasons that stand in the place of the form to sign."""
    found = re.search(r'<ul class="review-why">(.*?)</ul>', page.content.decode(), re.DOTALL)
    return found[1] if found else ""


def test_a_reviewer_returns_with_remarks_on_passages_alone(newsroom, stage):
    version = stage.in_medical_review
    said(newsroom, version, actor=newsroom.primary.user)
    url = reverse("admin:version_act", args=[version.pk, "return_as_reviewer"])
    assert send(newsroom.primary.user, version, url, remarks="").status_code == 302
    version.refresh_from_db()
    assert version.return_remarks == "See the remarks on its passages."
