"""Remarks on the review desk: made, answered and refused, in both views; carried on until answered."""

import re

import pytest
from django.urls import reverse

from tests import make
from tests.admin.desk import hidden_of, post, reasons_of, signed_in, text_of
from tests.admin.pages import refused_by_csp
from tests.admin.remarking import desk, remark_url, said, send, thread_url
from topics.models import Version
from topics.publishing.release import release
from topics.rules.anchoring import Anchor
from topics.workflow import acts, remarks

pytestmark = pytest.mark.django_db


@pytest.fixture
def newsroom(stage):
    return stage.room


def next_version(room, version, body):
    returned = acts.return_with_remarks(version, remarks="See there.", actor=room.editor)
    return make.next_draft(room, returned.article, change_kind="new", body=body)


# On the text ----------------------------------------------------------------------------------------


def test_a_remark_is_made_without_a_script_by_section_and_words(newsroom, stage):
    version = stage.in_medical_review
    typed = {"where": "section:treatment", "quote": "5 mg", "text": "By weight?"}
    response = send(newsroom.primary.user, version, remark_url(version), **typed)
    remark = version.remarks.get()
    assert response["Location"] == f"{desk(version)}#remark-{remark.pk}"
    assert (remark.section, remark.quote, remark.suffix) == ("treatment", "5 mg", "at night.")


@pytest.mark.parametrize(
    "typed, field, sentence",
    [
        ({"quote": "50 mg"}, "quote", "These words don't stand there in this version: “50 mg”."),
        ({"text": ""}, "text", "Write what you want to say."),
        ({"text": "x" * 4001}, "text", "This has 4001 characters; a remark has at most 4000."),
        ({"where": "section:storage"}, "where", "Select a valid choice."),
    ],
)
def test_a_refused_remark_is_given_back_beside_its_cause(newsroom, stage, typed, field, sentence):
    version = stage.in_medical_review
    typed = {"where": "section:treatment", "quote": "5 mg", "text": "By weight?", **typed}
    response = send(newsroom.primary.user, version, remark_url(version), **typed)
    assert response.status_code == 422
    assert sentence in " ".join(response.context["remark_form"].errors[field])
    for value in (typed["quote"], typed["text"]):
        assert value in response.content.decode()
    assert not version.remarks.exists()


def test_a_remark_on_a_version_that_was_returned_meanwhile_says_who_did_it(newsroom, stage):
    version = stage.in_medical_review
    client = signed_in(newsroom.primary.user)
    page = client.get(desk(version))
    acts.return_with_remarks(version, remarks="No.", actor=newsroom.editor)
    typed = {"where": "section:treatment", "quote": "5 mg", "text": "My long remark."}
    response = client.post(remark_url(version), {**hidden_of(page), **typed})
    assert response.status_code == 409
    assert "returned version 1" in reasons_of(response)[0]
    assert "My long remark." in response.content.decode()


def test_a_writer_answers_and_a_reviewer_reopens(newsroom, stage):
    version = stage.in_medical_review
    thread = said(newsroom, version, actor=newsroom.primary.user)
    typed = {"kind": "answer", "text": "It is for adults."}
    response = send(newsroom.writer, version, thread_url(version, thread), **typed)
    assert response["Location"] == f"{desk(version)}#remark-{thread.pk}"
    typed = {"kind": "reopen", "text": "Say so, then."}
    send(newsroom.primary.user, version, thread_url(version, thread), **typed)
    text = text_of(signed_in(newsroom.writer).get(desk(version)))
    assert "It is for adults." in text
    assert "Say so, then." in text
    assert list(version.remarks.unanswered()) == [thread]


def test_a_second_answer_is_refused_with_what_was_typed(newsroom, stage):
    version = stage.in_medical_review
    thread = said(newsroom, version)
    client = signed_in(newsroom.writer)
    page = client.get(desk(version))
    remarks.answer(thread, version=version, text="Done.", actor=newsroom.editor)
    typed = {"kind": "answer", "text": "I did it as well."}
    response = client.post(thread_url(version, thread), {**hidden_of(page), **typed})
    assert response.status_code == 409
    assert reasons_of(response) == ["This remark was answered already."]
    assert "I did it as well." in response.content.decode()


def test_an_empty_answer_is_refused_beside_its_field(newsroom, stage):
    version = stage.in_medical_review
    thread = said(newsroom, version)
    response = send(newsroom.writer, version, thread_url(version, thread), kind="answer", text=" ")
    assert response.status_code == 422
    assert 'class="remark-wrong"' in response.content.decode()


def test_a_thread_of_another_article_is_not_found(newsroom, stage):
    thread = said(newsroom, stage.in_medical_review)
    other = make.in_medical_review(newsroom)
    response = send(newsroom.writer, other, thread_url(other, thread), kind="answer", text="Done.")
    assert response.status_code == 404


def test_who_comes_back_to_where_something_was_said_gets_the_desk(newsroom, stage):
    version = stage.in_medical_review
    thread = said(newsroom, version)
    for url in (remark_url(version), thread_url(version, thread)):
        assert signed_in(newsroom.editor).get(url)["Location"] == desk(version)


# On the redline -------------------------------------------------------------------------------------


@pytest.fixture
def changed(newsroom):
    """A version in medical review in place of a released one, with another dose."""
    edition = make.released(newsroom)
    draft = make.next_draft(newsroom, edition.article, body=make.BODY.replace("5 mg", "50 mg"))
    return make.in_medical_review(newsroom, draft)


def redline_of(user, version):
    return signed_in(user).get(desk(version), {"view": "redline"})


def test_a_remark_stands_in_the_redline_below_its_block(newsroom, changed):
    dose = said(newsroom, changed, anchor=Anchor("section", "treatment", "50 mg"))
    bleeding = said(newsroom, changed, anchor=Anchor("section", "when-to-get-help", "You lose weight"))
    section = said(newsroom, changed, anchor=Anchor("section", "treatment", ""))
    title = said(newsroom, changed, anchor=Anchor("title", "", ""))
    whole = said(newsroom, changed, anchor=Anchor("version", "", ""))
    html = redline_of(newsroom.primary.user, changed).content.decode()
    places = [html.index(f'id="remark-{one.pk}"') for one in (whole, title, section, dose, bleeding)]
    assert places == sorted(places)
    words = ("redline-document", "Take <del>", 'data-part="section:when-to-get-help"', "You lose weight")
    at = [html.index(one, html.index("redline-document")) for one in words]
    assert places[0] < at[0] < places[1] < places[2] < at[1] < places[3] < at[2] < at[3] < places[4]
    # A section that stayed as it was isn't folded away from its remark.
    assert "Unchanged: “When to get help”" not in html
    for one in (whole, title, section, dose, bleeding):
        assert html.count(f'id="remark-{one.pk}"') == 1


def test_every_section_of_the_new_text_is_named_in_the_redline_and_none_that_went(newsroom, stage):
    edition = stage.edition
    body = make.BODY.replace("<h2>When to get help</h2>", "<h2>Help</h2>").split("<h2>Treatment")[0]
    draft = make.next_draft(newsroom, edition.article, body=f"{body}<h2>New</h2><p>All of it.</p>")
    html = redline_of(newsroom.editor, draft).content.decode()
    assert re.findall(r'data-part="([^"]+)"', html) == [
        "title",
        "summary",
        "section:lead",
        "section:new",
    ]


def test_a_remark_and_an_answer_made_on_the_redline_lead_back_to_it(newsroom, changed):
    typed = {"where": "section:treatment", "quote": "50 mg", "text": "Why?", "back": "redline"}
    response = send(newsroom.primary.user, changed, remark_url(changed), **typed)
    remark = changed.remarks.get()
    assert response["Location"] == f"{desk(changed)}?view=redline#remark-{remark.pk}"
    typed = {"kind": "answer", "text": "By the guideline.", "back": "redline"}
    response = send(newsroom.writer, changed, thread_url(changed, remark), **typed)
    assert response["Location"] == f"{desk(changed)}?view=redline#remark-{remark.pk}"


def test_a_remark_that_is_refused_on_the_redline_is_given_back_there(newsroom, changed):
    typed = {"where": "section:treatment", "quote": "5 mg", "text": "Gone?", "back": "redline"}
    response = send(newsroom.primary.user, changed, remark_url(changed), **typed)
    assert response.status_code == 422
    html = response.content.decode()
    assert "redline-document" in html
    assert "Gone?" in html


def test_what_is_said_is_escaped_on_the_redline_and_leads_nowhere_else(newsroom, changed):
    where = Anchor("section", "treatment", "50 mg")
    said(newsroom, changed, text="<img src=x onerror=alert(1)>", anchor=where)
    typed = {"where": "section:treatment", "text": "x", "back": "https://evil.example/"}
    response = send(newsroom.primary.user, changed, remark_url(changed), **typed)
    assert response["Location"].startswith(f"{desk(changed)}#remark-")
    page = redline_of(newsroom.primary.user, changed)
    assert "<img src=x" not in page.content.decode()
    assert refused_by_csp(page) == []


# Carried into the next version ----------------------------------------------------------------------


def test_a_remark_stands_in_the_next_version_beside_what_became_of_its_passage(newsroom, stage):
    version = stage.in_medical_review
    said(newsroom, version)
    said(newsroom, version, anchor=Anchor("section", "when-to-get-help", "You lose weight"))
    body = make.BODY.replace("5 mg", "10 mg").replace("<li>You lose weight</li>", "")
    following = next_version(newsroom, version, body)
    page = signed_in(newsroom.writer).get(desk(following))
    text = text_of(page)
    assert "The passage was rewritten. Now: “Take 10 mg at night.”" in text
    assert "These words were taken out here." in text or "no longer there" in text
    assert "on version 1, Treatment" in text
    assert "See there." in text  # What was said on return is to be answered too.
    assert "3 remarks not answered" in text


def test_the_writer_finds_them_on_the_draft(newsroom, stage):
    version = stage.in_medical_review
    said(newsroom, version)
    following = next_version(newsroom, version, make.BODY)
    url = reverse("admin:topics_version_change", args=[following.pk])
    text = text_of(signed_in(newsroom.writer).get(url))
    assert "2 of 2 not answered" in text
    assert "By weight, please." in text


def test_threads_that_were_settled_before_the_last_edition_are_not_shown_again(newsroom, stage):
    version = stage.in_medical_review
    settled = said(newsroom, version)
    said(newsroom, version, text="Still open.")
    remarks.answer(settled, version=version, text="Done.", actor=newsroom.writer)
    for requirement in version.requirements.all():
        make.sign(version, newsroom.reviewers[requirement.role])
    article = release(Version.objects.get(pk=version.pk), actor=newsroom.publisher).article
    following = make.next_draft(newsroom, article)
    text = text_of(signed_in(newsroom.writer).get(desk(following)))
    assert "Still open." in text
    assert "By weight, please." not in text


# Sending with remarks that were not answered --------------------------------------------------------


def test_an_editor_sends_unanswered_remarks_only_with_a_reason_that_reviewers_see(newsroom, stage):
    version = stage.in_medical_review
    said(newsroom, version)
    following = make.assigned(newsroom, next_version(newsroom, version, make.BODY))
    url = reverse("admin:version_act", args=[following.pk, "send"])
    assert "By weight, please." in text_of(signed_in(newsroom.editor).get(url))
    response = post(newsroom.editor, url, unanswered_reason="")
    assert response.status_code == 422
    assert "2 remarks are not answered yet." in response.context["form"].errors["unanswered_reason"][0]
    reason = "The reviewer agreed by telephone."
    assert post(newsroom.editor, url, unanswered_reason=reason).status_code == 302
    text = text_of(signed_in(newsroom.primary.user).get(desk(following)))
    assert f"Sent with unanswered remarks, because: {reason}" in text


def test_no_reason_is_asked_where_every_remark_is_answered(newsroom, stage):
    version = stage.assigned
    url = reverse("admin:version_act", args=[version.pk, "send"])
    assert "unanswered_reason" not in signed_in(newsroom.editor).get(url).content.decode()
    assert post(newsroom.editor, url).status_code == 302
